import type { Write } from '../../model/render-result.ts';
import { childOf, entriesOf, itemsOf, type Mapping, type Node, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { withHash } from './content-names.ts';
import { changeImages, imageChangeOf } from './images.ts';
import { fieldSpecsOf, isTrue, setPairs } from './labels.ts';
import type { LayeredResource } from './layered-resource.ts';
import { affixNames } from './names.ts';
import { setNamespace } from './namespace.ts';
import { applyOldJsonPatches, applyOldMergePatches, applyPatches } from './patches.ts';
import { Refusal } from './refusal.ts';
import { applyReplacements } from './replacements.ts';
import { setReplicas } from './replicas.ts';
import { readerOf, type Target } from './session.ts';
import { addValue } from './value-add.ts';

/** One step over all objects. Throws a `Refusal`. */
export type Transform = (resources: readonly LayeredResource[]) => readonly LayeredResource[];

/** The built-in transformer that an object configures; undefined for a kind that there is not. */
export function transformerOf(kind: string, config: Mapping, target: Target): Transform | undefined {
  const specs = fieldSpecsOf(childOf(config, 'fieldSpecs'));
  const context = { reader: readerOf(target), tables: target.session.schema.tables };
  switch (kind) {
    case 'AnnotationsTransformer':
      return (all) => setPairs(all, entriesOf(config, 'annotations'), specs, 'annotation');
    case 'LabelTransformer':
      return (all) => setPairs(all, entriesOf(config, 'labels'), specs, 'label');
    case 'NamespaceTransformer':
      return namespaceTransform(config);
    case 'PrefixTransformer':
    case 'SuffixTransformer':
    case 'PrefixSuffixTransformer':
      return affixTransform(config);
    case 'ImageTagTransformer':
      return (all) => changeImages(all, imageChangeOf(childOf(config, 'imageTag') ?? config), specs, [], new Set());
    case 'ReplicaCountTransformer':
      return replicaTransform(config);
    case 'PatchTransformer':
      return (all) => applyPatches(all, [config], context);
    case 'PatchJson6902Transformer':
      return (all) => applyOldJsonPatches(all, [renamed(config, 'jsonOp', 'patch')], context);
    case 'PatchStrategicMergeTransformer':
      return (all) => applyOldMergePatches(all, mergePatchesOf(config), context);
    case 'ReplacementTransformer':
      return (all) => applyReplacements(all, itemsOf(config, 'replacements'), readerOf(target));
    case 'ValueAddTransformer':
      return (all) => addValue(all, config, readerOf(target));
    case 'HashTransformer':
      return (all) => all.map((resource) => (resource.needsHash ? withHash(resource) : resource));
    default:
      return undefined;
  }
}

function namespaceTransform(config: Mapping): Transform {
  const namespace = childOf(childOf(config, 'metadata'), 'namespace');
  const mode = textOf(config, 'setRoleBindingSubjects') || 'defaultOnly';
  return (all) => {
    if (mode !== 'defaultOnly' && mode !== 'allServiceAccounts' && mode !== 'none') {
      throw new Refusal('invalid-kustomization', `"${mode}" is no way to set the subjects of bindings`, childOf(config, 'setRoleBindingSubjects')?.origin);
    }
    if (namespace?.kind !== 'scalar' || namespace.text === '') return all;
    return setNamespace(all, namespace, { fieldSpecs: fieldSpecsOf(childOf(config, 'fieldSpecs')), unsetOnly: isTrue(config, 'unsetOnly'), subjects: mode });
  };
}

function affixTransform(config: Mapping): Transform {
  const specs = fieldSpecsOf(childOf(config, 'fieldSpecs'));
  return (all) => {
    if (specs.length === 0) throw new Refusal('invalid-kustomization', 'the transformer has no field specs', config.origin);
    const [prefix, suffix] = [childOf(config, 'prefix'), childOf(config, 'suffix')];
    const prefixed = prefix?.kind === 'scalar' ? affixNames(all, prefix, 'prefix', specs) : all;
    return suffix?.kind === 'scalar' ? affixNames(prefixed, suffix, 'suffix', specs) : prefixed;
  };
}

function replicaTransform(config: Mapping): Transform {
  const replica = childOf(config, 'replica');
  const count = childOf(replica, 'count');
  return (all) => {
    const writes: Write[] = [];
    const value: Scalar = count?.kind === 'scalar' ? count : scalar('0', 'plain', config.origin);
    const result = setReplicas(all, textOf(replica, 'name') ?? '', value, fieldSpecsOf(childOf(config, 'fieldSpecs')), writes);
    if (result.targets === 0) throw new Refusal('patch-target', `nothing that can be scaled is called "${textOf(replica, 'name') ?? ''}"`, replica?.origin);
    return result.resources;
  };
}

function renamed(config: Mapping, from: string, to: string): Mapping {
  return { ...config, entries: config.entries.map((entry) => (entry.key.text === from ? { ...entry, key: { ...entry.key, text: to } } : entry)) };
}

/** `paths` and the text under `patches`, which is refused when there is nothing in either. */
function mergePatchesOf(config: Mapping): readonly Node[] {
  const inline = childOf(config, 'patches');
  const all = [...itemsOf(config, 'paths'), ...(inline?.kind === 'scalar' && inline.text !== '' ? [inline] : [])];
  if (all.length === 0) throw new Refusal('invalid-kustomization', 'the transformer has no patch', config.origin);
  return all;
}
