import {
  type Entry,
  type Fix,
  insertion,
  isFlow,
  itemsOf,
  lineBreakOf,
  lineEnd,
  lineStart,
  type Node,
  type Origin,
  type TextEdit,
  withoutBlank,
} from '../../src/rule/index.ts';

type Mapping = Extract<Node, { kind: 'mapping' }>;
type File = Origin['file'];

/** Writes a field of a kustomization in its newer form, as "kustomize edit fix" does, comments included; undefined where that is no matter of course. */
export function renewal(root: Mapping, entry: Entry, successor: string): Fix | undefined {
  if (isFlow(root)) return undefined;
  const edits = entry.key.text === 'commonLabels' ? labelsFrom(root, entry) : listFrom(root, entry, successor);
  return edits && { title: `Write it as "${successor}"`, safety: 'safe', keepsRenders: true, edits };
}

function listFrom(root: Mapping, { key, value }: Entry, successor: string): readonly TextEdit[] | undefined {
  const asItems = ITEMS[key.text];
  if (!asItems || value.kind !== 'sequence' || value.items.length === 0) return undefined;
  const items = value.items.flatMap((item) => asItems(item, isFlow(value)) ?? []);
  if (value.items.some((item) => asItems(item, isFlow(value)) === undefined)) return undefined;
  const present = root.entries.find((other) => other.key.text === successor)?.value;
  if (!present) return [replaced(key.origin, successor), ...items];
  return present.kind === 'sequence' && !isFlow(present) && !isFlow(value) ? movedInto(present, { key, value }, items) : undefined;
}

function replaced({ file, start, end }: Pick<Origin, 'file' | 'start' | 'end'>, newText: string): TextEdit {
  return { location: { file, span: { start, end } }, newText };
}

/** What becomes of the items of a field; undefined where one is in the way. */
const ITEMS: Readonly<Record<string, (item: Node, inBrackets: boolean) => readonly TextEdit[] | undefined>> = {
  bases: () => [],
  imageTags: () => [],
  patchesJson6902: () => [],
  patchesStrategicMerge: asPatch,
};

/** The name of a file, or the patch itself in a block. */
function asPatch(item: Node, inBrackets: boolean): readonly TextEdit[] | undefined {
  if (item.kind !== 'scalar') return undefined;
  const { file, start, end } = item.origin;
  if (item.style === 'literal') return asBlock(item);
  if (item.style === 'folded' || item.text.includes('\n') || /^\s*[{[]/.test(item.text)) return undefined;
  return inBrackets ? [insertion(file, start, '{path: '), insertion(file, end, '}')] : [insertion(file, start, 'path: ')];
}

/** The text of a block stands deeper than its key. */
function asBlock({ origin: { file, start, end } }: Node): readonly TextEdit[] | undefined {
  const { text } = file;
  const header = text.lastIndexOf('|', start);
  const body = lineEnd(text, header);
  if (body < start || !/^\|[-+]?[ \t]*(?:#[^\n]*)?\r?\n$/.test(text.slice(header, body))) return undefined;
  const deeper = header - lineStart(text, header) + 1 - indentAt(text, body);
  return [insertion(file, header, 'patch: '), ...(deeper > 0 ? indented(file, body, end, 2) : [])];
}

function indentAt(text: string, from: number): number {
  return /^(?:[ \t]*\r?\n)*( *)/.exec(text.slice(from))?.[1]?.length ?? 0;
}

/** Puts all lines of a stretch deeper, but those that are blank. */
function indented(file: File, from: number, to: number, by: number): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = from; at < to; at = lineEnd(file.text, at)) {
    if (/\S/.test(file.text.slice(at, lineEnd(file.text, at)))) edits.push(insertion(file, at, ' '.repeat(by)));
  }
  return edits;
}

/** Moves the lines of a list to another one: behind its last item, but patches of the older kind, which come first, before its first one. */
function movedInto(present: Extract<Node, { kind: 'sequence' }>, { key, value }: Entry, items: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const { file } = key.origin;
  const { text } = file;
  const from = lineStart(text, key.origin.start);
  const body = lineEnd(text, key.origin.start);
  const end = lineEnd(text, value.origin.end);
  const [first, last] = [present.items[0], present.items.at(-1)];
  const isAlone = text.slice(from, key.origin.start) === '' && /^\w+:[ \t]*\r?\n$/.test(text.slice(key.origin.start, body));
  const isCommented = /^[ \t]*#/.test(text.slice(lineStart(text, from - 1), from));
  const isComplete = text.slice(0, end).endsWith('\n') && present.origin.end < text.length;
  if (!first || !last || !isAlone || isCommented || !isComplete || dashColumn(present) !== dashColumn(value)) return undefined;
  const target = key.text === 'patchesStrategicMerge' ? lineStart(text, first.origin.start) : lineEnd(text, last.origin.end);
  if (!text.slice(0, target).endsWith('\n')) return undefined;
  let moved = '';
  let at = body;
  for (const { location, newText } of items) {
    moved += text.slice(at, location.span.start) + newText;
    at = location.span.start;
  }
  moved += text.slice(at, end);
  const [start, stop] = withoutBlank(text, from, end);
  return [insertion(file, target, moved), replaced({ file, start, end: stop }, '')];
}

function dashColumn({ origin: { file, start } }: Node): number {
  return start - lineStart(file.text, start);
}

/** `commonLabels` are the labels that also go into selectors and templates. */
function labelsFrom(root: Mapping, { key, value }: Entry): readonly TextEdit[] | undefined {
  if (value.kind !== 'mapping' || value.entries.length === 0 || root.entries.some((other) => other.key.text === 'labels')) return undefined;
  const { file, start } = key.origin;
  const { text } = file;
  const sample = ['resources', 'components', 'patches', 'images'].flatMap((field) => itemsOf(root, field).slice(0, 1))[0];
  const pad = /^( *)- /.exec(sample ? text.slice(lineStart(text, sample.origin.start)) : '')?.[1] ?? '  ';
  const lineBreak = lineBreakOf(file, start);
  const head = `${pad}- includeSelectors: true${lineBreak}${pad}  pairs:`;
  const { end } = value.origin;
  if (isFlow(value)) {
    const isOneLine = !text.slice(start, end).includes('\n');
    return isOneLine ? [replaced({ file, start, end: value.origin.start }, `labels:${lineBreak}${head} `)] : undefined;
  }
  const body = lineEnd(text, start);
  if (body > value.origin.start || value.entries.some(({ key: { origin } }) => origin.start < body || origin.start > end)) return undefined;
  const deeper = pad.length + 4 - (value.origin.start - lineStart(text, value.origin.start));
  return [replaced(key.origin, 'labels'), insertion(file, body, `${head}${lineBreak}`), ...(deeper > 0 ? indented(file, body, end, deeper) : [])];
}
