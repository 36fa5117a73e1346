import type { VariantSource } from '../model/discovery.ts';
import { compareText } from '../text/location.ts';
import { isContainer } from './containers.ts';
import type { Placed, Reading } from './reading.ts';
import { isShared, placeOf } from './vocabulary.ts';

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
}

/**
 * What stands before the environment names the app (`components/build-service/production`), and what stands behind is
 * then a cluster; where nothing but groups stand before it, the app stands behind (`environments/prod/checkout`), as
 * it does where the same names recur in several environments.
 */
export function nameApps(placed: readonly Placed[]): Reading[] {
  const all = placed.map(partsOf);
  const isApp = appSteps(all);
  return placed.map(({ unit: { folder, renderer }, candidate }, index) => {
    const { name, before, after, labels } = all[index] ?? partsOf({ unit: { folder, renderer, usedBy: [] }, candidate });
    const own = before.filter((step) => !isGroup(step));
    const apps = after.filter((step, level) => isApp(before, step, level));
    const clusters = after.filter((step, level) => !isApp(before, step, level));
    // With no other name for it, what stands behind the environment is the app.
    if (own.length === 0 && apps.length === 0) apps.push(...clusters.splice(0));
    const steps = folder.split('/');
    const app = [...(apps.length > 0 ? own : before), ...apps].join('/') || steps[candidate.at - 1] || name;
    const cluster = [labels['cluster'], ...clusters].filter((step) => step !== undefined).join('/');
    return {
      source: { app, environment: name, labels: { ...labels, ...(cluster && { cluster }) }, root: folder, renderer },
      tier: candidate.tier,
      confidence: candidate.strength > 1 && candidate.tier !== 'unknown' ? 'high' : 'low',
      folder: steps.slice(0, candidate.at + 1).join('/'),
      why: candidate.why,
    };
  });
}

function partsOf({ unit, candidate }: Placed): Parts {
  const steps = unit.folder.split('/');
  const before = steps.slice(0, candidate.at).filter((step) => !isContainer(step));
  const labels: Record<string, string> = { ...candidate.labels };
  const named: string[] = [];
  for (const step of steps.slice(candidate.at + 1)) {
    const place = placeOf(step);
    if (!place) named.push(step);
    else if (place === 'region' && labels['region'] === undefined) labels['region'] = step;
    else labels['cluster'] = labels['cluster'] === undefined ? step : `${labels['cluster']}/${step}`;
  }
  const tell = named.filter((step) => !isContainer(step) && !isGroup(step));
  return { name: candidate.name, before, after: tell.length > 0 ? tell : named.filter((step) => !isContainer(step)), labels };
}

/**
 * Which steps behind an environment are apps: those that recur in several environments, and those beside them where
 * most do. Clusters belong to one environment each.
 */
function appSteps(all: readonly Parts[]): (before: readonly string[], step: string, level: number) => boolean {
  const environments = new Map<string, Set<string>>();
  const levels = new Map<string, Set<string>>();
  const keyOf = (...parts: readonly (string | number)[]) => parts.join('\u0000');
  for (const { before, after, name } of all) {
    for (const [level, step] of after.entries()) {
      const key = keyOf(before.join('/'), level, step);
      environments.set(key, (environments.get(key) ?? new Set()).add(name));
      const beside = keyOf(before.join('/'), level);
      levels.set(beside, (levels.get(beside) ?? new Set()).add(step));
    }
  }
  const recurs = (before: readonly string[], step: string, level: number) => (environments.get(keyOf(before.join('/'), level, step))?.size ?? 0) > 1;
  return (before, step, level) => {
    const beside = [...(levels.get(keyOf(before.join('/'), level)) ?? [])];
    return recurs(before, step, level) || beside.filter((other) => recurs(before, other, level)).length * 2 > beside.length;
  };
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
