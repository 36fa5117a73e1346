/** Paths of a configuration are relative to the folder that it lies in: makes a pattern relative to the root. */
export function locatedIn(folder: string, pattern: string): string {
  const clean = pattern.replace(/^(?:\.\/)+/, '');
  return folder ? `${folder}/${clean}` : clean;
}

/** The same for a glob: the name of the folder stands for itself, whatever characters it has. */
export function globIn(folder: string, glob: string): string {
  return locatedIn(folder.replace(/[\\*?[\]{}()!+@]/g, '\\$&'), glob);
}

/** The same for a path that may lead out of the root: `../prod` stays as it is. */
export function outwardFrom(folder: string, path: string): string {
  const steps: string[] = [];
  for (const step of `${folder}/${path}`.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/') || '.';
}
