import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';
import { joined } from '../text/path.ts';

/** Folders that hold no manifests of the repository, whether or not an ignore file names them. */
const SKIPPED = new Set(['.git', 'node_modules']);

/**
 * The files below a folder that its `.gitignore` files leave, in no order; symlinks are listed and not entered. For
 * where git knows nothing. Ignored folders are not entered, and ignore files above the root do not count: whoever
 * names an ignored folder wants to see it.
 */
export async function walk(root: string): Promise<string[]> {
  const { convertPathToPattern, isIgnoredByIgnoreFilesSync } = await import('globby');
  const files: string[] = [];
  const pending: { readonly folder: string; readonly rules: readonly string[]; readonly isIgnored?: (path: string) => boolean }[] = [{ folder: '', rules: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    let { rules, isIgnored } = next;
    const children = childrenOf(path.join(root, next.folder));
    if (children.some((child) => child.name === '.gitignore' && child.isFile())) {
      // Given one by one, the files are read without a search of the whole tree.
      rules = [...rules, convertPathToPattern(joined(next.folder, '.gitignore'))];
      isIgnored = isIgnoredByIgnoreFilesSync(rules, { cwd: root, suppressErrors: true });
    }
    for (const child of children) {
      const name = joined(next.folder, child.name);
      if (child.isDirectory()) {
        if (!SKIPPED.has(child.name) && !isIgnored?.(path.join(root, `${name}/`))) pending.push({ folder: name, rules, ...(isIgnored && { isIgnored }) });
      } else if ((child.isFile() || child.isSymbolicLink()) && !isIgnored?.(path.join(root, name))) files.push(name);
    }
  }
  return files;
}

/** A folder that may not be read, or is gone by now, holds nothing for us: git sees it so, too. */
function childrenOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (['EACCES', 'EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
