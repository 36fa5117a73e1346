import type { Declaration } from '../model/declaration.ts';
import type { Discovery, VariantSource } from '../model/discovery.ts';
import { compareText } from '../text/location.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type ConventionResult, readConventions } from './conventions.ts';
import { readDeclared } from './declared.ts';
import { environmentsOf, type Sighting, unifyAliases } from './environments.ts';
import { type Unit, unitsOf } from './units.ts';
import { isShared, readName } from './vocabulary.ts';

/**
 * Finds what is deployed below `scope`, and to which environments. What people declared counts alone where they
 * declared how paths are to be read; otherwise folders are read by convention. Units without an environment are kept:
 * they are checked, and compared with nothing.
 */
export function discover(workspace: Workspace, scope: string, declaration: Declaration): Discovery {
  const all = unitsOf(workspace, scope, declaration.isIgnored);
  // Loose files in the root of a repository that has other units are settings of its tools.
  const units = all.length > 1 ? all.filter(({ folder, renderer }) => folder !== '' || renderer !== 'plain') : all;
  const found = declaration.apps.length > 0 ? fromDeclaration(workspace, scope, declaration, units) : fromConventions(declaration, units);
  if (units.length === all.length) return found;
  return {
    ...found,
    leftOut: [
      ...found.leftOut,
      { name: '.', why: 'manifests that lie loose in the root, beside folders that are deployed; declare them under "apps" if they are' },
    ],
  };
}

function fromConventions(declaration: Declaration, units: readonly Unit[]): Discovery {
  const found = readConventions(units);
  const aliases = unifyAliases(found.readings.map(({ source, folder }) => ({ name: source.environment, folder })));
  const nameOf = (name: string) => (declaration.environments.some((declared) => declared.name === name) ? name : (aliases.get(name) ?? name));
  const sightings = found.readings.map(({ source, tier, confidence, why }): Sighting => {
    const { cluster: _, ...labels } = source.labels;
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

function fromDeclaration(workspace: Workspace, scope: string, declaration: Declaration, units: readonly Unit[]): Discovery {
  const kustomized = new Set(units.filter((unit) => unit.renderer === 'kustomize').map((unit) => unit.folder));
  const declared = readDeclared(declaration.apps, workspace, (folder) => (kustomized.has(folder) ? 'kustomize' : 'plain'));
  const inScope = declared.sources.filter(({ root }) => isWithin(root, scope) && !declaration.isIgnored(root));
  const sightings = inScope.flatMap(({ environment, why }): Sighting[] => {
    if (environment === undefined) return [];
    const reading = readName(environment);
    return [{ name: environment, tier: reading?.tier ?? 'unknown', labels: reading?.labels ?? {}, confidence: 'declared', why }];
  });
  const environments = environmentsOf(sightings, declaration.environments);
  const claimed = (folder: string) => declared.sources.some(({ root }) => isWithin(folder, root));
  const others = readConventions(units);
  const rest = [...others.others, ...units.filter((unit) => others.readings.some(({ source }) => source.root === unit.folder))].filter(
    (unit) => !claimed(unit.folder),
  );
  const sources = inScope.map(({ why: _, ...source }) => source);
  return {
    environments,
    variants: withShortNames([...sources, ...withoutEnvironment(rest)]),
    leftOut: [...declared.leftOut, ...emptyEnvironments(environments, sources)],
    assumptions: [],
  };
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
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

/** An app goes by its last folder; where two share that, by as many as tell them apart. */
function withShortNames(sources: readonly VariantSource[]): VariantSource[] {
  const names = new Map<string, string>();
  let open = [...new Set(sources.map(({ app }) => app))];
  for (let length = 1; open.length > 0; length += 1) {
    const short = new Map<string, string[]>();
    for (const app of open) {
      const name = app.split('/').slice(-length).join('/');
      short.set(name, [...(short.get(name) ?? []), app]);
    }
    const taken = new Set(names.values());
    open = [];
    for (const [name, apps] of short) {
      const [only, ...others] = apps;
      // `base` is nobody's name.
      const tells = !isShared(name) || apps.every((app) => app === name);
      if (only !== undefined && tells && (others.length === 0 || apps.every((app) => app === name)) && !taken.has(name)) names.set(only, name);
      else open.push(...apps);
    }
    if (length > 64) for (const app of open.splice(0)) names.set(app, app);
  }
  return sources
    .map((source) => ({ ...source, app: names.get(source.app) ?? source.app }))
    .sort((a, b) => compareText(a.app, b.app) || compareText(a.root, b.root));
}
