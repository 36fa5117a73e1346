import type { SourceFile } from '../../text/source-file.ts';
import type { Entry, Mapping, Node, Origin, Scalar, Sequence } from '../../tree/node.ts';
import { parseYaml, parseYamlAt } from '../../yaml/parse.ts';

/** An entry of a mapping or an item of a list, as a file has it. */
export type Member =
  | { readonly holder: Mapping; readonly entry: Entry; readonly index: number }
  | { readonly holder: Sequence; readonly item: Node; readonly index: number };

/** The way from the top of a file, or of a YAML text in a block of it, to the member that begins at a place. */
export function wayTo(place: Pick<Origin, 'file' | 'start'>): readonly Member[] | undefined {
  const roots = parseYaml(place.file).documents.flatMap(({ root }) => root ?? []);
  for (const root of roots) {
    const way = membersTo(root, place);
    if (way) return way;
  }
  const block = roots.map((root) => blockAround(root, place)).find((found) => found !== undefined);
  for (const root of block ? rootsIn(block) : []) {
    const way = membersTo(root, place);
    if (way) return way;
  }
  return undefined;
}

function blockAround(node: Node, place: Pick<Origin, 'file' | 'start'>): Scalar | undefined {
  if (node.kind === 'scalar') return node.style === 'literal' ? node : undefined;
  const around = membersOf(node, place.file).find((member) => extentOf(member).from <= place.start && place.start < extentOf(member).to);
  return around && blockAround(valueIn(around), place);
}

function rootsIn({ origin: { file, start, end } }: Scalar): readonly Node[] {
  const body = file.text.charAt(start) === '|' ? file.text.indexOf('\n', start) + 1 : start;
  return parseYamlAt(file, file.text.slice(body, end), body).documents.flatMap(({ root }) => root ?? []);
}

/** The members that lead from a node to the innermost one whose key or whose value a place lies in: outermost first. Undefined where there is none. */
export function membersTo(root: Node, place: Pick<Origin, 'file' | 'start'>): readonly Member[] | undefined {
  const { file, start } = place;
  for (const member of membersOf(root, file)) {
    const { from, to } = extentOf(member);
    const value = valueIn(member);
    if (start < from || start >= Math.max(to, from + 1)) continue;
    // A block begins with its first key: the place is that of the key.
    const rest = membersTo(value, place);
    if (rest) return [member, ...rest];
    const isText = value.kind === 'scalar' && value.style !== 'literal' && value.style !== 'folded';
    if (from === start || value.origin.start === start || isText) return [member];
  }
  return undefined;
}

/** What a collection holds in a file itself: nothing that a merge key brings, or an alias. */
export function membersOf(node: Node, file: SourceFile): readonly Member[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'sequence') return node.items.flatMap((item, index) => (item.origin.file === file ? { holder: node, item, index } : []));
  return node.entries.flatMap((entry, index) => (entry.key.origin.file === file && !isMerged(entry) ? { holder: node, entry, index } : []));
}

/** An entry through a merge key lies outside of its mapping, an alias within it. */
function isMerged({ key, via }: Entry): boolean {
  return via !== undefined && via.start < key.origin.start;
}

export function valueIn(member: Member): Node {
  return 'entry' in member ? member.entry.value : member.item;
}

/** From the first letter of the key, or of the item, to the last one of the value; of an alias, to its own end. */
export function extentOf(member: Member): { readonly from: number; readonly to: number } {
  if ('item' in member) return { from: member.item.origin.start, to: member.item.origin.end };
  const { key, value, via } = member.entry;
  return { from: key.origin.start, to: via ? via.end : value.origin.end };
}

/** Whether a collection is written in brackets. */
export function isFlow({ origin: { file, start } }: Mapping | Sequence): boolean {
  return /[[{]/.test(file.text.charAt(start));
}
