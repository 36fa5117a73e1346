import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { rules as all } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { renewBaseline } from '../../src/engine/baseline.ts';
import { printBaseline, readBaseline } from '../../src/engine/baseline-file.ts';
import { type LintRun, lint } from '../../src/engine/lint.ts';
import type { Scope } from '../../src/engine/scope.ts';
import type { ConfigError } from '../../src/errors.ts';
import type { Baseline } from '../../src/model/baseline.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Tree } from '../support/rule-tester.ts';
import { values } from './rules.ts';

const NAME = '.gitops-lint-baseline.json';
const validate = new Ajv().compile(JSON.parse(readFileSync('schemas/baseline.schema.json', 'utf8')) as object);

interface Options {
  readonly baseline?: string | undefined;
  readonly used?: typeof all;
  readonly scope?: Scope;
  readonly folder?: string;
}

async function run(tree: Tree, { baseline, used = [values], scope = {}, folder = '' }: Options = {}) {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, folder, all);
  const known: Baseline | undefined = baseline === undefined ? undefined : readBaseline(new SourceFile(NAME, baseline));
  const result = await lint({ workspace, folder, settings, rules: used, scope, version: '1.2.3', baseline: known });
  return { result, settings, known, used, folder };
}

/** The text of a baseline, made of what one run found; given an older one, renewed. */
async function baselineOf(tree: Tree, options: Options = {}): Promise<string> {
  const { settings, known, used, folder } = await run(tree, options);
  const { result } = await run(tree, { ...options, baseline: undefined });
  const text = printBaseline(
    renewBaseline(result.findings, { before: known, folder, hearing: { repository: result.repository, rules: used, settings } }).entries,
  );
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  return text;
}

const liveIn = ({ findings }: Pick<LintRun, 'findings'>) =>
  findings.filter(({ suppressed }) => !suppressed).map(({ location: { file, span }, path }) => `${file.path}:${file.positionAt(span.start).line} ${path}`);

