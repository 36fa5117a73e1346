import picomatch from 'picomatch';
import { type Declaration, type DeclaredException, type MadeElsewhere, NOTHING_DECLARED } from '../model/declaration.ts';
import type { Environment } from '../model/environment.ts';
import { TIER_RANK, type Tier } from '../model/environment.ts';
import type { Expectation } from '../model/expectation.ts';
import type { Severity } from '../model/finding.ts';
import type { Rule } from '../rule/rule.ts';
import { isWithin } from '../text/path.ts';
import { childOf, type Origin } from '../tree/node.ts';
import { type Config, NOT_YET, type Override, type RuleSetting } from './config.ts';
import { globIn, outwardFrom } from './located.ts';
import { mergeDeclarations } from './merge.ts';
import type { Layer } from './read.ts';

/** `.gitopsrc` resolved, with all that nested ones say of their folders: everything has a value, globs are compiled. */
export interface Settings {
  readonly declaration: Declaration;
  /** Which rules are on by default for a path. */
  readonly presetOf: (path: string) => Preset;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Later ones win; what a nested file sets is among them. */
  readonly overrides: readonly CompiledOverride[];
  readonly exceptions: readonly DeclaredException[];
  /** Which differences between environments are expected, in the order in which they count. */
  readonly expectations: readonly Expectation[];
  readonly loadRestrictor: 'root' | 'none';
  /** Whose reading of nulls in chart defaults counts. */
  readonly helmVersion: 3 | 4;
  /** Whether an object or a variable is declared to be made elsewhere, for an environment, as what is deployed from the folder `root` sees it. */
  readonly isExternal: (thing: MadeElsewhere, environment: string, root: string) => boolean;
  readonly isSecretKey: (key: string) => boolean;
  /** The file of known findings, relative to the root, and where that is said. */
  readonly baseline: { readonly path: string; readonly origin: Origin } | undefined;
  /** Parts of `.gitopsrc` that this version reads and does not act upon yet. */
  readonly unused: readonly string[];
  /** A configuration further up than the one that counts: it is not read. */
  readonly above?: string | undefined;
}

type Preset = NonNullable<Config['preset']>;

interface CompiledOverride {
  readonly rules: Override['rules'];
  matches(environment: Environment | undefined, app: string | undefined, path: string): boolean;
}

/** Resolves the configurations of a repository: the one that counts, if there is one, and those that refine folders, outer ones first. */
export function resolveSettings(layers: readonly Layer[]): Settings {
  const counting = layers.find(({ below }) => below === '')?.config ?? {};
  const presets = layers.flatMap(({ below, config: { preset } }) => (preset ? { below, preset } : []));
  // Rather one value too many out of sight than one too few: a key of one folder is secret in all.
  const secretKeys = layers.flatMap(({ config }) => config.secretKeys ?? []);
  return {
    declaration: layers.length > 0 ? mergeDeclarations(layers) : NOTHING_DECLARED,
    presetOf: (path) => presets.findLast(({ below }) => isWithin(path, below))?.preset ?? 'recommended',
    rules: counting.rules ?? {},
    overrides: layers.flatMap(overridesOf),
    exceptions: layers.flatMap(({ exceptions }) => exceptions),
    // The deeper file knows its folder better: its lines come first.
    expectations: layers.toReversed().flatMap(({ expectations }) => expectations),
    loadRestrictor: counting.kustomize?.loadRestrictor ?? 'root',
    helmVersion: counting.helm?.version ?? 3,
    isExternal: isExternalFor(layers),
    isSecretKey: secretKeys.length > 0 ? picomatch(secretKeys, { dot: true, nocase: true }) : () => false,
    baseline: baselineOf(layers),
    unused: [...new Set(layers.flatMap(({ config }) => unusedOf(config)))],
  };
}

function isExternalFor(layers: readonly Layer[]): Settings['isExternal'] {
  const externals = layers.flatMap(({ below, config }) => (config.externals ?? []).map((external) => ({ ...external, below, isMeant: isMeantBy(external) })));
  return (thing, environment, root) =>
    externals.some(({ below, environments, isMeant }) => isMeant(thing) && (environments?.includes(environment) ?? true) && isWithin(root, below));
}

function isMeantBy({ kind, name, variable }: NonNullable<Config['externals']>[number]): (thing: MadeElsewhere) => boolean {
  const isName = (glob: string | undefined) => (glob === undefined ? () => true : picomatch(glob, { dot: true }));
  const [isObject, isVariable] = [isName(name), isName(variable)];
  return (thing) =>
    'variable' in thing
      ? variable !== undefined && isVariable(thing.variable)
      : variable === undefined && (kind ?? thing.kind) === thing.kind && isObject(thing.name);
}

