import type { Declaration } from '../model/declaration.ts';
import type { Discovery, VariantSource } from '../model/discovery.ts';
import { readName } from '../model/vocabulary.ts';
import { compareText } from '../text/location.ts';
import { isWithin } from '../text/path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { withShortNames } from './app-names.ts';
import { assumed } from './assumed.ts';
import type { ConventionResult } from './conventions.ts';
import { type DeclaredResult, readDeclared } from './declared.ts';
import type { Followed } from './deployers/follow.ts';
import { environmentsOf, type Sighting, unifyAliases } from './environments.ts';
import { applyOrders } from './orders/apply.ts';
import type { DeclaredOrder } from './orders/order.ts';
import type { Reading } from './reading.ts';
import type { Unit } from './units.ts';

/** What folders, files, deployers and the files of other tools say together. */
export type Evidence = Pick<Followed, 'readings' | 'others'> & Pick<ConventionResult, 'leftOut'> & { readonly orders: readonly DeclaredOrder[] };

interface Ground {
  readonly workspace: Workspace;
  readonly declaration: Declaration;
  readonly scope: string;
}

/**
 * Settles what is deployed where. What people declared of a folder counts alone there; elsewhere the evidence does.
 * Everything is named as in the whole repository; what is left out and assumed is told of the scope alone.
 */
export function settle(read: Evidence, { workspace, declaration, scope }: Ground): Discovery {
  const isSpokenFor = (root: string) => declaration.apps.some(({ below }) => isWithin(root, below));
  const readings = read.readings.filter(({ source }) => !isSpokenFor(source.root));
  const others = read.others.filter(({ root }) => !isSpokenFor(root));
  const spoken = [...read.others, ...read.readings.map(({ source }) => source)].filter(({ root }) => isSpokenFor(root));
  const declared = fromPatterns(spoken, declaration, workspace);
  const nameOf = namesFor(readings, declaration, read.orders);
  const told = [...readings.map((reading) => sightingOf(reading, nameOf.shown)), ...declared.sightings];
  const environments = environmentsOf(told, declaration.environments, nameOf.ordered(told));
  const sources = [...readings.map(({ source }): VariantSource => ({ ...source, environment: nameOf.shown(source.environment) })), ...declared.sources];
  const isSure = (name: string) => environments.some((environment) => environment.name === name && environment.confidence !== 'low');
  const isUsed = (name: string) => sources.some(({ environment }) => environment === name);
  return {
    environments: environments.filter(({ name, confidence }) => confidence === 'declared' || isUsed(name)),
    variants: withShortNames([...sources, ...declared.rest, ...others]),
    leftOut: [
      ...declared.leftOut,
      ...read.leftOut.filter(({ name }) => isWithin(name, scope) && !isSpokenFor(name)),
      ...emptyEnvironments(environments, sources),
    ],
    assumptions: assumptionsOf(readings.filter(({ source }) => isWithin(source.root, scope) && !isSure(nameOf.shown(source.environment)))),
  };
}

interface Names {
  /** The one name of an environment, for all of its spellings. */
  shown(name: string): string;
  ordered(told: readonly Sighting[]): ReturnType<typeof applyOrders>['environments'];
}

function namesFor(readings: readonly Reading[], declaration: Declaration, orders: readonly DeclaredOrder[]): Names {
  const aliases = unifyAliases(readings.map(({ source, folder }) => ({ name: source.environment, folder })));
  const isDeclared = (name: string) => declaration.environments.some((declared) => declared.name === name);
  const oneSpelling = (name: string) => (isDeclared(name) ? name : (aliases.get(name) ?? name));
  const { renamed } = applyOrders(orders, [...new Set(readings.map(({ source }) => oneSpelling(source.environment)))]);
  return {
    shown: (name) => (isDeclared(name) ? name : (renamed.get(oneSpelling(name)) ?? oneSpelling(name))),
    ordered: (told) => applyOrders(orders, [...new Set([...declaration.environments, ...told].map(({ name }) => name))]).environments,
  };
}

function sightingOf({ source, tier, confidence, why, isOfDeployer }: Reading, nameOf: Names['shown']): Sighting {
  // The region of an environment is in its name; that of a folder below is the variant's.
  return { name: nameOf(source.environment), tier, labels: readName(source.environment)?.labels ?? {}, confidence, why, isOfDeployer };
}

interface FromPatterns {
  readonly sources: readonly VariantSource[];
  readonly sightings: readonly Sighting[];
  /** What is deployed, and no pattern names: it is checked, and compared with nothing. */
  readonly rest: readonly VariantSource[];
  readonly leftOut: DeclaredResult['leftOut'];
}

function fromPatterns(spoken: readonly VariantSource[], declaration: Declaration, workspace: Workspace): FromPatterns {
  // Values and settings files are those that are declared, and no others.
  const deployed = spoken.filter(({ renderer }) => renderer === 'plain' || renderer === 'kustomize');
  const units = [...new Map(deployed.map(({ root, renderer }): [string, Unit] => [root, { folder: root, renderer, usedBy: [] }])).values()];
  const declared = readDeclared(declaration, workspace, units);
  const sighted = declared.sources.filter(({ root }) => !declaration.isIgnored(root));
  return {
    sources: sighted.flatMap(({ why: _, ...source }) => asDeployed(source, deployed)),
    sightings: sighted.flatMap(({ environment, why }): Sighting[] => {
      if (environment === undefined) return [];
      const reading = readName(environment);
      return [{ name: environment, tier: reading?.tier ?? 'unknown', labels: reading?.labels ?? {}, confidence: 'declared', why }];
    }),
    rest: deployed.filter(({ root }) => !declared.sources.some((source) => isWithin(root, source.root))).map(({ environment: _, ...source }) => source),
    leftOut: declared.leftOut,
  };
}

/** A declared variant with what its deployers add; where several do, once for each. */
function asDeployed(source: VariantSource, deployed: readonly VariantSource[]): VariantSource[] {
  const same = deployed.filter(({ root, renderer }) => root === source.root && renderer === source.renderer);
  const own = same.filter(({ environment }) => environment === source.environment);
  const told = own.length > 0 ? own : same.length === 1 ? same : [];
  if (told.length === 0) return [source];
  return told.map(({ additions, key, labels }) => ({
    ...source,
    ...(additions && { additions }),
    key,
    labels: { ...(told.length > 1 && labels['deployer'] !== undefined && { deployer: labels['deployer'] }), ...source.labels },
  }));
}

function emptyEnvironments(environments: Discovery['environments'], sources: readonly VariantSource[]): Discovery['leftOut'] {
  return environments
    .filter(({ name }) => !sources.some((source) => source.environment === name))
    .map(({ name, confidence, evidence }) => ({ name, why: `${confidence === 'declared' ? 'declared' : evidence[0]?.why}, but nothing is deployed to it` }));
}

function assumptionsOf(readings: readonly Reading[]): string[] {
  const low = new Map<string, string>();
  for (const { source, confidence, why } of readings) if (confidence === 'low' && !low.has(source.environment)) low.set(source.environment, why);
  for (const { source, confidence } of readings) if (confidence !== 'low') low.delete(source.environment);
  return [...low].sort(([a], [b]) => compareText(a, b)).map(([name, why]) => assumed(name, `is taken for an environment: ${why}`));
}
