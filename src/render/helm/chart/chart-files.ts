import { SourceFile } from '../../../text/source-file.ts';
import { filesWithLinks } from '../../../workspace/linked-files.ts';
import { decode, type Workspace } from '../../../workspace/workspace.ts';
import type { ChartFile } from './chart.ts';
import type { IgnoreRules } from './helm-ignore.ts';
import type { ArchivedFile } from './tar.ts';

/** The files of a folder that its `.helmignore` leaves, sorted by their names. */
export function filesOfFolder(workspace: Workspace, folder: string, rules: Extract<IgnoreRules, { ok: true }>): ChartFile[] {
  const start = folder === '' ? '' : `${folder}/`;
  const known = new Map<string, boolean>();
  const isLeftOut = (path: string): boolean => {
    if (path === '') return false;
    let answer = known.get(path);
    if (answer === undefined) {
      answer = isLeftOut(path.slice(0, Math.max(0, path.lastIndexOf('/')))) || rules.ignores(path, true);
      known.set(path, answer);
    }
    return answer;
  };
  return below(filesWithLinks(workspace), start).flatMap((path): ChartFile[] => {
    const name = path.slice(start.length);
    if (isLeftOut(name.slice(0, Math.max(0, name.lastIndexOf('/')))) || rules.ignores(name, false)) return [];
    return [{ name, path, bytes: () => bytesAt(workspace, path), source: () => textAt(workspace, path) }];
  });
}

function bytesAt(workspace: Workspace, path: string): Uint8Array | undefined {
  const result = workspace.bytes(path);
  return result.ok ? result.bytes : undefined;
}

function textAt(workspace: Workspace, path: string): SourceFile | undefined {
  const result = workspace.read(path);
  return result.ok ? result.file : undefined;
}

/** What begins with `start`, of a sorted list. */
function below(sorted: readonly string[], start: string): readonly string[] {
  if (start === '') return sorted;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (sorted[end]?.startsWith(start)) end += 1;
  return sorted.slice(low, end);
}

/** The files of an archive, whose topmost folder has the name of the chart. */
export function filesOfArchive(workspace: Workspace, archive: string, files: readonly ArchivedFile[]): ChartFile[] {
  return files.flatMap(({ path, bytes }): ChartFile[] => {
    const slash = path.indexOf('/');
    if (slash === -1) return [];
    const inside = `${archive}/${path}`;
    let source: SourceFile | undefined;
    let isRead = false;
    const text = (): SourceFile | undefined => {
      if (!isRead) source = textIn(workspace, inside, bytes);
      isRead = true;
      return source;
    };
    return [{ name: path.slice(slash + 1), path: inside, bytes: () => bytes, source: text }];
  });
}

function textIn(workspace: Workspace, path: string, bytes: Uint8Array): SourceFile | undefined {
  const result = decode(path, bytes);
  return result.ok ? new SourceFile(path, result.file.text, result.file.encoding, workspace.tree) : undefined;
}
