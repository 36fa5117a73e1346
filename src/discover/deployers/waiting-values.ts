import type { VariantSource } from '../../model/discovery.ts';

interface Deployed {
  /** The key of the source that holds the deployer. */
  readonly holder: string;
  readonly environment?: string | undefined;
  readonly targets: readonly Pick<VariantSource, 'root' | 'renderer'>[];
}

/** So many charts of one folder that an environment gets make it likely that all it gets are known. */
const SIBLINGS = 3;

/**
 * Tells whether a chart's values for an environment wait, or are left over: the environment is given other charts and not
 * this one, which others have, or which lies among those that it gets and deploys none itself: that is in use, whoever set it going.
 */
export function waitingValues(deployments: readonly Deployed[]): (source: Pick<VariantSource, 'root' | 'renderer' | 'environment' | 'key'>) => boolean {
  const roots = new Set<string>();
  const served = new Set<string | undefined>();
  const deployers = new Set(deployments.map(({ holder }) => holder));
  const beside = new Map<string, Set<string>>();
  for (const { environment, targets } of deployments) {
    for (const { root, renderer } of targets) {
      if (renderer !== 'helm') continue;
      roots.add(root);
      served.add(environment);
      const key = placeOf(root, environment);
      beside.set(key, (beside.get(key) ?? new Set()).add(root));
    }
  }
  const isAmongThem = (root: string, environment: string | undefined) => (beside.get(placeOf(root, environment))?.size ?? 0) >= SIBLINGS;
  return ({ root, renderer, environment, key = '' }) =>
    renderer === 'helm' && served.has(environment) && (roots.has(root) || (!deployers.has(key) && isAmongThem(root, environment)));
}

function placeOf(root: string, environment: string | undefined): string {
  return `${root.slice(0, Math.max(0, root.lastIndexOf('/')))}\0${environment ?? ''}`;
}
