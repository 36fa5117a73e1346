import { readName } from '../../model/vocabulary.ts';
import { baseOf } from '../../text/path.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import { childOf, itemsOf, type Node, type Origin } from '../../tree/node.ts';
import { rootsOf } from './manifests.ts';
import type { OrderSource, OrderStep } from './order.ts';
import { graphOf, orderOf } from './steps.ts';

/** A folder that is copied from or to, by its steps. */
interface Place {
  readonly steps: readonly string[];
  readonly origin: Origin;
}

interface Copy {
  readonly from: Place;
  readonly to: readonly Place[];
}

/**
 * The `promotionPaths` of telefonistka: what is merged in a source path is copied to its target paths. The step of these
 * paths that names environments has to be found; where it is not clear, there is no order.
 */
export const telefonistka: OrderSource = {
  name: 'telefonistka promotionPaths',
  read(workspace, paths) {
    return paths
      .filter((path) => baseOf(path) === 'telefonistka.yaml')
      .flatMap((path) => {
        const copies = rootsOf(workspace, path, ['promotionPaths']).flatMap((root) => itemsOf(root, 'promotionPaths').flatMap(copyOf));
        const steps = stepsOf(copies);
        return orderOf(
          telefonistka.name,
          steps.some(({ promotesFrom }) => promotesFrom.length > 0),
          steps,
        );
      });
  },
};

/** Targets stand in `promotionPrs`, in older files in a list of lists. */
function copyOf(promotion: Node): Copy[] {
  const from = placeIn(childOf(promotion, 'sourcePath'));
  const prs = itemsOf(promotion, 'promotionPrs').flatMap((pr) => itemsOf(pr, 'targetPaths'));
  const lists = itemsOf(promotion, 'targetPaths').flatMap((item) => (item.kind === 'sequence' ? item.items : [item]));
  const to = [...prs, ...lists].flatMap((target) => placeIn(target) ?? []);
  return from && to.length > 0 ? [{ from, to }] : [];
}

function placeIn(node: Node | undefined): Place | undefined {
  if (node?.kind !== 'scalar' || isUnfilled(node.text)) return undefined;
  // A source path is a pattern, whose brackets may hold a slash.
  const steps = node.text.replace(/^\^|\$$/g, '').match(/(?:\[[^\]]*\]|[^/[])+/g);
  return steps ? { steps, origin: node.origin } : undefined;
}

function stepsOf(copies: readonly Copy[]): OrderStep[] {
  const at = environmentStep(copies);
  if (at === undefined) return [];
  const targets = copies.flatMap(({ to }) => to);
  const steps = copies.flatMap(({ from, to }): OrderStep[] => {
    const source = sourceName(from, at, targets);
    const first = source === undefined ? [] : [{ name: source, promotesFrom: [], origin: from.origin }];
    const others = to.map(({ steps: names, origin }) => {
      const name = names[at] ?? '';
      // Within one environment, a change goes from cluster to cluster.
      return { name, promotesFrom: source === undefined || source === name ? [] : [source], origin };
    });
    return [...first, ...others];
  });
  return graphOf(steps) ?? [];
}

/** The first step that differs and names nothing but environments; or else the first that mostly does. */
function environmentStep(copies: readonly Copy[]): number | undefined {
  const targets = copies.flatMap(({ to }) => to);
  const depth = targets.length > 0 ? Math.min(...targets.map(({ steps }) => steps.length)) : 0;
  const candidates = Array.from({ length: depth }, (_, at) => {
    const names = new Set([...targets.map(({ steps }) => steps[at] ?? ''), ...copies.flatMap(({ from }) => sourceName(from, at, targets) ?? [])]);
    const known = [...names].filter((name) => readName(name) !== undefined);
    return { at, names: [...names], known: known.length };
  }).filter(({ names, known }) => names.length > 1 && known > 1 && !names.some(isPattern));
  const best = candidates.find(({ names, known }) => known === names.length) ?? candidates.find(({ names, known }) => known * 2 > names.length);
  return best?.at;
}

/** The environment that a source path is in; undefined for a folder where changes begin, such as `workspace/`. */
function sourceName({ steps }: Place, at: number, targets: readonly Place[]): string | undefined {
  const name = steps[at];
  if (name === undefined) return undefined;
  const isBeside = (target: Place) => target.steps[at] === name || (at > 0 && target.steps.slice(0, at).join('/') === steps.slice(0, at).join('/'));
  return readName(name) !== undefined || targets.some(isBeside) ? name : undefined;
}

/** A dot alone stands in many names. */
function isPattern(step: string): boolean {
  return /[*+?()[\]{}|\\^$]/.test(step);
}
