import { describe, expect, it } from 'vitest';
import { kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { indented, layoutOf, manifest, overlays, rootsIn, surveyed, workload } from './layout.ts';

const URL = 'https://git.shop.example/platform/config.git';

/** A set with the lines of its generators and of the source of its template; its applications are called `name`. */
const applicationSet = (name: string, generators: string, source: string, spec = '') =>
  manifest(
    'argoproj.io/v1alpha1',
    'ApplicationSet',
    'shop',
    `  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
${indented(generators, 4)}${indented(spec, 2)}  template:
    metadata:
      name: '${name}'
    spec:
      project: default
      source:
        repoURL: ${URL}
        targetRevision: HEAD
${indented(source, 8)}      destination:
        server: https://kubernetes.default.svc
        namespace: shop
`,
  );
const chart = (name: string, ...values: readonly string[]): Tree => ({
  [`charts/${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
  [`charts/${name}/values.yaml`]: 'replicas: 1\n',
  ...Object.fromEntries(values.map((path) => [path, 'replicas: 3\n'])),
});

async function deployedIn(tree: Tree): Promise<string[]> {
  const { repository } = await surveyed(tree);
  return repository.deployments.map(({ name, variants }) => `${name}: ${variants.map(({ id }) => id).join()}`);
}

describe('a git generator over folders', () => {
  const set = applicationSet(
    '{{ index .path.segments 1 }}-{{ .path.basename }}',
    `- git:
    repoURL: ${URL}
    revision: HEAD
    directories:
      - path: apps/*/overlays/*
      - path: apps/*/overlays/sandbox
        exclude: true
`,
    "path: '{{ .path.path }}'\n",
  );
  const tree = { 'argocd/shop.yaml': set, ...overlays('checkout', 'dev', 'prod', 'sandbox'), ...overlays('ledger', 'dev', 'prod') };

  it('deploys each overlay that it does not leave out', async () => {
    expect(await deployedIn(tree)).toEqual([
      'checkout-dev: checkout@dev',
      'checkout-prod: checkout@prod',
      'ledger-dev: ledger@dev',
      'ledger-prod: ledger@prod',
    ]);
    expect(await layoutOf(tree)).toEqual({
      environments: ['sandbox: local', 'dev: dev < sandbox', 'prod: prod < dev'],
      variants: ['argocd', 'checkout@dev', 'checkout@prod', 'checkout@sandbox', 'ledger@dev', 'ledger@prod'],
    });
  });
});

describe('a git generator over files', () => {
  const set = applicationSet(
    'checkout-{{ .cluster.name }}',
    `- git:
    repoURL: ${URL}
    revision: HEAD
    files:
      - path: clusters/**/config.json
`,
    'path: checkout\n',
  );
  const config = (env: string, name: string) => JSON.stringify({ env, cluster: { name, server: `https://${name}.shop.example` } });
  const tree = {
    'argocd/shop.yaml': set,
    'checkout/kustomization.yaml': kustomization(['checkout.yaml']),
    'checkout/checkout.yaml': workload('checkout'),
    'clusters/oslo/config.json': config('staging', 'oslo'),
    'clusters/lima/config.json': config('production', 'lima'),
  };

  it('tells the environment by the parameter of that name', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'production: prod < staging'],
      variants: ['argocd', 'checkout@production', 'checkout@staging'],
    });
    const { discovery } = await surveyed(tree);
    expect(discovery.environments[0]?.evidence).toEqual([{ why: 'parameter "env" is "staging"' }]);
  });
});

describe('a list', () => {
  const set = (elements: string, source: string) => applicationSet('checkout-{{ .env }}', `- list:\n    elements:\n${indented(elements, 6)}`, source);

  it('that names values files reads the chart with each', async () => {
    const elements = '- { env: dev }\n- { env: qa }\n- { env: prod }\n';
    const files = ['dev', 'qa', 'prod'].map((env) => `charts/checkout/values-${env}.yaml`);
    const tree = {
      'argocd/checkout.yaml': set(elements, "path: charts/checkout\nhelm:\n  valueFiles: [values.yaml, 'values-{{ .env }}.yaml']\n"),
      ...chart('checkout', ...files),
    };
    const found = await layoutOf(tree);
    expect(found.environments).toEqual(['dev: dev', 'qa: test < dev', 'prod: prod < qa']);
    expect(found.variants).toEqual(['argocd', 'checkout@dev', 'checkout@prod', 'checkout@qa']);
    expect(found.leftOut).toBeUndefined();
  });

  it('whose elements say nothing of an environment makes none', async () => {
    const elements = '- { env: "1" }\n- { env: "2" }\n';
    const shards = set(elements, 'path: checkout\n').replaceAll('env', 'shard').replace('namespace: shop', "namespace: 'shop-{{ .shard }}'");
    const tree = { 'argocd/checkout.yaml': shards, 'checkout/checkout.yaml': workload('checkout') };
    expect(await layoutOf(tree)).toEqual({ environments: [], variants: ['argocd', 'checkout'] });
  });
});

