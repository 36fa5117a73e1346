import { editDistance } from '../../text/edit-distance.ts';
import { currentId, formatId, type LayeredResource } from './layered-resource.ts';

/** The object that was probably meant by a kind and name that no object has; undefined when none comes near. */
export function nearMatch(resources: readonly LayeredResource[], kind: string, name: string): string | undefined {
  let best: { readonly text: string; readonly cost: number } | undefined;
  for (const resource of resources) {
    const id = currentId(resource);
    const cost = costOf(kind, name, id.gvk.kind, id.name);
    if (cost !== undefined && (!best || cost < best.cost)) best = { text: textFor(id, kind, name), cost };
  }
  return best?.text;
}

/** Where kind and name are those that were looked for, it is something else that differs. */
function textFor(id: ReturnType<typeof currentId>, kind: string, name: string): string {
  const { group, version } = id.gvk;
  const isSame = id.name === name && (kind === '' || id.gvk.kind === kind);
  return isSame ? `${formatId(id)} of ${group ? `${group}/` : ''}${version}${id.namespace ? ` in namespace "${id.namespace}"` : ''}` : formatId(id);
}

function costOf(kind: string, name: string, otherKind: string, otherName: string): number | undefined {
  const sameKind = kind === '' || kind === otherKind;
  if (name === otherName) return sameKind ? 0 : 3;
  if (!sameKind || name === '') return undefined;
  const distance = editDistance(name, otherName);
  if (distance <= Math.max(1, Math.floor(name.length / 4))) return distance;
  // A prefix or suffix too many, or one too few.
  return otherName.endsWith(`-${name}`) || otherName.startsWith(`${name}-`) || name.endsWith(`-${otherName}`) || name.startsWith(`${otherName}-`)
    ? 4
    : undefined;
}
