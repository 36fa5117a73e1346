import type { SourceFile } from '../text/source-file.ts';
import type { Entry, Mapping, Node, Origin, Scalar, Sequence } from '../tree/node.ts';
import { mapping, scalar, sequence } from '../tree/node.ts';
import { blockToken, checkStart, flowToken, isBlankAt, plainToken, quotedToken, type ScalarToken, UNUSUAL } from './block-scalars.ts';
import type { YamlDocument } from './document.ts';

const [BREAK, SPACE, QUOTE, HASH, APOSTROPHE, DASH, COLON, BACKSLASH] = [10, 32, 34, 35, 39, 45, 58, 92];
const [PIPE, GREATER, BRACKET, BRACE] = [124, 62, 91, 123];
/** Tabs, other line breaks, what Go treats in its own way, and characters of two halves. */
const UNUSUAL_CHARACTER = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
/** Directives, and documents that are closed. */
const UNUSUAL_LINE = /^(?:%|\.\.\.)/m;
const MAX_KEY = 1024;
const MAX_DEPTH = 60;
/** From this many entries on, twins are looked for by a set. */
const MANY = 16;

/**
 * Reads what nearly all manifests are made of: block collections with simple keys, scalars, and flow collections of one
 * line. Undefined for everything else, mistakes included: then the parser decides. What is read here, it would read to
 * the same nodes at the same places, several times slower.
 */
