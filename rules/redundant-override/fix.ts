import { entryRemovalOf, extentOf, type Fix, type Member, type Origin, type Repository, removalOf, valueIn, wayTo } from '../../src/rule/index.ts';

type Effect = Repository['effects'][number];

/** Takes out the entry, and the file of its patch with it. */
export function entryRemoval(effect: Effect, repository: Repository): Fix | undefined {
  const edits = entryRemovalOf(effect, repository);
  return edits && { title: edits.length > 1 ? 'Remove the override and its file' : 'Remove the override', safety: 'safe', keepsRenders: true, edits };
}

/** Takes a value out of a patch; of a JSON patch, the operation. */
export function valueRemoval(at: Origin): Fix | undefined {
  const way = at.precision === 'exact' ? wayTo(at) : undefined;
  const last = way?.at(-1);
  // Of a patch in quotes, only the text as a whole would be found.
  if (!last || (extentOf(last).from !== at.start && valueIn(last).origin.start !== at.start)) return undefined;
  const isOperation = way?.[0]?.holder.kind === 'sequence';
  const edit = way && removalOf(isOperation ? way.slice(0, 1) : way, { isIdle: namesOnly });
  return edit && { title: 'Remove what is there already', safety: 'safe', keepsRenders: true, edits: [edit] };
}

/** A container that is only named changes nothing. */
function namesOnly(rest: readonly Member[]): boolean {
  return rest.every((member) => 'entry' in member && member.entry.key.text === 'name');
}
