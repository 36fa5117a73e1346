import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { type Settings, severityOf } from '../../src/config/settings.ts';
import { ConfigError } from '../../src/errors.ts';
import type { Environment } from '../../src/model/environment.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

type Files = Readonly<Record<string, string>>;

const settingsIn = async (files: Files, folder = '', named?: string): Promise<Settings> =>
  (await loadSettings(memoryWorkspace(files), folder, rules, named)).settings;

/** Every mistake as `path:line message`. */
async function mistakesIn(files: Files, folder = ''): Promise<string[]> {
  try {
    await settingsIn(files, folder);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [error, ...error.others].map(({ location, message }) => {
      const place = location ? `${location.file.path}:${location.file.positionAt(location.span.start).line}` : '?';
      return `${place} ${message}`;
    });
  }
  return [];
}

const PROD: Environment = { name: 'prod-eu', tier: 'prod', promotesFrom: [], labels: {} };
const rule = (id: string) => rules.find((each) => each.id === id) ?? rules[0];

/** How a rule is set for a finding at each of the paths. */
function severitiesOf(settings: Settings, paths: readonly string[], id = 'unpinned-image'): unknown[] {
  const tried = rule(id);
  return paths.map((path) => tried && severityOf(tried, { environments: [PROD], app: 'ledger', path }, settings));
}

describe('the configurations that are read', () => {
  const FILES: Files = {
    '.gitopsrc': 'environments: { root: }\n',
    'shop/.gitopsrc.yaml': 'environments: { shop: }\n',
    'shop/checkout/.gitopsrc.json': '{ "environments": { "checkout": {} } }',
    'shop-us/.gitopsrc.yml': 'environments: { us: }\n',
    'ledger/app.yaml': '',
    'ci/strict.yaml': 'environments: { ci: }\n',
  };
  const namesIn = async (files: Files, folder: string, named?: string) =>
    (await settingsIn(files, folder, named)).declaration.environments.map(({ name, below }) => `${name} ${below.join(' ')}`.trim());

  it.each<[string, string, readonly string[]]>([
    ['the root', '', ['root', 'shop shop', 'us shop-us', 'checkout shop/checkout']],
    ['a folder without one', 'ledger', ['root', 'shop shop', 'us shop-us', 'checkout shop/checkout']],
    ['a folder with one', 'shop', ['shop', 'checkout shop/checkout']],
    ['a folder below it', 'shop/checkout/overlays', ['checkout']],
  ])('for %s', async (_, folder, expected) => {
    expect(await namesIn(FILES, folder)).toEqual(expected);
  });

  it('are those below the root where none counts', async () => {
    const { '.gitopsrc': _, ...files } = FILES;
    expect(await namesIn(files, 'ledger')).toEqual(['shop shop', 'us shop-us', 'checkout shop/checkout']);
  });

  it('are the named one in place of the nearest, and those below that', async () => {
    expect(await namesIn(FILES, '', 'ci/strict.yaml')).toEqual(['ci', 'shop shop', 'us shop-us', 'checkout shop/checkout']);
    expect(await namesIn(FILES, 'shop', 'ci/strict.yaml')).toEqual(['ci', 'checkout shop/checkout']);
    expect(await namesIn(FILES, '', 'shop/.gitopsrc.yaml')).toEqual(['shop', 'us shop-us', 'checkout shop/checkout']);
  });

  it('are not those in what is ignored, whatever is wrong with them', async () => {
    const files = {
      ...FILES,
      '.gitopsrc': 'ignore: [vendor]\n',
      'shop/.gitopsrc.yaml': 'ignore: [old, "checkout/**"]\n',
      'shop/old/.gitopsrc': 'presets: strict\n',
      'vendor/.gitopsrc': '',
      'vendor/.gitopsrc.yaml': '',
    };
    expect(await namesIn(files, '')).toEqual(['us shop-us']);
  });

  it('leave out the one further up, which is named', async () => {
    const files = { '.gitopsrc': '', 'shop/.gitopsrc.yaml': '', 'shop/checkout/app.yaml': '' };
    expect((await settingsIn(files, 'shop/checkout')).above).toBe('.gitopsrc');
    expect((await settingsIn(files, '')).above).toBeUndefined();
    expect((await settingsIn(files, 'shop', 'shop/.gitopsrc.yaml')).above).toBe('.gitopsrc');
  });
});

