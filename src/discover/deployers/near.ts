import { readName } from '../../model/vocabulary.ts';
import { editDistance } from '../../text/edit-distance.ts';
import { compareText } from '../../text/location.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { childrenOf } from '../folders.ts';

/**
 * The file or folder that a path was probably meant to be: as deep, and in one step only a few letters away. Another
 * environment's is never meant, however near the names are.
 */
export function nearestPath(path: string, kind: 'file' | 'directory', workspace: Workspace): string | undefined {
  const found = answers.get(workspace) ?? new Map<string, string | undefined>();
  answers.set(workspace, found);
  // One path is named by many: by each element of a set, in each cluster.
  const key = `${kind} ${path}`;
  if (!found.has(key)) found.set(key, lookFor(path, kind, workspace));
  return found.get(key);
}

const answers = new WeakMap<Workspace, Map<string, string | undefined>>();

function lookFor(path: string, kind: 'file' | 'directory', workspace: Workspace): string | undefined {
  const wanted = path.split('/');
  const children = childrenOf(workspace);
  const found: { candidate: string; distance: number }[] = [];
  for (const [at, step] of wanted.entries()) {
    const [before, after] = [wanted.slice(0, at).join('/'), wanted.slice(at + 1)];
    for (const name of children.get(before) ?? []) {
      if (name === step || Math.abs(name.length - step.length) > step.length / 3 + 1) continue;
      const distance = editDistance(step.toLowerCase(), name.toLowerCase());
      if (distance > Math.max(1, Math.floor(step.length / 3)) || (readName(step) && readName(name))) continue;
      const candidate = [...(before ? [before] : []), name, ...after].join('/');
      if (workspace.kindOf(candidate) === kind) found.push({ candidate, distance });
    }
  }
  return found.sort((a, b) => a.distance - b.distance || compareText(a.candidate, b.candidate))[0]?.candidate;
}
