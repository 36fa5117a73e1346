import { describe, expect, it } from 'vitest';
import rule from '../../rules/missing-values-file/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { application, applicationSet, chart, installations } from './deployers.ts';
import { kustomization } from './shop.ts';

const charts = chart(['staging', 'prod']);
const CHART = 'charts/storefront';
const helm = (...files: readonly string[]) => `helm:\n  valueFiles:\n${files.map((file) => `    - ${file}\n`).join('')}`;
/** Applications of Argo CD by name, beside one that takes the chart as it is. */
const argo = (files: Readonly<Record<string, string>>): Tree => ({
  ...charts,
  'argocd/own.yaml': application('own', CHART),
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`argocd/${name}.yaml`, text])),
});
const prod = (source: string) => argo({ prod: application('storefront-prod', CHART, { source }) });
/** A set with an element for each environment; its template goes on with the given lines. */
const set = (elements: readonly string[], files: string) =>
  argo({
    set: applicationSet('storefront', `- list:\n    elements:\n${elements.map((element) => `      - ${element}\n`).join('')}`, CHART, {
      spec: files.replace(/^(?=.)/gm, '  '),
    }),
  });

/** A chart of a registry, which takes its values from another source. */
const several = (files: string, from: string) =>
  argo({
    several: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: redis, namespace: argocd }
spec:
  sources:
    - repoURL: https://charts.shop.example
      chart: redis
      targetRevision: 1.0.0
${files.replace(/^(?=.)/gm, '      ')}    - ref: config
${from.replace(/^(?=.)/gm, '      ')}`,
  });
const OWN = 'repoURL: https://git.shop.example/config.git\n';

const SOURCE = yaml`
  apiVersion: source.toolkit.fluxcd.io/v1
  kind: GitRepository
  metadata: { name: config, namespace: flux-system }
  spec:
    url: https://git.shop.example/config
    ref: { branch: main }
`;
/** A release of Flux, of the chart of the storefront; the spec of its chart goes on with the given lines. */
const release = (chartSpec: string, { kind = 'GitRepository', name = `./${CHART}`, source = SOURCE } = {}): Tree => ({
  ...charts,
  'clusters/prod/source.yaml': source,
  'clusters/prod/own.yaml': helmRelease('own', 'GitRepository', `./${CHART}`, ''),
  'clusters/prod/storefront.yaml': helmRelease('storefront', kind, name, chartSpec),
});
const helmRelease = (name: string, kind: string, path: string, chartSpec: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: flux-system }
spec:
  chart:
    spec:
      chart: ${path}
      sourceRef: { kind: ${kind}, name: config }
${chartSpec.replace(/^(?=.)/gm, '      ')}`;

/** A set that two installations have, with a values file for each cluster; what each installation fills in, its overlay says. */
const perCluster = (names: readonly string[], mark = '', stands = 'berlin'): Tree => ({
  ...charts,
  ...installations(
    applicationSet(
      'storefront',
      `- merge:
    mergeKeys: [name]
    generators:
      - clusters:
          values: { environment: staging, file: ${stands} }
      - list:
          elements:
${names.map((name) => `            - { name: ${name}, values.file: ${name} }\n`).join('')}`,
      CHART,
      { appName: 'storefront-{{name}}', spec: `  helm:\n    valueFiles:\n      - values/{{values.environment}}/{{values.file}}.yaml${mark}\n` },
    ),
  ),
  'charts/storefront/values/staging/berlin.yaml': 'replicas: 1\n',
  'charts/storefront/values/prod/tokyo.yaml': 'replicas: 2\n',
});

/** A chart that makes the Application of each environment; the entry of its template may end in a mark. */
const made = (entry: string): Tree => ({
  ...charts,
  'environments/Chart.yaml': 'name: environments\nversion: 1.0.0\n',
  'environments/values.yaml': 'name: ""\n',
  'environments/values-staging.yaml': 'name: staging\nfile: values-staging.yaml\n',
  'environments/values-prod.yaml': 'name: prod\nfile: values-prod.yaml\n',
  'environments/values-dev.yaml': 'name: dev\nfile: values-development.yaml\n',
  'environments/templates/own.yaml': application('own', CHART),
  'environments/templates/storefront.yaml': application('storefront', CHART, { source: helm(entry) }),
});

testRule(rule, {
  valid: {
    'what a chart makes, where the files are there': made('"values-prod.yaml"'),
    'files that are there': prod(helm('values-prod.yaml', '/charts/storefront/values-staging.yaml', '../storefront/values-prod.yaml')),
    'files that may be missing': prod(`${helm('values-prod-eu.yaml')}  ignoreMissingValueFiles: true\n`),
    'an address': prod(helm('https://values.shop.example/storefront.yaml')),
    'files that a plugin decrypts': prod(helm('secrets://secrets-prod.yaml', 'secrets+age-import:///keys/age.txt?secrets-prod.yaml')),
    'patterns, whether they match or not': prod(helm('values-*.yaml', 'envs/**/*.yaml', '"values-{a,b}*.yaml"')),
    'what Argo CD fills in': prod(helm('values-$ARGOCD_APP_NAME.yaml', 'values-${ARGOCD_APP_NAMESPACE}.yaml', '$ARGOCD_APP_NAME/values.yaml')),
    'another repository': argo({
      web: application('web', 'charts/web', { source: helm('values-prod.yaml') }).replace('git.shop.example/config', 'git.shop.example/web'),
    }),
    'another branch, which has the chart, too': prod(`${helm('values-next.yaml')}targetRevision: next\n`),
    'another tag, which has the chart, too': prod(`${helm('values-next.yaml')}targetRevision: v1.4.0\n`),
    'a chart of a registry with files of its own': argo({
      redis: application('redis', 'unused', { source: `chart: redis\ntargetRevision: 1.0.0\n${helm('values-production.yaml')}` }),
    }),
    'a chart that is missing itself': argo({ web: application('web', 'charts/web', { source: helm('values-prod.yaml') }) }),
    'another source that has them': several(helm('$config/charts/storefront/values-prod.yaml'), OWN),
    'another source in another repository': several(helm('$config/redis/values-prod.yaml'), OWN.replace('config', 'redis')),
    'another source at another revision': several(helm('$config/charts/storefront/values-next.yaml'), `${OWN}targetRevision: next\n`),
    'another source that is not there': several(helm('$values/redis.yaml'), OWN),
    'a set whose elements are all there': set(['{ env: staging }', '{ env: prod }'], helm("'values-{{env}}.yaml'")),
    'a set whose elements may lack them': set(['{ env: staging }', '{ env: qa }'], `${helm("'values-{{env}}.yaml'")}  ignoreMissingValueFiles: true\n`),
    'a set with elements that only a cluster knows': argo({
      set: applicationSet('storefront', '- clusters: {}\n', CHART, {
        appName: 'storefront-{{name}}',
        spec: "  helm: { valueFiles: ['values-{{name}}.yaml'] }\n",
      }),
    }),
    'a cluster that another installation has': perCluster(['berlin', 'tokyo']),
    'the file of clusters of which nothing is told, where each has its own': perCluster(['berlin', 'tokyo'], '', 'none'),
    'a release whose files are there': release('valuesFiles: [charts/storefront/values-prod.yaml, ./charts/storefront/values-staging.yaml]\n'),
    'a release whose files may be missing': release('valuesFiles: [charts/storefront/values-qa.yaml]\nignoreMissingValuesFiles: true\n'),
    'a release with a variable of the cluster': release('valuesFiles: ["charts/storefront/values-${ENVIRONMENT}.yaml"]\n'),
    'a release of a chart of a registry': release('valuesFiles: [values-production.yaml]\n', { kind: 'HelmRepository', name: 'redis' }),
    'a release of another repository': {
      ...release('valuesFiles: [charts/storefront/values-qa.yaml]\n'),
      'clusters/prod/source.yaml': SOURCE.replace('/config', '/charts').replace('config,', 'other,'),
      'clusters/prod/own.yaml': helmRelease('own', 'GitRepository', './charts/web', ''),
      'clusters/prod/storefront.yaml': helmRelease('storefront', 'GitRepository', './charts/web', 'valuesFiles: [charts/web/values-qa.yaml]\n'),
    },
    'a file that kustomize misses, which is another rule': {
      'apps/web/overlays/prod/kustomization.yaml': 'helmCharts:\n  - name: redis\n    repo: https://charts.shop.example\n    valuesFile: values-qa.yaml\n',
    },
    'a suppression with a reason': prod(helm('values-eu.yaml # gitops-lint-ignore missing-values-file -- the pipeline writes it')),
  },

  invalid: {
    'a file beside the chart': prod(helm('values-prod.yaml', 'values-prod-eu.yaml # error: missing')),
    'a file that may not be missing, as that is said to be false': prod(`${helm('values-qa.yaml # error: missing')}  ignoreMissingValueFiles: false\n`),
    'a file from the root, quoted': prod(helm('"/envs/prod.yaml" # error: missing')),
    'a file of the one branch that is named': {
      ...charts,
      'argocd/prod.yaml': application('storefront-prod', CHART, { source: `targetRevision: stable\n${helm('values-qa.yaml # error: missing')}` }),
    },
    'each entry of one Application': prod(helm('a.yaml # error: missing', 'b.yaml # error: missing')),
    'a file of another source': several(helm('$config/charts/storefront/values-qa.yaml # error: missing'), OWN),
    'a set, at its template': set(['{ env: staging }', '{ env: qa }', '{ env: uat }'], helm("'values-{{env}}.yaml' # error: missing")),
    'a set, at its template, though there is no such file for any': set(
      ['{ env: staging }', '{ env: prod }'],
      helm('common.yaml # error: missing staging,prod'),
    ),
    'an element that names the file alone': set(
      ['{ env: staging, file: values-staging.yaml }', '{ env: prod, file: values-production.yaml }'],
      helm("'{{file}}' # error: missing prod"),
    ),
    'a file that no installation has': perCluster(['berlin', 'tokyo', 'lagos'], ' # error: missing'),
    'what a chart makes, at its template': made('"values-{{ .Values.name }}.yaml" # error: missing dev'),
    'what a chart makes of a value alone, once': {
      ...made('{{ .Values.file }}'),
      'environments/values-dev.yaml': 'name: dev\nfile: values-development.yaml # error: missing dev\n',
    },
    'a file of Flux': release('valuesFiles:\n  - charts/storefront/values-qa.yaml # error: missing\n'),
    'a file of Flux that is named as seen from the chart': release('valuesFiles:\n  - values-prod.yaml # error: missing prod\n'),
    'a base that overlays give other names, once': {
      ...argo({}),
      'bootstrap/base/kustomization.yaml': kustomization(['web.yaml']),
      'bootstrap/base/web.yaml': application('web', CHART, { source: helm('values-qa.yaml # error: missing') }),
      'bootstrap/overlays/staging/kustomization.yaml': kustomization(['../../base'], 'nameSuffix: -staging\n'),
      'bootstrap/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'nameSuffix: -prod\n'),
    },
  },
});

describe('the findings of missing-values-file', () => {
  const found = async (tree: Tree) => (await lintTree(tree, [rule])).findings;
  const messages = async (tree: Tree) => (await found(tree)).map(({ message }) => message);

  it('say what was probably meant', async () => {
    expect(await messages({ ...prod(helm('comon.yaml')), 'charts/storefront/common.yaml': 'replicas: 2\n' })).toEqual([
      'Application "storefront-prod" takes values from "comon.yaml", which does not exist; did you mean "charts/storefront/common.yaml"?',
    ]);
  });

  it('never take the file of another environment for what was meant', async () => {
    expect(await messages(prod(helm('values-prod-eu.yaml')))).toEqual([
      'Application "storefront-prod" takes values from "values-prod-eu.yaml", which does not exist',
    ]);
  });

  it('never take the file of another environment for what was meant, whatever it is called', async () => {
    const sets = set(['{ env: green }', '{ env: greed }'], helm("'values-{{env}}.yaml'"));
    expect(await messages({ ...sets, 'charts/storefront/values-green.yaml': 'replicas: 2\n' })).toEqual([
      'Application "storefront-greed" of the set "storefront" takes values from "values-greed.yaml", which does not exist',
    ]);
  });

  it('tell entries of one template from each other, though one value is filled into both', async () => {
    const findings = await found(made('"values-{{ .Values.name }}.yaml"\n    - "secrets-{{ .Values.name }}.yaml"'));
    expect(findings.map(({ location, message, variants }) => [location.file.positionAt(location.span.start).line, message, variants.length])).toEqual([
      [12, 'Application "storefront" takes values from "values-dev.yaml", which does not exist', 1],
      [13, 'Application "storefront" takes values from "secrets-dev.yaml" and 2 more, which do not exist', 3],
    ]);
  });

  it('relate nothing where what was filled in is there, and the template goes on wrongly', async () => {
    const folders = Object.fromEntries(['dev', 'staging', 'prod'].map((name) => [`${CHART}/values/${name}/own.yaml`, 'replicas: 2\n']));
    expect(await found({ ...made('"values/{{ .Values.name }}/common.yaml"'), ...folders })).toMatchObject([{ related: [] }]);
  });

  it('are one for a set, with the elements that lead nowhere', async () => {
    const [finding, ...more] = await found(set(['{ env: staging }', '{ env: qa }', '{ env: uat }', '{ env: dev }'], helm("'values-{{env}}.yaml'")));
    expect(more).toEqual([]);
    expect(finding?.message).toBe('ApplicationSet "storefront" takes values from "values-qa.yaml" and 2 more, which do not exist');
    const textAt = ({ file, span }: { file: { text: string }; span: { start: number; end: number } }) => file.text.slice(span.start, span.end);
    expect(finding && textAt(finding.location)).toBe("'values-{{env}}.yaml'");
    expect(finding?.related.map(({ location, message }) => [textAt(location), message])).toEqual([
      ['qa', 'makes it "values-qa.yaml"'],
      ['uat', 'makes it "values-uat.yaml"'],
      ['dev', 'makes it "values-dev.yaml"'],
    ]);
  });

  it('name the one Application of a set that lacks it', async () => {
    expect(await messages(set(['{ env: staging }', '{ env: qa }'], helm("'values-{{env}}.yaml'")))).toEqual([
      'Application "storefront-qa" of the set "storefront" takes values from "values-qa.yaml", which does not exist',
    ]);
  });

  it('are errors, wherever it is', async () => {
    expect((await found(set(['{ env: staging }', '{ env: dev }'], helm("'values-{{env}}.yaml'")))).map(({ severity }) => severity)).toEqual(['error']);
  });
});
