import type { Additions } from '../../model/additions.ts';
import { SourceFile } from '../../text/source-file.ts';
import { childOf, type Entry, entryOf, type Mapping, mapping, type Node, scalar, sequence, textOf } from '../../tree/node.ts';
import { wholeFile } from './files.ts';
import type { KustomizationFile } from './kustomization.ts';
import { KUSTOMIZATION_SHAPE } from './shapes.ts';
import { fitTo, type Misfit } from './typed-yaml.ts';

/** Lists in which an item takes the place of one of the same name; in all others items come behind those that are there. */
const BY_NAME = new Set(['images', 'replicas']);

/**
 * The kustomization as a deployer has it built: Flux and Argo CD write what they add into the file before they build.
 * Lists grow, maps are merged, and what there can be one of is replaced.
 */
export function withAdditions(kustomization: KustomizationFile, { fields }: Additions): KustomizationFile {
  if (fields.entries.length === 0) return kustomization;
  const misfits: Misfit[] = [];
  const added = fitTo(fields, KUSTOMIZATION_SHAPE, misfits) as Mapping;
  const problems = misfits.map(({ message, origin }) => ({ cause: 'invalid-kustomization', message, origin, rule: 'render-error' }) as const);
  const node = added.entries.reduce(withField, kustomization.node);
  return { ...kustomization, node, problems: [...kustomization.problems, ...problems] };
}

function withField(node: Mapping, { key, value }: Entry): Mapping {
  const there = entryOf(node, key.text);
  const entry = { key: there?.key ?? key, value: there ? joined(key.text, there.value, value) : value };
  return { ...node, entries: there ? node.entries.map((other) => (other === there ? entry : other)) : [...node.entries, entry] };
}

function joined(field: string, before: Node, added: Node): Node {
  if (before.kind === 'sequence' && added.kind === 'sequence') {
    const names = new Set(added.items.map((item) => textOf(item, 'name')));
    const kept = BY_NAME.has(field) ? before.items.filter((item) => !names.has(textOf(item, 'name'))) : before.items;
    return { ...before, items: [...kept, ...added.items] };
  }
  if (before.kind === 'mapping' && added.kind === 'mapping') {
    const kept = before.entries.filter(({ key }) => !childOf(added, key.text));
    return { ...before, entries: [...kept, ...added.entries] };
  }
  return added;
}

/** The kustomization that Flux makes for a folder that has none: all of its manifests. `paths` are relative to the folder. */
export function generatedKustomization(folder: string, paths: readonly string[]): KustomizationFile {
  const file = new SourceFile(folder ? `${folder}/kustomization.yaml` : 'kustomization.yaml', '');
  const origin = wholeFile(file);
  const items = paths.map((path) => scalar(path, 'plain', origin));
  const node = mapping([{ key: scalar('resources', 'plain', origin), value: sequence(items, origin) }], origin);
  return { file, kind: 'Kustomization', written: node, node, bases: new Set(), problems: [] };
}
