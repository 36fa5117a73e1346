import type { Declaration } from '../model/declaration.ts';
import type { Discovery, VariantSource } from '../model/discovery.ts';
import { firstOf } from '../text/first-of.ts';
import { compareText } from '../text/location.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { withShortNames } from './app-names.ts';
import { type ConventionResult, readConventions } from './conventions.ts';
import { readDeclared } from './declared.ts';
import { environmentsOf, type Sighting, unifyAliases } from './environments.ts';
import { chartsOf, isWithin, scaffoldsOf, type Unit, unitsOf } from './units.ts';
import { readName } from './vocabulary.ts';

/** What is deployed from the whole repository, and the part of it that a folder asks for. */
export interface WholeDiscovery extends Pick<Discovery, 'environments' | 'variants'> {
  readonly part: Discovery;
}

/**
 * Finds what is deployed below `scope`, and to which environments. What people declared counts alone where they
 * declared how paths are to be read; otherwise folders are read by convention. Units without an environment are kept:
 * they are checked, and compared with nothing. What stands outside of the scope is evidence, and nothing more.
 */
export function discover(workspace: Workspace, scope: string, declaration: Declaration): Discovery {
  const outside = scope === '' ? [] : unitsOf(workspace, '', declaration.isIgnored).filter(({ folder }) => !isWithin(folder, scope));
  return discoverFrom(workspace, [...unitsOf(workspace, scope, declaration.isIgnored), ...outside], scope, declaration, scope).part;
}

/**
 * Finds what is deployed from the whole repository, as what `scope` holds may depend on the rest of it, or serve it. What
 * is nowhere looked at, such as the data of tests, is where the scope lies in it.
 */
export function discoverWhole(workspace: Workspace, scope: string, declaration: Declaration): WholeDiscovery {
  const units = unitsOf(workspace, '', declaration.isIgnored);
  const aside = scope === '' ? [] : unitsOf(workspace, scope, declaration.isIgnored).filter((unit) => !isKnown(unit, units));
  return discoverFrom(workspace, [...units, ...aside], scope, declaration, '');
}

/** Whether the units of the repository hold another one: it is one of them, or manifests that one of them reads. */
function isKnown({ folder, renderer }: Unit, units: readonly Unit[]): boolean {
  if (units.some((unit) => unit.folder === folder)) return true;
  if (renderer !== 'plain') return false;
  const isInside = ({ target }: { readonly target?: string | undefined }) => target !== undefined && isWithin(target, folder);
  return units.some(({ folder: other, kustomization }) => kustomization && (isWithin(folder, other) || kustomization.references.some(isInside)));
}

/** `apart` is a folder whose manifests are no part of those above it. */
function discoverFrom(workspace: Workspace, all: readonly Unit[], scope: string, declaration: Declaration, apart: string): WholeDiscovery {
  // Loose files in the root of a repository that has other units are settings of its tools.
  const units = all.length > 1 ? all.filter(({ folder, renderer }) => folder !== '' || renderer !== 'plain') : all;
  const found = readConventions(units, declaration.environments);
  const { assumptions, leftOut, ...whole } =
    declaration.apps.length > 0 ? fromDeclaration(workspace, declaration, found, apart) : fromConventions(scope, declaration, found, apart);
  const variants = whole.variants.filter(({ root }) => isWithin(root, scope));
  const allCharts = chartsOf(workspace, scope, declaration.isIgnored);
  const scaffolds = scaffoldsOf(workspace, scope, declaration.isIgnored)
    .filter((folder) => !variants.some(({ root }) => isWithin(folder, root) || isWithin(root, folder)))
    // The templates of a chart go with it.
    .filter((folder) => !allCharts.some((chart) => isWithin(folder, chart)))
    .map((name) => ({ name, why: 'manifests of tests, examples or scaffolding, by the name of their folder' }));
  const charts = allCharts.filter((chart) => !variants.some(({ root }) => root === chart));
  return {
    ...whole,
    part: {
      environments: whole.environments.filter(({ name, confidence }) => confidence === 'declared' || variants.some(({ environment }) => environment === name)),
      variants,
      assumptions,
      leftOut: [...leftOut, ...(units.length < all.length && scope === '' ? [LOOSE] : []), ...unrendered(charts), ...scaffolds],
    },
  };
}

