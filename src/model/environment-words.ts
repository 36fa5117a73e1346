import type { EnvironmentWord } from './deployment.ts';
import type { Environment } from './environment.ts';
import { readName } from './vocabulary.ts';

/** A word of a text that names an environment of the repository, or the tier of some of them. */
export interface Mention extends EnvironmentWord {
  /** The environment that is called so. */
  readonly environment: Environment | undefined;
}

/** Finds the words of a text that name environments of one repository, all of them and the longest ones; none within a longer word. */
export type FindMentions = (text: string) => readonly Mention[];

/** Whole names may be put together of so many words. */
const LONGEST = 4;

const finders = new WeakMap<readonly Environment[], FindMentions>();

/** What finds the words of some environments. Who asks for the same ones again gets the same, which remembers what it has read. */
export function mentionsFor(environments: readonly Environment[]): FindMentions {
  const known = finders.get(environments) ?? finderFor(environments);
  finders.set(environments, known);
  return known;
}

function finderFor(environments: readonly Environment[]): FindMentions {
  const byName = new Map(environments.map((environment) => [spelled(environment.name), environment]));
  const tiers = new Set(environments.map(({ tier }) => tier));
  const known = new Map<string, Omit<Mention, 'start' | 'end'> | undefined>();
  const read = (name: string) => {
    if (!known.has(name)) known.set(name, readMention(name));
    return known.get(name);
  };
  const readMention = (name: string): Omit<Mention, 'start' | 'end'> | undefined => {
    const environment = byName.get(name);
    if (environment) return { name, environment, tier: environment.tier, isPlain: true };
    const reading = readName(name);
    const isWord = reading && reading.form !== 'part' && tiers.has(reading.tier) && reading.tier !== 'ephemeral' && reading.tier !== 'unknown';
    return isWord ? { name, environment, tier: reading.tier, isPlain: reading.plain } : undefined;
  };
  const first = new Map<string, boolean>();
  /** Most words begin no name of an environment. */
  const mayBegin = (token: string): boolean => {
    let may = first.get(token);
    if (may === undefined) {
      may = read(token) !== undefined || token === 'pre' || [...byName.keys()].some((name) => name.startsWith(`${token}-`));
      first.set(token, may);
    }
    return may;
  };
  const lines = new Map<string, readonly Mention[]>();
  // The same lines stand in many variants.
  return (text) => {
    const before = lines.get(text);
    if (before) return before;
    const found = mentionsIn(text);
    lines.set(text, found);
    return found;
  };

  function mentionsIn(text: string): readonly Mention[] {
    const found: Mention[] = [];
    const tokens = [...text.matchAll(/[A-Za-z0-9]+/g)].map(({ 0: token, index }) => ({ token: token.toLowerCase(), start: index, end: index + token.length }));
    for (let at = 0; at < tokens.length; at += 1) {
      if (!mayBegin(tokens[at]?.token ?? '')) continue;
      for (let length = Math.min(LONGEST, tokens.length - at); length > 0; length -= 1) {
        const words = tokens.slice(at, at + length);
        const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0];
        const isOne = words.every(({ start: next }, index) => index === 0 || isJoint(text, words[index - 1]?.end ?? 0, next));
        const mention = isOne ? read(words.map(({ token }) => token).join('-')) : undefined;
        if (!mention) continue;
        found.push({ ...mention, start, end });
        at += length - 1;
        break;
      }
    }
    return found;
  }
}

/** Names are put together with one sign; behind a dot another name begins. */
function isJoint(text: string, end: number, next: number): boolean {
  return next === end + 1 && /[-_]/.test(text.charAt(end));
}

function spelled(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

/** Whether a word is that of an environment itself or of its tier, and not the name of another environment in it. */
export function isOwnWord({ environment, tier, name }: Mention, own: Environment): boolean {
  if (environment?.name === own.name) return true;
  return tier === own.tier && (environment === undefined || readName(name)?.form === 'whole');
}
