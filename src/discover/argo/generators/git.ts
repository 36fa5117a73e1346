import { childOf, itemsOf, type Node, textOf } from '../../../tree/node.ts';
import { isResolved } from '../fill.ts';
import { openSet } from '../parameters.ts';
import type { Generator } from './generator.ts';
import { fromDirectories } from './git-directories.ts';
import { fromFiles } from './git-files.ts';
import type { PathItem } from './git-paths.ts';
import { withValues } from './values.ts';

/** The folders or files of a repository, read where it is this one. Where folders are asked for, files are not looked at. */
export const git: Generator = (spec, context) => {
  const { remarks, isHere } = context;
  const [directories, files] = [pathItems(spec, 'directories'), pathItems(spec, 'files')];
  if (directories.length + files.length === 0) {
    remarks.problem('a git generator names neither directories nor files', spec.origin);
    return [];
  }
  const url = childOf(spec, 'repoURL');
  const isOther = url?.kind !== 'scalar' || !isResolved(url.text) || !isHere(url.text);
  const open = [...directories, ...files].find(({ pattern }) => !isResolved(pattern.text));
  if (!isOther && !open) {
    const sets = directories.length > 0 ? fromDirectories(directories, spec, context) : fromFiles(files, spec, context);
    return sets.map((set) => withValues(set, spec, context));
  }
  remarks.gap(
    `the ${directories.length > 0 ? 'folders' : 'files'} that a set is made from are not known here`,
    (isOther ? (url ?? spec) : (open?.pattern ?? spec)).origin,
  );
  const prefix = textOf(spec, 'pathParamPrefix') ?? '';
  const path = context.language.isGo ? prefix || 'path' : prefix ? `${prefix}.path` : 'path';
  return [withValues(openSet(directories.length > 0 ? [path] : ['']), spec, context)];
};

function pathItems(spec: Node, key: string): PathItem[] {
  return itemsOf(spec, key).flatMap((item) => {
    const pattern = childOf(item, 'path');
    return pattern?.kind === 'scalar' ? [{ pattern, isExcluded: textOf(item, 'exclude') === 'true' }] : [];
  });
}