const configMap = (name: string, data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${data}`;
const overlay = (env: string, more = '') => ({ [`apps/shop/overlays/${env}/kustomization.yaml`]: `resources: [../../base]\n${more}` });
const shop = (data = '  URL: a\n  HOST: b\n', envs = ['dev', 'prod-eu']): Tree => ({
  'apps/shop/base/kustomization.yaml': 'resources:\n  - app.yaml\n  - other.yaml\n',
  'apps/shop/base/app.yaml': configMap('checkout', data),
  'apps/shop/base/other.yaml': configMap('ledger', '  LINK: a\n'),
  ...Object.assign({}, ...envs.map((env) => overlay(env))),
});

describe('a baseline', () => {
  it('has an entry a line, by rule, in an order of its own', async () => {
    const text = await baselineOf(shop());
    expect(text.replaceAll(/[0-9a-f]{32}/g, '…')).toMatchInlineSnapshot(`
      "{
        "schemaVersion": 1,
        "findings": {
          "values": [
            { "file": "apps/shop/base/app.yaml", "app": "shop", "resource": "ConfigMap/checkout", "path": "data.HOST", "tier": "prod", "fingerprint": "…" },
            { "file": "apps/shop/base/app.yaml", "app": "shop", "resource": "ConfigMap/checkout", "path": "data.URL", "tier": "prod", "fingerprint": "…" },
            { "file": "apps/shop/base/other.yaml", "app": "shop", "resource": "ConfigMap/ledger", "path": "data.LINK", "tier": "prod", "fingerprint": "…" }
          ]
        }
      }
      "
    `);
    const entries = [...readBaseline(new SourceFile(NAME, text)).entries];
    expect(printBaseline(entries.reverse())).toBe(text);
    expect(printBaseline([])).toBe('{\n  "schemaVersion": 1,\n  "findings": {}\n}\n');
  });

  it('keeps quiet what it knows, and says so', async () => {
    const { result } = await run(shop(), { baseline: await baselineOf(shop()) });
    expect(liveIn(result)).toEqual([]);
    expect(result.findings.map(({ suppressed }) => suppressed)).toEqual(
      result.findings.map(() => expect.objectContaining({ by: 'baseline', reason: `known by ${NAME}` }) as object),
    );
    expect(result.notes).toEqual([]);
  });

  it('knows nothing of what is new', async () => {
    const baseline = await baselineOf(shop());
    expect(liveIn((await run(shop('  NEW: c\n  URL: a\n  HOST: b\n'), { baseline })).result)).toEqual(['apps/shop/base/app.yaml:6 data.NEW']);
  });

  it('counts what agrees in all that makes a finding the same: a third one is new', async () => {
    const used = all.filter(({ id }) => id === 'duplicate-key');
    const twice = (count: number): Tree => ({ ...shop(), 'apps/shop/base/other.yaml': configMap('ledger', `  URL: a\n${'  URL: a\n'.repeat(count)}`) });
    const baseline = await baselineOf(twice(2), { used });
    expect(baseline).toContain('"count": 2');
    expect(liveIn((await run(twice(2), { used, baseline })).result)).toEqual([]);
    expect(liveIn((await run(twice(3), { used, baseline })).result)).toHaveLength(1);
  });

  it.each([
    [['dev'], ['dev', 'dev-2'], 0],
    [['prod-eu'], ['prod-eu', 'prod-us'], 0],
    [['prod-eu'], ['dev'], 0],
    [['dev'], ['dev', 'prod-eu'], 3],
    [['dev', 'staging'], ['dev', 'staging', 'prod-eu'], 3],
  ])('made of %s, of %s', async (before, now, expected) => {
    const baseline = await baselineOf(shop(undefined, before));
    expect(liveIn((await run(shop(undefined, now), { baseline })).result)).toHaveLength(expected);
  });

  it('has no entry for what is quiet for another reason, and needs none', async () => {
    const quiet = shop('  URL: a # gitops-lint-ignore values -- a demo\n  HOST: b\n');
    expect(await baselineOf(quiet)).not.toContain('data.URL');
    const { result } = await run(quiet, { baseline: await baselineOf(shop()) });
    expect(result.findings.map(({ suppressed }) => suppressed?.by)).toEqual(['comment', 'baseline', 'baseline']);
    expect(result.notes).toEqual([`one finding of ${NAME} is gone: "gitops-lint baseline" takes it out`]);
  });

  it('never holds a value', async () => {
    const tree = {
      ...shop(),
      'apps/shop/base/other.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: ledger\nstringData:\n  PASSWORD: hunter2\n  PASSWORD: hunter3\n  TOKEN: TODO\n',
    };
    const baseline = await baselineOf(tree, { used: all });
    expect(baseline).toContain('duplicate-key');
    expect(baseline).not.toMatch(/hunter|TODO/);
  });
});

describe('what is gone', () => {
  const mended = shop('  HOST: b\n');

  it('is told in one note, and taken out when the baseline is written anew', async () => {
    const baseline = await baselineOf(shop());
    expect((await run(mended, { baseline })).result.notes).toEqual([`one finding of ${NAME} is gone: "gitops-lint baseline" takes it out`]);
    const renewed = await baselineOf(mended, { baseline });
    expect(renewed).toBe(await baselineOf(mended));
    expect(liveIn((await run(shop(), { baseline: renewed })).result)).toEqual(['apps/shop/base/app.yaml:6 data.URL']);
  });

  it.each<[string, Scope]>([
    ['a rule', { rules: new Set(['values']) }],
    ['an app', { isApp: () => true }],
    ['an environment', { isEnvironment: () => true }],
    ['a change', { changed: new Set(['apps/shop/base/app.yaml']) }],
  ])('is not told of a run of %s', async (_, scope) => {
    expect((await run(mended, { baseline: await baselineOf(shop()), scope })).result.notes).toEqual([]);
  });

  it('is not told where its rule is off, and stays', async () => {
    const baseline = await baselineOf(shop());
    const off = { ...mended, '.gitopsrc': 'rules: { values: off }\n' };
    const known = all.concat(values);
    const workspace = memoryWorkspace(off);
    const { settings } = await loadSettings(workspace, '', known);
    const result = await lint({ workspace, folder: '', settings, rules: [values], version: '1.2.3', baseline: readBaseline(new SourceFile(NAME, baseline)) });
    expect(result.notes).toEqual([]);
    expect(
      renewBaseline(result.findings, {
        before: readBaseline(new SourceFile(NAME, baseline)),
        folder: '',
        hearing: { repository: result.repository, rules: [values], settings },
      }).dropped,
    ).toBe(0);
  });

  it('is not told where its app cannot be rendered', async () => {
    const broken = { ...mended, ...overlay('dev', 'patches: [missing.yaml]\n') };
    expect((await run(broken, { baseline: await baselineOf(shop()) })).result.notes).toEqual([]);
  });

  it('is not told of other folders, whose entries stay', async () => {
    const two = {
      ...shop(),
      'apps/ledger/overlays/dev/kustomization.yaml': 'resources: [app.yaml]\n',
      'apps/ledger/overlays/dev/app.yaml': configMap('ledger', '  A: a\n  B: b\n'),
    };
    const baseline = await baselineOf(two);
    const now = { ...two, ...mended, 'apps/ledger/overlays/dev/app.yaml': configMap('ledger', '  B: b\n') };
    const { result } = await run(now, { baseline, folder: 'apps/ledger' });
    expect(result.notes).toEqual(expect.arrayContaining([`one finding of ${NAME} is gone: "gitops-lint baseline" takes it out`]));
    const renewed = await baselineOf(now, { baseline, folder: 'apps/ledger' });
    expect([renewed.includes('data.A'), renewed.includes('data.URL')]).toEqual([false, true]);
  });
});

describe('a baseline that cannot be read', () => {
  it.each([
    ['{\n<<<<<<< main\n}\n', 2, /^the baseline has marks of a merge$/],
    ['{ "schemaVersion": 1,\n  "findings": {\n', 3, /^the baseline cannot be read: /],
    ['[]\n', 1, /^this is no baseline$/],
    ['', 1, /^this is no baseline$/],
    ['{ "schemaVersion": 2,\n  "findings": {} }\n', 1, /"schemaVersion" is not 1$/],
    ['{ "schemaVersion": 1,\n  "findings": [] }\n', 2, /^"findings" is a mapping of rules$/],
    ['{ "schemaVersion": 1,\n  "findings": {},\n  "more": 1 }\n', 3, /^"more" is nothing/],
    ['{ "schemaVersion": 1,\n  "findings": { "values": {} } }\n', 2, /^the findings of "values" are a list$/],
    ['{ "schemaVersion": 1,\n  "findings": { "values": [\n    1 ] } }\n', 3, /^an entry is a mapping$/],
    ['{ "schemaVersion": 1,\n  "findings": { "values": [\n    { "fingerprint": "x" } ] } }\n', 3, /^"fingerprint" has 32/],
    [
      `{ "schemaVersion": 1,\n  "findings": { "values": [\n    { "fingerprint": "${'0'.repeat(32)}", "tier": "production" } ] } }\n`,
      3,
      /^there is no tier "production"$/,
    ],
    [`{ "schemaVersion": 1,\n  "findings": { "values": [\n    { "fingerprint": "${'0'.repeat(32)}", "count": 0 } ] } }\n`, 3, /^"count" is/],
    ['{ "schemaVersion": 1,\n  "findings": { "values": [],\n  "values": [] } }\n', 3, /^"values" stands here twice$/],
  ])('%j', (text, line, message) => {
    const file = new SourceFile(NAME, text);
    let found: ConfigError | undefined;
    try {
      readBaseline(file);
    } catch (error) {
      found = error as ConfigError;
    }
    expect(found?.message).toMatch(message);
    expect(found?.location && file.positionAt(found.location.span.start).line).toBe(line);
    expect(found?.hint).toContain('gitops-lint baseline');
  });
});

describe('what moves', () => {
  /** Numbers that look drawn by lot, and are the same in each run. */
  function* lots(seed: number): Generator<number, never> {
    for (let state = seed; ; ) {
      state = (state * 48271) % 2147483647;
      yield state / 2147483647;
    }
  }
  const DATA = '  URL: a\n  HOST: b\n  PORT: "1"\n';
  const tree = { ...shop(DATA), ...overlay('staging', 'configMapGenerator:\n  -\n    name: region\n    literals:\n      - REGION=eu\n      - ZONE=a\n') };

  it('is known all the same: fifty times lines put in between, other indentation, another order of files', async () => {
    const baseline = await baselineOf(tree);
    const lot = lots(7);
    const draw = (count: number) => Math.floor(lot.next().value * count);
    for (let turn = 0; turn < 50; turn += 1) {
      const width = [1, 2, 3][draw(3)] ?? 1;
      const moved = Object.entries(tree)
        .map(([path, text]): [string, string] => {
          const lines = text
            .trimEnd()
            .split('\n')
            .map((line) => line.replace(/^ +/, (blanks) => blanks.repeat(width)));
          for (let more = draw(4); more > 0; more -= 1) lines.splice(draw(lines.length + 1), 0, ['', '# more', '    # and more'][draw(3)] ?? '');
          return [path, `${lines.join(draw(2) ? '\n' : '\r\n')}\n`];
        })
        .sort(() => lot.next().value - 0.5);
      const swapped = Object.fromEntries(
        moved.map(([path, text]) => [path, path.endsWith('base/kustomization.yaml') && draw(2) ? 'resources: [other.yaml, app.yaml]\n' : text]),
      );
      const { result } = await run(swapped, { baseline });
      expect(liveIn(result), JSON.stringify(swapped)).toEqual([]);
      expect(result.notes).toEqual([]);
      expect(await baselineOf(swapped)).toBe(baseline);
    }
  });
});
