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

/** The path of what lies in a folder under a name. */
export function joined(folder: string, name: string): string {
  return folder ? `${folder}/${name}` : name;
}

/** The folders on the way to a folder, itself first; the root, `''`, is the last. */
export function* upwards(folder: string): Generator<string> {
  for (let at = folder; ; at = folderOf(at)) {
    yield at;
    if (at === '') return;
  }
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
