import type { DeclaredApp } from '../model/declaration.ts';
import type { VariantSource } from '../model/discovery.ts';
import { compilePattern, type PathPattern } from '../model/path-pattern.ts';
import { folderOf, joinPath, type Workspace } from '../workspace/workspace.ts';

export interface DeclaredResult {
  readonly sources: readonly (VariantSource & { readonly why: string; readonly app: string })[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

/** The names that a pattern may bind besides labels. */
const RESERVED = new Set(['app', 'env']);

/** The variants that the patterns of `.gitopsrc` name. The first pattern that matches a path has it. */
export function readDeclared(apps: readonly DeclaredApp[], workspace: Workspace, rendererOf: (folder: string) => VariantSource['renderer']): DeclaredResult {
  const folders = foldersOf(workspace);
  const sources = new Map<string, VariantSource & { why: string }>();
  const leftOut: { name: string; why: string }[] = [];
  for (const declared of apps) {
    const pattern = compilePattern(declared.pattern);
    // Validated when the file was read.
    if ('problem' in pattern) continue;
    const found =
      declared.type === 'path' ? pathVariants(pattern, folders, workspace, rendererOf) : chartVariants(pattern, declared.values, folders, workspace);
    if (found.length === 0) leftOut.push({ name: declared.pattern, why: 'the pattern matches nothing' });
    for (const source of found) {
      const key = `${source.root}\u0000${source.values?.join('\u0000') ?? ''}`;
      if (!sources.has(key)) sources.set(key, { ...source, why: `pattern "${declared.pattern}" in .gitopsrc` });
    }
  }
  return { sources: [...sources.values()], leftOut };
}

function foldersOf(workspace: Workspace): string[] {
  const folders = new Set<string>();
  for (const file of workspace.files()) {
    for (let folder = folderOf(file); folder !== '' && !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return [...folders].sort();
}

function sourceOf(names: Readonly<Record<string, string>>, root: string, renderer: VariantSource['renderer']): VariantSource {
  const labels = Object.fromEntries(Object.entries(names).filter(([name]) => !RESERVED.has(name)));
  const app = names['app'] ?? root.split('/').find((step) => step !== names['env']) ?? root;
  return { app, environment: names['env'], labels, root, renderer };
}

/** Folders, or values files: `charts/{app}/values-{env}.yaml` is a Helm unit whose chart lies beside the file. */
function pathVariants(
  pattern: PathPattern,
  folders: readonly string[],
  workspace: Workspace,
  rendererOf: (folder: string) => VariantSource['renderer'],
): VariantSource[] {
  const inFolders = folders.flatMap((folder) => {
    const names = pattern.match(folder);
    return names ? [sourceOf(names, folder, rendererOf(folder))] : [];
  });
  const inFiles = workspace.files().flatMap((file) => {
    const names = pattern.match(file);
    return names && /\.ya?ml$/.test(file) ? [{ ...sourceOf(names, folderOf(file), 'helm'), values: [file] }] : [];
  });
  return [...inFolders, ...inFiles];
}

function chartVariants(pattern: PathPattern, values: readonly string[], folders: readonly string[], workspace: Workspace): VariantSource[] {
  return folders.flatMap((folder) => {
    const names = pattern.match(folder);
    if (!names) return [];
    const common = values.filter((file) => !file.includes('{')).flatMap((file) => joinPath(folder, file) ?? []);
    return values
      .filter((file) => file.includes('{'))
      .flatMap((file) => {
        const inner = compilePattern(joinPath(folder, file) ?? file);
        if ('problem' in inner) return [];
        return workspace.files().flatMap((path) => {
          const more = inner.match(path);
          return more ? [{ ...sourceOf({ ...names, ...more }, folder, 'helm'), values: [...common, path] }] : [];
        });
      });
  });
}
