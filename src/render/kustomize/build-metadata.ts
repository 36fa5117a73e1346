import { baseOf } from '../../text/path.ts';
import { withEntry } from '../../tree/edit.ts';
import { childOf, entryOf, itemsOf, type Mapping, mapping, type Origin, scalar, textOf } from '../../tree/node.ts';
import type { LayeredResource } from './layered-resource.ts';
import type { MetadataWishes, Target } from './session.ts';
import { isNullNode, stringScalar } from './writing.ts';

const ORIGIN = 'config.kubernetes.io/origin';
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';
const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** The version that the label names. */
const VERSION = 'kustomize-v5.8.2';

/** What `buildMetadata` of a root asks for; undefined for nothing. That of a base does nothing. */
export function wishesOf(node: Mapping, root: string): MetadataWishes | undefined {
  const wishes = itemsOf(node, 'buildMetadata').flatMap((item) => (item.kind === 'scalar' ? item.text : []));
  if (wishes.length === 0) return undefined;
  return {
    root,
    origins: wishes.includes('originAnnotations'),
    transformers: wishes.includes('transformerAnnotations'),
    managedBy: wishes.includes('managedByLabel'),
  };
}

/** Notes in each object of a file where it comes from, if the root wants to know. */
export function annotateOrigins(resources: readonly LayeredResource[], path: string, target: Target): readonly LayeredResource[] {
  if (!target.session.wishes) return resources;
  const text = `path: ${joined(relativeFolder(target), path)}\n`;
  return resources.map((resource) => withAnnotation(resource, ORIGIN, text));
}

/** The note of where an object comes from, if there is one. */
export function originNote(resource: LayeredResource): string | undefined {
  return annotation(resource, ORIGIN);
}

/** The object with another note of where it comes from. */
export function withOriginNote(resource: LayeredResource, text: string): LayeredResource {
  return withAnnotation(resource, ORIGIN, text);
}

/** Notes in a generated object what made it. */
export function annotateGenerated(resource: LayeredResource, kind: string, target: Target, config?: ConfiguredBy): LayeredResource {
  if (!target.session.wishes || annotation(resource, ORIGIN) !== undefined) return resource;
  return withAnnotation(resource, ORIGIN, configuredText(kind, target, config));
}

/** Where a generator or transformer is configured that has an object of its own. */
export interface ConfiguredBy {
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace: string;
  readonly file: string;
}

/** Notes in every object that a transformer ran, whether it changed something or not. */
export function annotateTransformed(resources: readonly LayeredResource[], kind: string, target: Target, config?: ConfiguredBy): readonly LayeredResource[] {
  if (!target.session.wishes) return resources;
  const text = configuredText(kind, target, config);
  const item = text
    .split('\n')
    .map((line, index) => (line === '' ? line : `${index === 0 ? '- ' : '  '}${line}`))
    .join('\n');
  return resources.map((resource) => {
    if (annotation(resource, ORIGIN) === undefined) return withAnnotation(resource, ORIGIN, text);
    return withAnnotation(resource, TRANSFORMATIONS, (annotation(resource, TRANSFORMATIONS) ?? '') + item);
  });
}

function configuredText(kind: string, target: Target, config: ConfiguredBy | undefined): string {
  const file = config?.file ?? joined(relativeFolder(target), baseOf(target.kustomization.file.path));
  const lines = [`configuredIn: ${file}`, 'configuredBy:', `  apiVersion: ${config?.apiVersion ?? 'builtin'}`, `  kind: ${kind}`];
  if (config?.name) lines.push(`  name: ${config.name}`);
  if (config?.namespace) lines.push(`  namespace: ${config.namespace}`);
  return `${lines.join('\n')}\n`;
}

/** Takes away what only the bookkeeping needed, and sets the label that the root asks for. */
export function labelManagedBy(resources: readonly LayeredResource[], { session, kustomization }: Target): readonly LayeredResource[] {
  const { wishes } = session;
  if (!wishes) return resources;
  const unwanted = [...(wishes.origins ? [] : [ORIGIN]), ...(wishes.transformers ? [] : [TRANSFORMATIONS])];
  const origin = (childOf(kustomization.node, 'buildMetadata') ?? kustomization.node).origin;
  return resources.map((resource) => {
    const bare = unwanted.reduce(withoutAnnotation, resource);
    return wishes.managedBy ? withPair(bare, 'labels', MANAGED_BY, VERSION, { ...origin, how: 'label', precision: 'entry' }) : bare;
  });
}

/** From the root of the build, as it is written in the notes. */
function relativeFolder({ session, folder }: Target): string {
  const [from, to] = [session.wishes?.root ?? '', folder].map((path) => path.split('/').filter(Boolean));
  if (!from || !to) return '';
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

function joined(folder: string, path: string): string {
  const steps: string[] = [];
  for (const step of `${folder}/${path}`.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}

function annotation({ node }: LayeredResource, key: string): string | undefined {
  return textOf(childOf(childOf(node, 'metadata'), 'annotations'), key);
}

function withAnnotation(resource: LayeredResource, key: string, text: string): LayeredResource {
  return withPair({ ...resource, annotated: true }, 'annotations', key, text, { ...resource.node.origin, how: 'annotation', precision: 'entry' });
}

function withPair(resource: LayeredResource, field: string, key: string, text: string, origin: Origin): LayeredResource {
  const metadata = childOf(resource.node, 'metadata');
  if (metadata?.kind !== 'mapping') return resource;
  const old = entryOf(metadata, field);
  const map = old?.value.kind === 'mapping' && !isNullNode(old.value) ? old.value : mapping([], origin);
  const changed = withEntry(map, scalar(key, 'plain', origin), stringScalar(text, origin));
  const word = (name: string) => scalar(name, 'plain', origin);
  return { ...resource, node: withEntry(resource.node, word('metadata'), withEntry(metadata, word(field), changed)) };
}

function withoutAnnotation(resource: LayeredResource, key: string): LayeredResource {
  const metadata = childOf(resource.node, 'metadata');
  const annotations = childOf(metadata, 'annotations');
  if (metadata?.kind !== 'mapping' || annotations?.kind !== 'mapping') return resource;
  const entries = annotations.entries.filter((entry) => entry.key.text !== key);
  const word = (name: string) => scalar(name, 'plain', annotations.origin);
  const node = withEntry(resource.node, word('metadata'), withEntry(metadata, word('annotations'), { ...annotations, entries }));
  return { ...resource, node };
}
