import { describe, expect, it } from 'vitest';
import { capabilitiesObject } from '../../../../src/render/helm/chart/capabilities.ts';
import { fileGlob } from '../../../../src/render/helm/chart/gobwas-glob.ts';
import { type ChartScope, scopesOf } from '../../../../src/render/helm/chart/objects.ts';
import { unitValues } from '../../../../src/render/helm/chart/values-layer.ts';
import { type Call, type Host, originsOf, type Text, text, type Value } from '../../../../src/render/helm/value.ts';
import { SourceFile } from '../../../../src/text/source-file.ts';
import { chartIn, chartYaml, plainOf, shown } from './shop.ts';

const unknowns: string[] = [];
const call = {
  origin: { file: new SourceFile('a.yaml', ''), start: 0, end: 0, how: 'helm-template', precision: 'exact' },
  noteUnknown: (what: string) => void unknowns.push(what),
} as unknown as Call;

/** Follows fields and methods, the last one with the arguments. */
function ask(start: Value, path: string, ...args: string[]): Value {
  let at = start;
  for (const name of path.split('.')) {
    const host = at as Host;
    const next =
      at.kind === 'map'
        ? at.entries.get(name)
        : (host.method(name)?.(
            args.map((arg) => text(arg)),
            call,
          ) ?? host.field(name));
    if (!next) throw new Error(`no ${name}`);
    at = next;
  }
  return at;
}

function scopes(tree: Readonly<Record<string, string | Uint8Array>>): ChartScope[] {
  const { root, values } = unitValues(chartIn(tree), [], { reading: 'helm-3' });
  if (!root) throw new Error('no chart');
  const toYaml = ([value]: readonly Value[]): Text => text(JSON.stringify(plainOf(value)));
  return scopesOf(root, values, { release: { name: text('shop'), namespace: text('prod') }, reading: 'helm-3', toYaml });
}

const SHOP = {
  'storefront/Chart.yaml': chartYaml('storefront', 'appVersion: "4.5"\nannotations: { team: web }\nmaintainers: [{ name: Sam, url: shop.example }]\n'),
  'storefront/values.yaml': 'ledger: { size: 2 }\n',
  'storefront/config/a.properties': 'one\ntwo\n',
  'storefront/config/deep/b.properties': 'x',
  'storefront/logo.png': new Uint8Array([0, 255, 1]),
  'storefront/charts/ledger/Chart.yaml': chartYaml('ledger'),
};

describe('scopes', () => {
  it('show the chart with the names of Go', () => {
    const [{ scope } = expect.unreachable()] = scopes(SHOP);
    expect(plainOf(ask(scope, 'Chart.Name'))).toBe('storefront');
    expect(originsOf(ask(scope, 'Chart.AppVersion')).map(shown)).toEqual(['storefront/Chart.yaml:4: "4.5"']);
    expect(plainOf(ask(scope, 'Chart.Annotations'))).toEqual({ team: 'web' });
    expect((ask(scope, 'Chart') as Host).field('appVersion')).toBeUndefined();
    expect(plainOf((ask(scope, 'Chart') as Host).plain())).toEqual({
      name: 'storefront',
      version: '1.2.3',
      apiVersion: 'v2',
      appVersion: '4.5',
      annotations: { team: 'web' },
      maintainers: [{ name: 'Sam', url: 'shop.example' }],
      IsRoot: true,
    });
  });

  it('show a release as a first install', () => {
    const [{ scope } = expect.unreachable()] = scopes(SHOP);
    expect(plainOf(ask(scope, 'Release'))).toEqual({ Name: 'shop', Namespace: 'prod', Service: 'Helm', IsInstall: true, IsUpgrade: false, Revision: 1 });
  });

  it('give subcharts the very maps of the chart above', () => {
    const [top = expect.unreachable(), inner = expect.unreachable()] = scopes(SHOP);
    expect([top.path, inner.path]).toEqual(['storefront', 'storefront/charts/ledger']);
    expect(ask(inner.scope, 'Values')).toBe(ask(top.scope, 'Values.ledger'));
    expect(ask(top.scope, 'Subcharts.ledger')).toBe(inner.scope);
    expect(plainOf(ask(inner.scope, 'Chart.IsRoot'))).toBe(false);
  });
});

