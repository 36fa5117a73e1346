import { CHOMPING_MODE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { SourceFile } from '../text/source-file.ts';
import type { Entry, Node, Origin, Scalar, Style } from '../tree/node.ts';
import { mapping, scalar, sequence } from '../tree/node.ts';
import { type DuplicateKey, Refusal, type YamlDocument } from './document.ts';

/** More expanded nodes than this are an attack, not a manifest. */
const MAX_NODES = 2_000_000;
/** go-yaml looks no further for the colon of a key. */
const MAX_KEY = 1024;
const FLOW = 2;

const STYLES: Readonly<Record<number, Style>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single-quoted',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double-quoted',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/** Escapes that go-yaml does not know: a slash, halves of a surrogate pair, what is beyond Unicode. */
const REFUSED_ESCAPE = /(?<!\\)(?:\\\\)*(\\(?:\/|u[dD][89a-fA-F]..|U(?!00(?:0|10)).{8}|U0000[dD][89a-fA-F]..))/;

/** Turns the events of one text into nodes: anchors resolved, merge keys spread, duplicate keys noted. Throws `Refusal`. */
export class Composer {
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #shift: number;
  /** The events come from a repaired text, so that their word on how simple a scalar is does not count. */
  readonly #repaired: boolean;
  #events: readonly Event[] = [];
  #next = 0;
  /** Where the last token ended: blank values and collections end there. */
  #end = 0;
  /** Undefined while the node is being built: no node may hold itself. */
  #anchors = new Map<string, Node | undefined>();
  #sizes = new WeakMap<Node, number>();
  #expanded = 0;
  #duplicates: DuplicateKey[] = [];

  constructor(file: SourceFile, text: string, shift: number, repaired: boolean) {
    this.#file = file;
    this.#text = text;
    this.#shift = shift;
    this.#repaired = repaired;
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
    if (event?.type === EVENT_ID.ALIAS) return this.#alias(event.anchorStart, event.anchorEnd);
    if (event?.type !== EVENT_ID.SCALAR && event?.type !== EVENT_ID.MAPPING && event?.type !== EVENT_ID.SEQUENCE) {
      throw new Error(`unexpected YAML event in ${this.#file.path}`);
    }
    const anchor = event.anchorStart < 0 ? undefined : this.#anchor(event.anchorStart, event.anchorEnd);
    const node = this.#anchored(event);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #anchor(start: number, end: number): string {
    const name = this.#text.slice(start, end);
    if (!/^[\w-]+$/.test(name)) throw this.#refusal('an anchor name holds only letters, digits, "-" and "_"', start - 1, end);
    this.#anchors.set(name, undefined);
    return name;
  }

  #anchored(event: Exclude<Event, { type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.ALIAS | typeof EVENT_ID.POP }>): Node {
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event);
    return event.type === EVENT_ID.MAPPING ? this.#mapping(event.start, event.style === FLOW) : this.#sequence(event.start, event.style === FLOW);
  }

  #scalar(event: ScalarEvent): Scalar {
    const tag = event.tagStart >= 0 ? { tag: this.#text.slice(event.tagStart, event.tagEnd) } : {};
    if (event.valueStart < 0) {
      const at = Math.max(event.tagEnd, event.anchorEnd);
      if (at >= 0) this.#end = at;
      return scalar('', 'plain', this.#origin(this.#end, this.#end), tag);
    }
    const style = STYLES[event.style] ?? 'plain';
    const quote = style === 'single-quoted' || style === 'double-quoted' ? 1 : 0;
    const start = event.valueStart - quote;
    const end = event.valueEnd + quote;
    const text = event.fast && !this.#repaired ? this.#text.slice(event.valueStart, event.valueEnd) : this.#valueOf(event);
    // A block scalar ends with its last line that holds something, not with the blank lines after it.
    this.#end = style === 'literal' || style === 'folded' ? start + this.#text.slice(start, end).trimEnd().length : end;
    return scalar(text, style, this.#origin(start, this.#end), tag);
  }

  #valueOf(event: ScalarEvent): string {
    const { style, valueStart, valueEnd } = event;
    if (style === SCALAR_STYLE.DOUBLE_QUOTED) {
      const raw = this.#text.slice(valueStart, valueEnd);
      const refused = REFUSED_ESCAPE.exec(raw);
      if (refused?.[1]) {
        const at = valueStart + refused.index + refused[0].length - refused[1].length;
        throw this.#refusal(`unknown escape sequence "${refused[1]}"`, at, at + refused[1].length);
      }
      if (!this.#repaired) return getScalarValue(this.#text, event);
      const known = raw.replaceAll(/\\(?:(')|[\s\S])/g, (written, apostrophe) => apostrophe ?? written);
      return getScalarValue(known, { ...event, fast: false, valueStart: 0, valueEnd: known.length });
    }
    const text = getScalarValue(this.#text, event.fast ? { ...event, fast: false } : event);
    // Without a line break at the end of the file, go-yaml gives the text none either.
    const isOpen =
      style >= SCALAR_STYLE.LITERAL_BLOCK && valueEnd === this.#text.length && event.chomping !== CHOMPING_MODE.STRIP && !/[\n\r]$/.test(this.#text);
    return isOpen && text.endsWith('\n') && valueEnd > valueStart ? text.slice(0, -1) : text;
  }

  #mapping(start: number, flow: boolean): Node {
    const entries: Entry[] = [];
    const places = new Map<string, number>();
    const merges: Entry[] = [];
    for (let event = this.#peek(); event?.type !== EVENT_ID.POP; event = this.#peek()) {
      const before = Math.max(this.#end, start);
      const key = this.#node();
      if (key.kind !== 'scalar') throw this.#refusalAt('a collection cannot be a key', key.origin);
      this.#checkKey(key, event, flow, before);
      const next = this.#peek();
      // The blank value of `key:` stands behind the colon.
      if (next?.type === EVENT_ID.SCALAR && next.valueStart < 0) this.#skipPast(':');
      const value = this.#node();
      const entry = next?.type === EVENT_ID.ALIAS ? { key, value, via: this.#origin(next.anchorStart - 1, next.anchorEnd) } : { key, value };
      const place = places.get(key.text);
      if (key.text === '<<' && key.style === 'plain') {
        if (merges[0]) this.#duplicates.push({ key, first: merges[0].key });
        if (next?.type === EVENT_ID.ALIAS && value.kind !== 'mapping') throw this.#refusalAt('a merge key needs a mapping', entry.via ?? value.origin);
        merges.push(entry);
      } else if (place === undefined) {
        places.set(key.text, entries.length);
        entries.push(entry);
      } else {
        this.#duplicates.push({ key, first: entries[place]?.key ?? key });
        entries[place] = entry;
      }
    }
    this.#next += 1;
    for (const merge of merges) this.#merge(merge, entries, places);
    return mapping(entries, this.#origin(start, this.#close(flow, '}', start)));
  }

  /** A key without "?" stands in one line with its colon, is not blank, and not too long: go-yaml's simple keys. */
  #checkKey(key: Scalar, event: Event | undefined, flow: boolean, before: number): void {
    if (event?.type !== EVENT_ID.SCALAR) return;
    const isBlank = event.valueStart < 0 && event.tagStart < 0 && event.anchorStart < 0;
    const isLong = event.valueEnd - event.valueStart > MAX_KEY;
    const mayBreak = flow && (!event.fast || this.#text[this.#end] !== ':');
    if (!isBlank && !isLong && !mayBreak) return;
    const start = isBlank ? before : event.valueStart;
    if (this.#isExplicit(before, start, isBlank)) return;
    if (isBlank) throw this.#refusal('there is no key before the colon', this.#end, this.#text.indexOf(':', this.#end) + 1);
    const gap = mayBreak ? (/^\s*:/.exec(this.#text.slice(this.#end, this.#end + 1000))?.[0].length ?? 0) : 0;
    if (isLong) throw this.#refusalAt(`a key has at most ${MAX_KEY} characters`, key.origin);
    if (gap > 0 && /[\n\r]/.test(this.#text.slice(start, this.#end + gap))) throw this.#refusalAt('a key and its colon stand in one line', key.origin);
  }

  /** Whether "? " announces the key that begins at `start`, where the token before it ended at `before`. */
  #isExplicit(before: number, start: number, isBlank: boolean): boolean {
    const end = isBlank ? this.#text.indexOf(':', before) : start;
    const between = this.#text.slice(before, end === -1 ? this.#text.length : end);
    return /\?(?:\s|$)/.test(between.replaceAll(/(?<!\S)#.*/g, ''));
  }

  /** Explicit keys win over merged ones, earlier merged mappings over later ones (go-yaml v3). */
  #merge({ key, value }: Entry, entries: Entry[], places: Map<string, number>): void {
    const sources = value.kind === 'sequence' ? value.items : [value];
    for (const source of sources) {
      if (source.kind !== 'mapping') throw this.#refusalAt('a merge key needs a mapping', source.origin);
      for (const entry of source.entries) {
        if (places.has(entry.key.text)) continue;
        places.set(entry.key.text, entries.length);
        entries.push({ key: entry.key, value: entry.value, via: key.origin });
      }
    }
  }

  #sequence(start: number, flow: boolean): Node {
    const items: Node[] = [];
    for (let event = this.#peek(); event?.type !== EVENT_ID.POP; event = this.#peek()) {
      // A blank item stands behind its dash.
      if (!flow && event?.type === EVENT_ID.SCALAR && event.valueStart < 0) {
        if (items.length === 0) this.#end = start;
        this.#skipPast('-');
      }
      items.push(this.#node());
    }
    this.#next += 1;
    return sequence(items, this.#origin(start, this.#close(flow, ']', start)));
  }

  /** Moves the end behind `mark` when only blanks and comments stand before it. */
  #skipPast(mark: string): void {
    for (let at = this.#end; at < this.#text.length; at += 1) {
      const character = this.#text[at] ?? '';
      if (character === mark) {
        this.#end = at + 1;
        return;
      }
      // A comma may end the last item of a flow collection.
      if (character === '#') while (at < this.#text.length && this.#text[at] !== '\n' && this.#text[at] !== '\r') at += 1;
      else if (character !== ',' && /\S/.test(character)) return;
    }
  }

  #close(flow: boolean, bracket: string, start: number): number {
    if (!flow) return Math.max(this.#end, start);
    this.#end = Math.max(this.#end, start + (this.#text[start] === '[' || this.#text[start] === '{' ? 1 : 0));
    this.#skipPast(bracket);
    return this.#end;
  }

  #alias(start: number, end: number): Node {
    this.#end = end;
    const name = this.#text.slice(start, end);
    const node = this.#anchors.get(name);
    if (!node) throw this.#refusal(this.#anchors.has(name) ? `the value of anchor "${name}" holds itself` : 'unknown anchor', start - 1, end);
    this.#expanded += this.#sizeOf(node);
    if (this.#expanded > MAX_NODES) throw this.#refusal('the aliases of this document expand to too many values', start - 1, end);
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

  #refusal(message: string, start: number, end: number): Refusal {
    return new Refusal(message, { start, end });
  }

  /** Origins count from the start of the file, refusals from that of the text. */
  #refusalAt(message: string, { start, end }: Origin): Refusal {
    return this.#refusal(message, start - this.#shift, end - this.#shift);
  }

  #origin(start: number, end: number): Origin {
    return { file: this.#file, start: this.#shift + start, end: this.#shift + end, how: 'written', precision: 'exact' };
  }
}