export function readBlocks(file: SourceFile, text: string, shift: number): YamlDocument[] | undefined {
  if (UNUSUAL_CHARACTER.test(text) || UNUSUAL_LINE.test(text)) return undefined;
  try {
    return new BlockReader(file, text, shift).documents();
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

/** `#indent` at the end of a document. */
const ENDED = -1;

class BlockReader {
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #shift: number;
  #at = 0;
  #lineStart = 0;
  /** The indent of the line that is to be read next. */
  #indent = 0;
  /** Where the last token ended: collections end there. */
  #end = 0;
  #depth = 0;

  constructor(file: SourceFile, text: string, shift: number) {
    this.#file = file;
    this.#text = text;
    this.#shift = shift;
  }

  documents(): YamlDocument[] {
    const found: YamlDocument[] = [];
    this.#toContent(0);
    // The parser takes a marker for one even behind blanks, in the first line only.
    if (this.#indent > 0 && this.#text.startsWith('---', this.#at)) throw UNUSUAL;
    while (this.#at < this.#text.length) {
      if (this.#indent === ENDED) {
        this.#at += 3;
        this.#finishLine();
      }
      const root = this.#indent === ENDED ? undefined : this.#block();
      if (this.#indent !== ENDED) throw UNUSUAL;
      found.push({ file: this.#file, root, duplicates: [] });
    }
    return found;
  }

  /** From the start of a line to the next one that holds something. */
  #toContent(start: number): void {
    const text = this.#text;
    let lineStart = start;
    for (;;) {
      let at = lineStart;
      while (text.charCodeAt(at) === SPACE) at += 1;
      const code = text.charCodeAt(at);
      if (code === HASH) lineStart = this.#lineBreak(at) + 1;
      else if (code === BREAK) lineStart = at + 1;
      else {
        const isMarker = at === lineStart && code === DASH && text.startsWith('---', at) && isBlankAt(text, at + 3);
        this.#at = at;
        this.#lineStart = lineStart;
        this.#indent = at >= text.length || isMarker ? ENDED : at - lineStart;
        return;
      }
    }
  }

  /** Goes on from the end of a token, behind which only blanks and a comment may stand. */
  #finishLine(): void {
    const text = this.#text;
    let at = this.#at;
    while (text.charCodeAt(at) === SPACE) at += 1;
    if (text.charCodeAt(at) === HASH && text.charCodeAt(at - 1) === SPACE) at = this.#lineBreak(at);
    if (at < text.length && text.charCodeAt(at) !== BREAK) throw UNUSUAL;
    this.#toContent(at + 1);
  }

  #lineBreak(at: number): number {
    const found = this.#text.indexOf('\n', at);
    return found === -1 ? this.#text.length : found;
  }

  #isDash(): boolean {
    return this.#text.charCodeAt(this.#at) === DASH && isBlankAt(this.#text, this.#at + 1);
  }

  #block(): Node {
    const column = this.#at - this.#lineStart;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw UNUSUAL;
    const node = this.#isDash() ? this.#sequence(column) : this.#mapping(column);
    this.#depth -= 1;
    return node;
  }

  #mapping(column: number): Mapping {
    const start = this.#at;
    const entries: Entry[] = [];
    do entries.push({ key: this.#key(), value: this.#value(column, true) });
    while (this.#indent === column);
    if (this.#indent > column) throw UNUSUAL;
    refuseTwins(entries);
    return mapping(entries, this.#origin(start, this.#end));
  }

  #sequence(column: number): Sequence {
    const start = this.#at;
    const items: Node[] = [];
    do {
      this.#at += 1;
      items.push(this.#value(column, false));
    } while (this.#indent === column && this.#isDash());
    if (this.#indent > column) throw UNUSUAL;
    return sequence(items, this.#origin(start, this.#end));
  }

  /** What stands behind the colon of a key or the dash of an item, on the same line or below it. */
  #value(column: number, isOfKey: boolean): Node {
    const text = this.#text;
    const mark = this.#at;
    while (text.charCodeAt(this.#at) === SPACE) this.#at += 1;
    const code = text.charCodeAt(this.#at);
    if (code === BREAK || code === HASH || this.#at >= text.length) {
      this.#finishLine();
      if (this.#indent > column) return this.#isDash() || this.#colonOfKey() !== undefined ? this.#block() : this.#inline(column);
      // A list may stand below its key without an indent.
      if (isOfKey && this.#indent === column && this.#isDash()) return this.#sequence(column);
      this.#end = mark;
      return scalar('', 'plain', this.#origin(mark, mark));
    }
    if (!isOfKey && (this.#isDash() || this.#colonOfKey() !== undefined)) return this.#block();
    if (code === PIPE || code === GREATER) {
      const token = blockToken(text, this.#at, column + 1);
      this.#toContent(token.next);
      return this.#scalar(token);
    }
    return this.#inline(column);
  }

  /** A scalar or a collection in brackets. */
  #inline(column: number): Node {
    const text = this.#text;
    const code = text.charCodeAt(this.#at);
    if (code === BRACKET || code === BRACE) {
      const node = this.#flow(0);
      this.#finishLine();
      return node;
    }
    const token = code === QUOTE || code === APOSTROPHE ? quotedToken(text, this.#at, column + 1) : plainToken(text, this.#at, column + 1);
    this.#at = token.next;
    this.#finishLine();
    return this.#scalar(token);
  }

  #scalar({ text, style, start, end }: ScalarToken): Scalar {
    this.#end = end;
    return scalar(text, style, this.#origin(start, end));
  }

  /** Where the colon of a key stands that begins here; undefined where this is no simple key. */
  #colonOfKey(): number | undefined {
    const text = this.#text;
    const quote = text.charCodeAt(this.#at);
    let at = this.#at;
    if (quote === QUOTE || quote === APOSTROPHE) {
      do at += 1;
      while (at < text.length && text.charCodeAt(at) !== quote && text.charCodeAt(at) !== BREAK && text.charCodeAt(at) !== BACKSLASH);
      if (text.charCodeAt(at) !== quote) return undefined;
      do at += 1;
      while (text.charCodeAt(at) === SPACE);
      return text.charCodeAt(at) === COLON && isBlankAt(text, at + 1) ? at : undefined;
    }
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === COLON && isBlankAt(text, at + 1)) return at;
      if (code === BREAK || (code === HASH && text.charCodeAt(at - 1) === SPACE)) return undefined;
    }
    return undefined;
  }

  #key(): Scalar {
    const text = this.#text;
    const start = this.#at;
    const colon = this.#colonOfKey();
    if (colon === undefined || colon - start > MAX_KEY) throw UNUSUAL;
    let end = colon;
    while (text.charCodeAt(end - 1) === SPACE) end -= 1;
    this.#at = colon + 1;
    this.#end = end;
    const first = text.charCodeAt(start);
    const style = first === QUOTE ? 'double-quoted' : first === APOSTROPHE ? 'single-quoted' : 'plain';
    if (style !== 'plain') return scalar(text.slice(start + 1, end - 1), style, this.#origin(start, end));
    checkStart(text, start);
    const word = text.slice(start, end);
    // A merge key.
    if (word === '<<') throw UNUSUAL;
    return scalar(word, style, this.#origin(start, end));
  }

  /** A collection in brackets, on one line. */
  #flow(depth: number): Node {
    const text = this.#text;
    const start = this.#at;
    const isMapping = text.charCodeAt(start) === BRACE;
    const close = isMapping ? 125 : 93;
    const entries: Entry[] = [];
    const items: Node[] = [];
    this.#skipBlanks(1);
    if (depth > MAX_DEPTH) throw UNUSUAL;
    while (text.charCodeAt(this.#at) !== close) {
      if (isMapping) {
        const key = this.#flowScalar();
        if (text.charCodeAt(this.#at) !== COLON || text.charCodeAt(this.#at + 1) !== SPACE || key.text.length > MAX_KEY || key.text === '<<') throw UNUSUAL;
        this.#skipBlanks(1);
        entries.push({ key, value: this.#flowNode(depth) });
      } else items.push(this.#flowNode(depth));
      this.#skipBlanks(0);
      if (text[this.#at] === ',') {
        this.#skipBlanks(1);
        if (text.charCodeAt(this.#at) === close) throw UNUSUAL;
      } else if (text.charCodeAt(this.#at) !== close) throw UNUSUAL;
    }
    this.#at += 1;
    this.#end = this.#at;
    refuseTwins(entries);
    const origin = this.#origin(start, this.#end);
    return isMapping ? mapping(entries, origin) : sequence(items, origin);
  }

  #skipBlanks(more: number): void {
    this.#at += more;
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at += 1;
  }

  #flowNode(depth: number): Node {
    const code = this.#text.charCodeAt(this.#at);
    return code === BRACKET || code === BRACE ? this.#flow(depth + 1) : this.#flowScalar();
  }

  #flowScalar(): Scalar {
    const token = flowToken(this.#text, this.#at);
    this.#at = token.next;
    return this.#scalar(token);
  }

  #origin(start: number, end: number): Origin {
    return { file: this.#file, start: this.#shift + start, end: this.#shift + end, how: 'written', precision: 'exact' };
  }
}

/** A key that stands twice is told by the parser proper. */
function refuseTwins(entries: readonly Entry[]): void {
  if (entries.length >= MANY) {
    if (new Set(entries.map(({ key }) => key.text)).size < entries.length) throw UNUSUAL;
    return;
  }
  for (let at = 1; at < entries.length; at += 1) {
    const text = entries[at]?.key.text;
    for (let before = 0; before < at; before += 1) if (entries[before]?.key.text === text) throw UNUSUAL;
  }
}
