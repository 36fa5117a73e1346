import type { VariantSource } from '../model/discovery.ts';
import { isNonProduction, isShared, placeOf } from '../model/vocabulary.ts';
import { compareText } from '../text/location.ts';
import { isContainer } from './containers.ts';
import type { Placed, Reading } from './reading.ts';

/** Folders that group apps and are none. */
const GROUPS = new Set(
  'apps app applications components services workloads deploy deployment deployments k8s kubernetes kustomize manifests gitops argocd argo-cd config configs src tenants'.split(
    ' ',
  ),
);

function isGroup(name: string): boolean {
  return GROUPS.has(name.toLowerCase());
}

/** A path around the step that names its environment. */
interface Parts {
  readonly name: string;
  readonly before: readonly string[];
  /** What stands behind the environment, without groups and places. */
  readonly after: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** The same in environments that may hold the same clusters, such as `production` and `production-canary`. */
  readonly stage: string;
}

/**
 * What stands before the environment names the app (`components/build-service/production`), and what stands behind is
 * then a cluster; where nothing but groups stand before it, the app stands behind (`environments/prod/checkout`), as
 * it does where the same names recur in several environments.
 */
export function nameApps(placed: readonly Placed[]): Reading[] {
  const all = placed.map(partsOf);
  const roles = rolesOf(all);
  return placed.flatMap(({ unit: { folder, renderer }, candidate }, index) => {
    const parts = all[index];
    if (!parts) return [];
    const { name, before, after, labels } = parts;
    const own = before.filter((step) => !isGroup(step));
    const apps = after.filter((_, level) => roles.isApp(parts, level));
    let clusters = after.filter((_, level) => !roles.isApp(parts, level));
    if (own.length === 0 && apps.length === 0) {
      // With no other name for it, what stands behind the environment is the app.
      apps.push(...after.filter((_, level) => !roles.isCluster(parts, level)));
      clusters = after.filter((_, level) => roles.isCluster(parts, level));
    }
    const steps = folder.split('/');
    const app = [...(apps.length > 0 ? own : before), ...apps].join('/') || (candidate.at > 0 && steps[0]) || name;
    const cluster = [labels['cluster'], ...clusters].filter((step) => step !== undefined).join('/');
    return {
      source: { app, environment: name, labels: { ...labels, ...(cluster && { cluster }) }, root: folder, renderer },
      tier: candidate.tier,
      confidence: candidate.strength > 1 && candidate.tier !== 'unknown' && !isShared(candidate.name) ? 'high' : 'low',
      folder: steps.slice(0, candidate.at + 1).join('/'),
      why: candidate.why,
    };
  });
}

function partsOf({ unit, candidate }: Placed): Parts {
  const steps = unit.folder.split('/');
  const before = [...steps.slice(0, candidate.at), ...(candidate.app === undefined ? [] : [candidate.app])].filter(
    (step) => !isContainer(step) && !isNonProduction(step) && step !== candidate.name,
  );
  const labels: Record<string, string> = { ...candidate.labels };
  const named: string[] = [];
  // What clusters of an environment build upon is no cluster.
  for (const step of steps.slice(candidate.at + 1).filter((name, at, all) => !(at === all.length - 1 && isShared(name)))) {
    const place = placeOf(step);
    if (!place) named.push(step);
    else if (place === 'region' && labels['region'] === undefined) labels['region'] = step;
    else labels['cluster'] = labels['cluster'] === undefined ? step : `${labels['cluster']}/${step}`;
  }
  const tell = named.filter((step) => !isContainer(step) && !isGroup(step));
  const after = tell.length > 0 ? tell : named.filter((step) => !isContainer(step));
  const stage = candidate.tier === 'unknown' ? candidate.name : `${candidate.tier} ${candidate.labels['region'] ?? ''}`;
  return { name: candidate.name, before, after, labels, stage };
}

/** What a step behind an environment is, by its level. */
interface Roles {
  /** It recurs in several environments, or stands beside names of which half or more do. */
  isApp(parts: Parts, level: number): boolean;
  /** It holds apps: clusters belong to one environment each. */
  isCluster(parts: Parts, level: number): boolean;
}

function rolesOf(all: readonly Parts[]): Roles {
  const stages = new Map<string, Set<string>>();
  const levels = new Map<string, Set<string>>();
  const placeOfLevel = ({ before }: Parts, level: number) => `${before.join('/')}\u0000${level}`;
  const keyOf = (parts: Parts, level: number, step = parts.after[level]) => `${placeOfLevel(parts, level)}\u0000${step}`;
  for (const parts of all) {
    for (const [level, step] of parts.after.entries()) {
      stages.set(keyOf(parts, level), (stages.get(keyOf(parts, level)) ?? new Set()).add(parts.stage));
      const place = placeOfLevel(parts, level);
      levels.set(place, (levels.get(place) ?? new Set()).add(step));
    }
  }
  const recurs = (key: string) => (stages.get(key)?.size ?? 0) > 1;
  const isApp = (parts: Parts, level: number): boolean => {
    const beside = [...(levels.get(placeOfLevel(parts, level)) ?? [])];
    return recurs(keyOf(parts, level)) || beside.filter((step) => recurs(keyOf(parts, level, step))).length * 2 >= beside.length;
  };
  const holders = new Set(
    all.flatMap((parts) =>
      parts.after.flatMap((_, level) => (level + 1 < parts.after.length && !isApp(parts, level) && isApp(parts, level + 1) ? keyOf(parts, level) : [])),
    ),
  );
  return { isApp, isCluster: (parts, level) => holders.has(keyOf(parts, level)) };
}

/** An app goes by its last folder; where two share that, or it says nothing, by as many as tell them apart. */
export function withShortNames(sources: readonly VariantSource[]): VariantSource[] {
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
      const isWhole = only === name;
      // `base` and `resources` are nobody's names.
      const tells = isWhole || !(isShared(name) || isGroup(name) || name === 'resources');
      if (only !== undefined && others.length === 0 && tells && !taken.has(name)) names.set(only, name);
      else open.push(...apps);
    }
    if (length > 64) for (const app of open.splice(0)) names.set(app, app);
  }
  return sources
    .map((source) => ({ ...source, app: names.get(source.app) ?? source.app }))
    .sort((a, b) => compareText(a.app, b.app) || compareText(a.root, b.root));
}
