import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { helmArguments } from '../../src/cli/doctor/helm-arguments.ts';
import type { ReleaseRequest } from '../../src/index.ts';
import { folderWith, run } from '../support/cli.ts';
import { yaml } from '../support/rule-tester.ts';

const TREE = {
  'storefront/Chart.yaml': 'apiVersion: v2\nname: storefront\nversion: 1.0.0\n',
  'storefront/values.yaml': 'replicas: 1\n',
  'storefront/values-prod-eu.yaml': 'replicas: 4\n',
  'storefront/values-staging.yaml': 'replicas: 2\n',
  'storefront/templates/app.yaml': yaml`
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
    spec:
      replicas: {{ .Values.replicas }}
  `,
};

const APP = '---\n# Source: storefront/templates/app.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: storefront\nspec:\n  replicas: ';

interface Call {
  readonly words: readonly string[];
  /** The texts of the files that it was given. */
  readonly values: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly chart: readonly string[];
}

/** A program that prints the replicas of the last values file, or what it is told to, and notes how it was called. */
function fakeHelm(folder: string, answer: { readonly out?: string; readonly err?: string; readonly version?: string } = {}): string {
  const file = path.join(folder, 'helm');
  writeFileSync(
    file,
    `#!${process.execPath}
const { appendFileSync, readFileSync, readdirSync } = require('node:fs');
const words = process.argv.slice(2);
if (words[0] === 'version') {
  console.log(${JSON.stringify(answer.version ?? 'v3.22.0+g1234567')});
  process.exit(0);
}
const values = words.filter((word) => word.startsWith('--values=')).map((word) => readFileSync(word.slice(9), 'utf8'));
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^HELM_|KUBECONFIG|PROXY/.test(name)));
const chart = readdirSync(words.at(-1), { recursive: true }).sort();
appendFileSync(${JSON.stringify(path.join(folder, 'calls'))}, JSON.stringify({ words, values, env, chart }) + '\\n');
const answer = ${JSON.stringify(answer)};
const replicas = /\\d+/.exec(values.at(-1) ?? '1')[0];
process.stdout.write(answer.out ?? ${JSON.stringify(APP)} + replicas + '\\n');
process.stderr.write(answer.err ?? '');
process.exit(answer.err ? 1 : 0);
`,
  );
  chmodSync(file, 0o755);
  return file;
}

function callsIn(folder: string): Call[] {
  const lines = readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Call).sort((a, b) => (a.words.join() < b.words.join() ? -1 : 1));
}

