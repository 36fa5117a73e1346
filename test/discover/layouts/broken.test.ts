import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documents } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { indented, layoutIn, layoutOf, manifest, overlays, surveyed } from './layout.ts';

const URL = 'https://git.shop.example/platform/config.git';
const set = (spec: string, name = 'shop') => manifest('argoproj.io/v1alpha1', 'ApplicationSet', name, `  namespace: argocd\nspec:\n${indented(spec, 2)}`);
const application = (name: string, spec: string) => manifest('argoproj.io/v1alpha1', 'Application', name, `  namespace: argocd\nspec:\n${indented(spec, 2)}`);
const flux = (name: string, spec: string) =>
  manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, `  namespace: flux-system\nspec:\n${indented(spec, 2)}`);
const SOURCE = 'sourceRef: { kind: GitRepository, name: flux-system }\n';
const template = (path: string, name = 'checkout-{{ .env }}') =>
  `template:\n  metadata: { name: '${name}' }\n  spec:\n    source: { repoURL: ${URL}, path: '${path}' }\n    destination: { namespace: shop, server: https://kubernetes.default.svc }\n`;

const SHOP: Tree = { ...overlays('checkout', 'dev', 'prod'), 'apps/checkout/overlays/prod/config.json': '{ "env": "prod" }' };
const MATRIX = { environments: ['dev: dev', 'prod: prod < dev'], variants: ['checkout@dev', 'checkout@prod', 'deployers'] };
const list = 'generators:\n  - list:\n      elements: [{ env: dev }, { env: prod }]\n';

describe('a deployer that is broken changes nothing of what folders tell', () => {
  it.each<[string, string]>([
    ['no spec', manifest('argoproj.io/v1alpha1', 'Application', 'a')],
    ['a source that is a list', application('a', 'source: [a, b]\n')],
    ['a path that is none', application('a', `source: { repoURL: ${URL}, path: { a: b } }\n`)],
    ['a path out of the repository', application('a', `source: { repoURL: ${URL}, path: ../../../etc }\n`)],
    ['a path that is a file', application('a', `source: { repoURL: ${URL}, path: apps/checkout/base/checkout.yaml }\n`)],
    ['an Application of itself', application('a', `source: { repoURL: ${URL}, path: deployers }\n`)],
    ['a chart without a version', application('a', 'source: { repoURL: https://charts.shop.example, chart: shop }\n')],
    ['values files of a source that is not there', application('a', 'sources: [{ chart: x, repoURL: y, helm: { valueFiles: [$no/values.yaml] } }]\n')],
    ['a Kustomization without a source', flux('a', 'path: ./apps/checkout/overlays/dev\n')],
    ['a Kustomization without a path', flux('a', SOURCE)],
    ['a path to fill in', flux('a', `path: ./apps/checkout/overlays/\${ENV}\n${SOURCE}`)],
    ['an artifact that nobody makes', flux('a', 'path: ./prod\nsourceRef: { kind: ExternalArtifact, name: nothing }\n')],
    ['dependencies in a circle', documents(flux('a', 'dependsOn: [{ name: b }]\n'), flux('b', 'dependsOn: [{ name: a }]\n'))],
    ['a release without a chart', manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'a', 'spec: { chart: { spec: [] } }\n')],
    [
      'a generator of artifacts without any',
      manifest('source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', 'a', 'spec: { artifacts: [{ name: a, copy: [1] }] }\n'),
    ],
    ['a set without generators', set(template('apps/checkout'))],
    ['generators that are no list', set(`generators: { list: {} }\n${template('apps/checkout')}`)],
    ['elements that are texts', set(`goTemplate: true\ngenerators: [{ list: { elements: [a, b] } }]\n${template('apps/checkout')}`)],
    ['a path of a parameter that is not there', set(`goTemplate: true\n${list}${template('apps/checkout/overlays/{{ .stage }}')}`)],
    ['a template that does not end', set(`goTemplate: true\n${list}${template('apps/checkout/overlays/{{ if .env')}`)],
    ['a template patch that is no YAML', set(`goTemplate: true\n${list}templatePatch: "{{ if .env }}: ["\n${template('nothing')}`)],
    ['a matrix of one', set(`goTemplate: true\ngenerators: [{ matrix: { generators: [{ list: {} }] } }]\n${template('nothing')}`)],
    ['a merge without keys', set(`goTemplate: true\ngenerators: [{ merge: { generators: [{ list: {} }, { list: {} }] } }]\n${template('nothing')}`)],
    [
      'files that are no maps',
      set(`goTemplate: true\ngenerators: [{ git: { repoURL: ${URL}, files: [{ path: '**/checkout.yaml' }] } }]\n${template('nothing')}`),
    ],
    [
      'stages in a circle',
      documents(
        ...['dev', 'prod'].map((name, index) =>
          manifest('kargo.akuity.io/v1alpha1', 'Stage', name, `spec: { requestedFreight: [{ sources: { stages: [${['prod', 'dev'][index]}] } }] }\n`),
        ),
      ),
    ],
    ['a strategy without branches', manifest('promoter.argoproj.io/v1alpha1', 'PromotionStrategy', 'a', 'spec: { environments: [1, {}, { branch: }] }\n')],
    ['steps of a rollout that are no list', set(`strategy: { type: RollingSync, rollingSync: { steps: { a: b } } }\n${list}${template('nothing')}`)],
  ])('%s', async (_, text) => {
    const { environments, variants } = layoutIn(await surveyed({ ...SHOP, 'deployers/a.yaml': text }));
    expect({ environments, variants: variants.filter((id) => !id.startsWith('.')) }).toEqual(MATRIX);
  });

  it.each<[string, string]>([
    ['pipelines.yaml', 'config: { argocd: {} }\nenvironments: [dev, { name: [prod] }, { }]\n'],
    ['jx-requirements.yml', 'environments: { dev: prod }\n'],
    ['telefonistka.yaml', 'promotionPaths: [1, { sourcePath: "[", targetPaths: [[]] }]\n'],
    ['helmfile.yaml', 'environments:\n  {{ range .Values.envs }}\n  {{ . }}: {}\n  {{ end }}\n'],
    ['apps/checkout/fleet.yaml', 'targetCustomizations: prod\nrolloutStrategy: { partitions: [{}, { name: }] }\n'],
  ])('%s', async (path, text) => {
    expect(await layoutOf({ ...SHOP, [path]: text })).toEqual({ ...MATRIX, variants: MATRIX.variants.slice(0, 2) });
  });
});

