import type { Declaration, DeclaredApp } from '../model/declaration.ts';
import type { VariantSource } from '../model/discovery.ts';
import { compilePattern, type PathPattern } from '../model/path-pattern.ts';
import { isShared } from '../model/vocabulary.ts';
import { folderOf, isWithin, joinPath } from '../text/path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { foldersOf } from './folders.ts';
import type { Unit } from './units.ts';

export interface DeclaredResult {
  readonly sources: readonly (VariantSource & { readonly why: string })[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

/** The names that a pattern may bind besides labels. */
const RESERVED = new Set(['app', 'env']);

/** The variants that the patterns of `.gitopsrc` name, of what is `deployed`. The first pattern that matches a path has it. */
export function readDeclared({ apps, environments }: Declaration, workspace: Workspace, deployed: readonly Unit[]): DeclaredResult {
  const folders = foldersOf(workspace);
  const sources = new Map<string, VariantSource & { why: string }>();
  const leftOut: { name: string; why: string }[] = [];
  const isMeant = ({ environment }: VariantSource) =>
    environment === undefined || !isShared(environment) || environments.some(({ name }) => name === environment);
  for (const declared of apps) {
    const pattern = compilePattern(declared.pattern);
    // Validated when the file was read.
    if ('problem' in pattern) continue;
    const found = variantsOf(declared, pattern, folders, workspace, deployed).filter(isMeant);
    if (found.length === 0) leftOut.push({ name: declared.pattern, why: 'the pattern matches nothing that is deployed' });
    for (const source of found) {
      const key = `${source.root}\u0000${source.values?.join('\u0000') ?? ''}`;
      const isInside = [...sources.values()].some(
        ({ root, renderer }) => root !== source.root && renderer === 'plain' && source.renderer === 'plain' && isWithin(source.root, root),
      );
      if (!isInside && !sources.has(key)) sources.set(key, { ...source, why: `pattern "${declared.pattern}" in .gitopsrc` });
    }
  }
  return { sources: [...sources.values()], leftOut };
}

function variantsOf(declared: DeclaredApp, pattern: PathPattern, folders: readonly string[], workspace: Workspace, deployed: readonly Unit[]): VariantSource[] {
  if (declared.type === 'files') return settingsVariants(pattern, workspace);
  if (declared.type === 'chart') return folders.flatMap((folder) => chartVariants(folder, pattern, declared.values, workspace));
  return [...folders.flatMap((folder) => folderVariants(folder, pattern, deployed)), ...valuesFileVariants(pattern, workspace)];
}

function sourceOf(names: Readonly<Record<string, string>>, root: string, renderer: VariantSource['renderer']): VariantSource {
  const labels = Object.fromEntries(Object.entries(names).filter(([name]) => !RESERVED.has(name)));
  const app = names['app'] ?? (root.split('/').find((step) => step !== names['env']) || '.');
  return { app, environment: names['env'], labels, root, renderer };
}

/** What is deployed from a folder that matches: the folder itself, or each kustomization below it. */
function folderVariants(folder: string, pattern: PathPattern, deployed: readonly Unit[]): VariantSource[] {
  const names = pattern.match(folder);
  if (!names) return [];
  const units = deployed.filter((unit) => isWithin(unit.folder, folder));
  if (units.some((unit) => unit.folder === folder && unit.renderer === 'kustomize')) return [sourceOf(names, folder, 'kustomize')];
  const inner = units.filter(({ renderer }) => renderer === 'kustomize');
  const sources = inner.map((unit) => {
    const source = sourceOf(names, unit.folder, 'kustomize');
    return { ...source, app: `${source.app}/${unit.folder.slice(folder ? folder.length + 1 : 0)}` };
  });
  return units.length > inner.length ? [sourceOf(names, folder, 'plain'), ...sources] : sources;
}

/** `charts/{app}/values-{env}.yaml` is a Helm unit whose chart lies beside the file. */
function valuesFileVariants(pattern: PathPattern, workspace: Workspace): VariantSource[] {
  return workspace.files().flatMap((file) => {
    // A folder's pattern matches files as well.
    const names = /\.ya?ml$/.test(pattern.text) ? pattern.match(file) : undefined;
    if (!names) return [];
    const common = joinPath(folderOf(file), 'values.yaml');
    const values = common !== undefined && common !== file && workspace.kindOf(common) === 'file' ? [common, file] : [file];
    return [{ ...sourceOf(names, folderOf(file), 'helm'), values }];
  });
}

/** Settings files: each that matches is those of its environment. */
function settingsVariants(pattern: PathPattern, workspace: Workspace): VariantSource[] {
  return workspace.files().flatMap((file) => {
    const names = pattern.match(file);
    return names ? [{ ...sourceOf(names, folderOf(file), 'files'), values: [file] }] : [];
  });
}

function chartVariants(folder: string, pattern: PathPattern, values: readonly string[], workspace: Workspace): VariantSource[] {
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
}
