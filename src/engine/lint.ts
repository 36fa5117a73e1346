import { isAskedFor, type Settings } from '../config/settings.ts';
import type { Baseline } from '../model/baseline.ts';
import { variantBefore } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import type { GapInfo, LintResult, VariantInfo } from '../model/lint-result.ts';
import type { Gap } from '../model/render-result.ts';
import type { Repository } from '../model/repository.ts';
import type { Variant } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { compareLocations, compareText } from '../text/location.ts';
import { isWithin } from '../text/path.ts';
import { nameIn, type SourceFile } from '../text/source-file.ts';
import { locationOf } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { acceptKnown } from './baseline.ts';
import { changeSince, type Departed } from './change-since.ts';
import { gapsOfDeployers } from './deployer-gaps.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Gathering, gather, gatheringsIn } from './gather.ts';
import { type GradedFinding, grade, judge } from './judge.ts';
import { Uses } from './marks.ts';
import { needlessMarks } from './needless-marks.ts';
import { newsIn } from './news.ts';
import { historyNotes, newsNotes, notesOf, staleNotes } from './notes.ts';
import { oneTree, readRepository, type Trees, type TreesDiscovery, workspaceOf } from './read-repository.ts';
import { NO_ENVIRONMENT } from './render-variants.ts';
import { reportTables } from './report-tables.ts';
import { appOf, capitalized } from './run-rules.ts';
import { isReachedIn, namedVariants, type Part, type Scope, withinScope } from './scope.ts';
import { secretSpansOf } from './secrets.ts';
import { isGone, isWhole } from './speaking.ts';
import { type Pending, suppressByComment } from './suppress.ts';

export interface LintOptions {
  readonly workspace: Workspace;
  /** The trees that environments live in besides the workspace; see `openTrees`. */
  readonly trees?: Trees | undefined;
  /** The folder that is reported; `''` is the root. All else in the repository is looked at as far as that depends on it. */
  readonly folder: string;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly scope?: Scope;
  /** Today, as `2027-01-31`; without it no exception is past its date. */
  readonly now?: string | undefined;
  /** What it was before a change: only what is new since is reported. The settings of today count for both. */
  readonly since?: Departed | undefined;
  /** Told how many of all variants are rendered. */
  readonly onRender?: ((done: number, total: number) => void) | undefined;
  /** Opens the history of git, where a rule asks for it; see `Repository`. */
  readonly history?: (() => Repository['everHeld']) | undefined;
  /** The environments whose gate is asked for: what is only pending counts there. */
  readonly isGated?: ((environment: string) => boolean) | undefined;
  /** The findings that are known: they are quiet, as long as they reach no higher tier. */
  readonly baseline?: Baseline | undefined;
  /** The version of the tool, for reports. */
  readonly version: string;
}

/** What a run found, and how much there was to look at. */
export interface LintRun extends LintResult {
  /** How many variants the folder, the apps and the environments name, whatever changed. */
  readonly named: number;
  /** What was read and rendered. */
  readonly repository: Repository;
}

