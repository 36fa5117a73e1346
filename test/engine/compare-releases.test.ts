import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { compareReleases, type HelmAnswers } from '../../src/engine/compare-releases.ts';
import { obstaclesOf, type ReleaseRender, releasesBelow, requestOf } from '../../src/engine/releases.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { yaml } from '../support/rule-tester.ts';

const CHART = 'apiVersion: v2\nname: storefront\nversion: 1.0.0\n';
const TREE = {
  'storefront/Chart.yaml': CHART,
  'storefront/values.yaml': 'replicas: 1\nlogin:\n  password: hunter22\n',
  'storefront/values-prod-eu.yaml': 'replicas: 4\n',
  'storefront/values-staging.yaml': 'replicas: 2\n',
  'storefront/templates/app.yaml': yaml`
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: storefront
    data:
      replicas: {{ .Values.replicas | quote }}
      names: [a, b]
  `,
  'storefront/templates/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: storefront\n',
};

const SERVICE = '---\napiVersion: v1\nkind: Service\nmetadata:\n  name: storefront\n';
const CONFIG = '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: storefront\ndata:\n  replicas: "4"\n  names: [a, b]\n';

async function open(tree: Readonly<Record<string, string>>) {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, '', rules);
  return { workspace, settings, releases: await releasesBelow(workspace, '', settings, 3) };
}

async function prodOf(tree: Readonly<Record<string, string>>) {
  const session = await open(tree);
  const release = session.releases.find(({ id }) => id.endsWith('@prod-eu')) as ReleaseRender;
  return { ...session, release };
}

async function compare(answers: HelmAnswers, tree: Readonly<Record<string, string>> = TREE) {
  const { release, workspace, settings } = await prodOf(tree);
  return compareReleases(release, answers, workspace, settings);
}

const output = (text: string) => ({ output: text });

describe('compareReleases', () => {
  it('takes objects in another order, and other spellings, for the same', async () => {
    expect(await compare({ answer: output(`${SERVICE}${CONFIG.replace('"4"', "'4'")}`) })).toEqual({ outcome: 'same-meaning' });
  });

  it.each([
    ['a value', CONFIG.replace('"4"', '"1"'), { resource: 'ConfigMap/storefront', path: 'data.replicas', ours: '"4"', theirs: '"1"' }],
    ['a type', CONFIG.replace('"4"', '4'), { path: 'data.replicas', ours: '"4"', theirs: '4' }],
    ['a field that helm has not', CONFIG.replace('  names: [a, b]\n', ''), { path: 'data.names', ours: 'a list of 2', theirs: undefined }],
    ['a field that helm has', `${CONFIG}  more: x\n`, { path: 'data.more', ours: undefined, theirs: '"x"' }],
    ['another version of an object', CONFIG.replace('v1', 'v2'), { resource: 'ConfigMap/storefront', path: '', ours: 'an object', theirs: undefined }],
    ['another object', `${CONFIG}---\nkind: Job\nmetadata: {name: x}\n`, { resource: 'Job/x', path: '', ours: undefined, theirs: 'an object' }],
    ['an object twice', `${CONFIG}${CONFIG}`, { resource: 'ConfigMap/storefront', ours: undefined, theirs: 'an object' }],
  ])('finds %s', async (_, config, difference) => {
    expect(await compare({ answer: output(`${config}${SERVICE}`) })).toMatchObject({ outcome: 'different', difference });
  });

  it('does not count what differs between two answers of the helm, and counts all else', async () => {
    const random = (name: string, token: string): string => `${CONFIG.replace('"4"', token)}${SERVICE.replace('storefront', name)}`;
    expect(await compare({ answer: output(random('job-x', 'one')), again: output(random('job-y', 'two')) })).toEqual({ outcome: 'same-but-random' });
    const other = await compare({ answer: output(`${random('job-x', 'one')}spec: {}\n`), again: output(random('storefront', 'one')) });
    expect(other).toMatchObject({ outcome: 'different', difference: { path: 'data.replicas' } });
    const still = { answer: output(random('storefront', 'one')), again: output(random('storefront', 'one')) };
    expect(await compare(still)).toMatchObject({ outcome: 'different', difference: { path: 'data.replicas' } });
  });

  it('tells who refuses', async () => {
    const refusal = { refusal: 'no such function' };
    expect(await compare({ answer: refusal })).toEqual({ outcome: 'only-helm-refuses', theirs: 'no such function' });
    const broken = { ...TREE, 'storefront/templates/more.yaml': '{{ fail "no" }}' };
    expect(await compare({ answer: refusal }, broken)).toMatchObject({ outcome: 'both-refuse', theirs: 'no such function' });
    expect(await compare({ answer: output(CONFIG) }, broken)).toMatchObject({ outcome: 'only-helm-renders' });
    const wanting = { refusal: 'found in Chart.yaml, but missing in charts/ directory: redis' };
    expect(await compare({ answer: wanting })).toMatchObject({ outcome: 'partial' });
  });

  it('shows no secret, wherever helm has put it', async () => {
    const refusal = { refusal: 'at <.Values.login>: what is "hunter22"?' };
    expect(await compare({ answer: refusal })).toEqual({ outcome: 'only-helm-refuses', theirs: 'at <.Values.login>: what is "•••"?' });
    const answer = output(`${CONFIG.replace('"4"', '"hunter22"')}${SERVICE}`);
    expect(await compare({ answer })).toMatchObject({ difference: { path: 'data.replicas', ours: '•••', theirs: '•••' } });
    const secret = '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: storefront\ndata:\n  code: ';
    const tree = { ...TREE, 'storefront/templates/secret.yaml': `${secret.slice(4)}c3dvcmRmaXNo\n` };
    const other = await compare({ answer: output(`${CONFIG}${SERVICE}${secret}bWFjYXJvbmk=\n`) }, tree);
    expect(other).toMatchObject({ outcome: 'different', difference: { path: 'data.code', ours: '•••', theirs: '•••' } });
  });

  it('says so when the output cannot be read', async () => {
    expect(await compare({ answer: output('a: b: c\n') })).toMatchObject({ outcome: 'different', difference: { resource: 'the output' } });
  });
});

