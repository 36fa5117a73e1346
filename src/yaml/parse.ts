import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent, YAMLException } from 'js-yaml';
import type { SourceFile, Span } from '../text/source-file.ts';
import type { Entry, Node, Origin, Scalar, Style } from '../tree/node.ts';
import { mapping, scalar, sequence } from '../tree/node.ts';

/** A key that stands twice in one mapping: YAML readers keep the last one, or refuse the file. */
export interface DuplicateKey {
  /** The later key, the one that wins. */
  readonly key: Scalar;
  readonly first: Scalar;
}

/** One `---` part of a file. */
export interface YamlDocument {
  readonly file: SourceFile;
  /** Undefined where there is nothing but comments. */
  readonly root: Node | undefined;
  readonly duplicates: readonly DuplicateKey[];
}

/** Why a file is not YAML, where. `reason` begins in lower case and has no full stop. */
export interface SyntaxProblem {
  readonly span: Span;
  readonly reason: string;
}

export interface YamlFile {
  readonly file: SourceFile;
  /** Empty when there is a problem: no reader of the ecosystem takes half a file. */
  readonly documents: readonly YamlDocument[];
  readonly problem?: SyntaxProblem;
}

const parsed = new WeakMap<SourceFile, YamlFile>();

/** Parses a file once. Never throws: what is wrong stands in the result. */
export function parseYaml(file: SourceFile): YamlFile {
  let result = parsed.get(file);
  if (!result) {
    result = parse(file, file.text, 0);
    parsed.set(file, result);
  }
  return result;
}

/** Parses YAML that stands inside a file, at `at`; its offsets are those of the file. For inline patches. */
export function parseYamlAt(file: SourceFile, text: string, at: number): YamlFile {
  return parse(file, text, at);
}

/** More expanded nodes than this are an attack, not a manifest. */
const MAX_NODES = 2_000_000;

function parse(file: SourceFile, text: string, shift: number): YamlFile {
  try {
    return { file, documents: new Composer(file, text, shift).compose(parseEvents(text, { maxDepth: 200 })) };
  } catch (error) {
    if (error instanceof Refusal) return { file, documents: [], problem: { span: error.span, reason: error.message } };
    if (!(error instanceof YAMLException)) throw error;
    const at = shift + (error.mark?.position ?? 0);
    return { file, documents: [], problem: { span: { start: at, end: at }, reason: error.reason } };
  }
}

/** Something that YAML allows and no Kubernetes tool takes. */
class Refusal extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = { start: span.start, end: span.end };
  }
}

const STYLES: Readonly<Record<number, Style>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single-quoted',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double-quoted',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/** Turns the events of one text into nodes: anchors resolved, merge keys spread, duplicate keys noted. */
class Composer {
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #shift: number;
  #events: readonly Event[] = [];
  #next = 0;
  /** Where the last token ended: blank values and collections end there. */
  #end = 0;
  #anchors = new Map<string, Node>();
  #sizes = new WeakMap<Node, number>();
  #expanded = 0;
  #duplicates: DuplicateKey[] = [];

  constructor(file: SourceFile, text: string, shift: number) {
    this.#file = file;
    this.#text = text;
    this.#shift = shift;
  }

