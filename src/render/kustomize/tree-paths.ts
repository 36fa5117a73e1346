import { withEntry } from '../../tree/edit.ts';
import { entryOf, type Mapping, mapping, type Node, type Origin, type Sequence, scalar, sequence } from '../../tree/node.ts';
import { splitPath } from './field-paths.ts';
import { goRegexp } from './go-regexp.ts';
import { Refusal } from './refusal.ts';
import { isNullNode } from './writing.ts';

/** `a.b\.c.[name=x.y].0` → its steps; brackets keep dots together. */
export function splitFieldPath(path: string): string[] {
  const parts = splitPath(path.replaceAll('/', '\0').replaceAll('.', '/')).map((part) => part.replaceAll('/', '.').replaceAll('\0', '/'));
  const steps: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    let step = parts[at] ?? '';
    if (step.startsWith('[') && !step.endsWith(']')) {
      while (at < parts.length - 1 && !step.endsWith(']')) {
        at += 1;
        step += `.${parts[at]}`;
      }
      if (!step.includes('=')) step = step.replace(/^\[+|\]+$/g, '');
    }
    steps.push(step);
  }
  return steps.filter((step) => step.trim() !== '');
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}

function isCondition(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

/** `[name=web]` → name, web; `[=web]` has no field. */
function conditionOf(step: string): { readonly field: string; readonly value: string } {
  const inner = step.slice(1, -1);
  const equals = inner.indexOf('=');
  if (equals === -1) throw new Refusal('invalid-kustomization', `"${step}" is no condition`);
  return { field: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

/** The one node at a path; conditions are compared exactly. Undefined where there is none. Throws a `Refusal` for a path that does not fit. */
export function lookup(node: Node, steps: readonly string[]): Node | undefined {
  let at: Node | undefined = node;
  for (const step of steps) {
    if (!at || isNullNode(at)) return undefined;
    at = stepInto(at, step);
  }
  return at && isNullNode(at) ? undefined : at;
}

function stepInto(node: Node, step: string): Node | undefined {
  if (/^[+-]?\d+$/.test(step) || step === '-') {
    if (node.kind !== 'sequence') throw new Refusal('other', `"${step}" asks for an item where there is no list`);
    if (step !== '-' && Number(step) < 0) throw new Refusal('invalid-kustomization', `the index ${step} is negative`);
    return step === '-' ? node.items.at(-1) : node.items[Number(step)];
  }
  if (step === '*') throw new Refusal('invalid-kustomization', 'a source is one place: "*" cannot be used');
  if (!isCondition(step)) {
    if (node.kind !== 'mapping') throw new Refusal('other', `"${step}" asks for a field where there is no mapping`);
    return entryOf(node, step)?.value;
  }
  const { field, value } = conditionOf(step);
  if (node.kind !== 'sequence') throw new Refusal('other', `"${step}" asks for an item where there is no list`);
  return node.items.find((item) => fieldText(item, field) === value);
}

function fieldText(item: Node, field: string): string | undefined {
  if (field === '') return item.kind === 'scalar' ? item.text : undefined;
  const value = item.kind === 'mapping' ? entryOf(item, field)?.value : undefined;
  return value?.kind === 'scalar' ? value.text : undefined;
}

/** What is done at every place that a path leads to. */
export interface PlaceEdit {
  readonly edit: (node: Node) => Node;
  /** What is made where nothing is, and by whom; without it such paths lead nowhere. */
  readonly create: { readonly kind: Node['kind']; readonly origin: Origin } | undefined;
}

/** Exchanges all nodes that a path leads to; conditions are patterns here. Tells how many there were. */
export function editPlaces(node: Node, steps: readonly string[], { edit, create }: PlaceEdit): { readonly node: Node; readonly count: number } {
  let count = 0;
  const made = (next: string | undefined): Node => {
    const origin = (create as { origin: Origin }).origin;
    const kind = next === undefined ? create?.kind : isIndex(next) || isCondition(next) ? 'sequence' : 'mapping';
    if (kind === 'sequence') return sequence([], origin);
    return kind === 'mapping' ? mapping([], origin) : scalar('', 'plain', origin);
  };
  const walk = (at: Node, index: number): Node => {
    const step = steps[index];
    const next = steps[index + 1];
    if (step === undefined) {
      count += 1;
      return edit(at);
    }
    if (isIndex(step)) return atIndex(asList(at, step), Number(step), (item) => walk(item, index + 1), create ? () => made(next) : undefined);
    if (step === '*') return mapItems(asList(at, step), (item) => walk(item, index + 1));
    if (isCondition(step)) return atCondition(asList(at, step), step, (item) => walk(item, index + 1), create?.origin);
    if (isNullNode(at) && !create) return at;
    if (at.kind !== 'mapping') throw new Refusal('other', `"${step}" asks for a field where there is no mapping`);
    const entry = entryOf(at, step);
    if (!entry && !create) return at;
    const value = walk(entry?.value ?? made(next), index + 1);
    return withEntry(at as Mapping, entry?.key ?? scalar(step, 'plain', value.origin), value);
  };
  const changed = walk(node, 0);
  return { node: changed, count };
}

function asList(node: Node, step: string): Sequence {
  if (node.kind === 'sequence') return node;
  throw new Refusal('other', `"${step}" asks for an item where there is no list`);
}

function mapItems(list: Sequence, change: (item: Node) => Node): Sequence {
  const items = list.items.map(change);
  return items.every((item, index) => item === list.items[index]) ? list : { ...list, items };
}

function atIndex(list: Sequence, index: number, change: (item: Node) => Node, make: (() => Node) | undefined): Sequence {
  const items = list.items.slice();
  if (index === items.length && make) items.push(make());
  const item = items[index];
  if (!item) throw new Refusal('other', `there is no item ${index} in a list of ${items.length}`);
  items[index] = change(item);
  return items[index] === list.items[index] ? list : { ...list, items };
}

function atCondition(list: Sequence, step: string, change: (item: Node) => Node, create: Origin | undefined): Sequence {
  const { field, value } = conditionOf(step);
  const pattern = goRegexp(value);
  if (!pattern) throw new Refusal('invalid-kustomization', `"${value}" is not a regular expression`);
  const isMeant = (item: Node): boolean => {
    const found = field === '' ? item : item.kind === 'mapping' ? entryOf(item, field)?.value : undefined;
    return found?.kind === 'scalar' && pattern.test(asWritten(found));
  };
  if (!create || list.items.some(isMeant)) return mapItems(list, (item) => (isMeant(item) ? change(item) : item));
  // What the path asks for is not what stands at the source.
  const origin: Origin = { ...create, precision: 'entry' };
  const key = scalar(value, 'plain', origin);
  const item = field === '' ? key : mapping([{ key: scalar(field, 'plain', origin), value: key }], origin);
  return { ...list, items: [...list.items, change(item)] };
}

/** The patterns see the quotes. */
function asWritten({ text, style }: Extract<Node, { kind: 'scalar' }>): string {
  if (style === 'double-quoted') return JSON.stringify(text);
  return style === 'single-quoted' ? `'${text}'` : text;
}
