import type { Tier } from '../model/environment.ts';

/** What a name says about an environment. */
export interface NameReading {
  readonly tier: Tier;
  /** The word of the vocabulary, in one spelling for all of its aliases. */
  readonly word: string;
  /** The name is that word and nothing else. */
  readonly whole: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** First word of a line: how aliases are unified. Only spellings that mean the same share a line. */
const WORDS: Readonly<Record<Exclude<Tier, 'ephemeral' | 'unknown'>, readonly string[]>> = {
  local: ['local', 'sandbox sbx sbox', 'playground', 'lab', 'poc', 'kind', 'minikube'],
  dev: ['dev devel develop development dv', 'snd'],
  int: ['int integ integration', 'sit', 'ci'],
  test: ['test tst testing', 'qa qal qual quality', 'perf load', 'nft', 'ithc'],
  uat: ['uat', 'acc accept acceptance', 'recette rec', 'demo', 'training'],
  staging: ['staging stage stg stag', 'preprod pre-prod preproduction pp ppd pprd', 'rc'],
  prod: ['prod production prd prods', 'live', 'dr'],
};

/** Names of groups and of shared parts: never an environment, though one may be part of them. */
const NOT_ENVIRONMENTS = new Set(
  'nonprod non-prod np base bases common shared default defaults global all components component variants empty-base empty templates template'.split(' '),
);

const BY_WORD = new Map<string, { tier: Tier; word: string }>();
for (const [tier, lines] of Object.entries(WORDS)) {
  for (const line of lines) {
    const spellings = line.split(' ');
    for (const spelling of spellings) BY_WORD.set(spelling, { tier: tier as Tier, word: spellings[0] ?? spelling });
  }
}

/** Words that carry no doubt alone; the others also name components, tools or folders of code. */
const PLAIN_WORDS = new Set(['dev', 'qa', 'uat', 'staging', 'preprod', 'prod', 'test', 'int', 'sit']);

const REGION =
  /^(?:eu|us|uk|ap|apac|emea|asia|africa|de|fr|nl|ch|ca|in|jp|au|br|sa|me|cn|amer|latam)(?:[-_]?(?:north|south|east|west|central|northeast|northwest|southeast|southwest|gov)+)?(?:[-_]?\d{1,2})?[a-z]?$|^(?:north|south|east|west|central)(?:us|eu|europe|asia)?\d?$/;
const EPHEMERAL = /^(?:pr|mr)-?\d+$|^(?:preview|review|ephemeral)(?:$|[-_].+)|^(?:feature|branch)[-_].+/;

/** Whether a name is that of a shared part: `base`, `common`, `nonprod`. */
export function isShared(name: string): boolean {
  return NOT_ENVIRONMENTS.has(name.toLowerCase());
}

/** Whether the word alone is convincing: `prod` is, `demo`, `live` or `integration` may be anything. */
export function isPlainWord(word: string): boolean {
  return PLAIN_WORDS.has(word);
}

/**
 * What a folder or file name says, or undefined when it names no environment. Whole tokens count, the longest wins:
 * `preprod` is not `prod`, `product` is neither. `prod-eu` is `prod` in the region `eu`.
 */
export function readName(name: string): NameReading | undefined {
  const lower = name.toLowerCase();
  if (isShared(lower)) return undefined;
  if (EPHEMERAL.test(lower)) return { tier: 'ephemeral', word: lower, whole: true, labels: {} };
  const whole = BY_WORD.get(lower);
  if (whole) return { ...whole, whole: true, labels: {} };
  const tokens = lower.split(/[-_.]/);
  if (tokens.some((token) => token === 'nonprod' || token === 'np') || lower.includes('non-prod')) return undefined;
  // `pre-prod-eu`: two tokens that are one word.
  const pair = tokens.findIndex((token, at) => token === 'pre' && /^(?:prod|production)$/.test(tokens[at + 1] ?? ''));
  const at = pair === -1 ? tokens.findIndex((token) => BY_WORD.has(token) && isPlainWord(BY_WORD.get(token)?.word ?? '')) : pair;
  if (at === -1) return numbered(lower);
  const found = pair === -1 ? BY_WORD.get(tokens[at] ?? '') : BY_WORD.get('preprod');
  if (!found) return undefined;
  const rest = tokens.filter((_, index) => index !== at && !(pair !== -1 && index === at + 1)).join('-');
  return { ...found, whole: false, labels: REGION.test(rest) ? { region: rest } : {} };
}

/** `dev1`, `prod02`: several environments of one tier. */
function numbered(lower: string): NameReading | undefined {
  const match = /^([a-z]+)\d{1,2}$/.exec(lower);
  const found = match?.[1] === undefined ? undefined : BY_WORD.get(match[1]);
  return found && isPlainWord(found.word) ? { ...found, whole: false, labels: {} } : undefined;
}
