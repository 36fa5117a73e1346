import type { Settings } from '../config/settings.ts';
import { UsageError, unknownName } from '../errors.ts';
import { DIFFERENCE_CLASSES, differenceClassOf } from '../model/difference-class.ts';
import type { AppDiff, EnvironmentDiff, EnvironmentDifference } from '../model/environment-diff.ts';
import { formatSteps } from '../model/leaves.ts';
import { differsAt, formsOf, missingDepth, type Place, placesOf } from '../model/places.ts';
import type { Repository } from '../model/repository.ts';
import type { Resource } from '../model/resource.ts';
import type { Variant } from '../model/variant.ts';
import { firstOf } from '../text/first-of.ts';
import { pairsOf, variantsNamed } from './environment-diff-pairs.ts';
import { type Shower, showerOf } from './environment-diff-values.ts';
import { partialNotes } from './notes.ts';
import { type Trees, workspaceOfTree } from './read-repository.ts';

/** What is held side by side. */
export interface DiffRequest {
  /** Names of environments, or of variants within one: `production/cluster-1`. */
  readonly left: string;
  readonly right: string;
  readonly isApp?: ((name: string) => boolean) | undefined;
}

/**
 * Holds two environments side by side, app by app. Throws a `UsageError` for an environment that is not there, and where no app
 * is in both.
 */
export function diffEnvironments({ left, right, isApp = () => true }: DiffRequest, { apps }: Repository, trees: Trees, settings: Settings): EnvironmentDiff {
  const chosen = apps.filter(({ name }) => isApp(name)).map((app) => ({ app, ours: variantsNamed(left, app), theirs: variantsNamed(right, app) }));
  if (chosen.length === 0) throw new UsageError('no app has such a name', '"gitops-lint environments" lists apps and environments.');
  for (const [name, has] of [[left, chosen.some(({ ours }) => ours.length > 0)] as const, [right, chosen.some(({ theirs }) => theirs.length > 0)] as const]) {
    const names = chosen.flatMap(({ app }) => app.variants.map(({ environment }) => environment.name));
    if (!has) throw unknownName('environment', name, names);
  }
  if (left === right) throw new UsageError(`"${left}" is held against itself`, 'Name two environments.');
  const both = chosen.filter(({ ours, theirs }) => ours.length > 0 && theirs.length > 0);
  if (both.length === 0) throw new UsageError(`no app is in both "${left}" and "${right}"`, '"gitops-lint environments" shows which apps are where.');
  const notes: string[] = [];
  const diffs = both.flatMap(({ ours, theirs }) => {
    const { pairs, alone } = pairsOf(ours, theirs);
    if (alone.length > 0)
      notes.push(`not compared, as nothing tells with what: ${firstOf(alone.map(({ id }) => id))}; name one of them: ${selectorOf(alone[0])}`);
    return pairs.map((pair) => diffOf(pair, trees, settings));
  });
  notes.push(...partialNotes([...new Set(both.flatMap(({ ours, theirs }) => [...ours, ...theirs]))]));
  const only = (side: 'ours' | 'theirs', other: 'ours' | 'theirs') =>
    chosen.filter((one) => one[side].length > 0 && one[other].length === 0).map(({ app }) => app.name);
  return { left, right, apps: diffs, onlyLeft: only('ours', 'theirs'), onlyRight: only('theirs', 'ours'), notes };
}

/** How a variant is named on the command line. */
function selectorOf(variant: Variant | undefined): string {
  return variant ? variant.id.slice(variant.id.indexOf('@') + 1) : '';
}

function diffOf([left, right]: readonly [Variant, Variant], trees: Trees, settings: Settings): AppDiff {
  const shower = showerOf([left, right], (variant) => workspaceOfTree(trees, variant.tree), settings);
  const whole = new Set<Resource>();
  const unknown = new Set<Resource>();
  const found = new Map<string, EnvironmentDifference>();
  let [compared, differing] = [0, 0];
  for (const place of placesOf(left.app, [left, right], settings.isSecretKey)) {
    const [one] = place.held;
    if (!one || unknown.has(one.resource)) continue;
    if (place.steps.length === 0) {
      if (place.held.length + place.lacking.length < 2) unknown.add(one.resource);
      else if (place.lacking.length > 0) {
        whole.add(one.resource);
        add(found, place, differenceOf(place, 0, left, shower));
      }
      continue;
    }
    const isAlone = whole.has(one.resource);
    // What a gap may hide is not known to be missing.
    if (!isAlone && place.held.length + place.lacking.length < 2) continue;
    compared += 1;
    if (!isAlone && !differsAt(place)) continue;
    differing += 1;
    const depth = place.lacking.length > 0 ? missingDepth(place) : place.steps.length;
    if (!isAlone) add(found, place, differenceOf(place, depth, left, shower));
  }
  const order = Object.keys(DIFFERENCE_CLASSES);
  const differences = [...found.values()].sort((a, b) => order.indexOf(a.class) - order.indexOf(b.class));
  return { app: left.app.name, left: left.id, right: right.id, compared, differing, differences };
}

/** What is missing as a whole is one difference. */
function add(found: Map<string, EnvironmentDifference>, { kind, name }: Place, difference: EnvironmentDifference): void {
  const side = difference.left ? (difference.right ? 'both' : 'left') : 'right';
  const key = [kind, name, difference.resource, difference.path, side].join('\0');
  if (!found.has(key)) found.set(key, difference);
}

function differenceOf(place: Place, depth: number, left: Variant, shower: Shower): EnvironmentDifference {
  const ours = place.held.find(({ variant }) => variant === left);
  const theirs = place.held.find(({ variant }) => variant !== left);
  const [first] = formsOf(place).flat();
  return {
    class: differenceClassOf(place),
    resource: [place.kind, first?.resource.originalId.name ?? place.name].filter(Boolean).join('/'),
    path: formatSteps(place.steps.slice(0, depth)),
    ...shower(place, depth, ours, theirs),
  };
}