/** Checks a repository: finds its environments, renders them, runs the rules, and says what it saw. */
export async function lint(options: LintOptions): Promise<LintRun> {
  const { workspace, settings, scope = {}, trees = oneTree(workspace) } = options;
  const asking = options.rules.filter((rule) => rule.meta.readsHistory && isAskedFor(rule, settings) && (scope.rules?.has(rule.id) ?? true));
  const everHeld = asking.length > 0 ? options.history?.() : undefined;
  const change = options.since && (await changeSince(options.since, options.folder, settings, everHeld));
  const part: Part = { ...scope, folder: options.folder, before: change && ((variant) => variantBefore(change, variant)) };
  const { discovery, repository } = await readRepository(trees, part.folder, settings, { since: change, everHeld, onRender: options.onRender });
  const rules = scope.rules ? options.rules.filter(({ id }) => scope.rules?.has(id)) : options.rules;
  const told = await findingsOf(repository, { ...options, isWhole: isWhole(scope, settings, change) });
  const { findings: accepted, stale } = options.baseline ? acceptKnown(told.findings, options.baseline, repository.variants) : { ...told, stale: [] };
  const wanted = new Set(withinScope(told.graded, part));
  const all = accepted.filter(({ ruleId }, at) => wanted.has(told.graded[at] as GradedFinding) && (scope.rules?.has(ruleId) ?? true));
  const before = change && all.length > 0 ? (await findingsOf(change.before, options)).findings : [];
  const findings = change ? newsIn(all, before, change, repository) : all;
  const named = namedVariants(repository.variants, part);
  const { changed } = part;
  // A finding may come in by its place, for variants that the change does not reach.
  const accused = new Set(findings.flatMap((finding) => finding.variants));
  const variants = changed ? named.filter((variant) => accused.has(variant.id) || isReachedIn(part, variant, changed)) : named;
  const described = describe(repository, discovery, variants, part);
  const gone = stale.filter((entry) => isWhole(scope, settings, change) && isWithin(entry.file, part.folder) && isGone(entry, { ...options, repository }));
  const deployed = namedVariants(repository.variants, { folder: part.folder });
  const apps = new Set(deployed.map(({ app }) => app.name));
  return {
    version: options.version,
    named: named.length,
    repository,
    findings,
    ...described,
    rules: rules.map(({ id, meta: { summary, category, hint, severity, securitySeverity } }) => ({ id, summary, category, hint, severity, securitySeverity })),
    folder: options.folder,
    placesOfTrees: new Map(trees.trees.flatMap(({ name, origin }) => (origin ? [[name, locationOf(origin)]] : []))),
    // What the named apps were compared with may lie outside of the folder.
    notes: [
      ...notesOf({ ...described, variants: discovery.variants.filter(({ app }) => apps.has(app)) }, settings, { variants: deployed }),
      ...newsNotes(all.length - findings.length),
      ...(everHeld ? [] : historyNotes(asking)),
      ...staleNotes(gone, options.baseline?.file.path ?? ''),
    ],
    secrets: secretSpansOf(
      filesOf(findings),
      repository.files.map(({ yaml }) => yaml.file),
      (file) => workspaceOf(trees, file),
      settings.isSecretKey,
    ),
    tables: () => reportTables(repository, variants, trees, settings),
  };
}

/** What rules that speak for others gather, but for what a comment keeps quiet. */
async function settled(judged: readonly GradedFinding[], repository: Repository, options: LintOptions): Promise<readonly GradedFinding[]> {
  // What is asked for alone nobody else speaks for.
  const asked = options.rules.filter(({ id }) => options.scope?.rules?.has(id) ?? true);
  const gatherings = gatheringsIn(judged, asked);
  if (gatherings.length === 0) return judged;
  const pending = pendingOf(options, repository);
  const live: Gathering[] = [];
  for (const { finding, parts } of gatherings) {
    const said = await suppressByComment(parts.map(findingOf), pending);
    live.push({ finding, parts: parts.filter((_, at) => !said[at]?.suppressed) });
  }
  return grade(gather(judged, live), options.rules, options.settings);
}

/** The findings in the order of their places: as they were judged, and as people see them, with those marked that a comment keeps quiet. */
async function findingsOf(
  repository: Repository,
  options: LintOptions & { readonly isWhole?: boolean },
): Promise<{ readonly graded: readonly GradedFinding[]; readonly findings: readonly Finding[] }> {
  const { workspace, settings, now, isWhole = false } = options;
  const rules = options.rules.filter(({ meta }) => !meta.speaksLast);
  const last = options.rules.filter(({ meta }) => meta.speaksLast);
  const uses = new Uses();
  const first = await heard(await settled(judge(repository, { ...options, rules, uses }), repository, options), repository, options, uses);
  if (last.length === 0) return first;
  const hearing = { repository, rules: options.rules, settings, workspace, now, isWhole, pendingRules: pendingOf(options, repository).rules };
  const needless = await needlessMarks(uses, hearing);
  if (needless.length === 0) return first;
  return heard([...first.graded, ...judge(repository, { ...options, rules: last, needless })], repository, options);
}

