import { type Fix, type Member, type Origin, type Repository, removalOf, type TextEdit, wayTo } from '../../src/rule/index.ts';

type Effect = Repository['effects'][number];

/** Takes an entry out of its kustomization, and the file of the patch with it, unless another entry reads that. */
export function entryRemoval({ entry, writes }: Effect, effects: readonly Effect[]): Fix | undefined {
  const way = wayTo(entry);
  const field = way?.findIndex((member) => 'entry' in member && /^patches/.test(member.entry.key.text)) ?? -1;
  const edit = way && field !== -1 && way[field + 1] ? removalOf(way.slice(0, field + 2)) : undefined;
  if (!edit) return undefined;
  const files = new Set(writes.map(({ origin }) => origin.file).filter((file) => file !== entry.file));
  const isShared = (file: Origin['file']): boolean => effects.some((other) => other.entry !== entry && other.writes.some(({ origin }) => origin.file === file));
  const deleted = [...files]
    .filter((file) => !isShared(file))
    .map((file): TextEdit => ({ location: { file, span: { start: 0, end: file.text.length } }, newText: '' }));
  return {
    title: deleted.length > 0 ? 'Remove the override and its file' : 'Remove the override',
    safety: 'safe',
    keepsRenders: true,
    edits: [edit, ...deleted],
  };
}

/** Takes a value out of a patch; of a JSON patch, the operation. */
export function valueRemoval(at: Origin): Fix | undefined {
  const way = at.precision === 'exact' ? wayTo(at) : undefined;
  const isOperation = way?.[0]?.holder.kind === 'sequence';
  const edit = way && removalOf(isOperation ? way.slice(0, 1) : way, { isIdle: namesOnly });
  return edit && { title: 'Remove what is there already', safety: 'safe', keepsRenders: true, edits: [edit] };
}

/** A container that is only named changes nothing. */
function namesOnly(rest: readonly Member[]): boolean {
  return rest.every((member) => 'entry' in member && member.entry.key.text === 'name');
}