/** As a nested file cannot name one, the one that counts does. */
function baselineOf([layer]: readonly Layer[]): Settings['baseline'] {
  const node = childOf(layer?.root, 'baseline');
  return layer && node?.kind === 'scalar' && layer.config.baseline !== undefined
    ? { path: outwardFrom(layer.folder, node.text), origin: node.origin }
    : undefined;
}

function unusedOf(config: Config): string[] {
  return NOT_YET.filter((name) => config[name] !== undefined);
}

/** What a file sets for a part of the repository: its overrides and, where it is nested, its rules, for its folder. */
function overridesOf({ config, folder, below }: Layer): CompiledOverride[] {
  const own: readonly Override[] = below === '' || !config.rules ? [] : [{ rules: config.rules }];
  return [...own, ...(config.overrides ?? [])].map((override) => compileOverride(override, folder, below));
}

function compileOverride({ environments, tiers, apps, paths, rules }: Override, folder: string, below: string): CompiledOverride {
  const isApp = apps ? picomatch([...apps], { bash: true, dot: true }) : undefined;
  const globs = paths?.map((path) => globIn(folder, path));
  const isPath = globs ? picomatch(globs, { dot: true }) : undefined;
  return {
    rules,
    matches: (environment, app, path) =>
      isWithin(path, below) &&
      (!environments || (environment !== undefined && environments.includes(environment.name))) &&
      (!tiers || (environment !== undefined && tiers.includes(environment.tier))) &&
      (!isApp || (app !== undefined && isApp(app))) &&
      (!isPath || isPath(path)),
  };
}

const STEPS: readonly (Severity | 'off')[] = ['off', 'info', 'warning', 'error'];

/** How many steps a laddered rule falls below its severity in production. */
const LADDER: Readonly<Record<Tier, number>> = { prod: 0, staging: 1, uat: 1, unknown: 1, test: 2, int: 2, dev: 2, local: 3, ephemeral: 3 };

function lower(severity: Severity, steps: number): Severity | 'off' {
  return STEPS[Math.max(0, STEPS.indexOf(severity) - steps)] ?? 'off';
}

/** What a finding is about, as far as its severity depends on it. */
export interface Subject {
  /** The environments of the variants that are wrong; empty when the file itself is. */
  readonly environments: readonly Environment[];
  readonly app: string | undefined;
  readonly path: string;
  readonly atMost?: Severity | undefined;
  readonly evenStrict?: true | undefined;
}

/**
 * How grave a finding of a rule is. The highest tier among the variants that are wrong counts. What `.gitopsrc` says
 * wins over the tiers; of its overrides the last that matches.
 */
export function severityOf(rule: Rule, subject: Subject, settings: Settings): Severity | 'off' {
  const candidates = subject.environments.length === 0 ? [undefined] : subject.environments;
  const severities = candidates.map(
    (environment) => configuredSeverity(rule, environment, subject, settings) ?? defaultSeverity(rule, environment, subject, settings),
  );
  const worst = STEPS[Math.max(...severities.map((severity) => STEPS.indexOf(severity)))] ?? 'off';
  return worst;
}

function configuredSeverity(rule: Rule, environment: Environment | undefined, { app, path }: Subject, settings: Settings): Severity | 'off' | undefined {
  let severity = severityIn(settings.rules[rule.id]);
  for (const override of settings.overrides) {
    const found = override.matches(environment, app, path) ? severityIn(override.rules[rule.id]) : undefined;
    if (found !== undefined) severity = found;
  }
  return severity;
}

/** Whether a rule that no preset turns on is on for anything at all. */
export function isAskedFor({ id }: Rule, { rules, overrides }: Settings): boolean {
  return [rules[id], ...overrides.map((override) => override.rules[id])].some((setting) => (severityIn(setting) ?? 'off') !== 'off');
}

function severityIn(setting: RuleSetting | undefined): Severity | 'off' | undefined {
  return typeof setting === 'object' ? setting.severity : setting;
}

function defaultSeverity(rule: Rule, environment: Environment | undefined, { path, atMost, evenStrict }: Subject, settings: Settings): Severity | 'off' {
  const { preset, needs, severity, strictSeverity, ladder, offIn } = rule.meta;
  const isStrict = settings.presetOf(path) === 'strict';
  const isAsked = needs === 'differences' && settings.expectations.length > 0;
  if ((preset === 'none' && !isAsked) || (preset === 'strict' && !isStrict)) return 'off';
  const limited = atMost && STEPS.indexOf(atMost) < STEPS.indexOf(severity) ? atMost : severity;
  // To be strict is to take the weaker form for the mistake itself.
  const top = isStrict && strictSeverity && !evenStrict ? strictSeverity : limited;
  if (!environment) return top;
  const { tier } = environment;
  if (offIn?.includes(tier)) return 'off';
  if (ladder === 'flat') return TIER_RANK[tier] === 0 || tier === 'ephemeral' ? lower(top, 1) : top;
  return lower(top, LADDER[tier]);
}
