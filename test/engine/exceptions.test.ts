import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { lint } from '../../src/engine/lint.ts';
import type { Scope } from '../../src/engine/scope.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Tree } from '../support/rule-tester.ts';
import { metaOf, values } from './rules.ts';

const configMap = (name: string, data = '  URL: a\n') => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${data}`;

/** An app with a value in its base, and one in the overlay of each environment. */
const app = (name: string): Tree => ({
  [`apps/${name}/base/kustomization.yaml`]: 'resources: [app.yaml]\n',
  [`apps/${name}/base/app.yaml`]: configMap(name),
  ...Object.fromEntries(
    ['dev', 'staging', 'prod-eu'].map((env) => [
      `apps/${name}/overlays/${env}/kustomization.yaml`,
      `resources: [../../base]\nconfigMapGenerator:\n  - name: region\n    literals: [REGION=${env}]\n`,
    ]),
  ),
});

interface Options {
  readonly now?: string;
  readonly scope?: Scope;
  readonly used?: readonly Rule[];
  readonly folder?: string;
}

async function findingsIn(tree: Tree, { now = '2026-06-15', scope = {}, used = [values], folder = '' }: Options = {}): Promise<readonly Finding[]> {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, folder, used);
  return (await lint({ workspace, folder, settings, rules: used, scope, version: '1.2.3', now })).findings;
}

/** `base error dev,staging`, the quiet ones with their reason. */
const shortOf = ({ location: { file }, severity, variants, suppressed }: Finding): string => {
  const place = file.path
    .replace(/^apps\//, '')
    .replace(/\/(?:app|kustomization)\.yaml$/, '')
    .replace('overlays/', '');
  return `${place} ${severity} ${variants.map((id) => id.split('@')[1]).join(',')}${suppressed ? ` (${suppressed.by}: ${suppressed.reason})` : ''}`;
};

const ALL = ['checkout/base error dev,staging,prod-eu', 'checkout/dev info dev', 'checkout/prod-eu error prod-eu', 'checkout/staging warning staging'];

describe('an exception', () => {
  it.each<[string, string, readonly string[]]>([
    ['of a rule covers all its findings', '', ALL.map((line) => `${line} (config: a demo)`)],
    ['of an app covers those', 'app: "check*"', ALL.map((line) => `${line} (config: a demo)`)],
    ['of another app covers none', 'app: ledger', ALL],
    [
      'of an environment takes it from the accused of a finding, whose severity is that of the others',
      'environments: [prod-eu]',
      ['checkout/base warning dev,staging', 'checkout/dev info dev', 'checkout/prod-eu error prod-eu (config: a demo)', 'checkout/staging warning staging'],
    ],
    [
      'of several environments takes all of them',
      'environments: [staging, dev, qa]',
      [
        'checkout/base error prod-eu',
        'checkout/dev info dev (config: a demo)',
        'checkout/prod-eu error prod-eu',
        'checkout/staging warning staging (config: a demo)',
      ],
    ],
    [
      'of all environments covers what is in all of them',
      'environments: [staging, dev, prod-eu], path: "**/base/*"',
      [`${ALL[0]} (config: a demo)`, ...ALL.slice(1)],
    ],
    ['of a path covers what points there', 'path: "./apps/checkout/overlays/dev/**"', [ALL[0] ?? '', `${ALL[1]} (config: a demo)`, ...ALL.slice(2)]],
    ['of a folder without what is in it covers nothing', 'path: apps/checkout/overlays/dev', ALL],
    ['of a resource covers what is about it', 'resource: ConfigMap/check*', [`${ALL[0]} (config: a demo)`, ...ALL.slice(1)]],
    ['of another kind covers nothing', 'resource: "Secret/*"', ALL],
    ['must match in all that it names', 'app: checkout, environments: [dev], path: "**/base/*", resource: "ConfigMap/region"', ALL],
  ])('%s', async (_, which, expected) => {
    const config = `exceptions: [{ rule: values, reason: a demo${which && `, ${which}`} }]\n`;
    expect((await findingsIn({ ...app('checkout'), '.gitopsrc': config })).map(shortOf)).toEqual(expected);
  });

  it('covers no other rule', async () => {
    const others = [values, { ...values, id: 'other-values' }];
    const findings = await findingsIn({ ...app('checkout'), '.gitopsrc': 'exceptions: [{ rule: other-values, reason: a demo }]\n' }, { used: others });
    expect(findings.filter(({ suppressed }) => suppressed).map(({ ruleId }) => ruleId)).toEqual(Array.from(ALL, () => 'other-values'));
    expect(findings).toHaveLength(2 * ALL.length);
  });

  it('covers a finding together with others, each with its reason', async () => {
    const config = `exceptions:
  - { rule: values, environments: [dev, staging], reason: a demo }
  - { rule: values, environments: [dev], reason: never needed }
  - { rule: values, environments: [prod-eu], path: "**/base/*", reason: a hotfix }
