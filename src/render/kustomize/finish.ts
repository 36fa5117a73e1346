import { withEntry } from '../../tree/edit.ts';
import { childOf, type Mapping, type Node, type Origin, scalar } from '../../tree/node.ts';
import type { Accumulated } from './accumulated.ts';
import { labelManagedBy } from './build-metadata.ts';
import { withHash } from './content-names.ts';
import { currentId, formatId, type LayeredResource } from './layered-resource.ts';
import { fixNameReferences } from './name-references.ts';
import { inOrder, sortOrderOf } from './order.ts';
import type { Target } from './session.ts';
import { unprintable } from './unprintable.ts';
import { resolveVars } from './vars.ts';
import { isNullNode } from './writing.ts';

/** What is done once, at the root: hashes, references, vars, and putting all in order. */
export function finish(target: Target, { resources, config, variables }: Accumulated): readonly LayeredResource[] {
  const { record, kustomization } = target;
  const hashed = resources.map((resource) => (resource.needsHash ? withHash(resource) : resource));
  const fixed = fixNameReferences(hashed, config.nameReference, (resource, refusal) => {
    const origin = refusal.origin ?? resource.node.origin;
    record.problems.push({ cause: refusal.because, message: refusal.message, origin, rule: refusal.rule });
  });
  const resolved = resolveVars(target, fixed, variables, config.varReference);
  refuseTwins(target, resolved);
  const kept = resolved.filter((resource) => !isLocal(resource));
  for (const { node, flaws } of kept) record.problems.push(...flaws.filter(({ origin }) => holdsKey(node, origin)), ...unprintable(node));
  const options = childOf(kustomization.node, 'sortOptions');
  const order = options ? sortOrderOf(options) : target.session.order;
  if (!order) {
    record.problems.push({
      cause: 'invalid-kustomization',
      message: 'these sort options do not go together',
      origin: (options ?? kustomization.node).origin,
      rule: 'render-error',
    });
  }
  const sorted = order ? inOrder(kept, order) : kept;
  return labelManagedBy(sorted, target).map(withoutNotes);
}

/** Whether a key that stood twice is still there, so that it would be printed twice. */
function holdsKey(node: Node, place: Pick<Origin, 'file' | 'start'>): boolean {
  if (node.kind === 'scalar') return false;
  if (node.kind === 'sequence') return node.items.some((item) => holdsKey(item, place));
  return node.entries.some(({ key, value }) => (key.origin.file === place.file && key.origin.start === place.start) || holdsKey(value, place));
}

/** Replacements and patches may give one object the name of another. */
function refuseTwins({ record }: Target, resources: readonly LayeredResource[]): void {
  const seen = new Set<string>();
  for (const resource of resources) {
    const id = currentId(resource);
    if (seen.has(id.key)) {
      const origin = (childOf(childOf(resource.node, 'metadata'), 'name') ?? resource.node).origin;
      record.problems.push({ cause: 'conflict', message: `there are two of ${formatId(id)} now`, origin, rule: 'render-error' });
    }
    seen.add(id.key);
  }
}

/** Objects for tools, not for the cluster. */
function isLocal({ node }: LayeredResource): boolean {
  const value = childOf(childOf(childOf(node, 'metadata'), 'annotations'), 'config.kubernetes.io/local-config');
  return value?.kind === 'scalar' && value.text !== 'false';
}

/** Annotations in which kustomize and its functions keep notes; they are not printed. */
const NOTES: ReadonlySet<string> = new Set([
  ...['previousKinds', 'previousNames', 'previousNamespaces', 'prefixes', 'suffixes', 'allowNameChange', 'allowKindChange', 'refBy', 'generatorBehavior'].map(
    (name) => `internal.config.kubernetes.io/${name}`,
  ),
  ...['needsHashSuffix', 'path', 'index', 'seqindent', 'id', 'annotations-migration-resource-id'].map((name) => `internal.config.kubernetes.io/${name}`),
  ...['path', 'index', 'id'].map((name) => `config.kubernetes.io/${name}`),
  'config.k8s.io/id',
  'internal.config.kubernetes.io/helm-generated',
]);

function withoutNotes(resource: LayeredResource): LayeredResource {
  const metadata = childOf(resource.node, 'metadata');
  const annotations = childOf(metadata, 'annotations');
  if (metadata?.kind !== 'mapping' || !annotations) return resource;
  const isEmpty = isNullNode(annotations) || (annotations.kind === 'mapping' && annotations.entries.length === 0);
  // Kustomize keeps its own notes among the annotations; when those go, nothing is left.
  if (isEmpty) return withMetadata(resource, without(metadata, 'annotations'));
  if (annotations.kind !== 'mapping' || !annotations.entries.some(({ key }) => NOTES.has(key.text))) return resource;
  const entries = annotations.entries.filter(({ key }) => !NOTES.has(key.text));
  if (entries.length === 0) return withMetadata(resource, without(metadata, 'annotations'));
  return withMetadata(resource, withEntry(metadata, scalar('annotations', 'plain', annotations.origin), { ...annotations, entries }));
}

function without(node: Mapping, key: string): Mapping {
  return { ...node, entries: node.entries.filter((entry) => entry.key.text !== key) };
}

function withMetadata(resource: LayeredResource, metadata: Mapping): LayeredResource {
  return { ...resource, node: withEntry(resource.node, scalar('metadata', 'plain', metadata.origin), metadata) };
}