describe('a nested configuration', () => {
  it('sets rules for its folder, the deeper one last', async () => {
    const settings = await settingsIn({
      '.gitopsrc': 'rules: { unpinned-image: info }\noverrides: [{ apps: [ledger], rules: { unpinned-image: error } }]\n',
      'shop/.gitopsrc': 'rules: { unpinned-image: warning }\n',
      'shop/ledger/.gitopsrc': 'overrides: [{ paths: ["base/**"], rules: { unpinned-image: "off" } }, { tiers: [dev], rules: { unpinned-image: info } }]\n',
    });
    const paths = ['app.yaml', 'shop/app.yaml', 'shop/ledger/app.yaml', 'shop/ledger/base/app.yaml', 'shop/base/app.yaml', 'shop-us/app.yaml'];
    expect(severitiesOf(settings, paths)).toEqual(['error', 'warning', 'warning', 'off', 'warning', 'error']);
  });

  it('has its folder taken as it is named, whatever characters that has', async () => {
    const settings = await settingsIn({
      'shop (old)/[a]/.gitopsrc': 'ignore: ["*.yaml"]\noverrides: [{ paths: ["b/*"], rules: { unpinned-image: "off" } }]\n',
    });
    expect(severitiesOf(settings, ['shop (old)/[a]/b/c.yaml', 'shop (old)/a/b/c.yaml'])).toEqual(['off', 'warning']);
    expect(['shop (old)/[a]/b.yaml', 'shop old/a/b.yaml'].map(settings.declaration.isIgnored)).toEqual([true, false]);
  });

  it('chooses the preset of its folder', async () => {
    const settings = await settingsIn({
      '.gitopsrc': 'preset: strict\n',
      'shop/.gitopsrc': 'preset: recommended\n',
      'shop/ledger/.gitopsrc': 'preset: strict\n',
    });
    expect(severitiesOf(settings, ['app.yaml', 'shop/app.yaml', 'shop/ledger/app.yaml'], 'fragile-index-patch')).toEqual(['info', 'off', 'info']);
  });

  it('knows what is made elsewhere for what is deployed from its folder', async () => {
    const { isExternal } = await settingsIn({
      '.gitopsrc': 'externals: [{ kind: ConfigMap }]\n',
      'shop/.gitopsrc': 'externals: [{ kind: Secret, name: "tls-*" }]\n',
    });
    const secret = { kind: 'Secret', name: 'tls-web' };
    expect(['shop', 'shop/ledger/overlays/dev', 'shops', 'other'].map((root) => isExternal(secret, 'dev', root))).toEqual([true, true, false, false]);
    expect(isExternal({ kind: 'ConfigMap', name: 'any' }, 'dev', 'shop')).toBe(true);
  });

  it('ignores paths of its folder', async () => {
    const { declaration } = await settingsIn({ '.gitopsrc': 'ignore: [docs]\n', 'shop/.gitopsrc': 'ignore: ["old/", "**/*.tmp.yaml"]\n' });
    const paths = ['docs/a.yaml', 'shop/docs/a.yaml', 'shop/old/a.yaml', 'old/a.yaml', 'shop/a/b.tmp.yaml', 'a/b.tmp.yaml'];
    expect(paths.filter(declaration.isIgnored)).toEqual(['docs/a.yaml', 'shop/old/a.yaml', 'shop/a/b.tmp.yaml']);
  });

  it('adds keys that are secret everywhere', async () => {
    const { isSecretKey } = await settingsIn({ '.gitopsrc': 'secretKeys: ["*_TOKEN"]\n', 'shop/.gitopsrc': 'secretKeys: [PIN]\n' });
    expect(['SHOP_TOKEN', 'PIN', 'URL'].map(isSecretKey)).toEqual([true, true, false]);
  });

  it('adds how paths, variables and exceptions of its folder are to be read', async () => {
    const { declaration, exceptions } = await settingsIn({
      '.gitopsrc': 'apps: [{ path: "apps/{app}/{env}" }]\n',
      'shop/.gitopsrc':
        'apps: [{ files: "./config/{env}.env" }]\nexternals: [{ variable: CLUSTER }]\nexceptions: [{ rule: unpinned-image, path: "*.yaml", until: 2027-01-31, reason: a hotfix }]\n',
    });
    expect(declaration.apps.map(({ type, pattern, below }) => [type, pattern, below])).toEqual([
      ['path', 'apps/{app}/{env}', ''],
      ['files', 'shop/config/{env}.env', 'shop'],
    ]);
    expect(declaration.variables).toMatchObject([{ name: 'CLUSTER', environments: undefined, below: 'shop' }]);
    expect(exceptions).toMatchObject([{ rule: 'unpinned-image', path: 'shop/*.yaml', below: 'shop', until: { day: '2027-01-31' } }]);
  });

  it('says in what it is not acted upon', async () => {
    expect((await settingsIn({ '.gitopsrc': 'baseline: a.json\n', 'shop/.gitopsrc': 'checks: [{}]\n' })).unused).toEqual(['checks']);
  });
});

