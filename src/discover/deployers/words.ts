import type { EnvironmentWord } from '../../model/deployment.ts';
import { readName } from '../vocabulary.ts';

/** The word of a name that tells its environment, with the place that goes with it: `staging` in `web-staging`, `prod-eu` in `web-prod-eu`. */
export function wordIn(text: string): EnvironmentWord | undefined {
  const tokens = [...text.matchAll(/[^-_./:]+/g)].map(({ 0: token, index }) => ({ token, start: index, end: index + token.length }));
  const nameOf = (at: number, length: number) =>
    tokens
      .slice(at, at + length)
      .map(({ token }) => token)
      .join('-');
  const isWord = (name: string) => readName(name)?.form === 'whole';
  const at = tokens.findIndex(({ token }, index) => isWord(token) || isWord(nameOf(index, 2)));
  const first = tokens[at];
  if (!first) return undefined;
  for (const length of [3, 2, 1]) {
    const last = tokens[at + length - 1];
    const reading = last && readName(nameOf(at, length));
    if (!reading || reading.form === 'part' || reading.tier === 'ephemeral') continue;
    return { name: nameOf(at, length), tier: reading.tier, isPlain: reading.plain, start: first.start, end: last.end };
  }
  return undefined;
}

/** The step of a path that is an environment's name, the innermost one, or a word of the file's name. */
export function wordInPath(path: string): EnvironmentWord | undefined {
  const steps = [...path.matchAll(/[^/]+/g)].reverse();
  for (const [depth, { 0: step, index }] of steps.entries()) {
    const found = depth === 0 && /\.(?:ya?ml|json)$/.test(step) ? wordIn(step.replace(/\.[^.]*$/, '')) : wholeWord(step);
    if (found) return { ...found, start: index + found.start, end: index + found.end };
  }
  return undefined;
}

function wholeWord(step: string): EnvironmentWord | undefined {
  const reading = readName(step);
  if (!reading || reading.form === 'part' || reading.tier === 'ephemeral') return undefined;
  return { name: step, tier: reading.tier, isPlain: reading.plain, start: 0, end: step.length };
}
