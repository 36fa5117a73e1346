import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { ConfigError } from '../../src/errors.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { readSettings } from './read-settings.ts';

/** Every mistake as `line:column message`, and its hint. */
async function mistakesIn(text: string, path = '.gitopsrc'): Promise<(readonly [string, string | undefined])[]> {
  try {
    await readSettings(text, rules, path);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [error, ...error.others].map(({ location, message, hint }) => {
      const { line, column } = location?.file.positionAt(location.span.start) ?? { line: 0, column: 0 };
      return [`${line}:${column} ${message}`, hint];
    });
  }
  return [];
}

const messagesIn = async (text: string, path?: string) => (await mistakesIn(text, path)).map(([message]) => message);

describe('a mistake', () => {
  it.each<[string, string, string?]>([
    ['environments:\n  dev: { promotesForm: [] }\n', '2:10 unknown setting "promotesForm"', 'Did you mean "promotesFrom"?'],
    ['environments: [dev]\n', '1:1 "environments" must be a mapping'],
    ['environments:\n  dev: staging\n', '2:8 "dev" must be a mapping'],
    ['environments:\n  dev: { kubeVersion: 1.33 }\n', '2:23 "kubeVersion" must be a text', 'Write it in quotes: "1.33".'],
    ['environments:\n  dev: { labels: { wave: 1 } }\n', '2:26 "wave" must be a text', 'Write it in quotes: "1".'],
    ['environments:\n  a/b: { tier: production }\n', '2:16 "tier" must be one of local, dev, int, test, uat, staging, prod, ephemeral'],
    [
      'environments:\n  dev: {}\n  prod: { promotesFrom: [dev, stagng] }\n  staging: {}\n',
      '3:31 "prod" is promoted from "stagng", which is not declared',
      'Did you mean "staging"?',
    ],
    ['environments:\n  dev: { promotesFrom: prod }\n  prod: { promotesFrom: [dev] }\n', '2:24 "dev" is promoted from itself, in a circle'],
    ['apps:\n  - pth: apps/{app}\n', '2:5 unknown setting "pth"', 'Did you mean "path"?'],
    ['apps:\n  - apps/{app}\n', '2:5 an entry of "apps" must be a mapping'],
    ['apps:\n  - {}\n', '2:5 an entry of "apps" has exactly one of "path", "chart", "files"'],
    ['apps:\n  - { path: a, chart: b }\n', '2:5 an entry of "apps" has exactly one of "path", "chart", "files"'],
    ['apps:\n  - { path: a, values: [b] }\n', '2:5 "values" needs "chart" beside it'],
    ['apps:\n  - path: ""\n', '2:11 "path" must not be empty'],
    ['apps:\n  - path: apps/{App}\n', '2:11 "{App}" is no name: write a word such as {app}, {env} or {cluster}'],
    ['apps:\n  - { chart: "charts/{app}", values: ["{env"] }\n', '2:39 "{env" has a brace without its partner'],
    ['preset: Strict\n', '1:9 "preset" must be one of recommended, strict', 'Did you mean "strict"?'],
    ['rules:\n  unpinned-image: { sevrity: error }\n', '2:21 unknown setting "sevrity"', 'Did you mean "severity"?'],
    ['rules:\n  unpinned-image: eror\n', '2:19 "unpinned-image" must be one of off, info, warning, error', 'Did you mean "error"?'],
    ['rules:\n  syntax-error: { severity: off }\n', '2:29 "severity" must be one of info, warning, error'],
    ['overrides:\n  - tiers: [dev]\n', '2:5 "rules" is missing'],
    [
      'overrides:\n  - { tiers: [stagin], rules: {} }\n',
      '2:15 an entry of "tiers" must be one of local, dev, int, test, uat, staging, prod, ephemeral',
      'Did you mean "staging"?',
    ],
    ['overrides:\n  - rules:\n      unpined-image: error\n', '3:7 there is no rule "unpined-image"', 'Did you mean "unpinned-image"?'],
    ['ignore: docs\n', '1:9 "ignore" must be a list'],
    ['helm: { version: 2 }\n', '1:18 "version" must be one of 3, 4'],
    ['differences: [spec.replicas]\n', '1:15 an entry of "differences" must be a mapping'],
    ['- preset: strict\n', '1:1 a configuration is a mapping', 'Write names and values, such as "preset: strict".'],
    ['preset: strict\n---\nignore: []\n', '3:1 a configuration is one document'],
    ['ignore: *all\n', '1:9 unknown anchor', 'A text that begins with "*" is written in quotes.'],
    ['exceptions:\n  - { owner: @payments }\n', '2:14 an unquoted value cannot begin with "@"', 'A text that begins with "@" is written in quotes.'],
    ['apps:\n  - path: {app}/base\n', '2:16 there is more text after the end of the value', 'A text that begins with "{" is written in quotes.'],
    ['rules: {\n', '1:8 "{" is not closed'],
    ['branches: {env}\n', '1:1 "branches" must be a text', 'A text that begins with a brace or bracket is written in quotes.'],
    ['branches: main\n', '1:11 "main" does not tell the environment', 'Write {env} where its name stands: env/{env}.'],
    ['repositories: { prod-eu: /srv/prod }\n', '1:26 "/srv/prod" is a path of one machine', 'Name it relative to this file: ../prod.'],
    ['repositories: { prod-eu: "https://git.shop.example/prod" }\n', '1:26 nothing is fetched: this is an address', 'Name the folder of a clone: ../prod.'],
    ['environments: { "": { tier: dev } }\n', '1:17 an environment needs a name'],
    ['environments: { dev: { kubeVersion: latest } }\n', '1:37 "kubeVersion" must be a version such as "1.33"'],
    ['environments:\n  prod: { promotesFrom: prod }\n', '2:25 "prod" is promoted from itself, in a circle'],
    [
      'environments:\n  dev: { promotesFrom: prod }\n  staging: { promotesFrom: dev }\n  prod: { promotesFrom: staging }\n  test: { promotesFrom: prod }\n',
      '2:24 "dev" is promoted from itself, in a circle',
    ],
    ['environments: { prod: { promotesFrom: 5 } }\n', '1:39 "promotesFrom" must be a text', 'Write it in quotes: "5".'],
    ['ignore: docs\n', '1:9 "ignore" must be a list', 'Write it as a list: [docs].'],
    ['ignore: ["!apps/**"]\n', '1:10 "!apps/**" says what is not meant', 'Name what is meant: a glob cannot begin with "!".'],
    ['ignore: [/apps/test]\n', '1:10 "/apps/test" begins with "/"', 'Paths are relative to the folder of this file.'],
    ['ignore: ["../apps"]\n', '1:10 "../apps" leads out of the folder of this file', 'Say it in a .gitopsrc of a folder above.'],
    ['ignore: ["apps\\\\test"]\n', '1:10 "apps\\test" has a backslash', 'Folders are separated by "/", on every system.'],
    ['ignore: ["apps/[ab/**"]\n', '1:10 "apps/[ab/**" has a bracket without its partner'],
    ['secretKeys: ["*_{TOKEN,KEY"]\n', '1:14 "*_{TOKEN,KEY" has a bracket without its partner'],
    ['apps:\n  - path: ../shop/{app}\n', '2:11 "../shop/{app}" leads out of the folder of this file'],
    ['overrides: [{ apps: ["!ledger"], rules: {} }]\n', '1:22 "!ledger" says what is not meant'],
    ['overrides: [{ apps: [], rules: {} }]\n', '1:15 "apps" must not be empty', 'Leave it out where nothing is to be narrowed.'],
    [
      'overrides: [{ rules: { unpinned-image: { options: {} } } }]\n',
      '1:42 "options" of a rule hold for the whole repository',
      'Set them under "rules" of the .gitopsrc that counts.',
    ],
    ['externals: [{ environments: [dev] }]\n', '1:13 an entry of "externals" needs one of "kind", "name", "variable"'],
    [
      'externals: [{ variable: CLUSTER, kind: Secret }]\n',
      '1:13 an entry of "externals" is an object ("kind", "name") or a "variable", not both',
      'Make two entries of it.',
    ],
    ['exceptions: [{ rule: unpined-image, reason: a hotfix }]\n', '1:22 there is no rule "unpined-image"', 'Did you mean "unpinned-image"?'],
    ['exceptions: [{ rule: unpinned-image }]\n', '1:14 "reason" is missing', 'Say why: the reason is shown with every finding that it keeps quiet.'],
    ['exceptions: [{ rule: unpinned-image, reason: " " }]\n', '1:46 "reason" must not be empty'],
    ['exceptions: [{ rule: unpinned-image, reason: 4711 }]\n', '1:46 "reason" must be a text', 'Write it in quotes: "4711".'],
    ['exceptions: [{ rule: unpinned-image, raeson: a hotfix }]\n', '1:38 unknown setting "raeson"', 'Did you mean "reason"?'],
    ['exceptions: [{ reason: a hotfix }]\n', '1:14 "rule" is missing'],
    ['exceptions: [{ rule: unpinned-image, reason: a hotfix, until: next week }]\n', '1:63 "until" must be a day', 'Write year, month and day: 2027-01-31.'],
    ['exceptions: [{ rule: unpinned-image, reason: a hotfix, until: 2027-02-29 }]\n', '1:63 there is no day "2027-02-29"'],
    ['exceptions: [{ rule: unpinned-image, reason: a hotfix, path: /apps }]\n', '1:62 "/apps" begins with "/"'],
    [
      'exceptions: [{ rule: syntax-error, reason: a hotfix }]\n',
      '1:22 "syntax-error" cannot be turned off: an exception for it names its files',
      'Add "path" to it.',
    ],
    ['rules: { unpinned-image: warn }\n', '1:26 "unpinned-image" must be one of off, info, warning, error', 'Did you mean "warning"?'],
    [
      'environments: { prod: { tier: production } }\n',
      '1:31 "tier" must be one of local, dev, int, test, uat, staging, prod, ephemeral',
      'Did you mean "prod"?',
    ],
    ['{ "preset": "strict", // for now\n  "rules": {} }\n', '1:23 this is no comment', 'Begin comments with "#".'],
    ['{ // for now\n}\n', '1:3 this is no comment'],
  ])('%j', async (text, message, hint) => {
    const found = await mistakesIn(text);
    expect(found.map(([words]) => words)).toEqual([message]);
    if (hint !== undefined) expect(found[0]?.[1]).toBe(hint);
  });
});