describe('doctor --helm', () => {
  it('exits with 0 when both agree, and asks once for each release', () => {
    const folder = folderWith({});
    const cwd = folderWith(TREE);
    const { code, out, err } = run(['doctor', '--helm', fakeHelm(folder)], { cwd });
    expect({ code, err, out }).toEqual({ code: 0, err: '', out: '2 releases, compared with helm v3.22.0+g1234567\n     2 equal in meaning\n' });
    const chart = `${cwd}/storefront`;
    expect(callsIn(folder).map(({ words }) => words)).toEqual(
      ['prod-eu', 'staging'].map((environment) => [
        ...['template', '--namespace=default', '--kube-version=v1.37.0', '--skip-tests', '--include-crds'],
        ...[`--values=${chart}/values-${environment}.yaml`, '--', 'storefront', chart],
      ]),
    );
  });

  it('exits with 1 and shows the first difference of each release', () => {
    const { code, out } = run(['doctor', '--helm', fakeHelm(folderWith({}), { out: `${APP}2\n` })], { cwd: folderWith(TREE) });
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'storefront (storefront@prod-eu): Deployment/storefront spec.replicas differs',
        '    gitops-lint: 4',
        '    helm:        2',
        '',
        '2 releases, compared with helm v3.22.0+g1234567',
        '     1 equal in meaning',
        '     1 different',
        '',
      ].join('\n'),
    );
  });

  it('tells of a refusal by what helm says first, without warnings and paths', () => {
    const cwd = folderWith(TREE);
    const err = `WARNING: Kubernetes configuration file is readable\nError: ${cwd}/storefront/templates/app.yaml: no\n\nUse --debug\n`;
    const { code, out } = run(['doctor', '--helm', fakeHelm(folderWith({}), { err })], { cwd });
    expect(code).toBe(1);
    expect(out).toContain('helm refuses what gitops-lint renders\n    storefront/templates/app.yaml: no\n');
  });

  it.each(['v3', 'v4'])('reads charts as the Helm that answers: %s', (version) => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: storefront\ndata:\n  helm: ';
    const cwd = folderWith({ ...TREE, 'storefront/templates/app.yaml': `${config}{{ substr 0 2 .Capabilities.HelmVersion.Version }}\n` });
    const helm = fakeHelm(folderWith({}), { version: `${version}.1.0`, out: `${config}${version}\n` });
    expect(run(['doctor', '--helm', helm], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('2 equal in meaning') as string });
  });

  it('keeps helm from plugins, registries, clusters and the network', () => {
    const folder = folderWith({});
    run(['doctor', '--helm', fakeHelm(folder)], { cwd: folderWith(TREE), env: { HELM_DEBUG: 'true', HELM_PLUGINS: '/plugins', KUBECONFIG: '/mine' } });
    for (const { env } of callsIn(folder)) {
      expect(env).toMatchObject({ HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' });
      expect(env).not.toHaveProperty('HELM_DEBUG');
      for (const name of ['HELM_PLUGINS', 'HELM_CACHE_HOME', 'HELM_CONFIG_HOME', 'HELM_DATA_HOME', 'KUBECONFIG']) {
        expect(env[name]).toMatch(/gitops-lint-helm-/);
        // Nothing stays behind.
        expect(existsSync(path.dirname(env[name] ?? ''))).toBe(false);
      }
    }
  });

  it('puts values of a deployer and charts beside the chart where helm finds them', () => {
    const folder = folderWith({});
    const common = 'dependencies:\n  - name: common\n    version: 1.0.0\n    repository: file://../common\n';
    const cwd = folderWith({
      ...TREE,
      'storefront/Chart.yaml': `${TREE['storefront/Chart.yaml']}${common}`,
      'common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.0.0\n',
      'argocd/storefront.yaml': yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: storefront-prod-eu
        spec:
          destination:
            namespace: shop
          source:
            repoURL: https://git.shop.example/shop.git
            path: storefront
            helm:
              releaseName: --post-renderer=evil
              valueFiles: [values-prod-eu.yaml]
              valuesObject:
                replicas: 7
      `,
    });
    run(['doctor', '--helm', fakeHelm(folder)], { cwd });
    const call = callsIn(folder).find(({ words }) => words.includes('--namespace=shop'));
    expect(call?.values).toEqual(['replicas: 4\n', '{"replicas":7}']);
    expect(call?.words.slice(-3, -1)).toEqual(['--', '--post-renderer=evil']);
    expect(call?.chart).toContain(path.join('charts', 'common', 'Chart.yaml'));
    expect(readdirSync(path.join(cwd, 'storefront'))).not.toContain('charts');
  });

  it('does not ask for what helm would fetch, and names what is missing', () => {
    const folder = folderWith({});
    const redis = 'dependencies:\n  - name: redis\n    version: 1.0.0\n    repository: https://charts.shop.example\n';
    const cwd = folderWith({ ...TREE, 'storefront/Chart.yaml': `${TREE['storefront/Chart.yaml']}${redis}` });
    const { code, out } = run(['doctor', '--helm', fakeHelm(folder)], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^storefront \(storefront@prod-eu\): chart "redis", on which "storefront" depends, is not fetched\n[\s\S]* 2 not compared/);
    expect(existsSync(path.join(folder, 'calls'))).toBe(false);
  });

  it('compares with both programs in one run, and prints one JSON', () => {
    const kustomize = fakeHelm(folderWith({}), { out: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n' });
    const cwd = folderWith({
      ...TREE,
      'settings/kustomization.yaml': 'resources: [settings.yaml]\n',
      'settings/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n',
    });
    const words = ['doctor', '--kustomize', kustomize, '--helm', fakeHelm(folderWith({}), { out: `${APP}2\n` })];
    const { code, out } = run([...words, '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      kustomize: { version: 'v3.22.0+g1234567' },
      helm: { version: 'v3.22.0+g1234567' },
      roots: [
        { comparedWith: 'kustomize', dir: 'settings', outcome: 'same' },
        { comparedWith: 'helm', dir: 'storefront', variant: 'storefront@prod-eu', outcome: 'different', difference: { path: 'spec.replicas' } },
        { comparedWith: 'helm', dir: 'storefront', variant: 'storefront@staging', outcome: 'same-meaning' },
      ],
      summary: { same: 1, 'same-meaning': 1, different: 1, 'only-helm-refuses': 0 },
    });
    expect(run(words, { cwd }).out).toMatch(/^1 kustomization, [\s\S]*\n\nstorefront [\s\S]*\n2 releases, /);
  });

  it('exits with 2 when there is no chart, or nothing to run', () => {
    const cwd = folderWith({ 'readme.txt': 'nothing here' });
    const { code, err } = run(['doctor', '--helm', fakeHelm(folderWith({}))], { cwd });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/there is no chart below "\."/) as string });
    expect(run(['doctor', '--helm', './nowhere'], { cwd }).err).toMatch(/"\.\/nowhere" cannot be run: there is no such file/);
  });
});

describe('helmArguments', () => {
  const request: ReleaseRequest = {
    chart: 'storefront',
    localCharts: [],
    name: 'storefront',
    namespace: 'shop',
    values: [],
    sets: [
      { line: 'replicas=4', isString: false },
      { line: 'port=80', isString: true },
    ],
    kubeVersion: 'v1.31.0',
    apiVersions: ['monitoring.coreos.com/v1'],
    includesCrds: false,
  };

  it('gives each setting its option', () => {
    expect(helmArguments(request, '/shop/storefront', ['/shop/a.yaml']).slice(1)).toEqual([
      ...['--namespace=shop', '--kube-version=v1.31.0', '--skip-tests', '--api-versions=monitoring.coreos.com/v1', '--values=/shop/a.yaml'],
      ...['--set=replicas=4', '--set-string=port=80', '--', 'storefront', '/shop/storefront'],
    ]);
  });

  it('keeps a path with a comma in one piece', () => {
    expect(helmArguments(request, '/shop', ['/a,"b".yaml'])).toContain('--values="/a,""b"".yaml"');
  });
});
