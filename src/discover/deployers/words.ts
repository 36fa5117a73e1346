import type { EnvironmentWord } from '../../model/deployment.ts';
import { readName, wordsIn } from '../../model/vocabulary.ts';

/** The word of a name that tells its environment, with the place that goes with it: `staging` in `web-staging`, `prod-01` in `web-prod-01`. */
export function wordIn(text: string): EnvironmentWord | undefined {
  const found = wordsIn(text, ({ form, tier }) => form !== 'part' && tier !== 'ephemeral');
  return found && { name: found.name, tier: found.reading.tier, isPlain: found.reading.plain, start: found.start, end: found.end };
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
