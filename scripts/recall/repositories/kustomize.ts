import type { Draw } from '../draw.ts';
import { type Draft, type Repository, repositoryOf } from '../repository.ts';
import { STAGES, type Stage } from '../stages.ts';
import { type AppPlan, digestOf, drawApps, imageOf, indented, pinsNothing, quoted } from './shop.ts';
import { configMapOf, deploymentOf, serviceOf, sidecarOf, variablesOf } from './workload.ts';

type ConfigStyle = 'literals' | 'envs' | 'manifest' | 'patch';

/** How one repository does things. */
interface Manner {
  readonly baseOf: (app: string) => string;
  readonly overlayOf: (app: string, env: string) => string;
  /** The way from an overlay to its base. */
  readonly toBase: (app: string) => string;
  readonly config: ConfigStyle;
  readonly likesQuotes: boolean;
  readonly pins: boolean;
  readonly sets: 'images' | 'patch';
  readonly hasReplacement: boolean;
  readonly hasComponent: boolean;
  readonly hasSidecar: boolean;
  readonly patches: 'file' | 'inline';
}

const LAYOUTS: readonly Pick<Manner, 'baseOf' | 'overlayOf' | 'toBase'>[] = [
  { baseOf: (app) => `apps/${app}/base`, overlayOf: (app, env) => `apps/${app}/overlays/${env}`, toBase: () => '../../base' },
  { baseOf: (app) => `${app}/base`, overlayOf: (app, env) => `${app}/${env}`, toBase: () => '../base' },
  { baseOf: (app) => `base/${app}`, overlayOf: (app, env) => `environments/${env}/${app}`, toBase: (app) => `../../../base/${app}` },
  { baseOf: (app) => `kustomize/${app}/base`, overlayOf: (app, env) => `kustomize/${app}/envs/${env}`, toBase: () => '../../base' },
];

/** The files of a repository before they are written, and what others may put beside them. */
export interface Plan {
  readonly stages: readonly Stage[];
  readonly apps: readonly AppPlan[];
  readonly drafts: readonly Draft[];
  readonly folderOf: (app: string, env: string) => string;
}

/** Bases and overlays, a folder for each environment of each app. */
export function drawKustomize(draw: Draw): Repository {
  const { stages, drafts } = planKustomize(draw);
  return repositoryOf('kustomize', stages, drafts, draw);
}

export function planKustomize(draw: Draw): Plan {
  const manner: Manner = {
    ...draw.one(LAYOUTS),
    config: draw.one(['literals', 'envs', 'manifest', 'patch']),
    likesQuotes: draw.chance(0.3),
    pins: draw.chance(0.3),
    sets: draw.one(['images', 'images', 'patch']),
    hasReplacement: draw.chance(0.5),
    hasComponent: draw.chance(0.3),
    hasSidecar: draw.chance(0.3),
    patches: draw.one(['file', 'inline']),
  };
  const stages = draw.one(STAGES);
  const apps = drawApps(draw);
  const drafts = [
    ...apps.flatMap((app) => [...baseOf(app, manner), ...stages.flatMap((stage) => overlayOf(app, stage, manner))]),
    ...(manner.pins ? [] : [pinsNothing()]),
    ...(manner.hasComponent ? [component()] : []),
  ];
  return { stages, apps, drafts, folderOf: manner.overlayOf };
}

function baseOf(app: AppPlan, manner: Manner): Draft[] {
  const folder = manner.baseOf(app.name);
  const config = `${app.name}-config`;
  const file = (name: string, lines: readonly string[]): Draft => ({ path: `${folder}/${name}`, app: app.name, text: lines.join('\n') });
  const isGenerated = manner.config === 'literals' || manner.config === 'envs';
  const resources = ['deployment.yaml', 'service.yaml', 'route.yaml', ...(manner.config === 'patch' ? ['config.yaml'] : [])];
  return [
    file('kustomization.yaml', [
      'apiVersion: kustomize.config.k8s.io/v1beta1',
      'kind: Kustomization',
      'resources: #@ field resources',
      ...resources.map((name) => `  - ${name} #@ resource ${name}`),
      ...(isGenerated ? ['configMapGenerator:', `  - name: ${config} #@ generator ${config}`, '    literals:', '      - LOG_FORMAT=json'] : []),
      ...(manner.hasReplacement ? replacement(app) : []),
    ]),
    file('deployment.yaml', [
      ...deploymentOf(app, { image: `${imageOf(app)}:${app.version}`, config, replicas: '1', ...(manner.hasSidecar && { sidecar: sidecarOf(manner.pins) }) }),
    ]),
    file('service.yaml', serviceOf(app)),
    file('route.yaml', [
      'apiVersion: gateway.networking.k8s.io/v1 #@ head route',
      'kind: HTTPRoute',
      'metadata:',
      `  name: ${app.name}`,
      'spec:',
      '  rules:',
      '    - backendRefs:',
      `        - name: ${app.name}`,
      '          port: 80',
    ]),
    ...(manner.config === 'patch'
      ? [
          file('config.yaml', [
            'apiVersion: v1 #@ head config',
            'kind: ConfigMap',
            'metadata:',
            `  name: ${config} #@ object-name ConfigMap/${config}`,
            'data:',
            '  LOG_FORMAT: json',
          ]),
        ]
      : []),
  ];
}

