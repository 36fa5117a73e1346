import { describe, expect, it } from 'vitest';
import rule from '../../rules/unreferenced-file/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, documents, kustomization, secret } from './shop.ts';

const app = deployment('checkout', 'image: registry.shop.example/checkout:1.14.0\n');
const settings = configMap('checkout', 'LOG_LEVEL: info\n');
const marked = settings.replace('\n', ' # error: unreferenced\n');
const switchedOff = settings.replace('\n', ' # error: commented\n');

/** The overlay of production, and files: in its folder, or by their path from the root where that begins with a slash. */
const prod = (text: string, files: Tree): Tree => ({
  'apps/checkout/overlays/prod/kustomization.yaml': text,
  'apps/checkout/overlays/prod/deployment.yaml': app,
  ...Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name.startsWith('/') ? name.slice(1) : `apps/checkout/overlays/prod/${name}`, content]),
  ),
});
const plain = kustomization(['deployment.yaml']);
const application = (source: string) =>
  yaml`
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata:
    name: checkout
  spec:
    source:
      repoURL: https://git.shop.example/shop/config
  SOURCE
    destination:
      namespace: checkout
`.replace('SOURCE\n', `${source.replace(/^(?=.)/gm, '    ')}`);

testRule(rule, {
  valid: {
    'all that a kustomization can name': prod(
      yaml`
        resources: [deployment.yaml, extras/config.yaml]
        components: [../../../../components/sized]
        configurations: [names.yaml]
        openapi: { path: schema.json }
        patches:
          - path: patches/replicas.yaml
        replacements:
          - path: replacement.yaml
        transformers: [prefix.yaml]
        configMapGenerator:
          - name: dashboards
            files: [dashboard.yaml]
      `,
      {
        'extras/config.yaml': settings,
        'names.yaml': configMap('names', 'a: b\n'),
        'schema.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "schema"}}',
        'patches/replicas.yaml': app,
        'replacement.yaml': configMap('replacement', 'a: b\n'),
        'prefix.yaml': 'apiVersion: builtin\nkind: PrefixTransformer\nmetadata:\n  name: prefix\nprefix: shop-\n',
        'dashboard.yaml': settings,
        '/components/sized/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - path: size.yaml\n    target: { kind: Deployment }\n',
        '/components/sized/size.yaml': app,
      },
    ),
    'a file that only another folder names': {
      ...prod(kustomization(['deployment.yaml']), {}),
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': app,
      'apps/checkout/base/debug.yaml': settings,
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base', '../../base/debug.yaml']),
    },
    'what the settings of a generator name': prod(`${plain}generators:\n  - secrets.yaml\n`, {
      'secrets.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata:\n  name: secrets\nfiles:\n  - ./checkout.enc.yaml\n',
      'checkout.enc.yaml': secret('checkout', 'TOKEN'),
    }),
    'no manifests': prod(plain, {
      'values.yaml': 'replicaCount: 2\n',
      'release.yaml': 'apiVersion: v2\nname: checkout\n',
      'patch.yaml': '- op: remove\n  path: /spec/replicas\n',
      'nameless.yaml': 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 2\n',
      'template.txt': settings,
      'broken.yaml': 'apiVersion: v1\nkind: {{ kind }}\nmetadata:\n  name: a\n',
    }),
    'settings of tools': prod(plain, {
      '.sops.yaml': settings,
      '.flux.yaml': settings,
      'catalog-info.yaml': settings.replace('v1', 'backstage.io/v1alpha1'),
      '.chainsaw-test/expected.yaml': settings,
      'case.yaml': settings.replace('v1', 'chainsaw.kyverno.io/v1alpha1'),
    }),
    'what only shows something': prod(plain, {
      'ingress-example.yaml': settings,
      'example.secret.yaml': settings,
      'examples/ingress.yaml': settings,
      'tests/expected.yaml': settings,
      '/docs/checkout/kustomization.yaml': kustomization(['deployment.yaml']),
      '/docs/checkout/deployment.yaml': app,
      '/docs/checkout/config.yaml': settings,
    }),
    'a Secret that is left to be filled in': prod(plain, {
      'user-secret.yaml': secret('user', 'TOKEN').replace('c2hvcA==', 'UPDATE_THE_TOKEN'),
      'encoded.yaml': secret('user', 'TOKEN').replace('c2hvcA==', 'Y2hhbmdlbWU='),
    }),
    'what was copied as a whole': {
      ...prod(kustomization(['../../upstream/rbac', 'deployment.yaml']), {}),
      'apps/checkout/upstream/rbac/kustomization.yaml': kustomization(['role.yaml']),
      'apps/checkout/upstream/rbac/role.yaml': configMap('role', 'a: b\n'),
      'apps/checkout/upstream/rbac/editor.yaml': settings,
    },
    'a chart beside it': prod(plain, {
      'charts/redis/Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 1.0.0\n',
      'charts/redis/templates/config.yaml': settings,
      'charts/redis/ci/config.yaml': settings,
    }),
    'a folder without a kustomization': { 'environments/prod/checkout.yaml': app, 'environments/prod/config.yaml': settings },
    'a file that a script names': prod(plain, {
      'by-hand.yaml': settings,
      'extras/one.yaml': settings,
      'extras/two.yaml': settings,
      'in-a-case.yaml': settings,
      'in-a-page.yaml': settings,
      '/deploy.sh': 'cd apps/checkout/overlays/$1\nkubectl apply -f by-hand.yaml\n',
      '/Makefile': 'extras:\n\tkubectl apply -f apps/checkout/overlays/prod/extras/\n',
      '/.github/workflows/test.yaml': 'jobs: { test: { steps: [{ run: "kyverno test prod/in-a-case.yaml" }] } }\n',
      '/README.md': 'Then apply `overlays/prod/in-a-page.yaml`.\n',
    }),
    'a folder that a deployer reads as it is': {
      ...prod(plain, { 'jobs/migrate.yaml': settings, 'jobs/nested/config.yaml': settings }),
      'clusters/prod/jobs.yaml': application('path: apps/checkout/overlays/prod/jobs\ndirectory:\n  recurse: true\n'),
    },
    'a folder that the path of a deployer may lead to': {
      ...prod(plain, { 'jobs/migrate.yaml': settings }),
      'clusters/prod/jobs.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: jobs
        spec:
          path: ./apps/checkout/overlays/CLUSTER/jobs
          sourceRef:
            kind: GitRepository
            name: shop
      `.replace('CLUSTER', '${cluster}'),
    },
    'an ignored folder': { ...prod(plain, { 'config.yaml': settings }), '.gitopsrc': 'ignore: ["apps/**"]\n' },
    'a kustomization that cannot be read': prod('resources: {{ resources }}\n', { 'config.yaml': settings }),
    'a suppression with a reason': prod(plain, {
      'config.yaml': `# gitops-lint-ignore-file unreferenced-file -- applied once, by hand\n${settings}`,
    }),
  },

  invalid: {
    'a forgotten resource': prod(plain, { 'config.yaml': marked }),
    'a forgotten patch': prod(plain, { 'patches/replicas.yaml': app.replace('\n', ' # error: unreferenced\n') }),
    'a file in a folder below': prod(plain, { 'extras/config.yaml': marked }),
    'several documents are one file': prod(plain, { 'config.yaml': documents(marked, secret('checkout', 'TOKEN')) }),
    'a comment comes first': prod(plain, { 'config.yaml': `# Settings.\n---\n${marked}` }),
    'lines that end as on Windows': prod(crlf(plain), { 'config.yaml': crlf(marked) }),
    'a file of a base': {
      'apps/checkout/base/kustomization.yaml': plain,
      'apps/checkout/base/deployment.yaml': app,
      'apps/checkout/base/config.yaml': marked,
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'a file of the same name that is named elsewhere': prod(plain, {
      'config.yaml': marked,
      '/apps/checkout/overlays/dev/kustomization.yaml': kustomization(['config.yaml']),
      '/apps/checkout/overlays/dev/config.yaml': configMap('checkout', 'LOG_LEVEL: debug\n'),
      '/apps/checkout/overlays/dev/README.md': 'The settings stand in config.yaml.\n',
    }),
    'a Secret with content': prod(plain, { 'secret.yaml': secret('checkout', 'TOKEN').replace('\n', ' # error: unreferenced\n') }),
    'what only lists of owners and of ignored files name': prod(plain, {
      'config.yaml': marked,
      '/CODEOWNERS': 'apps/checkout/overlays/prod/config.yaml @shop/developers\n',
      '/.prettierignore': 'apps/checkout/overlays/prod/config.yaml\n',
    }),
    'a line that is switched off': prod(`${plain}# - config.yaml\n`, { 'config.yaml': switchedOff }),
    'a line that is switched off, in another folder': {
      ...prod(plain, { 'config.yaml': switchedOff }),
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../prod'], '#  - ../prod/config.yaml\n'),
    },
    'a folder that is switched off': prod(`${plain}#- ./extras/\n`, { 'extras/config.yaml': switchedOff }),
    'an overlay without resources': prod('resources: []\n', { 'deployment.yaml': app.replace('\n', ' # error: unreferenced\n') }),
    'a folder beside the one that a deployer reads': {
      ...prod(plain, { 'jobs/migrate.yaml': settings, 'extras/config.yaml': marked }),
      'clusters/prod/jobs.yaml': application('path: apps/checkout/overlays/prod/jobs\n'),
    },
    'a file below a folder that a deployer reads alone': {
      ...prod(plain, { 'jobs/migrate.yaml': settings, 'jobs/nested/config.yaml': marked }),
      'clusters/prod/jobs.yaml': application('path: apps/checkout/overlays/prod/jobs\n'),
    },
    'a file beside the kustomization that a deployer builds': {
      ...prod(plain, { 'config.yaml': marked }),
      'clusters/prod/checkout.yaml': application('path: apps/checkout/overlays/prod\n'),
    },
  },
});