describe('combined generators', () => {
  it('a matrix of folders and clusters deploys each app to each environment', async () => {
    const set = applicationSet(
      '{{ .path.basename }}-{{ .env }}',
      `- matrix:
    generators:
      - git:
          repoURL: ${URL}
          revision: HEAD
          directories: [{ path: apps/* }]
      - list:
          elements:
            - { env: dev }
            - { env: prod }
`,
      "path: '{{ .path.path }}/overlays/{{ .env }}'\n",
    );
    const tree = { 'argocd/shop.yaml': set, ...overlays('checkout', 'dev', 'prod'), ...overlays('ledger', 'dev', 'prod') };
    expect(await deployedIn(tree)).toEqual([
      'checkout-dev: checkout@dev',
      'checkout-prod: checkout@prod',
      'ledger-dev: ledger@dev',
      'ledger-prod: ledger@prod',
    ]);
    expect(await layoutOf(tree)).toEqual({
      environments: ['dev: dev', 'prod: prod < dev'],
      variants: ['argocd', 'checkout@dev', 'checkout@prod', 'ledger@dev', 'ledger@prod'],
    });
  });

  /** The template is for staging; what clusters of other environments have of their own stands in the list. */
  const merged = (...elements: readonly string[]) =>
    applicationSet(
      'checkout-{{ .nameNormalized }}',
      `- merge:
    mergeKeys: [nameNormalized]
    generators:
      - clusters:
          values:
            overlay: staging
      - list:
          elements:
${elements.map((element) => `            - ${element}\n`).join('')}`,
      "path: 'apps/checkout/overlays/{{ .values.overlay }}'\n",
    );

  it('a merge of clusters and a list has what both say', async () => {
    const tree = {
      'argocd/checkout.yaml': merged('{ nameNormalized: lima, values: { overlay: production } }'),
      ...overlays('checkout', 'staging', 'production'),
    };
    expect(await deployedIn(tree)).toEqual(['checkout-{{ .nameNormalized }}: checkout@staging', 'checkout-lima: checkout@production']);
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'production: prod < staging'],
      variants: ['argocd', 'checkout@production', 'checkout@staging'],
    });
  });
});

describe('clusters that only Argo CD knows', () => {
  const set = (env: string) =>
    applicationSet('{{ .name }}-checkout', `- clusters:\n    selector:\n      matchLabels: { env: ${env} }\n`, `path: apps/checkout/overlays/${env}\n`).replace(
      'name: shop',
      `name: checkout-${env}`,
    );

  it('are selected by environment, and the path says which', async () => {
    const tree = { 'argocd/dev.yaml': set('dev'), 'argocd/prod.yaml': set('prod'), ...overlays('checkout', 'dev', 'prod') };
    expect(await layoutOf(tree)).toEqual({ environments: ['dev: dev', 'prod: prod < dev'], variants: ['argocd', 'checkout@dev', 'checkout@prod'] });
  });

  it('may be where the path leads, which nobody here can say', async () => {
    const open = applicationSet('{{ .name }}-checkout', '- clusters: {}\n', "path: 'apps/checkout/overlays/{{ .metadata.labels.env }}'\n");
    const tree = { 'argocd/checkout.yaml': open, ...overlays('checkout', 'dev', 'prod') };
    expect((await layoutOf(tree)).variants).toEqual(['argocd', 'checkout@dev', 'checkout@prod']);
    const { repository } = await surveyed(tree);
    expect(repository.deployments.map(({ source }) => source.whereabouts)).toEqual(['unknown']);
  });
});

describe('an order of steps', () => {
  const set = applicationSet(
    'checkout-{{ .env }}',
    '- list:\n    elements:\n      - { env: canary }\n      - { env: qa }\n      - { env: prod }\n',
    "path: 'apps/checkout/overlays/{{ .env }}'\n",
    `strategy:
  type: RollingSync
  rollingSync:
    steps:
      - matchExpressions: [{ key: env, operator: In, values: [qa] }]
      - matchExpressions: [{ key: env, operator: In, values: [canary] }]
      - matchExpressions: [{ key: env, operator: In, values: [prod] }]
`,
  );

  it('makes environments of all that it names, and their order', async () => {
    const tree = { 'argocd/checkout.yaml': set, ...overlays('checkout', 'canary', 'qa', 'prod') };
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(['qa: test', 'canary: unknown < qa', 'prod: prod < canary']);
    expect(variants).toEqual(['argocd', 'checkout@canary', 'checkout@prod', 'checkout@qa']);
  });
});

describe('values files of another folder', () => {
  it('that a set names are those of the environment of its element', async () => {
    const set = applicationSet(
      'checkout-{{ .env }}',
      '- list:\n    elements:\n      - { env: dev, site: oslo }\n      - { env: prod, site: lima }\n',
      "path: charts/checkout\nhelm:\n  valueFiles: ['../../sites/{{ .site }}.yaml']\n",
    );
    const tree = { 'argocd/checkout.yaml': set, ...chart('checkout', 'sites/oslo.yaml', 'sites/lima.yaml') };
    const { repository } = await surveyed(tree);
    expect(rootsIn(repository)).toEqual([
      'argocd = argocd',
      'checkout@dev = charts/checkout (charts/checkout/values.yaml, sites/oslo.yaml)',
      'checkout@prod = charts/checkout (charts/checkout/values.yaml, sites/lima.yaml)',
    ]);
  });
});