`;
    const [base] = await findingsIn({ ...app('checkout'), '.gitopsrc': config });
    expect(base && shortOf(base)).toBe('checkout/base error dev,staging,prod-eu (config: a demo; never needed; a hotfix)');
  });

  it('is told as the place of the suppression', async () => {
    const config = 'exceptions:\n  - reason: a demo\n    rule: values\n';
    const [first] = await findingsIn({ ...app('checkout'), '.gitopsrc': config });
    const { file, span } = first?.suppressed?.location ?? {};
    expect([file?.path, span && config.slice(span.start, span.end)]).toEqual(['.gitopsrc', 'values']);
  });

  it('of a nested file covers its folder only', async () => {
    const tree = { ...app('checkout'), ...app('ledger'), 'apps/ledger/.gitopsrc': 'exceptions: [{ rule: values, path: "base/*", reason: a demo }]\n' };
    const quiet = (await findingsIn(tree)).filter(({ suppressed }) => suppressed);
    expect(quiet.map(shortOf)).toEqual(['ledger/base error dev,staging,prod-eu (config: a demo)']);
    const everywhere = { ...tree, 'apps/ledger/.gitopsrc': 'exceptions: [{ rule: values, reason: a demo }]\n' };
    expect(new Set((await findingsIn(everywhere)).filter(({ suppressed }) => suppressed).map(({ app }) => app))).toEqual(new Set(['ledger']));
  });

  it('of an app or environment covers no finding that accuses a file alone', async () => {
    const files: Rule = {
      ...values,
      id: 'files',
      meta: metaOf(),
      create: ({ report }) => ({
        file: ({ yaml: { documents } }) => {
          for (const { root } of documents) if (root) report({ messageId: 'found', data: { what: 'a file' }, at: root.origin, variants: [] });
        },
      }),
    };
    const quietWith = async (which: string) => {
      const tree = { ...app('checkout'), '.gitopsrc': `exceptions: [{ rule: files, reason: a demo${which} }]\n` };
      return (await findingsIn(tree, { used: [files] })).filter(({ suppressed }) => suppressed).length;
    };
    expect(await quietWith('')).toBe(5);
    expect(await quietWith(', path: "**/base/*"')).toBe(2);
    expect(await quietWith(', app: "*"')).toBe(0);
    expect(await quietWith(', environments: [dev, staging, prod-eu]')).toBe(0);
  });

  it('that takes some variants does not bring back what a more precise rule spoke for', async () => {
    const tree: Tree = {
      'apps/checkout/base/kustomization.yaml': 'resources: [gone.yaml]\n',
      'apps/checkout/overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
      'apps/checkout/overlays/prod-eu/kustomization.yaml': 'resources: [../../base]\n',
      '.gitopsrc': 'exceptions: [{ rule: missing-reference, environments: [dev], reason: a demo }]\n',
    };
    const findings = await findingsIn(tree, { used: rules });
    expect(findings.map(({ ruleId, variants }) => [ruleId, variants])).toEqual([['missing-reference', ['checkout@prod-eu']]]);
  });

  it('counts in a part of a run as in the whole', async () => {
    const tree = { ...app('checkout'), '.gitopsrc': 'exceptions: [{ rule: values, environments: [dev], reason: a demo }]\n' };
    const isEnvironment = (name: string) => name === 'dev';
    expect((await findingsIn(tree, { scope: { isEnvironment } })).map(shortOf)).toEqual(['checkout/dev info dev (config: a demo)']);
    const changed = new Set(['apps/checkout/base/app.yaml']);
    expect((await findingsIn(tree, { scope: { changed } })).map(shortOf)).toContain('checkout/base error staging,prod-eu');
  });
});

describe('the end of an exception', () => {
  const tree = { ...app('checkout'), '.gitopsrc': 'exceptions: [{ rule: values, path: "**/base/*", until: 2026-06-15, reason: a demo }]\n' };

  it.each([
    ['2026-06-14', true],
    ['2026-06-15', true],
    ['2026-06-16', false],
    ['2027-01-01', false],
  ])('on %s it holds: %s', async (now, isQuiet) => {
    const [base] = await findingsIn(tree, { now });
    expect(base && shortOf(base)).toBe(isQuiet ? `${ALL[0]} (config: a demo)` : ALL[0]);
  });

  it('is told by what it covered', async () => {
    const [base, ...others] = await findingsIn(tree, { now: '2026-06-16' });
    expect(base?.related.map(({ message, location: { file, span } }) => [message, file.text.slice(span.start, span.end)])).toEqual([
      ['the exception for this ended on 2026-06-15', '2026-06-15'],
    ]);
    expect(others.flatMap(({ related }) => related)).toEqual([]);
  });

  it('is not told where another one covers the same', async () => {
    const config = `exceptions:
  - { rule: values, environments: [dev], reason: for good }
  - { rule: values, environments: [dev], until: 2026-06-15, reason: a demo }
`;
    const [base, dev] = await findingsIn({ ...tree, '.gitopsrc': config }, { now: '2026-06-16' });
    expect(base && [shortOf(base), base.related]).toEqual(['checkout/base error staging,prod-eu', []]);
    expect(dev && [shortOf(dev), dev.related]).toEqual(['checkout/dev info dev (config: for good)', []]);
  });

  it('never comes where nobody says what day it is', async () => {
    const workspace = memoryWorkspace(tree);
    const { settings } = await loadSettings(workspace, '', [values]);
    const { findings } = await lint({ workspace, folder: '', settings, rules: [values], version: '1.2.3' });
    expect(findings[0]?.suppressed?.reason).toBe('a demo');
  });
});
