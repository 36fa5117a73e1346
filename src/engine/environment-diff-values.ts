import type { Settings } from '../config/settings.ts';
import type { DiffSide, EnvironmentDifference } from '../model/environment-diff.ts';
import { settingsFilesOf } from '../model/opened-settings.ts';
import { MASK } from '../model/origin-row.ts';
import { type Held, type Place, partingOrigin } from '../model/places.ts';
import type { Resource } from '../model/resource.ts';
import { withoutHash } from '../model/shown-name.ts';
import type { Variant } from '../model/variant.ts';
import { nodeAt } from '../tree/field-path.ts';
import { childOf, type Node } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { sameUntil, shortened } from './render-difference.ts';
import { secretsOf } from './render-secrets.ts';

/** Shows what two variants have at a place. */
export type Shower = (place: Place, depth: number, left: Held | undefined, right: Held | undefined) => Pick<EnvironmentDifference, 'left' | 'right'>;

/** Shows values of two variants, and no secret of either. */
export function showerOf(variants: readonly [Variant, Variant], workspaceOf: (variant: Variant) => Workspace, settings: Settings): Shower {
  const secrets = variants.map((variant) =>
    secretsOf({ inputs: variant.inputs, resources: [...variant.resources, ...settingsOf(variant)] }, workspaceOf(variant), settings),
  );
  const hidden = (text: string) => secrets.reduce((shown, { hidden: hide }) => hide(shown), text);
  const isSecret = ({ resource, leaf: { path } }: Held) => secrets.some((one) => one.isSecret(resource.node, path));
  return (place, depth, left, right) => {
    const sides = [left, right].map((held) => held && shownOf(held, depth));
    const texts = sides.map((shown) => shown?.text);
    const isHidden =
      place.isSecret || [left, right].some((held) => held && isSecret(held)) || texts.some((text) => text !== undefined && hidden(text) !== text);
    const from = texts[0] !== undefined && texts[1] !== undefined ? sameUntil(texts[0], texts[1]) : 0;
    const side = (held: Held | undefined, shown: Shown | undefined, other: Held | undefined): DiffSide | undefined =>
      held && shown ? { value: isHidden && shown.isValue ? MASK : shortened(hidden(shown.text), from), origins: originsOf(held, other, depth) } : undefined;
    return { left: side(left, sides[0], right), right: side(right, sides[1], left) };
  };
}

/** The settings files of a variant, as objects. */
function settingsOf(variant: Variant): Resource[] {
  return settingsFilesOf(variant.app)
    .flat()
    .flatMap((twin) => (twin.variant === variant ? twin.resource : []));
}

function originsOf(held: Held, other: Held | undefined, depth: number): DiffSide['origins'] {
  const { resource, leaf } = held;
  if (depth === 0) return resource.field('metadata', 'name').origins();
  const path = leaf.path.slice(0, depth);
  // Of a field with more below it the key says where it begins.
  if (depth < leaf.path.length && typeof path.at(-1) !== 'number') return resource.key(...path).origins();
  const first = other && depth === leaf.path.length ? partingOrigin(held, other) : undefined;
  return first ? [...new Set([first, ...resource.field(...path).origins()])] : resource.field(...path).origins();
}

/** What is shown of a side: a value, or how much there is. */
interface Shown {
  readonly text: string;
  readonly isValue: boolean;
}

function shownOf({ resource, leaf }: Held, depth: number): Shown | undefined {
  if (depth === 0) return { text: 'an object', isValue: false };
  const node = depth === leaf.path.length ? leaf.node : nodeAt(resource.node, leaf.path.slice(0, depth));
  // Of a variable of a container, what it is set to.
  const value = childOf(node, 'name') && childOf(node, 'value');
  return node && shownNode(value?.kind === 'scalar' ? value : node);
}

function shownNode(node: Node): Shown {
  if (node.kind === 'sequence' && node.items.every(({ kind }) => kind === 'scalar')) return { text: JSON.stringify(plainOf(node)), isValue: true };
  if (node.kind === 'sequence') return { text: `a list of ${node.items.length}`, isValue: false };
  if (node.kind === 'mapping') return { text: node.entries.length === 1 ? 'one field' : `${node.entries.length} fields`, isValue: false };
  const value = plainOf(node);
  return { text: JSON.stringify(typeof value === 'string' ? withoutHash(value) : value), isValue: true };
}
