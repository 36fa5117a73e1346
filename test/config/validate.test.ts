import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings, readSettings } from '../../src/config/load.ts';
import { ConfigError } from '../../src/errors.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

/** `line:column message`, and the hint. */
async function mistakeIn(text: string): Promise<readonly [string, string | undefined]> {
  const file = new SourceFile('.gitopsrc', text);
  try {
    await readSettings(file, rules);
  } catch (error) {
    if (!(error instanceof ConfigError) || !error.location) throw error;
    const { line, column } = file.positionAt(error.location.span.start);
    return [`${line}:${column} ${error.message}`, error.hint];
  }
  return ['no mistake', undefined];
}

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
      '3:11 "prod" is promoted from "stagng", which is not declared',
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
    ['apps:\n  - { chart: "charts/{app}", values: ["{env"] }\n', '2:14 "{env" has a brace without its partner'],
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
    ['ignore: *all\n', '1:9 unknown anchor'],
  ])('%j', async (text, message, hint) => {
    const [found, advice] = await mistakeIn(text);
    expect(found).toBe(message);
    if (hint !== undefined) expect(advice).toBe(hint);
  });
});

describe('a configuration', () => {
  it.each([
    ['empty', ''],
    ['only comments', '# later\n'],
    ['names with nothing behind them', 'environments:\n  dev:\nrules:\n  unpinned-image:\noverrides:\npreset:\n'],
    ['in JSON', '{ "preset": "strict", "rules": { "unpinned-image": "off" } }\n'],
    ['with anchors', 'ignore: &paths [docs]\nsecretKeys: *paths\n'],
    ['with off as YAML 1.1 has it', 'rules:\n  unpinned-image: off\n'],
    ['with Windows line ends', 'preset: strict\r\nignore:\r\n  - docs\r\n'],
  ])('may be %s', async (_, text) => {
    expect(await mistakeIn(text)).toEqual(['no mistake', undefined]);
  });

  const inFolders = memoryWorkspace({
    '.gitopsrc': 'preset: strict\n',
    'shop/.gitopsrc.yaml': 'rules: { unpinned-image: info }\n',
    'shop/checkout/.gitopsrc.json': '{ "kustomize": { "loadRestrictor": "none" } }\n',
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
    expect(settings).toMatchObject({ preset: 'recommended', loadRestrictor: 'root', unused: [] });
  });
});
