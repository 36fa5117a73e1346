/** `a/./b/../c` → `a/c`, `.` → ``; undefined when the path leads out of the root or is absolute. */
export function normalizePath(path: string): string | undefined {
  if (path.startsWith('/')) return undefined;
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** Joins a folder with a relative path; undefined when that leads out of the root. */
export function joinPath(folder: string, path: string): string | undefined {
  return path.startsWith('/') ? undefined : normalizePath(folder ? `${folder}/${path}` : path);
}

/** The folder of a path; `''` for what lies in the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The last step of a path: the name of a file or folder. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a path is a folder, or lies in it; everything lies in `''`. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
