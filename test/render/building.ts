import type { RenderResult } from '../../src/model/render-result.ts';
import type { Resource } from '../../src/model/resource.ts';
import { createKustomizeRenderer } from '../../src/render/kustomize/renderer.ts';
import { parseFieldPath } from '../../src/tree/field-path.ts';
import type { Origin } from '../../src/tree/node.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Builds one folder of a tree of files. */
export function build(files: Files, folder = ''): RenderResult {
  return createKustomizeRenderer({ workspace: memoryWorkspace(files), loadRestrictor: 'root' }).render(folder);
}

/** `kustomization.yaml:3:12`, as a person would say it. */
export function placeOf({ file, start }: Pick<Origin, 'file' | 'start'>): string {
  const { line, column } = file.positionAt(start);
  return `${file.path}:${line}:${column}`;
}

/** The resource that is called `Kind/name` in the output. */
export function resourceOf(result: RenderResult, name: string): Resource {
  const found = result.resources.find(({ id }) => `${id.kind}/${id.name}` === name);
  if (!found) throw new Error(`no ${name} among ${result.resources.map(({ id }) => `${id.kind}/${id.name}`).join(', ') || 'nothing'}`);
  return found;
}

/** Who made a field what it is, newest first: `file:line:column how precision`. */
export function trail(result: RenderResult, name: string, path: string): string[] {
  const origins = resourceOf(result, name)
    .field(...(parseFieldPath(path) ?? []))
    .origins();
  return origins.map((origin) => `${placeOf(origin)} ${origin.how} ${origin.precision}`);
}

/** What a field holds, as plain values. */
export function fieldOf(result: RenderResult, name: string, path: string): unknown {
  let value: unknown = resourceOf(result, name).manifest;
  for (const step of parseFieldPath(path) ?? []) value = (value as Record<string | number, unknown> | undefined)?.[step];
  return value;
}

/** The problems of a build: where, of what cause and rule, in which words. */
export function problemsOf({ problems }: RenderResult): string[] {
  return problems.map(({ cause, message, origin, rule }) => `${placeOf(origin)} ${cause} ${rule}: ${message}`);
}
