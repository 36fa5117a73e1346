import type { Origin } from '../../tree/node.ts';
import type { Fix } from '../finding.ts';
import { wayTo } from './members.ts';
import { removalOf } from './remove.ts';

/** Takes the item of a list of `.gitopsrc` out that a place stands in; the list goes with its last one. Whether it is right, a person decides. */
export function withoutItem(origin: Origin, list: string, title: string): Fix | undefined {
  const way = wayTo(origin);
  const at = way?.findIndex((member) => 'entry' in member && member.entry.key.text === list) ?? -1;
  const edit = way && at !== -1 && way[at + 1] ? removalOf(way.slice(0, at + 2)) : undefined;
  return edit && { title, safety: 'unsafe', keepsRenders: true, edits: [edit] };
}
