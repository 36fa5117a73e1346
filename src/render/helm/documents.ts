import { type Entry, type Mapping, mapping, type Node, type Origin, type Part, type Scalar, scalar, sequence } from '../../tree/node.ts';
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

/** Finds who wrote what of one rendered text. Made for many nodes: most of them stand on one stretch, near the one before. */
class Authors {
  readonly #text: string;
  readonly #stretches: readonly Stretch[];
  readonly #whole: Origin;
  /** Where the last search ended. Nodes come nearly in the order of the text. */
  #last = 0;

  constructor({ text, stretches }: Text, whole: Origin) {
    this.#text = text;
    this.#stretches = stretches;
    this.#whole = whole;
  }

  relocate(node: Node): Node {
    if (node.kind === 'scalar') return this.#scalar(node);
    const origin = this.at(node.origin.start, node.origin.end);
    if (node.kind === 'sequence') return sequence(this.#items(node.items), origin);
    const entries: Entry[] = [];
    for (const { key, value, via } of node.entries) {
      const own = this.#scalar(key);
      const inner = this.relocate(value);
      const entry = { key: keyOver(own, inner), value: inner };
      entries.push(via ? { ...entry, via: this.at(via.start, via.end) } : entry);
    }
    return mapping(entries, origin);
  }

  #items(items: readonly Node[]): readonly Node[] {
    return items.map((item) => this.relocate(item));
  }

  /** The author of the first letter of a span, as far as it goes; of what has none, the one before. */
  at(start: number, end: number): Origin {
    const stretch = this.#stretches[this.#indexAt(start)];
    if (!stretch) return this.#whole;
    if (stretch.start > start || stretch.end <= start) return toTheEntry(firstOf(stretch, this.#whole));
    return partOf(stretch, start, Math.min(end, stretch.end), this.#whole);
  }

  #scalar(node: Scalar): Scalar {
    const { start, end } = node.origin;
    const first = this.#stretches[this.#indexAt(start)];
    const isWithin = first !== undefined && first.start <= start && first.end >= end && start < end;
    if (!isWithin || first.origins.length === 0) return this.#compound(node, this.#over(start, end));
    return scalar(node.text, node.style, partOf(first, start, end, this.#whole), { tag: node.tag, weak: first.weak });
  }

  /** A scalar that several wrote, or nobody. */
  #compound(node: Scalar, over: readonly Stretch[]): Scalar {
    const { text, style, tag } = node;
    const { start, end } = node.origin;
    const weak = weakOf(over);
    const own = over.filter(({ origins }) => origins.length > 0);
    const [first] = own;
    if (!first) return scalar(text, style, toTheEntry(this.at(start, end)), { tag, weak });
    const body = own.length > 1 ? bodyOf(this.#text, node) : undefined;
    const parts = body && partsOf(own, body, this.#whole);
    const telling = own.find(({ origins }) => origins.some(isOfValues)) ?? first;
    const [from, to] = [Math.max(start, telling.start), Math.min(end, telling.end)];
    return scalar(text, style, partOf(telling, from, to, this.#whole), { tag, weak, parts: parts && parts.length > 1 ? parts : undefined });
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
    const stretches = this.#stretches;
    let [low, high] = [0, stretches.length];
    if ((stretches[this.#last]?.start ?? Number.POSITIVE_INFINITY) <= offset) {
      low = this.#last;
      for (let step = 1; low + step < high; step *= 2) {
        if ((stretches[low + step]?.start ?? 0) > offset) high = low + step;
        else low += step;
      }
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    this.#last = Math.max(0, low - 1);
    return this.#last;
  }
}

function isOfValues({ how }: Origin): boolean {
  return how === 'helm-value';
}

function toTheEntry(origin: Origin): Origin {
  return origin.precision === 'entry' ? origin : { ...origin, precision: 'entry' };
}

/** Who decided that there is a scalar, over all of its stretches. */
function weakOf(over: readonly Stretch[]): readonly Origin[] | undefined {
  const common = over[0]?.weak;
  if (over.every(({ weak }) => weak === common)) return common;
  const all = new Set(over.flatMap(({ weak }) => weak ?? []));
  return all.size === 0 ? undefined : [...all];
}

/** A key that a function put out, and its line does not spell, is where its value is written. */
function keyOver(key: Scalar, value: Node): Scalar {
  const { file, start, end } = key.origin;
  if (file.text.slice(start, end).includes(key.text)) return key;
  const author = firstValueIn(value);
  return author ? { ...key, origin: toTheEntry(author) } : key;
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
  return origins.length > 1 ? (origins.find(isOfValues) ?? origins[0] ?? whole) : (origins[0] ?? whole);
}

/** The author of a part of a stretch, to the letter where it was written letter by letter. */
function partOf(stretch: Stretch, from: number, to: number, whole: Origin): Origin {
  const origin = firstOf(stretch, whole);
  if (stretch.origins.length !== 1 || origin.precision !== 'exact' || origin.end - origin.start !== stretch.end - stretch.start) return origin;
  if (from === stretch.start && to === stretch.end) return origin;
  return { file: origin.file, start: origin.start + from - stretch.start, end: origin.start + to - stretch.start, how: origin.how, precision: 'exact' };
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