async function heard(
  judged: readonly GradedFinding[],
  repository: Repository,
  options: LintOptions,
  uses?: Uses,
): Promise<Awaited<ReturnType<typeof findingsOf>>> {
  const graded = [...judged].sort((a, b) => compareLocations(a.location, b.location) || compareText(a.ruleId, b.ruleId) || compareText(a.message, b.message));
  return { graded, findings: await suppressByComment(await withDiagnosis(graded.map(findingOf)), pendingOf(options, repository), uses) };
}

function pendingOf({ rules, isGated }: LintOptions, { variants }: Repository): Pending {
  const mayBe = new Set(rules.filter(({ meta }) => meta.mayBePending).map(({ id }) => id));
  const gated = new Set(variants.filter(({ environment }) => isGated?.(environment.name)).map(({ id }) => id));
  return { rules: [...mayBe], isGated: (finding) => finding.variants.some((id) => gated.has(id)) };
}

/** Gives a finding its fingerprint, and forgets the variants themselves. */
function findingOf({ atMost: _, evenStrict: __, subjects: ___, version: ____, speaksFor: _____, variants, comparedWith, ...finding }: GradedFinding): Finding {
  const app = appOf(variants)?.name;
  const fingerprint = fingerprintOf({ ...finding, app });
  return { ...finding, app, variants: variants.map(({ id }) => id), comparedWith: comparedWith.map(({ id }) => id), fingerprint };
}

function describe(
  repository: Repository,
  { environments, part: { leftOut, assumptions } }: TreesDiscovery,
  variants: readonly Variant[],
  { folder }: Part,
): Pick<LintResult, 'environments' | 'variants' | 'coverage' | 'discovery'> {
  const gaps = new Map<string, GapInfo>();
  const wanted = new Set(variants);
  for (const gap of [...variants.flatMap((variant) => variant.gaps), ...gapsOfDeployers(repository, wanted)])
    gaps.set(`${gap.origin.file.name}\u0000${gap.origin.start}\u0000${gap.message}`, gapInfo(gap));
  return {
    environments: environments.filter(
      ({ name, confidence }) => !folder || confidence === 'declared' || variants.some(({ environment }) => environment.name === name),
    ),
    variants: variants.map(variantInfo),
    coverage: {
      files: repository.files.filter(({ variants: reached }) => reached.some((variant) => wanted.has(variant))).length,
      roots: new Set(variants.map(({ tree, root }) => nameIn(tree, root))).size,
      resources: variants.reduce((sum, { resources }) => sum + resources.size, 0),
      gaps: [...gaps.values()].sort((a, b) => compareLocations(a.location, b.location)),
    },
    discovery: { leftOut, assumptions },
  };
}

/** What a report says of a variant. */
export function variantInfo({ id, app, environment, labels, renderer, root, tree, status, gaps }: Variant): VariantInfo {
  return {
    id,
    app: app.name,
    environment: environment === NO_ENVIRONMENT ? undefined : environment,
    labels,
    renderer,
    root: nameIn(tree, root),
    status,
    gaps: gaps.map(gapInfo),
  };
}

function gapInfo({ cause, message, origin }: Gap): GapInfo {
  return { cause, message, location: locationOf(origin) };
}

/** Gives syntax errors the words and the place of the parser that explains best; it is loaded only for them. */
async function withDiagnosis(findings: readonly Finding[]): Promise<Finding[]> {
  const better: Finding[] = [];
  for (const finding of findings) {
    const { file } = finding.location;
    const isParsed = finding.ruleId === 'syntax-error' && parseYaml(file).problem !== undefined;
    const diagnosis = isParsed ? (await import('../yaml/diagnose.ts')).diagnose(file) : undefined;
    better.push(diagnosis ? { ...finding, message: capitalized(diagnosis.reason), location: { file, span: diagnosis.span } } : finding);
  }
  return better;
}

function filesOf(findings: readonly Finding[]): Set<SourceFile> {
  return new Set(findings.flatMap(({ location, related }) => [location.file, ...related.map((place) => place.location.file)]));
}
