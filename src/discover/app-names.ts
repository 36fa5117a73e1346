import { isContainer } from './containers.ts';
import type { Candidate, Reading } from './reading.ts';
import type { Unit } from './units.ts';

/** Folders that group apps and are none. */
const GROUPS = new Set(
  'apps app applications components services workloads deploy deployment deployments k8s kubernetes kustomize manifests gitops argocd argo-cd config configs src tenants'.split(
    ' ',
  ),
);

/**
 * What stands before the environment names the app (`components/build-service/production`), and what stands behind
 * is then a cluster; where nothing but group names stand before it, the app stands behind (`environments/prod/checkout`),
 * as it does where the same names recur in several environments.
 */
export function nameApps(readings: readonly { unit: Unit; candidate: Candidate }[]): Reading[] {
  const parts = readings.map(({ unit, candidate }) => {
    const steps = unit.folder === '' ? [] : unit.folder.split('/');
    const before = steps.slice(0, candidate.at).filter((step) => !isContainer(step));
    return { unit, candidate, name: steps[candidate.at] ?? '', before, after: steps.slice(candidate.at + 1) };
  });
  // Under one prefix, in how many environments does a first step behind the environment occur?
  const recurring = new Map<string, Set<string>>();
  const stepKey = (before: readonly string[], step: string) => `${before.join('/')}\u0000${step}`;
  for (const { before, after, name } of parts) {
    const [first] = after;
    if (first === undefined) continue;
    const key = stepKey(before, first);
    recurring.set(key, (recurring.get(key) ?? new Set()).add(name));
  }
  return parts.map(({ unit, candidate, name, before, after }) => {
    const own = before.filter((step) => !GROUPS.has(step.toLowerCase()));
    const [first] = after;
    const isApp = first !== undefined && (own.length === 0 || (recurring.get(stepKey(before, first))?.size ?? 0) > 1);
    const steps = isApp ? [...own, first] : before;
    const rest = isApp ? after.slice(1) : after;
    const labels: Record<string, string> = { ...candidate.labels };
    if (rest.length > 0) labels['cluster'] = rest.join('/');
    const container = unit.folder.split('/')[candidate.at - 1];
    const app = steps.join('/') || container || name;
    return {
      source: { app, environment: name, labels, root: unit.folder, renderer: unit.renderer },
      tier: candidate.tier,
      word: candidate.word,
      confidence: candidate.strength === 3 ? 'high' : 'low',
      folder: unit.folder
        .split('/')
        .slice(0, candidate.at + 1)
        .join('/'),
      why: candidate.why,
    };
  });
}
