import { baseOf } from '../../text/path.ts';
import { over } from '../../tree/edit.ts';
import { childOf, itemsOf, type Mapping, type Node, type Origin, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { rootOf } from './configurations.ts';
import { editField, routeOf } from './field-paths.ts';
import type { Reader } from './files.ts';
import type { LayeredResource } from './layered-resource.ts';
import { Refusal } from './refusal.ts';
import { selectAll, selectorOf } from './selectors.ts';
import { originAs } from './writing.ts';

/** Puts one value into fields of several objects, or into the paths that those fields hold. Throws a `Refusal`. */
export function addValue(resources: readonly LayeredResource[], config: Mapping, reader: Reader): readonly LayeredResource[] {
  const value = valueToAdd(config, reader);
  const targets = [...itemsOf(config, 'targets'), ...targetsInFile(config, reader)];
  if (targets.length === 0) throw new Refusal('invalid-kustomization', 'the transformer has no target', config.origin);
  return targets.reduce((all, target) => addTo(all, target, value), resources);
}

/** Without a value the folder gives its name. */
function valueToAdd(config: Mapping, { folder }: Reader): Scalar {
  const value = childOf(config, 'value');
  if (value?.kind === 'scalar' && value.text.trim() !== '') return { ...value, text: value.text.trim() };
  return scalar(baseOf(folder), 'plain', { ...config.origin, precision: 'entry' });
}

function targetsInFile(config: Mapping, reader: Reader): readonly Node[] {
  const file = childOf(config, 'targetFilePath');
  return file?.kind === 'scalar' && file.text !== '' ? itemsOf(rootOf(file, reader), 'targets') : [];
}

function addTo(resources: readonly LayeredResource[], target: Node, value: Scalar): readonly LayeredResource[] {
  const path = textOf(target, 'fieldPath') ?? '';
  if (path === '') throw new Refusal('invalid-kustomization', 'the target has no field path', target.origin);
  const position = Number(textOf(target, 'filePathPosition') ?? 0);
  if (position < 0) throw new Refusal('invalid-kustomization', 'the position in a path cannot be negative', target.origin);
  const select = childOf(target, 'selector');
  const selected = new Set(select ? selectAll(resources, selectorOf(select)) : resources);
  const own = originAs(value.origin, 'replacement');
  // A step of a path is not all of it.
  const origin: Origin = position > 0 ? { ...own, precision: 'entry' } : own;
  const set = (old: Node | undefined): Node => {
    if (old && old.kind !== 'scalar') throw new Refusal('other', 'the field for the value is no text', old.origin);
    const text = position > 0 ? inserted(old?.text ?? '', position - 1, value.text) : value.text;
    return over(scalar(text, old?.style ?? 'plain', origin), old);
  };
  return resources.map((resource) => {
    if (!selected.has(resource)) return resource;
    return { ...resource, node: editField(resource.node, routeOf({ path, create: true }), set, { as: 'scalar', origin }) };
  });
}

/** A step more in a path; an absolute one stays absolute. */
function inserted(path: string, position: number, step: string): string {
  if (path === '') return step;
  const lead = path.startsWith('/') ? '/' : '';
  const steps = path.split('/').filter((part) => part !== '');
  steps.splice(Math.min(position, steps.length), 0, step);
  return lead + steps.join('/');
}
