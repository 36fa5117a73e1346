import { compareText } from '../../text/location.ts';
import { childOf, type Entry, itemsOf, type Mapping, type Node, type Scalar, textOf } from '../../tree/node.ts';
import { absorb, noteMerge } from './absorb.ts';
import { accumulateComponents, accumulateResources } from './accumulate.ts';
import type { Accumulated } from './accumulated.ts';
import { annotateGenerated, annotateTransformed } from './build-metadata.ts';
import { type BuildRecord, isClosed } from './build-record.ts';
import { configurationsOf, crdConfigOf } from './configurations.ts';
import { generate } from './generators.ts';
import { CHART_HOME, leaveHelmGap, withInflated } from './helm-charts.ts';
import { changeImages, imageChangeOf } from './images.ts';
import { labelSpecs, setPairs } from './labels.ts';
import { currentId, type LayeredResource } from './layered-resource.ts';
import { affixNames } from './names.ts';
import { setNamespace } from './namespace.ts';
import { nearMatch } from './near-match.ts';
import { applyOldJsonPatches, applyOldMergePatches, applyPatches } from './patches.ts';
import { runGenerators, runTransformers, runValidators } from './plugins.ts';
import { attempt, Refusal } from './refusal.ts';
import { applyReplacements } from './replacements.ts';
import { setReplicas } from './replicas.ts';
import { readerOf, scalarsOf, type Target } from './session.ts';
import { DEFAULT_CONFIG, mergeConfigs } from './transformer-config.ts';
import { declareVars } from './vars.ts';

/** The steps of one kustomization, in kustomize's order. A component takes what its parent has so far as its start. */
export function buildTarget(target: Target, start: Accumulated): Accumulated {
  let state = accumulateResources(target, start);
  state = withConfigurations(target, state);
  state = withGenerated(target, state);
  state = accumulateComponents(target, state);
  state = withTransformed(target, state);
  runValidators(target, state);
  return declareVars(target, state);
}

function withConfigurations(target: Target, state: Accumulated): Accumulated {
  const { kustomization, record } = target;
  const reader = readerOf(target);
  let own = DEFAULT_CONFIG;
  for (const name of scalarsOf(kustomization.node, 'configurations')) {
    own = attempt(record, name.origin, () => mergeConfigs(own, configurationsOf(name, reader))) ?? own;
  }
  let config = attempt(record, kustomization.node.origin, () => mergeConfigs(state.config, own)) ?? state.config;
  for (const name of scalarsOf(kustomization.node, 'crds')) {
    config = attempt(record, name.origin, () => mergeConfigs(config, crdConfigOf(name, reader))) ?? config;
  }
  return config === state.config ? state : { ...state, config };
}

function withGenerated(target: Target, state: Accumulated): Accumulated {
  const { kustomization, record } = target;
  const globals = childOf(kustomization.node, 'generatorOptions');
  let resources: readonly LayeredResource[] = state.resources;
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const) {
    for (const item of itemsOf(kustomization.node, field)) {
      const made = attempt(record, item.origin, () => generate(kind, item, globals, readerOf(target)));
      if (!made) continue;
      const annotated = annotateGenerated(made, `${kind}Generator`, target);
      const absorbed = attempt(record, item.origin, () => absorb(resources, annotated, isClosed(record)));
      if (absorbed) noteMerge(field, item, made, absorbed, record);
      resources = absorbed?.resources ?? resources;
    }
  }
  const chartHome = textOf(childOf(kustomization.node, 'helmGlobals'), 'chartHome') || CHART_HOME;
  for (const chart of itemsOf(kustomization.node, 'helmCharts')) {
    attempt(record, chart.origin, () => {
      resources = withInflated(resources, chart, chartHome, target);
    });
  }
  for (const chart of itemsOf(kustomization.node, 'helmChartInflationGenerator')) leaveHelmGap(record, childOf(chart, 'chartName') ?? chart);
  return runGenerators(target, { ...state, resources });
}

type Step = (resources: readonly LayeredResource[]) => readonly LayeredResource[];