describe('.Files', () => {
  const files = () => ask(scopes(SHOP)[0]?.scope ?? expect.unreachable(), 'Files');

  it('gives texts, each line by its place', () => {
    expect(plainOf(ask(files(), 'Get', 'config/a.properties'))).toBe('one\ntwo\n');
    expect(originsOf(ask(files(), 'Get', 'config/a.properties')).map(shown)).toEqual([
      'storefront/config/a.properties:1: one\n',
      'storefront/config/a.properties:2: two\n',
    ]);
    expect(plainOf(ask(files(), 'Get', 'gone'))).toBe('');
    expect(plainOf(ask(files(), 'Lines', 'config/a.properties'))).toEqual(['one', 'two']);
    expect(plainOf(ask(files(), 'Lines', 'gone'))).toEqual([]);
  });

  it('finds by pattern, and makes data of what it found', () => {
    expect(plainOf((ask(files(), 'Glob', 'config/*') as Host).plain())).toEqual({ 'config/a.properties': 'one\ntwo\n' });
    expect(plainOf(ask(ask(files(), 'Glob', 'config/**'), 'AsConfig'))).toBe('{"a.properties":"one\\ntwo\\n","b.properties":"x"}');
  });

  it('encodes bytes that are no text, and says that it cannot pass them on otherwise', () => {
    unknowns.length = 0;
    ask(files(), 'Get', 'logo.png');
    expect(unknowns).toEqual(['the bytes of "logo.png"']);
    expect(plainOf(ask(ask(files(), 'Glob', '*.png'), 'AsSecrets'))).toBe('{"logo.png":"AP8B"}');
  });

  it.each([
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'a/b.yaml', false],
    ['**.yaml', 'a/b.yaml', true],
    ['config/**', 'config/a/b', true],
    ['{a,b}/?.txt', 'b/x.txt', true],
    ['{a,b}/?.txt', 'c/x.txt', false],
    ['[!a-c].txt', 'd.txt', true],
    ['[!a-c].txt', 'b.txt', false],
    ['[ab.].txt', '..txt', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a+(b)', 'a+(b)', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(fileGlob(pattern)?.(path)).toBe(expected);
  });

  it('takes what is malformed for no pattern', () => {
    expect([fileGlob('[a'), fileGlob('{a'), fileGlob('a\\')]).toEqual([undefined, undefined, undefined]);
  });
});

describe('.Capabilities', () => {
  const has = (options: Parameters<typeof capabilitiesObject>[0], name: string): unknown => plainOf(ask(capabilitiesObject(options), 'APIVersions.Has', name));
  const options = { reading: 'helm-3' } as const;

  it('shows the release that is told of', () => {
    const version = (kubeVersion?: string) =>
      ['Version', 'Major', 'Minor', 'GitVersion'].map((name) => plainOf(ask(capabilitiesObject({ ...options, kubeVersion }), `KubeVersion.${name}`)));
    expect(version('1.31')).toEqual(['v1.31.0', '1', '31', 'v1.31.0']);
    expect(version('v1.29.4-gke.100')).toEqual(['v1.29.4', '1', '29', 'v1.29.4']);
    expect(version()).toEqual(['v1.37.0', '1', '37', 'v1.37.0']);
    expect((ask(capabilitiesObject(options), 'KubeVersion') as Host).shown?.().text).toBe('v1.37.0');
  });

  it('has what the release has, and with none told of all that Helm knows', () => {
    expect(has({ ...options, kubeVersion: '1.24' }, 'policy/v1beta1')).toBe(true);
    expect(has({ ...options, kubeVersion: '1.25' }, 'policy/v1beta1')).toBe(false);
    expect(has({ ...options, kubeVersion: '1.25' }, 'policy/v1/PodDisruptionBudget')).toBe(true);
    expect(has(options, 'extensions/v1beta1')).toBe(true);
    expect(has(options, 'policy/v1/PodDisruptionBudget')).toBe(false);
  });

  it('has what is told besides, and notes what only a cluster knows', () => {
    unknowns.length = 0;
    const told = { ...options, kubeVersion: '1.31', apiVersions: ['monitoring.coreos.com/v1'] };
    expect([has(told, 'monitoring.coreos.com/v1'), has(told, 'apps/v1'), has(told, 'policy/v1beta1')]).toEqual([true, true, false]);
    expect(unknowns).toEqual([]);
    expect(has(told, 'cert-manager.io/v1')).toBe(false);
    expect(has(options, 'networking.k8s.io/v1/Ingress')).toBe(false);
    expect(unknowns).toEqual(['.Capabilities.APIVersions.Has "cert-manager.io/v1"', '.Capabilities.APIVersions.Has "networking.k8s.io/v1/Ingress"']);
  });
});
