import type { Tier } from '../../model/environment.ts';
import { environmentIn, readName } from '../../model/vocabulary.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Scalar } from '../../tree/node.ts';
import { appOf } from './app-of.ts';
import type { Located } from './locate.ts';
import type { Hint } from './said.ts';

/** Names of parameters that hold an environment, in ApplicationSets and the files they read. */
const PARAMETERS = /(?:^|[._-])(?:env|environment|envname|stage|tier)(?:[._-]?name)?$/i;

/** The parameters of an ApplicationSet's element that are called after what they hold. */
export function hintsOf(parameters: ReadonlyMap<string, Scalar>): Hint[] {
  return [...parameters].flatMap(([name, { text }]) =>
    PARAMETERS.test(name) && text !== '' && !text.includes('{{') ? [{ text, form: 'value', what: `parameter "${name}"` } as const] : [],
  );
}

/** An environment that a deployer's own words tell. */
export interface HintedEnvironment {
  readonly name: string;
  readonly tier: Tier;
  readonly labels: Readonly<Record<string, string>>;
  readonly confidence: 'high' | 'low';
  readonly why: string;
}

/**
 * The environments of deployers that stand in no environment's folder: a parameter called after it, or a word of their
 * name, values file or destination, where another deployer of the same source has another word in that place.
 */
export function environmentsByHint<T extends Located>(located: readonly T[], isKnown: (word: string) => boolean): ReadonlyMap<T, HintedEnvironment> {
  const found = new Map<T, HintedEnvironment>();
  // Places of one app are deployed by one deployer each.
  const groups = groupBy(located, ({ source }) => (source.path === undefined ? source.text : appOf(source.path)));
  for (const group of groups.values()) {
    for (const one of group) {
      const value = one.said.hints.find(({ form }) => form === 'value');
      const environment = value ? byValue(value) : byName(one, group, isKnown);
      if (environment) found.set(one, environment);
    }
  }
  return found;
}

function byValue({ text, what }: Hint): HintedEnvironment | undefined {
  const reading = readName(text);
  const isPlain = reading !== undefined && reading.form !== 'part';
  return { name: text, tier: reading?.tier ?? 'unknown', labels: reading?.labels ?? {}, confidence: isPlain ? 'high' : 'low', why: `${what} is "${text}"` };
}

function byName(one: Located, group: readonly Located[], isKnown: (word: string) => boolean): HintedEnvironment | undefined {
  for (const [index, hint] of one.said.hints.entries()) {
    const word = environmentIn(hint.text);
    const reading = word === undefined ? undefined : readName(word);
    if (word === undefined || !reading || reading.tier === 'ephemeral') continue;
    const hasTwin = group.some((other) => {
      const theirs = environmentIn(other.said.hints[index]?.text ?? '');
      return theirs !== undefined && readName(theirs)?.tier !== reading.tier;
    });
    if (!hasTwin && !(reading.plain && isKnown(reading.word))) continue;
    return { name: word, tier: reading.tier, labels: reading.labels, confidence: hasTwin ? 'high' : 'low', why: `${hint.what} says "${word}"` };
  }
  return undefined;
}
