import type { RenderProblem } from '../../model/render-result.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { withEntry } from '../../tree/edit.ts';
import { childOf, entryOf, type Mapping, scalar, textOf } from '../../tree/node.ts';
import { refolded } from './folded-text.ts';
import { currentId, type FormerId, formatId, type LayeredResource, layeredResource } from './layered-resource.ts';
import { type ManifestObject, manifestsOf } from './manifests.ts';

/** The objects of a file, ready to be built upon. */
export interface FileResources {
  readonly resources: readonly LayeredResource[];
  readonly problems: readonly RenderProblem[];
}

const known = new WeakMap<SourceFile, FileResources>();

/** The objects of a file. The same ones each time, so that all builds share them. */
export function fromManifests(file: SourceFile): FileResources {
  let found = known.get(file);
  if (!found) {
    const { objects, problems } = manifestsOf(file);
    found = withoutTwins(objects.map(fromManifest), problems);
    known.set(file, found);
  }
  return found;
}

function withoutTwins(resources: readonly LayeredResource[], problems: readonly RenderProblem[]): FileResources {
  const seen = new Set<string>();
  const found = problems.slice();
  const unique = resources.filter((resource) => {
    const id = currentId(resource);
    if (!seen.has(id.key)) return seen.add(id.key);
    const name = entryOf((childOf(resource.node, 'metadata') ?? resource.node) as Mapping, 'name');
    const origin = (name?.value ?? resource.node).origin;
    found.push({ cause: 'conflict', message: `there is already a ${formatId(id)} in this file`, origin, rule: 'render-error' });
    return false;
  });
  return { resources: unique, problems: found };
}

/** Kustomize's own notes, which it also takes from a manifest. */
const NOTE = 'internal.config.kubernetes.io/';

/** An object of a manifest, ready to be built upon. */
export function fromManifest({ node: written, flaws }: ManifestObject): LayeredResource {
  const node = refolded(written);
  const metadata = childOf(node, 'metadata');
  const annotations = childOf(metadata, 'annotations');
  if (annotations?.kind !== 'mapping' || metadata?.kind !== 'mapping') return layeredResource(node, { flaws });
  if (!annotations.entries.some(({ key }) => key.text.startsWith(NOTE))) return layeredResource(node, { flaws });
  const rest = { ...annotations, entries: annotations.entries.filter(({ key }) => !key.text.startsWith(NOTE)) };
  const changed = withEntry(metadata, scalar('annotations', 'plain', annotations.origin), rest);
  const needsHash = textOf(annotations, `${NOTE}needsHashSuffix`) === 'enabled';
  const bare = withEntry(node, scalar('metadata', 'plain', metadata.origin), changed);
  return layeredResource(bare, { flaws, needsHash, former: notedIds(annotations), annotated: true });
}

function notedIds(annotations: Mapping): readonly FormerId[] {
  const [names, namespaces, kinds] = ['previousNames', 'previousNamespaces', 'previousKinds'].map((note) =>
    (textOf(annotations, NOTE + note) ?? '').split(','),
  );
  if (!names?.[0]) return [];
  return names.map((name, index) => {
    const scope = namespaces?.[index] ?? 'default';
    return { name, kind: kinds?.[index] ?? '', namespace: scope, scope };
  });
}
