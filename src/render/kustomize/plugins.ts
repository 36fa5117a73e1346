import { baseOf } from '../../text/path.ts';
import { sameMeaning } from '../../tree/equality.ts';
import { childOf, type Mapping, mapping, type Node, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { absorb } from './absorb.ts';
import { accumulate } from './accumulate.ts';
import { type Accumulated, NOTHING } from './accumulated.ts';
import { annotateGenerated, annotateOrigins, annotateTransformed, type ConfiguredBy } from './build-metadata.ts';
import { isClosed } from './build-record.ts';
import { transformerOf } from './builtin-transformers.ts';
import { embeddedYaml } from './embedded-yaml.ts';
import { generate } from './generators.ts';
import { apiVersionOf, gvkOf } from './gvk.ts';
import { CHART_HOME, withInflated } from './helm-charts.ts';
import { generateServiceAccount } from './iam-policy.ts';
import { currentId, formatId, type LayeredResource, layeredResource } from './layered-resource.ts';
import { manifestsIn } from './manifests.ts';
import { PLUGIN_SHAPES } from './plugin-shapes.ts';
import { attempt, Refusal } from './refusal.ts';
import { readerOf, scalarsOf, type Target } from './session.ts';
import { fitTo, type Misfit, withTexts } from './typed-yaml.ts';

/** Runs what stands under `generators`. Those that are programs are not run: they leave a gap. */
export function runGenerators(target: Target, state: Accumulated): Accumulated {
  let { resources } = state;
  for (const config of configsOf(target, 'generators')) {
    const kind = builtinKind(config);
    if (kind === 'HelmChartInflationGenerator') {
      attempt(target.record, config.node.origin, () => {
        resources = withInflated(resources, config.node, textOf(config.node, 'chartHome') || CHART_HOME, target, configuredBy(config));
      });
      continue;
    }
    const make = generatorOf(kind, config.node, target);
    if (!make || kind === undefined) {
      leaveGap(target, config, 'plugin');
      continue;
    }
    attempt(target.record, config.node.origin, () => {
      resources = absorb(resources, annotateGenerated(make(), kind, target, configuredBy(config)), isClosed(target.record)).resources;
    });
  }
  return resources === state.resources ? state : { ...state, resources };
}

/** The built-in generator that an object configures; undefined for a kind that there is not. */
function generatorOf(kind: string | undefined, config: Mapping, target: Target): (() => LayeredResource) | undefined {
  if (kind === 'ConfigMapGenerator') return () => generate('ConfigMap', namedByMetadata(config), undefined, readerOf(target));
  if (kind === 'SecretGenerator') return () => generate('Secret', namedByMetadata(config), undefined, readerOf(target));
  return kind === 'IAMPolicyGenerator' ? () => generateServiceAccount(config) : undefined;
}

/** Runs what stands under `transformers`, in order. */
export function runTransformers(target: Target, state: Accumulated): Accumulated {
  let { resources } = state;
  for (const config of configsOf(target, 'transformers')) {
    const kind = builtinKind(config);
    const transform = kind === undefined ? undefined : transformerOf(kind, config.node, target);
    if (!transform || kind === undefined) {
      leaveGap(target, config, 'plugin');
      continue;
    }
    resources = attempt(target.record, config.node.origin, () => transform(resources)) ?? resources;
    resources = annotateTransformed(resources, kind, target, configuredBy(config));
  }
  return resources === state.resources ? state : { ...state, resources };
}

/** Runs what stands under `validators`, which may look but not touch. */
export function runValidators(target: Target, { resources }: Accumulated): void {
  for (const config of configsOf(target, 'validators')) {
    const kind = builtinKind(config);
    const transform = kind === undefined ? undefined : transformerOf(kind, config.node, target);
    if (!transform) {
      leaveGap(target, config, 'plugin');
      continue;
    }
    attempt(target.record, config.node.origin, () => {
      const after = transform(resources);
      const same = after.length === resources.length && after.every(({ node }, index) => sameMeaning(node, resources[index]?.node));
      if (!same) throw new Refusal('other', `the validator ${formatId(currentId(config))} changes objects`, config.node.origin);
    });
  }
}

/** The configurations that a field holds: inline, in files, or made by kustomizations. */
function configsOf(target: Target, field: 'generators' | 'transformers' | 'validators'): readonly LayeredResource[] {
  const inline: LayeredResource[] = [];
  const paths: Scalar[] = [];
  for (const item of scalarsOf(target.kustomization.node, field)) {
    const yaml = embeddedYaml(item);
    const manifests = yaml.problem ? undefined : manifestsIn(yaml, item.text);
    if (!manifests || manifests.problems.length > 0) paths.push(item);
    else
      inline.push(
        ...annotateOrigins(
          manifests.objects.map(({ node, flaws }) => layeredResource(node, { flaws })),
          fileName(target),
          target,
        ),
      );
  }
  return asConfigured(target, all(target, inline, paths));
}

function all(target: Target, inline: readonly LayeredResource[], paths: readonly Scalar[]): readonly LayeredResource[] {
  if (paths.length === 0) return inline;
  return paths.reduce((state, path) => accumulate(target, state, path), { ...NOTHING, resources: inline } as Accumulated).resources;
}

/** Reads the fields of built-in configurations as their types want them. */
function asConfigured({ record }: Target, configs: readonly LayeredResource[]): readonly LayeredResource[] {
  return configs.map((config) => {
    record.problems.push(...config.flaws);
    const kind = builtinKind(config) ?? '';
    const shape = Object.hasOwn(PLUGIN_SHAPES, kind) ? PLUGIN_SHAPES[kind] : undefined;
    if (!shape) return config;
    const misfits: Misfit[] = [];
    const node = fitTo(withTexts(config.node, { fields: shape }), { fields: shape }, misfits);
    for (const { message, origin } of misfits) {
      if (!message.startsWith('unknown field')) record.problems.push({ cause: 'invalid-kustomization', message, origin, rule: 'render-error' });
    }
    return node?.kind === 'mapping' ? { ...config, node } : config;
  });
}

function fileName({ kustomization }: Target): string {
  return baseOf(kustomization.file.path);
}

/** The kind of a transformer that kustomize has built in; undefined for programs. */
function builtinKind({ node }: LayeredResource): string | undefined {
  const { group, version, kind } = gvkOf(node);
  return group === '' && version === 'builtin' ? kind : undefined;
}

function leaveGap({ record }: Target, config: LayeredResource, cause: 'plugin' | 'helm'): void {
  const what = formatId(currentId(config));
  const message = cause === 'helm' ? `the chart of ${what} is not inflated` : `the plugin ${what} is not run`;
  record.gaps.push({ cause, message, origin: config.node.origin });
}

/** A generator with an object of its own takes that object's name, unless it has another. */
function namedByMetadata(node: Mapping): Mapping {
  const metadata = childOf(node, 'metadata');
  const missing = ['name', 'namespace'].flatMap((field) => {
    const value: Node | undefined = childOf(metadata, field);
    return textOf(node, field) || !value ? [] : [{ key: scalar(field, 'plain', value.origin), value }];
  });
  return mapping([...node.entries, ...missing], node.origin);
}

function configuredBy(config: LayeredResource): ConfiguredBy {
  const { gvk, name, namespace } = currentId(config);
  const note = textOf(childOf(childOf(config.node, 'metadata'), 'annotations'), 'config.kubernetes.io/origin') ?? '';
  return { apiVersion: apiVersionOf(gvk), name, namespace, file: /^path: (.*)$/m.exec(note)?.[1] ?? '' };
}
