import { type Entry, type Mapping, mapping, type Node } from './node.ts';
import { scalarValue } from './scalar-value.ts';

/** One mapping over another: mappings are merged, all else is replaced, and a null takes away what was there. (kyaml, `merge2`; Helm, over all but defaults.) */
export function mergedOver(under: Mapping, over: Mapping): Mapping {
  const entries: Entry[] = [];
  const left = new Map(over.entries.map((entry) => [entry.key.text, entry]));
  for (const entry of under.entries) {
    const newer = left.get(entry.key.text);
    left.delete(entry.key.text);
    if (!newer) entries.push(entry);
    else if (newer.value.kind === 'mapping' && entry.value.kind === 'mapping') entries.push({ ...newer, value: mergedOver(entry.value, newer.value) });
    else if (!isNull(newer.value)) entries.push(newer);
  }
  return mapping([...entries, ...[...left.values()].filter(({ value }) => !isNull(value))], over.origin);
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && scalarValue(node).type === 'null';
}
