import { UsageError } from '../errors.ts';
import { git } from './git.ts';

/** Finds the bytes of an object by its id; undefined when it is not in this clone. */
export type ObjectStore = (id: string) => Uint8Array | undefined;

/**
 * Objects that are read many at a time: the first that is asked for brings the first batch, one that is not in it the
 * next, and only then is one read alone. A process for each file would be slow.
 */
export function batchedStore(batches: readonly (readonly string[])[], read: (ids: readonly string[]) => ReadonlyMap<string, Uint8Array>): ObjectStore {
  const objects = new Map<string, Uint8Array | undefined>();
  const pending = [...batches];
  return (id) => {
    while (!objects.has(id)) {
      const batch = pending.shift()?.filter((each) => !objects.has(each)) ?? [id];
      const ids = [...new Set(batch)];
      const found = ids.length > 0 ? read(ids) : new Map<string, Uint8Array>();
      for (const each of ids) objects.set(each, found.get(each));
    }
    return objects.get(id);
  };
}

/** Reads objects in one go. Throws a `UsageError` when one of them is not in this clone. */
export function readObjects(root: string, ids: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const objects = batchOf(root, ids) ?? new Map<string, Uint8Array>();
  const lost = ids.find((id) => !objects.has(id));
  if (lost)
    throw new UsageError(
      `git object ${lost} is not in this clone`,
      'Fetch it first, for example with "git fetch"; a partial clone is never completed by gitops-lint itself.',
    );
  return objects;
}

/** Reads objects that some commits hold. Those that are not in this clone are not in the answer either; nothing is fetched. */
export function heldObjects(root: string, ids: readonly string[], commits: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const whole = batchOf(root, ids);
  if (whole) return whole;
  // A partial clone refuses all for the sake of one that it would have to fetch.
  const lost = lostObjects(root, commits);
  const held = ids.filter((id) => !lost.has(id));
  return (held.length < ids.length && batchOf(root, held)) || new Map();
}

function batchOf(root: string, ids: readonly string[]): ReadonlyMap<string, Uint8Array> | undefined {
  const objects = new Map<string, Uint8Array>();
  if (ids.length === 0) return objects;
  const output = git(root, ['cat-file', '--batch', '--buffer'], `${ids.join('\n')}\n`);
  if (!output) return undefined;
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = '', type, size] = output.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (type === 'missing') continue;
    objects.set(id, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return objects;
}

/** What the trees of some commits name and this clone does not have. */
function lostObjects(root: string, commits: readonly string[]): ReadonlySet<string> {
  const output = git(root, ['rev-list', '--objects', '--missing=print', '--no-walk', '--stdin'], `${commits.join('\n')}\n`);
  const lines = output?.toString('utf8').split('\n') ?? [];
  return new Set(lines.flatMap((line) => (line.startsWith('?') ? line.slice(1) : [])));
}
