import type { RenderProblem } from '../../model/render-result.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { withEntry } from '../../tree/edit.ts';
import { childOf, entryOf, type Mapping, scalar } from '../../tree/node.ts';
import { refolded } from './folded-text.ts';
import { currentId, formatId, idKey, type LayeredResource, layeredResource } from './layered-resource.ts';
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
    found = withoutTwins(objects.map(resourceOf), problems);
    known.set(file, found);
  }
  return found;
}

function withoutTwins(resources: readonly LayeredResource[], problems: readonly RenderProblem[]): FileResources {
  const seen = new Set<string>();
  const found = problems.slice();
  const unique = resources.filter((resource) => {
    const id = currentId(resource);
    if (!seen.has(idKey(id))) return seen.add(idKey(id));
    const name = entryOf((childOf(resource.node, 'metadata') ?? resource.node) as Mapping, 'name');
    const origin = (name?.value ?? resource.node).origin;
    found.push({ cause: 'conflict', message: `there is already a ${formatId(id)} in this file`, origin, rule: 'render-error' });
    return false;
  });
  return { resources: unique, problems: found };
}

/** The one internal note that kustomize also takes from a manifest. */
const NEEDS_HASH = 'internal.config.kubernetes.io/needsHashSuffix';

function resourceOf({ node: written, flaws }: ManifestObject): LayeredResource {
  const node = refolded(written);
  const metadata = childOf(node, 'metadata');
  const annotations = childOf(metadata, 'annotations');
  const note = annotations?.kind === 'mapping' ? entryOf(annotations, NEEDS_HASH) : undefined;
  if (!note || annotations?.kind !== 'mapping' || metadata?.kind !== 'mapping') return layeredResource(node, { flaws });
  const rest = { ...annotations, entries: annotations.entries.filter((entry) => entry !== note) };
  const changed = withEntry(metadata, scalar('annotations', 'plain', annotations.origin), rest);
  const needsHash = note.value.kind === 'scalar' && note.value.text === 'enabled';
  return layeredResource(withEntry(node, scalar('metadata', 'plain', metadata.origin), changed), { flaws, needsHash, annotated: true });
}
