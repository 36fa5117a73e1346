import { groupBy } from '../text/group-by.ts';
import type { Origin } from '../tree/node.ts';
import { sliceOf } from '../tree/slice.ts';
import { rankOf, TIER_RANK } from './environment.ts';
import { type NamingLine, namingLinesOf, STAND_IN, shapeOf } from './environment-texts.ts';
import { isOwnWord, type Mention, mentionsFor } from './environment-words.ts';
import type { Repository } from './repository.ts';
import type { Variant } from './variant.ts';

/** A word of a text that names an environment which is not that of some variants, though they have one of their own to name. */
export interface ForeignWord {
  /** As it is written. */
  readonly word: string;
  /** What it stands under: a key, or the name of a variable. */
  readonly key: string;
  /** Where it is written, by whoever wrote that part of the text. */
  readonly at: Origin;
  /** The variants that it is foreign to. */
  readonly variants: readonly Variant[];
  /** Lines of other variants that name their own environment in the same place. */
  readonly examples: readonly NamingLine[];
  /** The file is read for several stages: nobody but one of them can mean the word. */
  readonly isCommon: boolean;
  /** The word is that of a sibling, and not of another stage. */
  readonly isOfSibling: boolean;
}

const known = new WeakMap<Repository, readonly ForeignWord[]>();

/**
 * Words that name another environment. A name alone proves nothing, as registries and single sign-on are shared: others
 * must name their own environment in the same place, or the variant must have such a domain or namespace of its own.
 * Who takes over what belongs to a later stage shares it, unless two others show that nobody else does.
 */
export function foreignWordsOf(repository: Repository): readonly ForeignWord[] {
  let found = known.get(repository);
  if (!found) {
    found = findForeignWords(repository);
    known.set(repository, found);
  }
  return found;
}

interface Suspect {
  readonly line: NamingLine;
  readonly mention: Mention;
  readonly examples: readonly NamingLine[];
}

function findForeignWords({ apps, environments }: Repository): ForeignWord[] {
  const find = mentionsFor(environments);
  const linesOfApps = apps.map((app) => namingLinesOf(app, find));
  const domains = ownDomains(linesOfApps.flat());
  return mergeByPlace(linesOfApps.flatMap((lines) => suspectsIn(lines, domains)));
}

function suspectsIn(lines: readonly NamingLine[], domains: ReadonlyMap<string, ReadonlySet<string>>): Suspect[] {
  const patterns = groupBy(
    lines.filter(({ own }) => own.length > 0),
    (line) => patternOf(line, line.own),
  );
  const suspects = lines.flatMap((line) =>
    byStage(line).flatMap((mentions): Suspect[] => {
      const [mention] = mentions;
      const pattern = patterns.get(patternOf(line, [...line.own, ...mentions]));
      // Who names its own environment there, too, means both.
      if (!pattern || pattern.some(({ variant }) => variant === line.variant)) return [];
      const examples = pattern.filter(({ variant }) => variant.environment.name !== line.variant.environment.name);
      return isForeign(line, mentions, examples, domains) ? [{ line, mention, examples }] : [];
    }),
  );
  // The odd one is who is wrong; where most are odd, there is no pattern.
  const odd = groupBy(suspects, ({ line, mention }) => `${line.place}\0${mention.name}`);
  return [...odd.values()].filter((group) => namesOf(group.map(({ line }) => line)) <= namesOf(group.flatMap(({ examples }) => examples))).flat();
}

function isForeign(
  line: NamingLine,
  mentions: readonly [Mention, ...Mention[]],
  examples: readonly NamingLine[],
  domains: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const { environment } = line.variant;
  const [mention] = mentions;
  if (rankOf(environment) < 0 || TIER_RANK[mention.tier] < 0) return false;
  const isTheirs = ({ variant }: NamingLine) => isOwnWord(mention, variant.environment) || variant.environment.tier === mention.tier;
  const fromOthers = new Set(examples.filter((example) => !isTheirs(example)).map(({ variant }) => variant.environment.name)).size;
  const steps = TIER_RANK[environment.tier] - TIER_RANK[mention.tier];
  if (steps < 0) return fromOthers > 1 && !isAlone(line, mention);
  if (steps === 0) return examples.some(({ variant }) => variant.environment === mention.environment) && fromOthers > 0;
  if (fromOthers > 0) return !(isAlone(line, mention) && typeof line.path.at(-1) === 'number');
  return domainsOf(line, mentions).some((domain) => domains.get(domain)?.has(environment.name));
}

