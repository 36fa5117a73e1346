import type { Tier } from './environment.ts';

/** What a name says about an environment. */
export interface NameReading {
  readonly tier: Tier;
  /** The word of the vocabulary, in one spelling for all of its aliases. */
  readonly word: string;
  /** The name is that word, the word with a region or a number (`prod-eu`, `dev2`), or has the word as a part (`shop-prod`). */
  readonly form: 'whole' | 'place' | 'part';
  /** The word alone is convincing: `prod` is, `demo`, `live` or `test` may be anything. */
  readonly plain: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** First word of a line: how aliases are unified. Only spellings that mean the same share a line. */
const WORDS: Readonly<Record<Exclude<Tier, 'ephemeral' | 'unknown'>, readonly string[]>> = {
  local: ['local', 'sandbox sbx sbox snd', 'playground', 'lab', 'poc', 'kind', 'minikube'],
  dev: ['dev devel develop development dv'],
  int: ['int integ integration', 'sit', 'ci'],
  test: ['test tst testing', 'qa qal qual quality', 'perf load', 'nft', 'ithc'],
  uat: ['uat', 'acc accept acceptance', 'recette rec', 'demo', 'training'],
  staging: ['staging stage stg stag', 'preprod pre-prod preproduction pre-production pp ppd pprd pre', 'rc'],
  prod: ['prod production prd prods', 'live', 'dr'],
};

const BY_WORD = new Map<string, { tier: Tier; word: string }>();
for (const [tier, lines] of Object.entries(WORDS)) {
  for (const line of lines) {
    const spellings = line.split(' ');
    for (const spelling of spellings) BY_WORD.set(spelling, { tier: tier as Tier, word: spellings[0] ?? spelling });
  }
}

/** Which of the words of its tier a name has: `dr` comes behind `prod`, names without one behind all. */
export function placeInTier(name: string): number {
  const reading = readName(name);
  const lines = reading && reading.tier in WORDS ? WORDS[reading.tier as keyof typeof WORDS] : [];
  const at = lines.findIndex((line) => line.split(' ').includes(reading?.word ?? ''));
  return at === -1 ? lines.length : at;
}

/** Spellings that leave no doubt. The others also name components, tools or folders of code: `integration`, `test`. */
const PLAIN = new Set('dev development qa uat staging stg preprod pre-prod preproduction pre-production prod production prd int sit'.split(' '));

/** Words that tell an environment also as a part of a name. */
const PART_WORDS = new Set(['dev', 'qa', 'uat', 'staging', 'preprod', 'prod', 'test', 'int', 'sit', 'perf']);

/** Names of groups and of shared parts: never an environment, though one may be part of them. */
const SHARED = new Set(
  'nonprod non-prod nonproduction non-production np base bases common shared default defaults global all components component variants empty templates template'.split(
    ' ',
  ),
);
const SHARED_TOKENS = new Set(['base', 'common', 'shared', 'nonprod', 'nonproduction', 'np']);

const REGION =
  /^(?:eu|us|uk|ap|apac|emea|asia|africa|de|fr|nl|ch|ca|in|jp|au|br|sa|me|cn|amer|latam|europe|australia|northamerica|southamerica)(?:[-_]?(?:north|south|east|west|central|northeast|northwest|southeast|southwest|gov)+)?(?:[-_]?\d{1,2}[a-z]?)?$|^(?:north|south|east|west|central)(?:us|eu|europe|asia)?\d?$/;
const CLUSTER = /^\d{1,3}$|^(?:c|cluster|cell|shard|zone|site|blue|green)[-_]?\d{0,3}$/;
/** Those who sign certificates have a staging of their own. */
const ISSUER = /(?:^|[-_.])(?:letsencrypt|acme|(?:cluster)?issuers?)(?:$|[-_.])/i;
/** To be replaced by whoever copies the repository: `CLUSTER_NAME`. */
const PLACEHOLDER = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const NUMBERED_PREVIEW = /^(?:pr|mr)-?\d+$/;
const EPHEMERAL = /^(?:previews?|reviews?|ephemeral)(?:$|[-_].+)|^(?:feature|branch)[-_].+/;
const CHANNEL = /^(?:stable|latest|fast|candidates?|alpha|beta|edge|nightly|rapid|regular)(?:[-_.].*)?$|^(?:[a-z-]+[-_])?v?\d+(?:\.(?:\d+|x))+$/;

/** Whether a name is that of a shared part, and made of nothing but such words: `base`, `common`, `nonprod`, `empty-base`. */
export function isShared(name: string): boolean {
  const lower = name.toLowerCase();
  return SHARED.has(lower) || lower.split(/[-_]/).every((token) => SHARED.has(token));
}

/** Whether a name is that of all that is not production: a group, or the one environment beside it. */
export function isNonProduction(name: string): boolean {
  return /^(?:np|non-?prod(?:uction)?)$/i.test(name);
}

/** Folders that stand beside environments and are none: what clusters have in common, and the tools that deploy. */
const BESIDE = new Set(
  'infrastructure infra apps applications services platform core tools tooling bootstrap argocd argo-cd argo flux flux-system fluxcd secrets config configs crds addons cluster clusters lib libs docs scripts monitoring namespaces operators projects tenants example examples sample samples values helm-values helm charts chart manifests resources patches policies'.split(
    ' ',
  ),
);

/** Whether a name is that of a shared part, or of something else that often stands beside environments. */
export function isNoEnvironment(name: string): boolean {
  return isShared(name) || BESIDE.has(name.toLowerCase());
}

/** Whether a name is that of a channel of releases, such as `stable-4.x`: what stands beside it is one, too. */
export function isChannel(name: string): boolean {
  return CHANNEL.test(name.toLowerCase());
}

/** Whether a name says that its folders come and go by themselves: `pr-12` does, `preview` alone may be anything. */
export function isNumberedPreview(name: string): boolean {
  return NUMBERED_PREVIEW.test(name.toLowerCase());
}

/** Whether a name tells a place within an environment: `eu-west-1` is a region, `01` or `cluster-2` a cluster. */
export function placeOf(name: string): 'region' | 'cluster' | undefined {
  const lower = name.toLowerCase();
  if (REGION.test(lower)) return 'region';
  return CLUSTER.test(lower) ? 'cluster' : undefined;
}

/**
 * What the name of a folder says, or undefined when it names no environment. Whole tokens count, the longest wins:
 * `preprod` is not `prod`, `product` is neither. `prod-eu` is `prod` in the region `eu`.
 */
export function readName(name: string): NameReading | undefined {
  const lower = name.toLowerCase();
  if (PLACEHOLDER.test(name) || ISSUER.test(name)) return undefined;
  const tokens = lower.split(/[-_.]/);
  if (isShared(lower) || lower.includes('non-prod') || tokens.some((token) => SHARED_TOKENS.has(token))) return undefined;
  if (NUMBERED_PREVIEW.test(lower) || EPHEMERAL.test(lower)) return { tier: 'ephemeral', word: lower, form: 'whole', plain: false, labels: {} };
  const whole = BY_WORD.get(lower);
  if (whole) return { ...whole, form: 'whole', plain: PLAIN.has(lower), labels: {} };
  const at = tokens.findIndex((token, index) => wordAt(tokens, index) ?? PART_WORDS.has(BY_WORD.get(token)?.word ?? ''));
  if (at === -1) return numbered(lower);
  const pair = wordAt(tokens, at);
  const spelling = pair ?? tokens[at] ?? '';
  const found = BY_WORD.get(spelling);
  if (!found) return undefined;
  const rest = [...tokens.slice(0, at), ...tokens.slice(at + (pair ? 2 : 1))].join('-');
  const place = placeOf(rest);
  const labels: Record<string, string> = place === 'region' ? { region: rest } : {};
  return { ...found, form: place ? 'place' : 'part', plain: PLAIN.has(spelling), labels };
}

/** `pre-prod-eu`: two tokens that are one word. */
function wordAt(tokens: readonly string[], at: number): string | undefined {
  const pair = tokens.slice(at, at + 2).join('-');
  return /^pre-prod(?:uction)?$/.test(pair) ? pair : undefined;
}

/** `dev1`, `prod02`: several environments of one tier. */
function numbered(lower: string): NameReading | undefined {
  const word = /^([a-z]+)\d{1,2}$/.exec(lower)?.[1] ?? '';
  const found = BY_WORD.get(word);
  return found && PART_WORDS.has(found.word) ? { ...found, form: 'place', plain: PLAIN.has(word), labels: {} } : undefined;
}

/** The words of a name that tell its environment: `web-prod-eu` → `prod-eu`, `values-staging` → `staging`. */
export function environmentIn(name: string): string | undefined {
  // A region is a part of the name, the number of a cluster is not.
  return wordsIn(name, (reading) => reading.form === 'whole' || reading.labels['region'] !== undefined)?.name;
}

/** Words of a text, joined as a name, and where they stand. */
export interface FoundWords {
  readonly name: string;
  readonly reading: NameReading;
  readonly start: number;
  readonly end: number;
}

/** From the first word of a text that is an environment's, as many words as name one in a way that `tells`. */
export function wordsIn(text: string, tells: (reading: NameReading) => boolean): FoundWords | undefined {
  const tokens = [...text.matchAll(/[^-_./:]+/g)].map(({ 0: token, index }) => ({ token, start: index, end: index + token.length }));
  const named = (at: number, length: number) => {
    const words = tokens.slice(at, at + length);
    const name = words.map(({ token }) => token).join('-');
    return { name, reading: readName(name), start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
  };
  const isWord = ({ reading }: { readonly reading: NameReading | undefined }) => reading?.form === 'whole';
  const at = tokens.findIndex((_, index) => isWord(named(index, 2)) || isWord(named(index, 1)));
  if (at === -1) return undefined;
  for (const length of [4, 3, 2, 1]) {
    const { reading, ...words } = named(at, length);
    if (at + length <= tokens.length && reading && tells(reading)) return { ...words, reading };
  }
  return undefined;
}

/** A name without the word that tells its environment: `shop-dev` and `shop-prod` have the same rest. Of words that are not meant, each stays. */
export function restOf(name: string, isMeant: (reading: NameReading) => boolean = () => true): string {
  const tokens = name.toLowerCase().split(/[-_.]/);
  const isWord = (token: string): boolean => {
    const reading = readName(token);
    return reading?.form === 'whole' && isMeant(reading);
  };
  return tokens.filter((token) => !isWord(token)).join('-');
}
