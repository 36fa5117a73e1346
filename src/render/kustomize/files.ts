import { isRemote } from '../../model/kubernetes/kustomization.ts';
import { withoutCredentials } from '../../text/credentials.ts';
import { isWithin, joinPath } from '../../text/path.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Origin, Scalar } from '../../tree/node.ts';
import type { ReadProblem, Workspace } from '../../workspace/workspace.ts';
import type { BuildRecord } from './build-record.ts';
import { Refusal } from './refusal.ts';

/** What is wrong with a file that cannot be read, after its name. */
export const READ_PROBLEMS: Readonly<Record<ReadProblem, string>> = {
  missing: 'does not exist',
  directory: 'is a folder, not a file',
  outside: 'lies outside of the repository',
  'symlink-loop': 'is a symlink that leads in a circle',
  submodule: 'is a submodule, whose content is not here',
  binary: 'is not a text file',
  'not-utf-8': 'is not valid UTF-8',
  unreadable: 'cannot be read',
};

/** A file as a whole, for what has no better place in it. */
export function wholeFile(file: SourceFile): Origin {
  return { file, start: 0, end: file.text.length, how: 'written', precision: 'file' };
}

/** A place from which files are read: the folder of a kustomization, and who keeps the notes. */
export interface Reader {
  readonly workspace: Workspace;
  readonly folder: string;
  readonly record: BuildRecord;
}

/** Reads a text file that a kustomization names. Throws a `Refusal` at the name when that is not possible. */
export function readNamed(reader: Reader, name: Scalar, path: string = name.text): SourceFile {
  const result = reader.workspace.read(locate(reader, name, path));
  if (!result.ok) throw refusalFor(result.problem, path, name.origin);
  noteReal(reader, result.file.path);
  return result.file;
}

/** The bytes of a file that need not be text, under its real path. */
export function readBytes(reader: Reader, name: Scalar, path: string): { readonly path: string; readonly bytes: Uint8Array } {
  const result = reader.workspace.bytes(locate(reader, name, path));
  if (!result.ok) throw refusalFor(result.problem, path, name.origin);
  noteReal(reader, result.path);
  return result;
}

/** A change of the file that a link leads to matters as one of the link. Files belong below the folder of the kustomization that names them. */
function noteReal({ workspace, folder, record }: Reader, real: string): void {
  record.inputs.add(real);
  if (!isWithin(real, folder) && !isWithin(real, workspace.realPath(folder) ?? folder)) record.reachesOut = true;
}

function locate({ folder, record }: Reader, name: Scalar, path: string): string {
  if (path === '') throw new Refusal('invalid-kustomization', 'a file name is empty', name.origin);
  if (isRemote(path)) throw new Refusal('remote', `"${withoutCredentials(path)}" is not fetched`, name.origin);
  const target = joinPath(folder, path);
  if (target === undefined) throw refusalFor('outside', path, name.origin);
  record.inputs.add(target);
  return target;
}

/** Why a file cannot be had, as a problem of the place that names it. */
export function refusalFor(problem: ReadProblem, path: string, origin: Origin): Refusal {
  const message = `"${path}" ${READ_PROBLEMS[problem]}`;
  if (problem === 'outside') return new Refusal('load-restrictor', message, origin);
  if (problem === 'missing') return new Refusal('missing-file', message, origin, 'missing-reference');
  return new Refusal('other', message, origin);
}
