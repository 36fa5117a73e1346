import { randomUUID } from 'node:crypto';
import { appendFileSync, lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
    throw notWritten(name, error, 'Nothing was changed.');
  }
}

/**
 * Writes a report to a file that may be there already, as a whole or not at all: who reads it meanwhile sees the former one. `name`
 * is what people called it. Throws a `UsageError` where that cannot be.
 */
export function writeReport(file: string, name: string, text: string): void {
  let draft: string | undefined;
  try {
    const former = statSync(file, { throwIfNoEntry: false });
    // A pipe or a device such as /dev/stdout is written to, and never replaced.
    if (former && !former.isFile()) {
      writeFileSync(file, text);
      return;
    }
    const target = former ? realpathSync(file) : file;
    draft = `${target}.${randomUUID()}.tmp`;
    writeFileSync(draft, text, former && { mode: former.mode });
    renameSync(draft, target);
  } catch (error) {
    if (draft !== undefined) rmSync(draft, { force: true });
    throw notWritten(name, error, 'Name a file in a folder that is there and that you may write to.');
  }
}

/** A file with what is written into it; undefined where it is deleted. */
export interface FileWrite {
  /** On the disk. */
  readonly file: string;
  /** What people call it. */
  readonly name: string;
  readonly before: string;
  readonly text: string | undefined;
}

/** Writes all of some files, or none: when one cannot be written, those before it get their former texts again. Throws a `UsageError` then. */
export function writeAll(writes: readonly FileWrite[]): void {
  const done: FileWrite[] = [];
  try {
    for (const write of writes) {
      if (write.text === undefined) deleteFile(write);
      else writeReport(write.file, write.name, write.text);
      done.push(write);
    }
  } catch (error) {
    for (const { file, name, before } of done) writeReport(file, name, before);
    throw error;
  }
}

function deleteFile({ file, name }: FileWrite): void {
  try {
    rmSync(file);
  } catch (error) {
    throw notWritten(name, error, 'Nothing was changed.');
  }
}

/** Puts a report behind what a file holds already. Throws a `UsageError` where that cannot be. */
export function appendReport(file: string, name: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    throw notWritten(name, error, 'It names a file that you may write to.');
  }
}

function notWritten(name: string, error: unknown, hint: string): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new UsageError(`cannot write "${name}": ${WHY_NOT[code] ?? `the system says ${code}`}`, hint);
}

const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'what it names as a folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'there is no space left',
};