describe('the findings of unreferenced-file', () => {
  const severityOf = async (tree: Tree) => (await lintTree(tree, [rule])).findings.map(({ severity }) => severity);

  it('are warnings, and infos where the file may lie there on purpose', async () => {
    expect(await severityOf(prod(plain, { 'config.yaml': settings }))).toEqual(['warning']);
    expect(await severityOf(prod(`${plain}# - config.yaml\n`, { 'config.yaml': settings }))).toEqual(['info']);
    expect(await severityOf(prod('resources: []\n', {}))).toEqual(['info']);
  });

  it('name the variants that lack the file, and the place where it belongs', async () => {
    const tree: Tree = {
      'apps/checkout/base/kustomization.yaml': plain,
      'apps/checkout/base/deployment.yaml': app,
      'apps/checkout/base/config.yaml': settings,
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    };
    expect((await lintTree(tree, [rule])).findings).toMatchObject([
      {
        variants: ['checkout@dev', 'checkout@prod'],
        location: { file: { path: 'apps/checkout/base/config.yaml' }, span: { start: 0, end: 'apiVersion: v1'.length } },
        related: [{ location: { file: { path: 'apps/checkout/base/kustomization.yaml' }, span: { start: 0, end: 'resources'.length } } }],
      },
    ]);
  });

  it('stay quiet by an exception that names the file, and come back when it ends', async () => {
    const exception = (until: string) =>
      `exceptions: [{ rule: unreferenced-file, path: apps/checkout/overlays/prod/config.yaml, reason: next week, until: ${until} }]\n`;
    const found = async (until: string) =>
      (await lintTree(prod(plain, { 'config.yaml': settings, '/.gitopsrc': exception(until) }), [rule])).findings.map(({ suppressed }) => suppressed?.reason);
    expect(await found('2026-06-15')).toEqual(['next week']);
    expect(await found('2026-06-14')).toEqual([undefined]);
  });

  it('point at the comment that names the file', async () => {
    const { findings } = await lintTree(prod(`${plain}# - config.yaml\n`, { 'config.yaml': settings }), [rule]);
    const place = findings[0]?.related[0]?.location;
    expect(place?.file.text.slice(place.span.start, place.span.end)).toBe('config.yaml');
  });
});