it('is told of with all others, in the order of the file', async () => {
  const text = `
preset: Strict
rules: { unpined-image: error, unpinned-image: eror, syntax-error: "off" }
overrides:
  - { tiers: [stagin, prood], rule: {} }
exceptions:
  - { rule: unpinned-image, until: soon, owners: me }
  - a hotfix
`;
  expect(await messagesIn(text)).toEqual([
    '2:9 "preset" must be one of recommended, strict',
    '3:10 there is no rule "unpined-image"',
    '3:48 "unpinned-image" must be one of off, info, warning, error',
    '3:68 "syntax-error" must be one of info, warning, error',
    '5:15 an entry of "tiers" must be one of local, dev, int, test, uat, staging, prod, ephemeral',
    '5:23 an entry of "tiers" must be one of local, dev, int, test, uat, staging, prod, ephemeral',
    '5:31 unknown setting "rule"',
    '7:5 "reason" is missing',
    '7:36 "until" must be a day',
    '7:42 unknown setting "owners"',
    '8:5 an entry of "exceptions" must be a mapping',
  ]);
  expect(await messagesIn('environments: { dev: { promotesFrom: [a, b] } }\nignore: [/a, ok, ../b]\n')).toEqual([
    '2:10 "/a" begins with "/"',
    '2:18 "../b" leads out of the folder of this file',
  ]);
  expect(await messagesIn('preset: strict\nignore: [a]\npreset: strict\nignore: [b]\n')).toEqual([
    '3:1 "preset" stands here twice',
    '4:1 "ignore" stands here twice',
  ]);
});

