import type { Discovery, FoundEnvironment } from '../../model/discovery.ts';
import { TIER_RANK } from '../../model/environment.ts';
import { firstOf } from '../../text/first-of.ts';
import { compareText } from '../../text/location.ts';
import type { AppEntry } from './patterns.ts';
import { commentText, list, scalar } from './yaml.ts';

/** What a proposal says. */
export interface Draft {
  readonly discovery: Discovery;
  /** The entries of `apps`; without them folders are read by convention. */
  readonly apps?: readonly AppEntry[] | undefined;
  /** Environments that are found as they are, and would be made more of than they are if they were declared. */
  readonly heldBack: ReadonlySet<string>;
}

const HEAD = `# How gitops-lint reads what lies here, for review: correct what is wrong, and delete what need not be said.
# "gitops-lint environments" shows the reading that comes of it.
`;

const EXAMPLE = `# No environments were found, so nothing is compared. Where there are some, say which, and how paths name them:
# environments:
#   dev: { tier: dev }
#   staging: { tier: staging }
#   prod: { tier: prod }
# apps:
#   - path: apps/{app}/overlays/{env}
#   - chart: charts/{app}
#     values: [values.yaml, "values-{env}.yaml"]
`;

/** No more than this of a list that nobody has to read to its end. */
const MAX_SHOWN = 3;

/** The text of a `.gitopsrc` that says what was found, the evidence beside it in comments. Valid as it is. */
export function configText(draft: Draft): string {
  const { discovery } = draft;
  const parts = discovery.environments.length > 0 ? [environmentsPart(draft), appsPart(draft)] : [EXAMPLE];
  return [HEAD, ...parts, ignorePart(discovery), leftOutPart(discovery)].filter(Boolean).join('\n');
}

/** Which environments a proposal declares: those that come and go by themselves are known by their names. */
export function declaredIn({ discovery, heldBack }: Omit<Draft, 'apps'>): FoundEnvironment[] {
  return discovery.environments.filter(({ name, tier }) => tier !== 'ephemeral' && !heldBack.has(name));
}

function environmentsPart(draft: Draft): string {
  const { environments } = draft.discovery;
  const declared = declaredIn(draft);
  const ephemeral = environments.filter(({ tier }) => tier === 'ephemeral').map(({ name }) => name);
  const isByTier = environments.every((environment) => isEqual(environment.promotesFrom, sourcesByTier(environment, environments)));
  const rows = environments
    .filter(({ tier }) => tier !== 'ephemeral')
    .map((environment) => {
      const facts = [...tierFact(environment), ...(isByTier ? [] : promotionFact(environment, environments, declared)), ...labelsFact(environment)];
      const isDeclared = declared.includes(environment);
      const text = `  ${isDeclared ? '' : '# '}${scalar(environment.name)}: ${facts.length > 0 ? `{ ${facts.join(', ')} }` : '{}'}`;
      return { text, comment: `${evidenceOf(environment)}${isDeclared ? '' : '; declared, it would be found in more places'}` };
    });
  const width = Math.max(0, ...rows.map(({ text }) => text.length));
  return [
    `# In the order of promotion${isByTier ? ': each tier from the one before' : ''}.`,
    `${declared.length > 0 ? '' : '# '}environments:`,
    ...rows.map(({ text, comment }) => `${text.padEnd(width)}  ${commentText(comment)}`),
    ...(ephemeral.length > 0 ? [`  ${commentText(`Known by the name, as they come and go: ${firstOf(ephemeral, MAX_SHOWN)}`)}`] : []),
    '',
  ].join('\n');
}

function tierFact({ tier }: FoundEnvironment): string[] {
  return tier === 'unknown' ? [] : [`tier: ${tier}`];
}

function promotionFact(environment: FoundEnvironment, all: readonly FoundEnvironment[], declared: readonly FoundEnvironment[]): string[] {
  const { promotesFrom } = environment;
  const from = promotesFrom.filter((name) => declared.some((other) => other.name === name));
  const [first] = from;
  if (first !== undefined) return [`promotesFrom: ${from.length === 1 ? scalar(first) : list(from)}`];
  return promotesFrom.length === 0 && sourcesByTier(environment, all).length > 0 ? ['promotesFrom: []'] : [];
}

/** A region that is in the name need not be said again. */
function labelsFact({ name, labels }: FoundEnvironment): string[] {
  const told = Object.entries(labels).filter(([, value]) => !`-${name}-`.includes(`-${value}-`));
  return told.length > 0 ? [`labels: { ${told.map(([label, value]) => `${scalar(label)}: ${scalar(value)}`).join(', ')} }`] : [];
}

function evidenceOf({ confidence, evidence: [first], tier }: FoundEnvironment): string {
  const place = first?.location ? ` (${first.location.file.path}:${first.location.file.positionAt(first.location.span.start).line})` : '';
  const question = tier === 'unknown' ? '; which tier? local, dev, int, test, uat, staging or prod' : '';
  return `${confidence === 'low' ? 'not sure: ' : ''}${first?.why ?? 'found'}${place}${question}`;
}

/** What is learned where nothing is declared: an environment comes from those of the next lower tier that there is. */
function sourcesByTier({ tier }: FoundEnvironment, all: readonly FoundEnvironment[]): string[] {
  const rank = TIER_RANK[tier];
  const lower = all.map((other) => TIER_RANK[other.tier]).filter((other) => other >= 0 && other < rank);
  const next = Math.max(...lower);
  return rank < 0 || lower.length === 0 ? [] : all.filter((other) => TIER_RANK[other.tier] === next).map(({ name }) => name);
}

function appsPart({ apps }: Draft): string {
  if (!apps) return '# "apps" is left out: it would have to tell of every path, and no few patterns do. Paths are read by convention.\n';
  return [
    '# How paths name app, environment and labels. While this stands here, no other path is taken for an environment.',
    'apps:',
    ...apps.flatMap(entryLines),
    '',
  ].join('\n');
}

function entryLines(entry: AppEntry): string[] {
  if ('path' in entry) return [`  - path: ${scalar(entry.path)}`];
  if ('files' in entry) return [`  - files: ${scalar(entry.files)}`];
  return [`  - chart: ${scalar(entry.chart)}`, `    values: ${list(entry.values)}`];
}

function ignorePart({ variants }: Discovery): string {
  const roots = [...new Set(variants.filter(({ environment, root }) => environment === undefined && root !== '').map(({ root }) => root))].sort(compareText);
  if (roots.length === 0) return '';
  const rest = roots.length > MAX_SHOWN ? `  # and ${roots.length - MAX_SHOWN} more` : '';
  return `# In no environment: checked, and compared with nothing. What nobody deploys can be ignored:\n# ignore: ${list(roots.slice(0, MAX_SHOWN))}${rest}\n`;
}

function leftOutPart({ leftOut }: Discovery): string {
  if (leftOut.length === 0) return '';
  const lines = leftOut.slice(0, MAX_SHOWN).map(({ name, why }) => commentText(`  ${name}: ${why}`));
  return ['# Left out:', ...lines, ...(leftOut.length > MAX_SHOWN ? [`#   and ${leftOut.length - MAX_SHOWN} more`] : []), ''].join('\n');
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}
