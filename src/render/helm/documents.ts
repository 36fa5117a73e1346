import type { Entry, Mapping, Node, Origin, Part, Scalar } from '../../tree/node.ts';
import type { YamlFile } from '../../yaml/parse.ts';
import { bodyOf } from './rendered-scalars.ts';
import type { Stretch, Text } from './value.ts';

/**
 * The objects of a rendered document. Nodes get the origins of the stretches that they stand on: the leaf of values that
 * filled them, else the line of the template. `whole` is the template itself, for what nobody wrote.
 */
export function objectsOf(yaml: YamlFile, rendered: Text, whole: Origin): Mapping[] {
  const authors = new Authors(rendered, whole);
  return yaml.documents.flatMap(({ root }) => (root?.kind === 'mapping' ? [authors.relocate(root) as Mapping] : []));
}

/** YAML that was read from a text with several authors, each node with its own. */
export function withAuthors(yaml: YamlFile, written: Text, whole: Origin): YamlFile {
  const authors = new Authors(written, whole);
  return { ...yaml, documents: yaml.documents.map((document) => ({ ...document, root: document.root && authors.relocate(document.root) })) };
}

/** Finds who wrote what of one rendered text. */
class Authors {
  readonly #text: string;
  readonly #stretches: readonly Stretch[];
  readonly #whole: Origin;

  constructor({ text, stretches }: Text, whole: Origin) {
    this.#text = text;
    this.#stretches = stretches;
    this.#whole = whole;
  }

  relocate(node: Node): Node {
    if (node.kind === 'scalar') return this.#scalar(node);
    const origin = this.at(node.origin.start, node.origin.end);
    if (node.kind === 'sequence') return { ...node, origin, items: node.items.map((item) => this.relocate(item)) };
    const entries = node.entries.map(({ key, value, via }): Entry => {
      const inner = this.relocate(value);
      const entry = { key: keyOver(this.#scalar(key), inner), value: inner };
      return via ? { ...entry, via: this.at(via.start, via.end) } : entry;
    });
    return { ...node, origin, entries };
  }

  /** The author of the first letter of a span, as far as it goes; of what has none, the one before. */
  at(start: number, end: number): Origin {
    const index = this.#indexAt(start);
    const stretch = this.#stretches[index];
    if (!stretch) return this.#whole;
    if (stretch.start > start || stretch.end <= start) return { ...firstOf(stretch, this.#whole), precision: 'entry' };
    return partOf(stretch, start, Math.min(end, stretch.end), this.#whole);
  }

  #scalar(node: Scalar): Scalar {
    const { start, end } = node.origin;
    const over = this.#over(start, end);
    const weak = [...new Set(over.flatMap((stretch) => stretch.weak ?? []))];
    const own = over.filter(({ origins }) => origins.length > 0);
    const more = weak.length > 0 ? { weak } : {};
    const [first] = own;
    if (!first) return { ...node, ...more, origin: { ...this.at(start, end), precision: 'entry' } };
    const body = bodyOf(this.#text, node);
    const parts = body && own.length > 1 ? partsOf(own, body, this.#whole) : undefined;
    const telling = own.find(({ origins }) => origins.some(({ how }) => how === 'helm-value')) ?? first;
    const [from, to] = [Math.max(start, telling.start), Math.min(end, telling.end)];
    return { ...node, ...more, origin: partOf(telling, from, to, this.#whole), ...(parts && parts.length > 1 && { parts }) };
  }

  #over(start: number, end: number): Stretch[] {
    const found: Stretch[] = [];
    for (let index = this.#indexAt(start); index < this.#stretches.length; index += 1) {
      const stretch = this.#stretches[index];
      if (!stretch || stretch.start >= end) break;
      if (stretch.end > start) found.push(stretch);
    }
    return found;
  }

  /** The stretch that holds an offset, else the last one before it, else the first. */
  #indexAt(offset: number): number {
    let [low, high] = [0, this.#stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#stretches[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

/** A key that a function put out, and no line of the template spells, is where its value is written. */
function keyOver(key: Scalar, value: Node): Scalar {
  const { origin } = key;
  if (origin.how !== 'helm-template' || origin.file.text.slice(origin.start, origin.end).includes(key.text)) return key;
  const author = firstValueIn(value);
  return author ? { ...key, origin: { ...author, precision: 'entry' } } : key;
}

function firstValueIn(node: Node): Origin | undefined {
  if (node.kind === 'scalar') return node.origin.how === 'helm-value' ? node.origin : undefined;
  for (const inner of node.kind === 'sequence' ? node.items : node.entries.map(({ value }) => value)) {
    const found = firstValueIn(inner);
    if (found) return found;
  }
  return undefined;
}

function firstOf({ origins }: Stretch, whole: Origin): Origin {
  return origins.find(({ how }) => how === 'helm-value') ?? origins[0] ?? whole;
}

/** The author of a part of a stretch, to the letter where it was written letter by letter. */
function partOf(stretch: Stretch, from: number, to: number, whole: Origin): Origin {
  const origin = firstOf(stretch, whole);
  const isLinear = stretch.origins.length === 1 && origin.precision === 'exact' && origin.end - origin.start === stretch.end - stretch.start;
  return isLinear ? { ...origin, start: origin.start + from - stretch.start, end: origin.start + to - stretch.start } : origin;
}

/** The authors of the stretches of a scalar's text. Letters of nobody go with those before them. */
function partsOf(stretches: readonly Stretch[], body: (offset: number) => number, whole: Origin): Part[] {
  const parts: Part[] = [];
  for (const stretch of stretches) {
    const [start, end] = [body(stretch.start), body(stretch.end)];
    if (start >= end) continue;
    const last = parts.at(-1);
    if (last && last.end < start) parts[parts.length - 1] = { ...last, end: start };
    parts.push({ start: last ? Math.max(last.end, start) : 0, end, origin: partOf(stretch, stretch.start, stretch.end, whole) });
  }
  return parts;
}
