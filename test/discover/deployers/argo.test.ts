import { describe, expect, it } from 'vitest';
import { repositoryOf as read } from '../../model/shop.ts';
import { type Tree, yaml } from '../../support/rule-tester.ts';

const REPOSITORY = 'https://git.example/shop/config.git';

/** An Argo CD Application; `source` and `more` are lines of YAML. */
function application(name: string, source: string, more = ''): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  destination: { server: https://kubernetes.default.svc, namespace: shop }
  source:
    repoURL: ${REPOSITORY}
${source}
${more}`;
}

const DEPLOYMENT = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: checkout }
  spec:
    replicas: 1
    template:
      spec:
        containers:
          - name: checkout
            image: shop/checkout:1.0
`;

const checkout: Tree = { 'checkout/kustomization.yaml': 'resources: [deployment.yaml]\n', 'checkout/deployment.yaml': DEPLOYMENT };

async function idsIn(tree: Tree): Promise<string[]> {
  return (await read(tree)).variants.map(({ id }) => id);
}

describe('the environment of an Application', () => {
  it('is that of the folder in which it stands', async () => {
    const tree = {
      ...checkout,
      'clusters/dev/checkout.yaml': application('checkout', '    path: checkout'),
      'clusters/prod/checkout.yaml': application('checkout', '    path: checkout'),
    };
    expect(await idsIn(tree)).toEqual(['checkout@dev', 'checkout@prod', 'clusters@dev', 'clusters@prod']);
  });

  it('is told by its name where another one of the same folder has another', async () => {
    const tree = {
      ...checkout,
      'argocd/dev.yaml': application('checkout-dev', '    path: checkout'),
      'argocd/prod.yaml': application('checkout-prod', '    path: checkout'),
    };
    expect(await idsIn(tree)).toEqual(['argocd', 'checkout@dev', 'checkout@prod']);
  });

  it('is not told by a word of its name alone', async () => {
    const tree = {
      ...checkout,
      'argocd/live.yaml': application('checkout-live-data', '    path: checkout'),
      'argocd/test.yaml': application('runner', '    path: runner'),
    };
    expect(await idsIn(tree)).toEqual(['argocd', 'checkout']);
  });

  it('is followed through an app of apps', async () => {
    const tree = {
      ...checkout,
      'bootstrap/dev.yaml': application('apps-dev', '    path: apps/dev'),
      'bootstrap/prod.yaml': application('apps-prod', '    path: apps/prod'),
      'apps/base/kustomization.yaml': 'resources: [checkout.yaml]\n',
      'apps/base/checkout.yaml': application('checkout', '    path: checkout'),
      'apps/dev/kustomization.yaml': 'resources: [../base]\n',
      'apps/prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: eu-\n',
    };
    expect(await idsIn(tree)).toEqual(['apps@dev', 'apps@prod', 'bootstrap', 'checkout@dev', 'checkout@prod']);
  });
});

describe('what Argo CD adds belongs to the variant', () => {
  it('the fields of source.kustomize', async () => {
    const kustomize = `    path: checkout
    kustomize:
      namePrefix: eu-
      namespace: shop-prod
      images: ["shop/checkout=mirror.example:5000/checkout:2.0"]
      replicas: [{ name: checkout, count: 3 }]
      commonLabels: { team: shop }
      labelWithoutSelector: true
`;
    const tree = {
      ...checkout,
      'clusters/prod/checkout.yaml': application('checkout', kustomize),
      'clusters/dev/checkout.yaml': application('checkout', '    path: checkout'),
    };
    const { variants } = await read(tree);
    const [resource] = variants.find(({ id }) => id === 'checkout@prod')?.resources ?? [];
    expect(resource?.manifest).toMatchObject({
      metadata: { name: 'eu-checkout', namespace: 'shop-prod', labels: { team: 'shop' } },
      spec: { replicas: 3, template: { spec: { containers: [{ image: 'mirror.example:5000/checkout:2.0' }] } } },
    });
    const [origin] = resource?.field('spec', 'replicas').origins() ?? [];
    expect(origin?.file.path).toBe('clusters/prod/checkout.yaml');
  });

  it.each([
    ['only the topmost files by default', '', ['a']],
    ['those below, if it recurses', '\n    directory: { recurse: true }', ['a', 'b']],
    ['those that are included', '\n    directory: { recurse: true, include: "inner/*" }', ['b']],
    ['but for those that are excluded', '\n    directory: { recurse: true, exclude: "{inner/*,x}" }', ['a']],
  ])('of a plain folder %s', async (_, directory, expected) => {
    const map = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
    const tree = { 'argocd/app.yaml': application('plain', `    path: plain${directory}`), 'plain/a.yaml': map('a'), 'plain/inner/b.yaml': map('b') };
    const { variants } = await read(tree);
    const names = variants.filter(({ app }) => app.name === 'plain').flatMap(({ resources }) => [...resources].map(({ id }) => id.name));
    expect(names).toEqual(expected);
  });
});

describe('which revision is looked at', () => {
  it('is that of most paths, however often they are named', async () => {
    const at = (name: string, path: string, revision: string) => application(name, `    path: ${path}\n    targetRevision: ${revision}`);
    const roots = ['root', 'again'].map((name) => at(name, 'apps', 'release-1')).join('---\n');
    const tree = {
      ...checkout,
      'ledger/deployment.yaml': DEPLOYMENT,
      ...Object.fromEntries(['dev', 'staging', 'prod'].map((name) => [`clusters/${name}/root.yaml`, roots])),
      'apps/new.yaml': ['checkout', 'ledger', 'new-gone'].map((path) => at(path, path, 'release-2')).join('---\n'),
      'apps/old.yaml': at('old', 'old-gone', 'release-1'),
    };
    const { deployments } = await read(tree);
    const told = deployments.filter(({ source }) => source.text.endsWith('gone')).map(({ source }) => `${source.text} ${source.whereabouts}`);
    expect([...new Set(told)]).toEqual(['new-gone missing', 'old-gone unknown']);
  });
});

describe('charts', () => {
  const chart = { 'charts/checkout/Chart.yaml': 'name: checkout\nversion: 1.0.0\n', 'charts/checkout/values.yaml': 'replicas: 1\n' };

  it('are deployed with the values files that are named', async () => {
    const app = (env: string) => application(`checkout-${env}`, `    path: charts/checkout\n    helm: { valueFiles: [../../envs/${env}.yaml, missing.yaml] }`);
    const tree = {
      ...chart,
      'argocd/dev.yaml': app('dev'),
      'argocd/prod.yaml': app('prod'),
      'envs/dev.yaml': 'replicas: 2\n',
      'envs/prod.yaml': 'replicas: 3\n',
    };
    const { variants, deployments } = await read(tree);
    expect(variants.filter(({ renderer }) => renderer === 'helm').map(({ id, inputs }) => [id, ...inputs])).toEqual([
      ['checkout@dev', 'charts/checkout/Chart.yaml', 'charts/checkout/values.yaml', 'envs/dev.yaml'],
      ['checkout@prod', 'charts/checkout/Chart.yaml', 'charts/checkout/values.yaml', 'envs/prod.yaml'],
    ]);
    expect(deployments[0]?.valuesFiles.map(({ text, whereabouts }) => [text, whereabouts])).toEqual([
      ['../../envs/dev.yaml', 'here'],
      ['missing.yaml', 'missing'],
    ]);
  });

  it.each([
    ['another place', 'https://user:secret@values.shop.example/prod.yaml', 'remote values file "https://user:•••@values.shop.example/prod.yaml" is not here'],
    ['a plugin', 'secrets://prod.yaml', 'remote values file "secrets://prod.yaml" is not here'],
    ['a name that is filled in', 'values-$ARGOCD_APP_NAME.yaml', 'other values file "values-$ARGOCD_APP_NAME.yaml" is not here'],
    ['a pattern', 'values-*.yaml', 'other values file "values-*.yaml" is not here'],
    ['a file that does not exist', 'missing.yaml', 'missing-file values file "missing.yaml" is not here'],
  ])('have a gap for values of %s', async (_, file, expected) => {
    const app = application('checkout', `    path: charts/checkout\n    helm: { valueFiles: ['${file}'] }`);
    const { variants } = await read({ ...chart, 'clusters/prod/app.yaml': app });
    const [variant] = variants.filter(({ renderer }) => renderer === 'helm');
    expect([variant?.complete, variant?.gaps.map(({ cause, message }) => `${cause} ${message}`)]).toEqual([false, [expected]]);
    expect(variant?.gaps.map(({ origin }) => origin.file.path)).toEqual(['clusters/prod/app.yaml']);
  });

  it.each(['missing.yaml', 'values.yaml'])('have none for "%s", which may be missing', async (file) => {
    const app = application('checkout', `    path: charts/checkout\n    helm: { valueFiles: [${file}], ignoreMissingValueFiles: true }`);
    const { variants } = await read({ ...chart, 'clusters/prod/app.yaml': app });
    const [variant] = variants.filter(({ renderer }) => renderer === 'helm');
    expect([variant?.complete, variant?.gaps]).toEqual([true, []]);
  });

  it('are told apart by files that are not here', async () => {
    const app = (name: string) =>
      application(name, `    path: charts/checkout\n    helm: { releaseName: web, valueFiles: ['https://shop.example/${name}.yaml'] }`);
    const { variants } = await read({ ...chart, 'clusters/prod/app.yaml': [app('web'), app('web')].join('---\n').replace('web.yaml', 'old.yaml') });
    expect(variants.filter(({ renderer }) => renderer === 'helm').flatMap(({ gaps }) => gaps.map(({ message }) => message))).toEqual([
      'values file "https://shop.example/old.yaml" is not here',
      'values file "https://shop.example/web.yaml" is not here',
    ]);
  });

  it('are released as often as an Application has sources for them', async () => {
    const source = (name: string) => `    - { repoURL: ${REPOSITORY}, path: charts/checkout, helm: { releaseName: ${name} } }\n`;
    const app = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  sources:\n`;
    const template = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Release.Name }}" }\n';
    const { variants } = await read({
      ...chart,
      'charts/checkout/templates/map.yaml': template,
      'clusters/prod/app.yaml': app + source('eu') + source('us'),
    });
    expect(variants.filter(({ renderer }) => renderer === 'helm').map(({ id, resources }) => [id, ...[...resources].map((one) => one.id.name)])).toEqual([
      ['web:eu@prod', 'eu'],
      ['web:us@prod', 'us'],
    ]);
  });

  it('take values from another source of the same Application', async () => {
    const sources = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: checkout, namespace: argocd }
spec:
  sources:
    - repoURL: ${REPOSITORY}
      path: charts/checkout
      helm: { valueFiles: [$config/envs/prod.yaml] }
    - repoURL: ${REPOSITORY}
      ref: config
`;
    const { variants } = await read({ ...chart, 'clusters/prod/app.yaml': sources, 'envs/prod.yaml': 'replicas: 3\n' });
    expect(variants.filter(({ renderer }) => renderer === 'helm').flatMap(({ inputs }) => [...inputs])).toEqual([
      'charts/checkout/Chart.yaml',
      'charts/checkout/values.yaml',
      'envs/prod.yaml',
    ]);
  });
});

describe('a chart that is made for many apps', () => {
  it.each([
    ['words that end like an environment', ['endpoint', 'contest'], ['contest@prod', 'endpoint@prod']],
    ['their environment', ['checkout-prod', 'ledger-prod'], ['checkout@prod', 'ledger@prod']],
    ['nothing but their environment', ['prod', 'prod-canary'], ['canary@prod', 'prod@prod']],
  ])('is known by Applications that are called after %s', async (_, names, expected) => {
    const tree = {
      'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'charts/web/values-dev.yaml': 'replicas: 1\n',
      'charts/web/values-prod.yaml': 'replicas: 2\n',
      'argocd/apps.yaml': names.map((name) => application(name, '    path: charts/web\n    helm: { valueFiles: [values-prod.yaml] }')).join('---\n'),
    };
    expect((await idsIn(tree)).filter((id) => id.endsWith('@prod'))).toEqual(expected);
  });
});

describe('what never stops a run', () => {
  it.each([
    ['a source that is no mapping', 'spec: { source: nothing }\n'],
    ['no spec', ''],
    ['lists where names belong', 'spec: { source: { repoURL: [a], path: [b] }, destination: [] }\n'],
    ['a path out of the repository', `spec: { source: { repoURL: ${REPOSITORY}, path: ../../etc } }\n`],
  ])('%s', async (_, spec) => {
    const broken = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: broken }\n${spec}`;
    expect(await idsIn({ ...checkout, 'argocd/broken.yaml': broken })).toEqual(['argocd', 'checkout']);
  });
});