describe('what only a cluster knows is a gap', () => {
  it.each<[string, string]>([
    ['a generator that nobody knows yet', 'oracle: { delphi: true }'],
    ['the repositories of a provider', 'scmProvider: { github: { organization: shop } }'],
    ['a plugin', 'plugin: { configMapRef: { name: plugin } }'],
    ['a decision of the cluster', 'clusterDecisionResource: { configMapRef: placement }'],
  ])('%s', async (_, generator) => {
    const text = set(`goTemplate: true\ngenerators:\n  - ${generator}\n${template('apps/checkout/overlays/{{ .env }}')}`);
    const { gaps, ...layout } = layoutIn(await surveyed({ ...SHOP, 'deployers/a.yaml': text }));
    expect(layout).toEqual(MATRIX);
    expect(gaps).toHaveLength(1);
  });
});

describe('what is damaged', () => {
  const LAYOUTS: Readonly<Record<string, Tree>> = {
    Flux: {
      'clusters/dev/sources.yaml': documents(
        manifest('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', `  namespace: flux-system\nspec:\n  url: ${URL}\n  ref:\n    branch: main\n`),
        manifest(
          'source.extensions.fluxcd.io/v1beta1',
          'ArtifactGenerator',
          'shop',
          '  namespace: flux-system\nspec:\n  sources:\n    - alias: repo\n      kind: GitRepository\n      name: flux-system\n  artifacts:\n    - name: shop\n      copy:\n        - from: "@repo/apps/**"\n          to: "@artifact/"\n',
        ),
      ),
      'clusters/dev/apps.yaml': documents(
        flux('base', `path: ./apps/checkout/base\n${SOURCE}targetNamespace: shop\nimages:\n  - name: registry.shop.example/checkout\n    newTag: 2.0.0\n`),
        flux(
          'dev',
          'path: ./checkout/overlays/dev\nsourceRef:\n  kind: ExternalArtifact\n  name: shop\npatches:\n  - patch: |\n      - op: remove\n        path: /spec\n    target:\n      kind: Deployment\ncommonMetadata:\n  labels:\n    a: b\n',
        ),
      ),
    },
    'Argo CD': {
      'argocd/set.yaml': set(
        `goTemplate: true
goTemplateOptions: [missingkey=error]
generators:
  - matrix:
      generators:
        - git:
            repoURL: ${URL}
            files:
              - path: apps/**/config.json
        - list:
            elements:
              - env: dev
              - env: prod
  - merge:
      mergeKeys: [name]
      generators:
        - clusters:
            selector:
              matchLabels:
                env: prod
            values:
              env: prod
        - list:
            elementsYaml: "[{ name: lima, env: dev }]"
templatePatch: |
  spec:
    source:
      path: {{ .env | upper }}
strategy:
  type: RollingSync
  rollingSync:
    steps:
      - matchExpressions:
          - key: env
            operator: In
            values: [dev]
${template('apps/checkout/overlays/{{ .env }}')}`,
      ),
      'argocd/app.yaml': application(
        'checkout',
        `sources:
  - repoURL: ${URL}
    path: apps/checkout/base
    kustomize:
      images: ["registry.shop.example/checkout=mirror.example/checkout:2.0@sha256:1"]
      namePrefix: eu-
      replicas:
        - name: checkout
          count: 3
  - repoURL: ${URL}
    ref: config
  - chart: shop
    repoURL: https://charts.shop.example
    helm:
      valueFiles:
        - $config/apps/checkout/overlays/prod/config.json
`,
      ),
    },
    'promotion tools': {
      'kargo/stages.yaml': documents(
        manifest(
          'kargo.akuity.io/v1alpha1',
          'Stage',
          'dev',
          'spec:\n  requestedFreight:\n    - sources:\n        direct: true\n  promotionTemplate:\n    spec:\n      steps: []\n',
        ),
        manifest('kargo.akuity.io/v1alpha1', 'Stage', 'prod', 'spec:\n  requestedFreight:\n    - sources:\n        stages:\n          - dev\n'),
        manifest('promoter.argoproj.io/v1alpha1', 'PromotionStrategy', 'a', 'spec:\n  environments:\n    - branch: env/dev\n    - branch: env/prod\n'),
      ),
      'telefonistka.yaml':
        'promotionPaths:\n  - sourcePath: "apps/checkout/overlays/dev/"\n    promotionPrs:\n      - targetPaths:\n          - apps/checkout/overlays/prod/\n',
      'pipelines.yaml': 'config:\n  argocd:\n    namespace: argocd\nenvironments:\n  - name: dev\n    apps: []\n  - name: prod\n',
      'jx-requirements.yml': 'spec:\n  environments:\n    - key: dev\n      promotionStrategy: Auto\n    - key: prod\n',
      'helmfile.yaml': 'bases:\n  - environments.yaml\nenvironments:\n  dev:\n    values: [{{ .x }}]\n  prod: {}\n---\nreleases: []\n',
      'apps/checkout/fleet.yaml':
        'targetCustomizations:\n  - name: dev\n    kustomize:\n      dir: overlays/dev\n  - name: prod\n    kustomize:\n      dir: overlays/prod\nrolloutStrategy:\n  partitions:\n    - name: dev\n    - name: prod\n',
    },
  };

  const WORDS = [
    '',
    '~',
    '[]',
    '{}',
    '- -',
    '"',
    "'",
    '|',
    '&a',
    '*a',
    '<<: *a',
    '!!binary x',
    '0',
    'true',
    '../..',
    '/',
    '{{',
    '{{ .env }}',
    '${ENV}',
    '**',
    '[',
    '@',
    '$',
    ':',
    '\t',
    '\u0000',
    '---',
  ];
  const damage = fc.record({
    file: fc.nat(),
    line: fc.nat(),
    how: fc.constantFrom('delete', 'duplicate', 'replace', 'truncate', 'indent'),
    word: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 8 })),
  });

  const damaged = (tree: Tree, { file, line, how, word }: typeof damage extends fc.Arbitrary<infer D> ? D : never): Tree => {
    const paths = Object.keys(tree);
    const path = paths[file % paths.length] ?? '';
    const lines = (tree[path] ?? '').split('\n');
    const at = line % lines.length;
    const own = lines[at] ?? '';
    const changed: Readonly<Record<typeof how, readonly string[]>> = {
      delete: [],
      duplicate: [own, own],
      // The value behind the key, or the item.
      replace: [own.replace(/(?<=: |- )[^ ].*$/, () => word)],
      truncate: [own.slice(0, own.length / 2)],
      indent: [`  ${own}`],
    };
    const after = how === 'truncate' ? [] : lines.slice(at + 1);
    return { ...tree, [path]: [...lines.slice(0, at), ...changed[how], ...after].join('\n') };
  };

  it.each(Object.entries(LAYOUTS))('never stops a survey: %s', async (_, deployers) => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (all) => {
        const tree = { ...SHOP, ...all.reduce(damaged, deployers) };
        const found = await surveyed(tree);
        // What the folders tell does not go with it.
        expect(layoutIn(found).environments).not.toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
