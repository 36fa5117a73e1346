import { compareText } from '../../../text/location.ts';
import { goPathPattern, type PathPattern } from '../../../text/path-pattern.ts';
import type { Mapping } from '../../../tree/node.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import { foldersOf } from '../../folders.ts';
import { type ParameterSet, parameterSet } from '../parameters.ts';
import type { GeneratorContext } from './generator.ts';
import { folderParameters, type PathItem } from './git-paths.ts';

/** One set for each folder that a pattern finds and none excludes. */
export function fromDirectories(items: readonly PathItem[], spec: Mapping, context: GeneratorContext): ParameterSet[] {
  const { workspace, remarks } = context;
  const read = items.map((item) => ({ ...item, glob: goPathPattern(item.pattern.text) }));
  for (const { pattern, glob } of read) if (!glob) remarks.problem(`the pattern "${pattern.text}" is malformed, and matches nothing`, pattern.origin);
  const barred = read.filter(({ isExcluded }) => isExcluded);
  const wanted = read.filter(({ isExcluded }) => !isExcluded);
  const found = new Map<string, PathItem>();
  for (const item of wanted) {
    const matching = matchingFolders(workspace, item.pattern.text, item.glob);
    if (item.glob && matching.length === 0) context.unmatched(item.pattern);
    for (const folder of matching) if (!found.has(folder) && !barred.some(({ glob }) => glob?.(folder))) found.set(folder, item);
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([folder, { pattern }]) => parameterSet(folderParameters(folder, pattern.origin, spec, context)));
}

const matches = new WeakMap<Workspace, Map<string, readonly string[]>>();

/** In a matrix the same pattern is asked for again and again. */
function matchingFolders(workspace: Workspace, pattern: string, glob: PathPattern | undefined): readonly string[] {
  const known = matches.get(workspace) ?? new Map<string, readonly string[]>();
  matches.set(workspace, known);
  const found = known.get(pattern) ?? visibleFolders(workspace).filter((folder) => glob?.(folder));
  known.set(pattern, found);
  return found;
}

/** Every folder but for the root, hidden ones and what they hold. Argo CD follows no links here. */
function visibleFolders(workspace: Workspace): string[] {
  return foldersOf(workspace).filter((folder) => folder !== '' && !/(?:^|\/)\./.test(folder));
}