function withTransformed(target: Target, state: Accumulated): Accumulated {
  const { kustomization, record } = target;
  const { node } = kustomization;
  const reader = readerOf(target);
  const context = { reader, tables: target.session.schema.tables };
  let { resources } = state;
  const run = (kind: string, at: Node | undefined, step: Step): void => {
    if (!at) return;
    const result = attempt(record, at.origin, () => step(resources));
    resources = annotateTransformed(result ?? resources, kind, target);
  };
  const old = childOf(node, 'patchesStrategicMerge');
  run('PatchStrategicMergeTransformer', nonEmpty(old), (all) => applyOldMergePatches(all, itemsOf(node, 'patchesStrategicMerge'), context));
  for (const patch of itemsOf(node, 'patches')) run('PatchTransformer', patch, (all) => applyPatches(all, [patch], context));
  run('NamespaceTransformer', textNode(node, 'namespace'), (all) =>
    setNamespace(all, textNode(node, 'namespace') as Scalar, { fieldSpecs: state.config.namespace }),
  );
  run('PrefixTransformer', textNode(node, 'namePrefix'), (all) => affixNames(all, textNode(node, 'namePrefix') as Scalar, 'prefix', state.config.namePrefix));
  run('SuffixTransformer', textNode(node, 'nameSuffix'), (all) => affixNames(all, textNode(node, 'nameSuffix') as Scalar, 'suffix', state.config.nameSuffix));
  for (const item of itemsOf(node, 'labels'))
    run('LabelTransformer', item, (all) => setPairs(all, pairsOf(item, 'pairs'), labelSpecs(item, state.config), 'label'));
  const labels = childOf(node, 'commonLabels') ?? (childOf(node, 'labels') ? node : undefined);
  run('LabelTransformer', labels, (all) => setPairs(all, pairsOf(node, 'commonLabels'), state.config.commonLabels, 'label'));
  run('AnnotationsTransformer', childOf(node, 'commonAnnotations'), (all) =>
    setPairs(all, pairsOf(node, 'commonAnnotations'), state.config.commonAnnotations, 'annotation'),
  );
  for (const patch of itemsOf(node, 'patchesJson6902')) run('PatchJson6902Transformer', patch, (all) => applyOldJsonPatches(all, [patch], context));
  for (const item of itemsOf(node, 'replicas')) run('ReplicaCountTransformer', item, (all) => scale(all, item, state, record));
  for (const item of itemsOf(node, 'images')) run('ImageTagTransformer', item, (all) => setImages(all, item, state, record));
  run('ReplacementTransformer', nonEmpty(childOf(node, 'replacements')), (all) => applyReplacements(all, itemsOf(node, 'replacements'), reader));
  return runTransformers(target, { ...state, resources });
}

function nonEmpty(node: Node | undefined): Node | undefined {
  return node?.kind === 'sequence' && node.items.length > 0 ? node : undefined;
}

function textNode(node: Mapping, key: string): Scalar | undefined {
  const value = childOf(node, key);
  return value?.kind === 'scalar' && value.text !== '' ? value : undefined;
}

function pairsOf(node: Node, key: string): readonly Entry[] {
  const pairs = childOf(node, key);
  return pairs?.kind === 'mapping' ? [...pairs.entries].sort((a, b) => compareText(a.key.text, b.key.text)) : [];
}

function scale(resources: readonly LayeredResource[], item: Node, { config }: Accumulated, record: BuildRecord): readonly LayeredResource[] {
  const [name, count] = [childOf(item, 'name'), childOf(item, 'count')];
  const text = name?.kind === 'scalar' ? name.text : '';
  const value: Scalar = count?.kind === 'scalar' ? count : { kind: 'scalar', text: '0', style: 'plain', origin: item.origin };
  const writes: { origin: Scalar['origin']; changed: boolean }[] = [];
  const result = setReplicas(resources, text, value, config.replicas, writes);
  const near = result.targets === 0 ? nearMatch(resources.filter(isScalable), '', text) : undefined;
  const closed = isClosed(record);
  record.effects.push({ field: 'replicas', entry: item.origin, subject: `"${text}"`, targets: result.targets, writes, closed, nearMatch: near });
  if (result.targets === 0 && closed) throw new Refusal('patch-target', `no Deployment, StatefulSet or ReplicaSet is called "${text}"`, name?.origin);
  return result.resources;
}

function isScalable(resource: LayeredResource): boolean {
  return /^(?:Deployment|StatefulSet|ReplicaSet|ReplicationController)$/.test(currentId(resource).gvk.kind);
}

function setImages(resources: readonly LayeredResource[], item: Node, { config }: Accumulated, record: BuildRecord): readonly LayeredResource[] {
  const writes: { origin: Scalar['origin']; changed: boolean }[] = [];
  const touched = new Set<LayeredResource>();
  const result = changeImages(resources, imageChangeOf(item), config.images, writes, touched);
  const name = childOf(item, 'name');
  const subject = `image "${name?.kind === 'scalar' ? name.text : ''}"`;
  record.effects.push({ field: 'images', entry: item.origin, subject, targets: touched.size, writes, closed: isClosed(record) });
  return result;
}