/** Whether a text is nothing but that word, but for its key: then it names a mode (`NODE_ENV: production`) as often as a place. */
function isAlone({ text }: NamingLine, { start, end }: Mention): boolean {
  return /^(?:.*[:=]\s*|\s*-\s*)?["']?$/.test(text.slice(0, start)) && /^["',;]*\s*$/.test(text.slice(end));
}

function patternOf({ place, text }: NamingLine, mentions: readonly Mention[]): string {
  return `${place}\0${shapeOf(text, mentions)}`;
}

/** Siblings are told apart by their names, other stages by their tier: `staging/shop-stg` speaks of one. */
function byStage({ others, variant }: NamingLine): (readonly [Mention, ...Mention[]])[] {
  return [...groupBy(others, ({ environment, tier }) => (tier === variant.environment.tier ? (environment?.name ?? tier) : tier)).values()];
}

function namesOf(lines: readonly NamingLine[]): number {
  return new Set(lines.map(({ variant }) => variant.environment.name)).size;
}

/** The domains and namespaces that carry the name of an environment, and which environments have their own. */
function ownDomains(lines: readonly NamingLine[]): ReadonlyMap<string, ReadonlySet<string>> {
  const domains = new Map<string, Set<string>>();
  for (const line of lines) {
    if (line.own.length === 0) continue;
    for (const domain of domainsOf(line, line.own)) domains.set(domain, (domains.get(domain) ?? new Set()).add(line.variant.environment.name));
  }
  return domains;
}

/**
 * `{env}.shop.example` of `https://api.prod.shop.example/v1`; the namespace `shop-{env}` of `web.shop-prod.svc`; the
 * folders of `{env}/shop/web/password`, from two steps beside the name of the environment on.
 */
function domainsOf(line: NamingLine, mentions: readonly Mention[]): string[] {
  const shape = shapeOf(line.text, mentions);
  const found = line.path.at(-1) === 'namespace' ? [`namespace ${shape}`] : [];
  for (const [stretch] of shape.matchAll(/[\w{}-]+(?:\.[\w{}-]+)+/g)) {
    const labels = stretch.split('.');
    const at = labels.findIndex((label) => label.includes(STAND_IN));
    const own = labels.slice(at);
    if (at === -1) continue;
    if (own[1] === 'svc') found.push(`namespace ${own[0]}`);
    else if (own.length > 2) found.push(own.join('.').replace(/^[^{]*/, ''));
  }
  for (const [stretch] of shape.matchAll(/[\w{}.-]+(?:\/[\w{}.-]+){2,}/g)) {
    const steps = stretch.split('/');
    const from = Math.max(
      2,
      steps.findIndex((step) => step.includes(STAND_IN)),
    );
    for (let length = from + 1; length < steps.length; length += 1) {
      const folder = steps.slice(0, length).join('/');
      if (folder.includes(STAND_IN)) found.push(folder);
    }
  }
  return found;
}

/** A line that is wrong for many is wrong once. */
function mergeByPlace(suspects: readonly Suspect[]): ForeignWord[] {
  const places = groupBy(
    suspects.map((suspect) => ({ ...suspect, at: placeOf(suspect) })),
    ({ at, mention }) => [at.file.name, at.start, at.end, mention.name].join('\0'),
  );
  return [...places.values()].map((all) => {
    const [{ line, mention, at }] = all;
    return {
      word: line.text.slice(mention.start, mention.end),
      key: line.key,
      at,
      variants: [...new Set(all.map((suspect) => suspect.line.variant))],
      examples: [...new Set(all.flatMap(({ examples }) => examples))],
      isCommon: all.some(({ line: { variant } }) => isReadByOthers(at, variant)),
      isOfSibling: all.every((suspect) => suspect.mention.tier === suspect.line.variant.environment.tier),
    };
  });
}

function placeOf({ line, mention }: Suspect): Origin {
  return sliceOf(line.node, line.offset + mention.start, line.offset + mention.end);
}

function isReadByOthers({ file }: Origin, { app, environment }: Variant): boolean {
  return app.variants.some((other) => other.environment.tier !== environment.tier && other.inputs.has(file.path));
}