const LOOSE = { name: '.', why: 'manifests that lie loose in the root, beside folders that are deployed; declare them under "apps" if they are' };

function unrendered(charts: readonly string[]): Discovery['leftOut'] {
  if (charts.length === 0) return [];
  const name = firstOf(
    charts.map((chart) => chart || '.'),
    1,
  );
  return [
    { name, why: `Helm ${charts.length > 1 ? 'charts' : 'chart'}, not rendered; declare "chart" under "apps" to have the values of each environment read` },
  ];
}

/** Everything is named as in the whole repository; what is left out and assumed is told of the scope alone. */
function fromConventions(scope: string, declaration: Declaration, found: ConventionResult, apart: string): Discovery {
  const aliases = unifyAliases(found.readings.map(({ source, folder }) => ({ name: source.environment, folder })));
  const nameOf = (name: string) => (declaration.environments.some((declared) => declared.name === name) ? name : (aliases.get(name) ?? name));
  const sightings = found.readings.map(({ source, tier, confidence, why }): Sighting => {
    // The region of an environment is in its name; that of a folder below is the variant's.
    const labels = readName(source.environment)?.labels ?? {};
    return { name: nameOf(source.environment), tier, labels, confidence, why };
  });
  const environments = environmentsOf(sightings, declaration.environments);
  const sources = found.readings.map(({ source }): VariantSource => ({ ...source, environment: nameOf(source.environment) }));
  return {
    environments,
    variants: withShortNames([...sources, ...withoutEnvironment(found.others, apart)]),
    leftOut: [...found.leftOut.filter(({ name }) => isWithin(name, scope)), ...emptyEnvironments(environments, sources)],
    assumptions: assumptionsOf(found.readings.filter(({ source }) => isWithin(source.root, scope))),
  };
}

function fromDeclaration(workspace: Workspace, declaration: Declaration, found: ConventionResult, apart: string): Discovery {
  const deployed = [...found.others, ...found.readings.map(({ source }): Unit => ({ folder: source.root, renderer: source.renderer, usedBy: [] }))];
  const declared = readDeclared(declaration, workspace, deployed);
  const sighted = declared.sources.filter(({ root }) => !declaration.isIgnored(root));
  const sightings = sighted.flatMap(({ environment, why }): Sighting[] => {
    if (environment === undefined) return [];
    const reading = readName(environment);
    return [{ name: environment, tier: reading?.tier ?? 'unknown', labels: reading?.labels ?? {}, confidence: 'declared', why }];
  });
  const environments = environmentsOf(sightings, declaration.environments);
  const rest = deployed.filter((unit) => !declared.sources.some(({ root }) => isWithin(unit.folder, root)));
  const sources = sighted.map(({ why: _, ...source }) => source);
  return {
    environments,
    variants: withShortNames([...sources, ...withoutEnvironment(rest, apart)]),
    leftOut: [...declared.leftOut, ...emptyEnvironments(environments, sources)],
    assumptions: [],
  };
}

/** Plain folders within one another are one unit: the topmost. */
function withoutEnvironment(units: readonly Unit[], apart: string): VariantSource[] {
  const plain = units.filter((unit) => unit.renderer === 'plain').map((unit) => unit.folder);
  const isPart = (folder: string) => plain.some((other) => other !== folder && isWithin(folder, other) && isWithin(other, apart) === isWithin(folder, apart));
  return units
    .filter((unit) => unit.renderer !== 'plain' || !isPart(unit.folder))
    .map((unit) => ({ app: unit.folder || '.', labels: {}, root: unit.folder, renderer: unit.renderer }));
}

function emptyEnvironments(environments: Discovery['environments'], sources: readonly VariantSource[]): Discovery['leftOut'] {
  return environments
    .filter(({ name }) => !sources.some((source) => source.environment === name))
    .map(({ name }) => ({ name, why: 'declared, but nothing is deployed to it' }));
}

function assumptionsOf(readings: ConventionResult['readings']): string[] {
  const low = new Map<string, string>();
  for (const { source, confidence, why } of readings) if (confidence === 'low' && !low.has(source.environment)) low.set(source.environment, why);
  for (const { source, confidence } of readings) if (confidence !== 'low') low.delete(source.environment);
  return [...low].sort(([a], [b]) => compareText(a, b)).map(([name, why]) => `"${name}" is taken for an environment: ${why}`);
}
