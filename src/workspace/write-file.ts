import { randomUUID } from 'node:crypto';
import { lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { CONFIG_NAMES } from './workspace.ts';

/** The name of the configuration that a folder of the disk has, whatever stands under that name; undefined when it has none. */
export function configNameIn(folder: string): string | undefined {
  return CONFIG_NAMES.find((name) => lstatSync(path.join(folder, name), { throwIfNoEntry: false }) !== undefined);
}

/**
 * Writes a file that is not there yet: as a whole or not at all, so that nobody reads half of it. Throws a `UsageError` when
 * something has that name by now, or the system does not let it be written.
 */
export function writeNewFile(folder: string, name: string, text: string): void {
  const file = path.join(folder, name);
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    if (lstatSync(file, { throwIfNoEntry: false })) throw new UsageError(`"${name}" is there by now`, 'Have a look at it, and try again.');
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    if (error instanceof UsageError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new UsageError(`cannot write "${name}": ${WHY_NOT[code] ?? `the system says ${code}`}`, 'Nothing was changed.');
  }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'there is no space left',
};
