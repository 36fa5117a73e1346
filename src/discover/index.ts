import type { Declaration } from '../model/declaration.ts';
import type { Discovery, VariantSource } from '../model/discovery.ts';
import { compareText } from '../text/location.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { withShortNames } from './app-names.ts';
import { type ConventionResult, readConventions } from './conventions.ts';
import { readDeclared } from './declared.ts';
import { environmentsOf, type Sighting, unifyAliases } from './environments.ts';
import { chartsOf, isWithin, type Unit, unitsOf } from './units.ts';
import { readName } from './vocabulary.ts';

/**
 * Finds what is deployed below `scope`, and to which environments. What people declared counts alone where they
 * declared how paths are to be read; otherwise folders are read by convention. Units without an environment are kept:
 * they are checked, and compared with nothing. What stands outside of the scope is evidence, and nothing more.
 */
export function discover(workspace: Workspace, scope: string, declaration: Declaration): Discovery {
  const all = unitsOf(workspace, scope, declaration.isIgnored);
  // Loose files in the root of a repository that has other units are settings of its tools.
  const units = all.length > 1 ? all.filter(({ folder, renderer }) => folder !== '' || renderer !== 'plain') : all;
  const outside = scope === '' ? [] : unitsOf(workspace, '', declaration.isIgnored).filter(({ folder }) => !isWithin(folder, scope));
  const found = inScope(readConventions([...units, ...outside], declaration.environments), scope);
  const discovery = declaration.apps.length > 0 ? fromDeclaration(workspace, scope, declaration, found) : fromConventions(declaration, found);
  const charts = chartsOf(workspace, scope, declaration.isIgnored).filter((chart) => !discovery.variants.some(({ root }) => root === chart));
  return { ...discovery, leftOut: [...discovery.leftOut, ...(units.length < all.length ? [LOOSE] : []), ...unrendered(charts)] };
}

const LOOSE = { name: '.', why: 'manifests that lie loose in the root, beside folders that are deployed; declare them under "apps" if they are' };

function unrendered(charts: readonly string[]): Discovery['leftOut'] {
  const [first, ...others] = charts;
  if (first === undefined) return [];
  const name = others.length > 0 ? `${first || '.'} and ${others.length} more` : first || '.';
  return [
    { name, why: `Helm ${others.length > 0 ? 'charts' : 'chart'}, not rendered; declare "chart" under "apps" to have the values of each environment read` },
  ];
}

function inScope({ readings, others, leftOut }: ConventionResult, scope: string): ConventionResult {
  return {
    readings: readings.filter(({ source }) => isWithin(source.root, scope)),
    others: others.filter(({ folder }) => isWithin(folder, scope)),
    leftOut: leftOut.filter(({ name }) => isWithin(name, scope)),
  };
}

function fromConventions(declaration: Declaration, found: ConventionResult): Discovery {
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
    variants: withShortNames([...sources, ...withoutEnvironment(found.others)]),
    leftOut: [...found.leftOut, ...emptyEnvironments(environments, sources)],
    assumptions: assumptionsOf(found),
  };
}

function fromDeclaration(workspace: Workspace, scope: string, declaration: Declaration, found: ConventionResult): Discovery {
  const deployed = [...found.others, ...found.readings.map(({ source }): Unit => ({ folder: source.root, renderer: source.renderer, usedBy: [] }))];
  const declared = readDeclared(declaration, workspace, deployed);
  const within = declared.sources.filter(({ root }) => isWithin(root, scope) && !declaration.isIgnored(root));
  const sightings = within.flatMap(({ environment, why }): Sighting[] => {
    if (environment === undefined) return [];
    const reading = readName(environment);
    return [{ name: environment, tier: reading?.tier ?? 'unknown', labels: reading?.labels ?? {}, confidence: 'declared', why }];
  });
  const environments = environmentsOf(sightings, declaration.environments);
  const rest = deployed.filter((unit) => !declared.sources.some(({ root }) => isWithin(unit.folder, root)));
  const sources = within.map(({ why: _, ...source }) => source);
  return {
    environments,
    variants: withShortNames([...sources, ...withoutEnvironment(rest)]),
    leftOut: [...declared.leftOut, ...emptyEnvironments(environments, sources)],
    assumptions: [],
  };
}

/** Plain folders within one another are one unit: the topmost. */
function withoutEnvironment(units: readonly Unit[]): VariantSource[] {
  const plain = units.filter((unit) => unit.renderer === 'plain').map((unit) => unit.folder);
  return units
    .filter((unit) => unit.renderer !== 'plain' || !plain.some((folder) => folder !== unit.folder && isWithin(unit.folder, folder)))
    .map((unit) => ({ app: unit.folder || '.', labels: {}, root: unit.folder, renderer: unit.renderer }));
}

function emptyEnvironments(environments: Discovery['environments'], sources: readonly VariantSource[]): Discovery['leftOut'] {
  return environments
    .filter(({ name }) => !sources.some((source) => source.environment === name))
    .map(({ name }) => ({ name, why: 'declared, but nothing is deployed to it' }));
}

function assumptionsOf({ readings }: ConventionResult): string[] {
  const low = new Map<string, string>();
  for (const { source, confidence, why } of readings) if (confidence === 'low' && !low.has(source.environment)) low.set(source.environment, why);
  for (const { source, confidence } of readings) if (confidence !== 'low') low.delete(source.environment);
  return [...low].sort(([a], [b]) => compareText(a, b)).map(([name, why]) => `"${name}" is taken for an environment: ${why}`);
}