describe('releases', () => {
  it('asks for what we render: files without the defaults, in their order', async () => {
    const { release, workspace } = await prodOf(TREE);
    expect(await requestOf(release.source, workspace)).toEqual({
      chart: 'storefront',
      localCharts: [],
      name: 'storefront',
      namespace: 'default',
      values: [{ path: 'storefront/values-prod-eu.yaml' }],
      sets: [],
      kubeVersion: 'v1.37.0',
      apiVersions: [],
      includesCrds: true,
    });
  });

  it('asks for what a deployer says: values, parameters, names', async () => {
    const application = yaml`
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
            releaseName: web
            skipCrds: true
            valueFiles: [values-prod-eu.yaml, values-nowhere.yaml]
            values: |
              replicas: 5
            parameters:
              - name: labels
                value: a,b
              - name: port
                value: "80"
                forceString: true
    `;
    const { releases, workspace } = await open({ ...TREE, 'argocd/storefront.yaml': application });
    const release = releases.find(({ source }) => source.helm?.releaseName === 'web');
    expect(release && (await requestOf(release.source, workspace))).toMatchObject({
      name: 'web',
      namespace: 'shop',
      values: [{ path: 'storefront/values-prod-eu.yaml' }, { text: 'replicas: 5\n' }],
      sets: [
        { line: 'labels=a\\,b', isString: false },
        { line: 'port=80', isString: true },
      ],
      includesCrds: false,
    });
  });

  it('names the charts beside it, those of theirs included, where they are not in it already', async () => {
    const dependencies = (...names: string[]): string =>
      `dependencies:\n${names.map((name) => `  - name: ${name}\n    version: 1.0.0\n    repository: file://../${name}\n`).join('')}`;
    const chart = (name: string): string => CHART.replace('storefront', name);
    const { release, workspace } = await prodOf({
      ...TREE,
      'storefront/Chart.yaml': `${CHART}${dependencies('common', 'packed')}`,
      'storefront/charts/packed/Chart.yaml': `${chart('packed')}${dependencies('tools').replace('../', '../../../')}`,
      'tools/Chart.yaml': chart('tools'),
      'common/Chart.yaml': `${chart('common')}${dependencies('labels', 'common')}`,
      'labels/Chart.yaml': chart('labels'),
      'packed/Chart.yaml': chart('packed'),
    });
    const { localCharts } = await requestOf(release.source, workspace);
    expect(localCharts).toEqual([
      { folder: 'tools', at: 'charts/packed/charts/tools' },
      { folder: 'common', at: 'charts/common' },
      { folder: 'labels', at: 'charts/common/charts/labels' },
    ]);
  });

  it('tells why a release is not compared', async () => {
    const dependency = 'dependencies:\n  - name: redis\n    version: 1.0.0\n    repository: https://charts.shop.example\n';
    expect(obstaclesOf((await prodOf({ ...TREE, 'storefront/Chart.yaml': `${CHART}${dependency}` })).release)).toEqual([
      'chart "redis", on which "storefront" depends, is not fetched',
    ]);
    expect(obstaclesOf((await prodOf(TREE)).release)).toEqual([]);
    const { release } = await prodOf(TREE);
    const flux = { apiVersions: [], inline: [], parameters: [], postRenderers: [], skipsCrds: false, replacesDefaults: true };
    expect(obstaclesOf({ ...release, source: { ...release.source, helm: flux } })).toEqual([expect.stringContaining('helm has no option')]);
  });
});