describe('a file of JSON', () => {
  it.each<[string, readonly string[]]>([
    ['{\n  // for now\n  "preset": "strict" /* or not */\n}\n', ['2:3 JSON has no comments', '3:22 JSON has no comments']],
    ['{\n  /* for\n     now */\n  "preset": "strict"\n}\n', ['2:3 JSON has no comments']],
    ['{ "preset": "strict" # for now\n}\n', ['1:22 JSON has no comments']],
    ['{\n  "ignore": ["docs", ],\n}\n', ['2:20 JSON has no comma before a closing bracket', '2:23 JSON has no comma before a closing bracket']],
    ['{ "environments": { "dev": { "labels": { "a": "// docs", "b": ",]", "c": "#b", "d": "\\"// c" } } } }\n', []],
    ['{\n\t"ignore": ["docs"]\n}\n', []],
  ])('%j', async (text, expected) => {
    expect(await messagesIn(text, 'shop/.gitopsrc.json')).toEqual(expected);
  });

  it('may be YAML by another name', async () => {
    expect(await messagesIn('{ "ignore": [docs, ], # for now\n}\n')).toEqual([]);
    expect(await messagesIn('{ ignore: ["https://shop.example/*"] }\n')).toEqual([]);
  });
});

describe('a configuration', () => {
  it.each([
    ['empty', ''],
    ['only comments', '# later\n'],
    ['null', '~\n'],
    ['one that has an environment promoted from one that comes later', 'environments: { prod: { promotesFrom: dev }, dev: {} }\n'],
    [
      'with a day in quotes, or without',
      'exceptions:\n  - &a { rule: unpinned-image, reason: a hotfix, until: 2028-02-29 }\n  - { <<: *a, until: "2027-01-31" }\n',
    ],
    ['with globs of all kinds', 'ignore: ["**/{a,b}/[!c]*", "./d/", "!(e)", "f\\\\[g"]\nsecretKeys: ["@(A|B)_*"]\n'],
    ['names with nothing behind them', 'environments:\n  dev:\nrules:\n  unpinned-image:\noverrides:\npreset:\n'],
    ['in JSON', '{ "preset": "strict", "rules": { "unpinned-image": "off" } }\n'],
    ['with anchors', 'ignore: &paths [docs]\nsecretKeys: *paths\n'],
    ['with off as YAML 1.1 has it', 'rules:\n  unpinned-image: off\n'],
    ['with Windows line ends', 'preset: strict\r\nignore:\r\n  - docs\r\n'],
  ])('may be %s', async (_, text) => {
    expect(await mistakesIn(text)).toEqual([]);
  });

  const inFolders = memoryWorkspace({
    '.gitopsrc': 'preset: strict\n',
    'shop/.gitopsrc.yaml': 'rules: { unpinned-image: info }\n',
    'shop/checkout/.gitopsrc.json': '{ "ignore": ["docs"] }\n',
    'other.yaml': 'ignore: [docs]\n',
  });

  it.each([
    ['', '.gitopsrc'],
    ['ledger/overlays', '.gitopsrc'],
    ['shop', 'shop/.gitopsrc.yaml'],
    ['shop/storefront', 'shop/.gitopsrc.yaml'],
    ['shop/checkout/overlays/dev', 'shop/checkout/.gitopsrc.json'],
  ])('is the nearest one above "%s"', async (folder, path) => {
    expect((await loadSettings(inFolders, folder, rules)).file?.path).toBe(path);
  });

  it('may be named, and must be there then', async () => {
    const { file, settings } = await loadSettings(inFolders, 'shop', rules, 'other.yaml');
    expect(file?.path).toBe('other.yaml');
    expect(settings.declaration.isIgnored('docs/app.yaml')).toBe(true);
    await expect(loadSettings(inFolders, '', rules, 'gone.yaml')).rejects.toThrow('cannot read "gone.yaml": missing');
  });

  it('is not needed', async () => {
    const { file, settings } = await loadSettings(memoryWorkspace({}), '', rules);
    expect(file).toBeUndefined();
    expect(settings).toMatchObject({ loadRestrictor: 'root', unused: [], exceptions: [] });
    expect(settings.presetOf('apps/app.yaml')).toBe('recommended');
  });
});