describe('the environments of several configurations', () => {
  it('are united, and each is one thing', async () => {
    const { declaration } = await settingsIn({
      '.gitopsrc': 'environments: { dev: { tier: dev }, prod: { promotesFrom: dev, labels: { region: eu } } }\n',
      'shop/.gitopsrc': 'environments: { blue: { tier: staging, promotesFrom: dev }, prod: { tier: prod, promotesFrom: [blue], labels: { team: shop } } }\n',
      'us/.gitopsrc': 'environments: { blue: { kubeVersion: "1.33" } }\n',
    });
    expect(declaration.environments.map(({ origin: _, ...environment }) => environment)).toEqual([
      { name: 'dev', tier: 'dev', labels: {}, below: [''] },
      { name: 'prod', tier: 'prod', promotesFrom: ['dev', 'blue'], labels: { region: 'eu', team: 'shop' }, below: [''] },
      { name: 'blue', tier: 'staging', promotesFrom: ['dev'], kubeVersion: '1.33', labels: {}, below: ['shop', 'us'] },
    ]);
    expect(declaration.environments[1]?.origin.file.path).toBe('.gitopsrc');
  });

  it.each<[string, Files, readonly string[]]>([
    [
      'another tier, version or label',
      {
        '.gitopsrc': 'environments: { prod: { tier: prod, labels: { region: eu } } }\n',
        'shop/.gitopsrc': 'environments:\n  prod:\n    tier: staging\n    kubeVersion: "1.32"\n    labels: { region: us, team: a }\n',
        'us/.gitopsrc': 'environments: { prod: { kubeVersion: "1.33", tier: prod } }\n',
      },
      [
        'shop/.gitopsrc:3 "prod" has "tier" staging here, and prod in ".gitopsrc"',
        'shop/.gitopsrc:5 "prod" has "region" us here, and eu in ".gitopsrc"',
        'us/.gitopsrc:1 "prod" has "kubeVersion" 1.33 here, and 1.32 in "shop/.gitopsrc"',
      ],
    ],
    [
      'a source that is declared beside it, or below',
      {
        '.gitopsrc': 'environments: { prod: { promotesFrom: blue } }\n',
        'shop/.gitopsrc': 'environments: { blue: }\n',
        'us/.gitopsrc': 'environments: { green: { promotesFrom: [prod, blue] } }\n',
      },
      ['.gitopsrc:1 "prod" is promoted from "blue", which is not declared', 'us/.gitopsrc:1 "green" is promoted from "blue", which is not declared'],
    ],
    [
      'a circle',
      {
        '.gitopsrc': 'environments: { dev: , prod: { promotesFrom: dev } }\n',
        'shop/.gitopsrc': 'environments:\n  blue: { promotesFrom: prod }\n  dev: { promotesFrom: blue }\n',
      },
      ['.gitopsrc:1 "prod" is promoted from itself, in a circle'],
    ],
  ])('must not contradict one another: %s', async (_, files, expected) => {
    expect(await mistakesIn(files)).toEqual(expected);
  });
});

describe('mistakes in a nested configuration', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'what holds for the whole repository',
      'branches: "env/{env}"\nrepositories: { prod: ../prod }\nkustomize: { loadRestrictor: none }\nhelm: { version: 4 }\nbaseline: known.json\npreset: strict\n',
      ['branches', 'repositories', 'kustomize', 'helm', 'baseline'].map(
        (name, at) => `shop/.gitopsrc:${at + 1} "${name}" holds for the whole repository: a nested file cannot set it`,
      ),
    ],
    ['a path out of its folder', 'ignore: [../docs]\n', ['shop/.gitopsrc:1 "../docs" leads out of the folder of this file']],
    ['one of the schema', 'presets: strict\n', ['shop/.gitopsrc:1 unknown setting "presets"']],
    ['text that is no YAML', 'rules: {\n', ['shop/.gitopsrc:1 "{" is not closed']],
  ])('are told: %s', async (_, text, expected) => {
    expect(await mistakesIn({ '.gitopsrc': '', 'shop/.gitopsrc': text })).toEqual(expected);
  });

  it('are none in the one that counts', async () => {
    expect(await mistakesIn({ 'shop/.gitopsrc': 'kustomize: { loadRestrictor: none }\n' }, 'shop')).toEqual([]);
  });

  it('are told of all files at once, once the one that counts is right', async () => {
    const files = { 'shop/.gitopsrc': 'ignore: docs\n', 'us/.gitopsrc': '- a\n', 'us/.gitopsrc.yaml': '', 'vendor/.gitopsrc': '- a\n' };
    expect(await mistakesIn({ ...files, '.gitopsrc': 'ignore: [vendor]\n' })).toEqual([
      'shop/.gitopsrc:1 "ignore" must be a list',
      'us/.gitopsrc.yaml:1 "us/.gitopsrc" lies here, too',
    ]);
    expect(await mistakesIn({ ...files, '.gitopsrc': 'ignores: [vendor]\n' })).toEqual(['.gitopsrc:1 unknown setting "ignores"']);
  });
});

it('of two configurations in one folder none has to be right where another one is named', async () => {
  const files = { '.gitopsrc': '', '.gitopsrc.yaml': '', 'ci.yaml': 'secretKeys: [PIN]\n' };
  expect((await settingsIn(files, '', 'ci.yaml')).isSecretKey('PIN')).toBe(true);
});

it.each([
  ['', { '.gitopsrc': '', '.gitopsrc.yaml': '' }],
  ['ledger', { '.gitopsrc': '', '.gitopsrc.yaml': '' }],
  ['', { 'shop/.gitopsrc': '', 'shop/.gitopsrc.yaml': '' }],
])('two configurations in one folder are a mistake', async (folder, files) => {
  const [first = '', second = ''] = Object.keys(files);
  expect(await mistakesIn(files, folder)).toEqual([`${second}:1 "${first}" lies here, too`]);
});