/** The version of the image, told to the Pods as a label. */
function replacement(app: AppPlan): string[] {
  return [
    'replacements: #@ field replacements',
    `  - source: #@ replacement ${app.name}`,
    '      kind: Service',
    `      name: ${app.name}`,
    '      fieldPath: metadata.name',
    '    targets:',
    '      - select:',
    '          kind: HTTPRoute',
    `          name: ${app.name} #@ replacement-target ${app.name}`,
    '        fieldPaths:',
    '          - spec.rules.0.backendRefs.0.name',
  ];
}

function overlayOf(app: AppPlan, stage: Stage, manner: Manner): Draft[] {
  const folder = manner.overlayOf(app.name, stage.name);
  const config = `${app.name}-config`;
  const file = (name: string, lines: readonly string[]): Draft => ({ path: `${folder}/${name}`, app: app.name, env: stage.name, text: lines.join('\n') });
  const components = '../'.repeat(folder.split('/').length);
  const memory = stage.isProduction ? '512Mi' : '192Mi';
  const patch = [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    `  name: ${app.name} #@ patch-name ${app.name}`,
    'spec:',
    '  template:',
    '    spec:',
    '      containers:',
    `        - name: ${app.name} #@ patch-container ${app.name}`,
    ...(manner.sets === 'patch' ? [`          image: ${pinned(app, stage, manner)} #@ image ${app.name}`] : []),
    '          env:',
    ...indented(12, variablesOf(app, stage)),
    '          resources: #@3 override-memory 256Mi',
    '            limits:',
    `              memory: ${memory}`,
  ];
  const inline = manner.patches === 'inline';
  return [
    file('kustomization.yaml', [
      'apiVersion: kustomize.config.k8s.io/v1beta1',
      'kind: Kustomization',
      `namespace: shop-${stage.name} #@ namespace shop`,
      'resources: #@ field resources',
      `  - ${manner.toBase(app.name)} #@ base-ref ${app.name}`,
      ...(manner.config === 'manifest' ? ['  - config.yaml #@ resource config.yaml'] : []),
      ...(manner.hasComponent ? ['components: #@ field components', `  - ${components}components/tracing #@ component tracing`] : []),
      ...(manner.sets === 'images' ? images(app, stage, manner) : []),
      ...generator(app, stage, manner, config),
      'patches: #@ field patches',
      ...(manner.config === 'patch' ? ['  - path: config-patch.yaml #@ patch-file config-patch.yaml'] : []),
      ...(inline ? ['  - patch: |- #@ patch-entry inline', ...indented(6, patch)] : ['  - path: container.yaml #@ patch-file container.yaml']),
      '  - target: #@ patch-entry replicas',
      '      kind: Deployment #@ target-kind Deployment',
      `      name: ${app.name} #@ target-name ${app.name}`,
      '    patch: |-',
      '      - op: replace',
      '        path: /spec/replicas',
      `        value: ${stage.isProduction ? 4 : 2} #@ override-replicas 1`,
    ]),
    ...(inline ? [] : [file('container.yaml', patch)]),
    ...(manner.config === 'envs'
      ? [
          file(
            'config.env',
            app.settings.map(({ name, valueIn }) => `${name}=${valueIn(stage)} #@ config ${name}`),
          ),
        ]
      : []),
    ...(manner.config === 'manifest' ? [file('config.yaml', configMapOf(app, config, stage, manner.likesQuotes))] : []),
    ...(manner.config === 'patch'
      ? [
          file(
            'config-patch.yaml',
            configMapOf(app, config, stage, manner.likesQuotes).map((line) => line.replace(/ #@ (?:head|object-name) .*/, '')),
          ),
        ]
      : []),
  ];
}

function generator(app: AppPlan, stage: Stage, { config: style, likesQuotes }: Manner, name: string): string[] {
  if (style !== 'literals' && style !== 'envs') return [];
  const literals = app.settings.map((setting) => {
    const text = `${setting.name}=${setting.valueIn(stage)}`;
    return `      - ${likesQuotes ? quoted(text, true) : text} #@ config ${setting.name}`;
  });
  return [
    'configMapGenerator: #@ field configMapGenerator',
    `  - name: ${name} #@ generator ${name}`,
    '    behavior: merge',
    ...(style === 'literals' ? ['    literals:', ...literals] : ['    envs:', '      - config.env #@ envs-file config.env']),
  ];
}

function images(app: AppPlan, stage: Stage, { pins }: Manner): string[] {
  return [
    'images: #@ field images',
    `  - name: ${imageOf(app)} #@ image-override ${app.name}`,
    ...(pins && stage.isProduction
      ? [`    digest: ${digestOf(app.name + app.version)} #@ digest ${app.name}`]
      : [`    newTag: ${bumped(app, stage)} #@ new-tag ${app.name}`]),
  ];
}

/** What is not in production is a patch release ahead. */
function bumped({ version }: AppPlan, { isProduction }: Stage): string {
  const [major, minor, patch] = version.split('.');
  return isProduction ? `${major}.${minor}.${Number(patch) + 1}` : `${major}.${minor}.${Number(patch) + 2}`;
}

function pinned(app: AppPlan, stage: Stage, { pins }: Manner): string {
  return `${imageOf(app)}:${bumped(app, stage)}${pins && stage.isProduction ? `@${digestOf(app.name + app.version)}` : ''}`;
}

function component(): Draft {
  return {
    path: 'components/tracing/kustomization.yaml',
    app: '',
    text: `
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      patches:
        - target:
            kind: Deployment
          patch: |-
            - op: add
              path: /spec/template/metadata/annotations
              value:
                tracing.shop.example/enabled: "true"
    `,
  };
}
