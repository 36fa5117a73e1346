import type { TextEdit } from '../../text/edit.ts';
import { folderOf, joinPath } from '../../text/path.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { EffectSum } from '../effect-sum.ts';
import type { Repository } from '../repository.ts';
import { type Member, valueIn, wayTo } from './members.ts';
import { removalOf } from './remove.ts';

/** Takes an entry out of its kustomization, and the file of its patch with it, unless another entry reads that; undefined where that cannot be. */
export function entryRemovalOf(
  { field, entry, writes, patch = [] }: EffectSum,
  { effects, files }: Pick<Repository, 'effects' | 'files'>,
): readonly TextEdit[] | undefined {
  const way = wayTo(entry);
  const at = way?.findIndex((member) => 'entry' in member && member.entry.key.text === field) ?? -1;
  const item = at === -1 ? undefined : way?.[at + 1];
  const edit = way && item ? removalOf(way.slice(0, at + 2)) : undefined;
  if (!item || !edit) return undefined;
  const filesOf = (effect: Pick<EffectSum, 'writes' | 'patch'>): SourceFile[] => [
    ...effect.writes.map(({ origin }) => origin.file),
    ...(effect.patch ?? []).map(({ origin }) => origin.file),
  ];
  const named = pathIn(item, entry.file);
  const reached = files.find(({ yaml: { file } }) => file.path === named && file.tree === entry.file.tree)?.yaml.file;
  const own = new Set([...filesOf({ writes, patch }), ...(reached ? [reached] : [])].filter((file) => file !== entry.file));
  const others = new Set(effects.flatMap((other) => (other.entry === entry ? [] : filesOf(other))));
  const deleted = [...own].filter((file) => !others.has(file));
  return [edit, ...deleted.map((file): TextEdit => ({ location: { file, span: { start: 0, end: file.text.length } }, newText: '' }))];
}

/** The path that an item names: the file of a patch. */
function pathIn(item: Member, { path }: SourceFile): string | undefined {
  const value = valueIn(item);
  const name = value.kind === 'mapping' ? value.entries.find(({ key }) => key.text === 'path')?.value : value;
  return name?.kind === 'scalar' && !name.text.includes('\n') ? joinPath(folderOf(path), name.text) : undefined;
}
