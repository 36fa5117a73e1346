import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { repositoryOf as read } from '../../model/shop.ts';
import { lintTree, type Tree } from '../../support/rule-tester.ts';

const CHART: Tree = {
  'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
  'charts/checkout/values.yaml': 'host: localhost\nport: 80\ndebug: false\n',
  'charts/checkout/templates/map.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: checkout }
data: { host: "{{ .Values.host }}", port: "{{ .Values.port }}", debug: "{{ .Values.debug }}" }
`,
};

function release(valuesFrom: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: checkout, namespace: shop }
spec:
  chart: { spec: { chart: ./charts/checkout, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }
  valuesFrom: [${valuesFrom}]
`;
}

function secret(lines: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: { name: checkout, namespace: shop }\n${lines}`;
}

const FROM = '{ kind: Secret, name: checkout }';

async function checkoutIn(tree: Tree) {
  const { variants } = await read({ ...CHART, ...tree });
  const variant = variants.find(({ renderer }) => renderer === 'helm');
  const [resource] = variant?.resources ?? [];
  return { data: resource?.manifest['data'], resource, gaps: variant?.gaps.map(({ message }) => message), complete: variant?.complete };
}

describe('values of a Secret', () => {
  const VALUES = 'host: db.shop.example\nport: 5432\ndebug: true\n';

  it.each([
    ['as a text', `stringData:\n  values.yaml: |\n    ${VALUES.trim().replaceAll('\n', '\n    ')}\n`],
    ['in base64', `data:\n  values.yaml: ${btoa(VALUES)}\n`],
  ])('are read for their shape alone, %s', async (_, lines) => {
    const { data, gaps, complete } = await checkoutIn({ 'clusters/prod/checkout.yaml': release(FROM), 'clusters/prod/secret.yaml': secret(lines) });
    expect(data).toEqual({ host: '${secret}', port: '1', debug: 'true' });
    expect([gaps, complete]).toEqual([[], true]);
  });

  it('may be one value for a path', async () => {
    const tree = {
      'clusters/prod/checkout.yaml': release('{ kind: Secret, name: checkout, valuesKey: url, targetPath: host }'),
      'clusters/prod/secret.yaml': secret('stringData: { url: db.shop.example }\n'),
    };
    expect((await checkoutIn(tree)).data).toEqual({ host: '${secret}', port: '80', debug: 'false' });
  });

  it('have their lines', async () => {
    const { resource } = await checkoutIn({
      'clusters/prod/checkout.yaml': release(FROM),
      'clusters/prod/secret.yaml': secret('stringData:\n  values.yaml: |\n    port: 1\n    host: db.shop.example\n'),
    });
    const { file, start } = resource?.field('data', 'host').origins()[0] ?? {};
    expect([file?.path, file?.positionAt(start ?? 0).line]).toEqual(['clusters/prod/secret.yaml', 7]);
  });

  it.each([
    ['is not here', '', 'Secret "checkout", which gives values, is not here'],
    [
      'is encrypted',
      secret('sops: { version: 3 }\nstringData: { values.yaml: "ENC[AES256_GCM,data:x]" }\n'),
      'Secret "checkout", which gives values, is encrypted',
    ],
    ['is no map of values', secret('stringData: { values.yaml: "[a]" }\n'), 'values.yaml of Secret "checkout" is no map of values'],
  ])('are a gap where the Secret %s', async (_, text, expected) => {
    const { gaps, complete } = await checkoutIn({ 'clusters/prod/checkout.yaml': release(FROM), 'clusters/prod/secret.yaml': text });
    expect([gaps, complete]).toEqual([[expected], false]);
  });

  it('do no harm where a chart refuses what stands in for them', async () => {
    const schema = { properties: { host: { type: 'string', pattern: '^db' } } };
    const { gaps } = await checkoutIn({
      'charts/checkout/values.schema.json': JSON.stringify(schema),
      'clusters/prod/checkout.yaml': release(FROM),
      'clusters/prod/secret.yaml': secret('stringData: { values.yaml: "host: db.shop.example" }\n'),
    });
    expect(gaps).toEqual(['the chart is not rendered without its secrets']);
  });

  it('come to light in no finding', async () => {
    const clusters = ['dev', 'staging', 'prod'].map((name, index) => ({
      [`clusters/${name}/checkout.yaml`]: release(FROM),
      [`clusters/${name}/secret.yaml`]: secret(
        `stringData:\n  values.yaml: |\n    host: pa55word-${index === 2 ? 'dev' : name}\n    ${'prots'.slice(0, 5)}: pa55word\n`,
      ),
    }));
    const { findings } = await lintTree(Object.assign({}, CHART, ...clusters), rules);
    const told = findings.map(({ message, related }) => [message, ...related.map((place) => place.message)].join(' ')).join('\n');
    expect(told).toContain('prots');
    expect(told).not.toContain('pa55word');
  });
});

describe('values of a ConfigMap', () => {
  it('are those of the same cluster', async () => {
    const values = (host: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout, namespace: shop }\ndata:\n  values.yaml: |\n    host: ${host}\n`;
    const from = '{ kind: ConfigMap, name: checkout }';
    const { variants } = await read({
      ...CHART,
      'clusters/dev/checkout.yaml': release(from),
      'clusters/dev/values.yaml': values('dev.example'),
      'clusters/prod/checkout.yaml': release(from),
    });
    const deployed = variants.filter(({ renderer }) => renderer === 'helm');
    expect(deployed.map(({ environment, resources, gaps }) => [environment.name, [...resources][0]?.manifest['data'], gaps.length])).toEqual([
      ['dev', { host: 'dev.example', port: '80', debug: 'false' }, 0],
      ['prod', { host: 'localhost', port: '80', debug: 'false' }, 1],
    ]);
  });
});
