import { type Settings, severityOf } from '../config/settings.ts';
import type { Environment } from '../model/environment.ts';
import { type Finding, SEVERITIES, type Severity } from '../model/finding.ts';
import type { GapInfo, LintResult, VariantInfo } from '../model/lint-result.ts';
import type { Gap } from '../model/render-result.ts';
import type { Repository } from '../model/repository.ts';
import type { App, Variant } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { compareLocations, compareText } from '../text/location.ts';
import { nameIn, type SourceFile } from '../text/source-file.ts';
import { locationOf } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { contractOf, toldOnce, withoutDeclared } from './contract.ts';
import { gapsOfDeployers } from './deployer-gaps.ts';
import { exceptFindings, expiredExceptions } from './exceptions.ts';
import { fingerprintOf } from './fingerprint.ts';
import { dropSpokenFor, mergeFindings } from './merge.ts';
import { notesOf } from './notes.ts';
import { oneTree, readRepository, type Trees, type TreesDiscovery, workspaceOf } from './read-repository.ts';
import { NO_ENVIRONMENT } from './render-variants.ts';
import { appOf, capitalized, type RawFinding, runRules } from './run-rules.ts';
import { isReached, namedVariants, type Part, type Scope, withinScope } from './scope.ts';
import { secretSpansOf } from './secrets.ts';
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
  /** The environments whose gate is asked for: what is only pending counts there. */
  readonly isGated?: ((environment: string) => boolean) | undefined;
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
  const part: Part = { ...scope, folder: options.folder };
  const { discovery, repository } = await readRepository(trees, part.folder, settings);
  const rules = scope.rules ? options.rules.filter(({ id }) => scope.rules?.has(id)) : options.rules;
  const expired = expiredExceptions(settings.exceptions, options.now);
  const contract = contractOf(settings);
  const raw = runRules(options.rules, repository, (rule) => ({
    options: optionsOf(rule, settings),
    isExternal: (thing, { environment, root }) => settings.isExternal(thing, environment.name, root),
    expired,
    contract,
  }));
  const graded = grade(mergeFindings(withoutDeclared(raw, options.rules, contract)), options.rules, settings);
  // Of what is left of a finding, the highest tier may be a lower one.
  const excepted = grade(exceptFindings(toldOnce(dropSpokenFor(graded), options.rules), settings.exceptions, options.now), options.rules, settings);
  const within = withinScope(excepted, part);
  const kept = scope.rules ? within.filter(({ ruleId }) => scope.rules?.has(ruleId)) : within;
  const findings = await withDiagnosis(finish(kept));
  const pending = pendingOf(options, repository);
  const named = namedVariants(repository.variants, part);
  const { changed } = part;
  // A finding may come in by its place, for variants that the change does not reach.
  const accused = new Set(kept.flatMap((finding) => finding.variants));
  const variants = changed ? named.filter((variant) => accused.has(variant) || isReached(variant, changed)) : named;
  const described = describe(repository, discovery, variants, part);
  const deployed = namedVariants(repository.variants, { folder: part.folder });
  const apps = new Set(deployed.map(({ app }) => app.name));
  return {
    version: options.version,
    named: named.length,
    repository,
    findings: await suppressByComment(findings, pending),
    ...described,
    rules: rules.map(({ id, meta: { summary, category, hint, severity } }) => ({ id, summary, category, hint, severity })),
    // What the named apps were compared with may lie outside of the folder.
    notes: notesOf({ ...described, variants: discovery.variants.filter(({ app }) => apps.has(app)) }, settings, { variants: deployed }),
    secrets: secretSpansOf(
      filesOf(findings),
      repository.files.map(({ yaml }) => yaml.file),
      (file) => workspaceOf(trees, file),
      settings.isSecretKey,
    ),
  };
}

function pendingOf({ rules, isGated }: LintOptions, { variants }: Repository): Pending {
  const mayBe = new Set(rules.filter(({ meta }) => meta.mayBePending).map(({ id }) => id));
  const gated = new Set(variants.filter(({ environment }) => isGated?.(environment.name)).map(({ id }) => id));
  return { isAllowed: (ruleId) => mayBe.has(ruleId), isGated: (finding) => finding.variants.some((id) => gated.has(id)) };
}

function optionsOf(rule: Rule, settings: Settings): object {
  const setting = settings.rules[rule.id];
  return { ...rule.meta.options?.defaults, ...(typeof setting === 'object' ? setting.options : undefined) };
}

interface GradedFinding extends RawFinding {
  readonly severity: Severity;
}

const byGravity = (a: Severity, b: Severity) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);

/**
 * Gives each finding its severity: the highest among its variants. A variant for which the rule is off is not accused
 * with the others, and a finding is gone with the last of them.
 */
function grade(raw: readonly RawFinding[], rules: readonly Rule[], settings: Settings): GradedFinding[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return raw.flatMap((finding) => {
    const rule = byId.get(finding.ruleId);
    if (!rule) return [];
    const { atMost, evenStrict, location } = finding;
    const severityFor = (environments: readonly Environment[], app?: App) =>
      severityOf(rule, { environments, app: app?.name, path: location.file.path, atMost, evenStrict }, settings);
    if (finding.variants.length === 0) {
      const severity = severityFor([]);
      return severity === 'off' ? [] : [{ ...finding, severity }];
    }
    const severities = new Map<Variant, Severity>();
    for (const variant of finding.variants) {
      const severity = severityFor([variant.environment], variant.app);
      if (severity !== 'off') severities.set(variant, severity);
    }
    const [severity] = [...severities.values()].sort(byGravity);
    return severity ? [{ ...finding, severity, variants: [...severities.keys()] }] : [];
  });
}

/** Gives each finding its fingerprint, forgets the variants themselves, and puts all in order. */
function finish(graded: readonly GradedFinding[]): Finding[] {
  const findings = graded.map(({ atMost: _, evenStrict: __, subjects: ___, variants, comparedWith, ...finding }): Finding => {
    const app = appOf(variants)?.name;
    const fingerprint = fingerprintOf({ ...finding, app });
    return { ...finding, app, variants: variants.map(({ id }) => id), comparedWith: comparedWith.map(({ id }) => id), fingerprint };
  });
  return findings.sort((a, b) => compareLocations(a.location, b.location) || compareText(a.ruleId, b.ruleId) || compareText(a.message, b.message));
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