  compose(events: readonly Event[]): YamlDocument[] {
    this.#events = events;
    const documents: YamlDocument[] = [];
    while (this.#next < events.length) {
      this.#next += 1;
      this.#anchors = new Map();
      this.#duplicates = [];
      const root = this.#peek()?.type === EVENT_ID.POP ? undefined : this.#node();
      this.#next += 1;
      const empty = !root || (root.kind === 'scalar' && root.text === '' && root.style === 'plain' && root.tag === undefined);
      documents.push({ file: this.#file, root: empty ? undefined : root, duplicates: this.#duplicates });
    }
    return documents;
  }

  #peek(): Event | undefined {
    return this.#events[this.#next];
  }

  #node(): Node {
    const event = this.#events[this.#next];
    this.#next += 1;
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.#anchored(event, this.#scalar(event));
      case EVENT_ID.MAPPING:
        return this.#anchored(event, this.#mapping(event.start, event.style === 2));
      case EVENT_ID.SEQUENCE:
        return this.#anchored(event, this.#sequence(event.start, event.style === 2));
      case EVENT_ID.ALIAS:
        return this.#alias(event.anchorStart, event.anchorEnd);
      default:
        throw new Error(`unexpected YAML event in ${this.#file.path}`);
    }
  }

  #anchored<N extends Node>({ anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }, node: N): N {
    if (anchorStart >= 0) this.#anchors.set(this.#text.slice(anchorStart, anchorEnd), node);
    return node;
  }

  #scalar(event: ScalarEvent): Scalar {
    const tag = event.tagStart >= 0 ? this.#text.slice(event.tagStart, event.tagEnd) : undefined;
    if (event.valueStart < 0) {
      const at = event.tagEnd >= 0 ? event.tagEnd : event.anchorEnd >= 0 ? event.anchorEnd : this.#end;
      this.#end = at;
      return scalar('', 'plain', this.#origin(at, at), tag === undefined ? {} : { tag });
    }
    const style = STYLES[event.style] ?? 'plain';
    const quote = style === 'single-quoted' || style === 'double-quoted' ? 1 : 0;
    const start = event.valueStart - quote;
    const end = event.valueEnd + quote;
    const text = event.fast ? this.#text.slice(event.valueStart, event.valueEnd) : getScalarValue(this.#text, event);
    // A block scalar ends with its last line that holds something, not with the blank lines after it.
    this.#end = style === 'literal' || style === 'folded' ? start + this.#text.slice(start, end).trimEnd().length : end;
    return scalar(text, style, this.#origin(start, this.#end), tag === undefined ? {} : { tag });
  }

  #mapping(start: number, flow: boolean): Node {
    const entries: Entry[] = [];
    const places = new Map<string, number>();
    const merges: Entry[] = [];
    while (this.#peek()?.type !== EVENT_ID.POP) {
      const key = this.#node();
      if (key.kind !== 'scalar') throw new Refusal('a collection cannot be a key', key.origin);
      // The blank value of `key:` stands behind the colon.
      if (this.#text[this.#end] === ':') this.#end += 1;
      const value = this.#node();
      if (key.text === '<<' && key.style === 'plain') {
        merges.push({ key, value });
        continue;
      }
      const before = places.get(key.text);
      if (before === undefined) {
        places.set(key.text, entries.length);
        entries.push({ key, value });
        continue;
      }
      this.#duplicates.push({ key, first: entries[before]?.key ?? key });
      entries[before] = { key, value };
    }
    this.#next += 1;
    for (const merge of merges) this.#merge(merge, entries, places);
    return mapping(entries, this.#origin(start, this.#close(flow, '}', start)));
  }

  /** Explicit keys win over merged ones, earlier merged mappings over later ones (go-yaml v3). */
  #merge({ key, value }: Entry, entries: Entry[], places: Map<string, number>): void {
    const sources = value.kind === 'sequence' ? value.items : [value];
    for (const source of sources) {
      if (source.kind !== 'mapping') throw new Refusal('a merge key needs a mapping', value.origin);
      for (const entry of source.entries) {
        if (places.has(entry.key.text)) continue;
        places.set(entry.key.text, entries.length);
        entries.push({ key: entry.key, value: entry.value, via: key.origin });
      }
    }
  }

  #sequence(start: number, flow: boolean): Node {
    const items: Node[] = [];
    while (this.#peek()?.type !== EVENT_ID.POP) {
      // A blank item stands behind its dash.
      if (!flow) this.#end = Math.max(this.#end, this.#dashAfter(items.length === 0 ? start : this.#end));
      items.push(this.#node());
    }
    this.#next += 1;
    return sequence(items, this.#origin(start, this.#close(flow, ']', start)));
  }

  #dashAfter(from: number): number {
    const event = this.#peek();
    if (event?.type !== EVENT_ID.SCALAR || event.valueStart >= 0) return this.#end;
    const dash = this.#text.indexOf('-', from);
    return dash === -1 ? this.#end : dash + 1;
  }

  #close(flow: boolean, bracket: string, start: number): number {
    if (flow) {
      const at = this.#text.indexOf(bracket, Math.max(this.#end, start));
      if (at !== -1) this.#end = at + 1;
    }
    return Math.max(this.#end, start);
  }

  #alias(start: number, end: number): Node {
    this.#end = end;
    const name = this.#text.slice(start, end);
    const node = this.#anchors.get(name);
    const span = { start: this.#shift + start - 1, end: this.#shift + end };
    if (!node) throw new Refusal(`unknown anchor "${name}"`, span);
    this.#expanded += this.#sizeOf(node);
    if (this.#expanded > MAX_NODES) throw new Refusal('the aliases of this document expand to too many values', span);
    return node;
  }

  /** How many nodes a subtree counts when its aliases are written out. */
  #sizeOf(node: Node): number {
    if (node.kind === 'scalar') return 1;
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    const children = node.kind === 'mapping' ? node.entries.map((entry) => entry.value) : node.items;
    const size = children.reduce((sum, child) => sum + this.#sizeOf(child), 1);
    this.#sizes.set(node, size);
    return size;
  }

  #origin(start: number, end: number): Origin {
    return { file: this.#file, start: this.#shift + start, end: this.#shift + end, how: 'written', precision: 'exact' };
  }
}
