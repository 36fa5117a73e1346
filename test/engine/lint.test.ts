import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { lint } from '../../src/engine/lint.ts';
import { RuleError } from '../../src/engine/run-rules.ts';
import type { Scope } from '../../src/engine/scope.ts';
import type { LintResult } from '../../src/model/lint-result.ts';
import { defineRule, type Rule, type Visitors } from '../../src/rule/rule.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Tree } from '../support/rule-tester.ts';
import { everywhere, metaOf, values } from './rules.ts';

const configMap = (name: string, data = '  URL: a\n') => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${data}`;
const app = (name: string): Tree => ({
  [`apps/${name}/base/kustomization.yaml`]: 'resources: [app.yaml]\n',
  [`apps/${name}/base/app.yaml`]: configMap(name),
  ...Object.fromEntries(
    ['dev', 'prod-eu'].map((env) => [
      `apps/${name}/overlays/${env}/kustomization.yaml`,
      `resources: [../../base]\nconfigMapGenerator:\n  - name: ${env}\n    literals: [REGION=${env}]\n`,
    ]),
  ),
});
const shop: Tree = { ...app('checkout'), ...app('ledger') };

async function run(tree: Tree, scope: Scope = {}, used: readonly Rule[] = [values], folder = ''): Promise<LintResult> {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, folder, used);
  return lint({ workspace, folder, settings, rules: used, scope, version: '1.2.3' });
}

const shortOf = ({ findings }: LintResult) =>
  findings.map(({ location: { file, span }, variants }) => `${file.path.replace('apps/', '')}:${file.positionAt(span.start).line} ${variants.join(' ')}`);
const idsOf = ({ variants }: LintResult) => variants.map(({ id }) => id);

describe('a scope', () => {
  it('of apps keeps what is about them', async () => {
    const result = await run(shop, { isApp: (name) => name === 'ledger' });
    expect(idsOf(result)).toEqual(['ledger@dev', 'ledger@prod-eu']);
    expect(shortOf(result).filter((line) => !line.startsWith('ledger/'))).toEqual([]);
    expect(shortOf(result)).toHaveLength(3);
  });

  it('of environments keeps what is wrong in them, with all the variants that share it', async () => {
    const result = await run(shop, { isEnvironment: (name) => name === 'dev' });
    expect(idsOf(result)).toEqual(['checkout@dev', 'ledger@dev']);
    expect(shortOf(result)).toEqual([
      'checkout/base/app.yaml:6 checkout@dev checkout@prod-eu',
      'checkout/overlays/dev/kustomization.yaml:4 checkout@dev',
      'ledger/base/app.yaml:6 ledger@dev ledger@prod-eu',
      'ledger/overlays/dev/kustomization.yaml:4 ledger@dev',
    ]);
  });

  it('of rules keeps their findings, and names only them', async () => {
    const result = await run(shop, { rules: new Set(['values']) }, [values, everywhere]);
    expect(new Set(result.findings.map(({ ruleId }) => ruleId))).toEqual(new Set(['values']));
    expect(result.rules.map(({ id }) => id)).toEqual(['values']);
  });

  it('of a rule that gives way to another keeps what it gives way to', async () => {
    const broken = { 'overlays/prod/kustomization.yaml': 'resources: [gone.yaml]\n' };
    expect((await run(broken, { rules: new Set(['missing-reference']) }, rules)).findings.map(({ ruleId }) => ruleId)).toEqual(['missing-reference']);
    expect((await run(broken, { rules: new Set(['render-error']) }, rules)).findings).toEqual([]);
  });

  it.each<[string, readonly string[], readonly string[], number]>([
    ['a base reaches every overlay on it', ['apps/checkout/base/app.yaml'], ['checkout@dev', 'checkout@prod-eu'], 3],
    ['an overlay reaches itself, and what shares its mistakes', ['apps/checkout/overlays/dev/kustomization.yaml'], ['checkout@dev', 'checkout@prod-eu'], 2],
    [
      'several reach more',
      ['apps/checkout/overlays/dev/kustomization.yaml', 'apps/ledger/overlays/prod-eu/kustomization.yaml'],
      ['checkout@dev', 'checkout@prod-eu', 'ledger@dev', 'ledger@prod-eu'],
      4,
    ],
    ['a page reaches nothing', ['README.md'], [], 0],
  ])('of changes: %s', async (_, changed, ids, findings) => {
    const result = await run(shop, { changed: new Set(changed) });
    expect(idsOf(result)).toEqual(ids);
    expect(result.findings).toHaveLength(findings);
  });

  it('of changes keeps what they take away', async () => {
    const tree = { 'overlays/prod/kustomization.yaml': 'resources: [gone.yaml]\n' };
    expect((await run(tree, { changed: new Set(['overlays/prod/gone.yaml']) }, rules)).findings.map(({ ruleId }) => ruleId)).toEqual(['missing-reference']);
  });

  it('of a folder looks at what is below', async () => {
    expect(idsOf(await run(shop, {}, [values], 'apps/ledger'))).toEqual(['ledger@dev', 'ledger@prod-eu']);
    expect(idsOf(await run(shop, {}, [values], 'apps/ledger/overlays/dev'))).toEqual(['ledger@dev']);
  });

  it('of a folder from which nothing is deployed looks at what reads it, and reports what lies in it', async () => {
    const result = await run(shop, {}, [values], 'apps/ledger/base');
    expect(idsOf(result)).toEqual(['ledger@dev', 'ledger@prod-eu']);
    expect(shortOf(result)).toEqual(['ledger/base/app.yaml:6 ledger@dev ledger@prod-eu']);
    expect(idsOf(await run({ ...shop, 'docs/readme.md': '# Shop\n' }, {}, [values], 'docs'))).toEqual([]);
  });

  it('of a folder that is nowhere looked at looks at it all the same', async () => {
    const tree = { ...shop, 'vendor/gateway/overlays/prod-eu/kustomization.yaml': 'configMapGenerator: [{ name: a, literals: [A=b] }]\n' };
    expect(idsOf(await run(tree, {}, [values], 'vendor/gateway'))).toEqual(['gateway@prod-eu']);
    expect(idsOf(await run(tree))).not.toContain('gateway@prod-eu');
  });

  it('of a folder counts what a shared entry does elsewhere', async () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: b\nspec:\n  type: NodePort\n';
    const patch = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: any\nspec:\n  type: ClusterIP\n';
    const tree = {
      'components/internal/kustomization.yaml': `kind: Component\npatches:\n  - path: patch.yaml\n    target: { kind: Service }\n`,
      'components/internal/patch.yaml': patch,
      'apps/a/overlays/prod/kustomization.yaml': 'resources: [app.yaml]\ncomponents: [../../../../components/internal]\n',
      'apps/a/overlays/prod/app.yaml': configMap('a'),
      'apps/b/overlays/prod/kustomization.yaml': 'resources: [app.yaml]\ncomponents: [../../../../components/internal]\n',
      'apps/b/overlays/prod/app.yaml': service,
    };
    for (const folder of ['', 'apps/a', 'apps/b', 'components'])
      expect((await run(tree, {}, rules, folder)).findings.map(({ ruleId }) => ruleId)).not.toContain('ineffective-patch');
    const alone = { ...tree, 'apps/b/overlays/prod/app.yaml': configMap('b') };
    for (const folder of ['', 'apps/a', 'apps/b', 'components'])
      expect((await run(alone, {}, rules, folder)).findings.map(({ ruleId }) => ruleId)).toContain('ineffective-patch');
  });

  it('of a folder knows what other apps bring to the same environment', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      envFrom: [{ configMapRef: { name: shared } }]\n';
    const tree = {
      'apps/a/overlays/prod/kustomization.yaml': 'namespace: shop\nresources: [app.yaml]\n',
      'apps/a/overlays/prod/app.yaml': pod,
      'apps/a/overlays/dev/kustomization.yaml': 'namespace: shop\nresources: [app.yaml]\n',
      'apps/a/overlays/dev/app.yaml': `${pod}---\n${configMap('shared')}`,
      'platform/overlays/prod/kustomization.yaml': 'namespace: shop\nresources: [app.yaml]\n',
      'platform/overlays/prod/app.yaml': configMap('shared'),
    };
    const idsIn = async (files: Tree) => (await run(files, {}, rules, 'apps')).findings.map(({ ruleId }) => ruleId);
    expect(await idsIn(tree)).not.toContain('dangling-config-reference');
    expect(await idsIn({ ...tree, 'platform/overlays/prod/app.yaml': configMap('other') })).toContain('dangling-config-reference');
  });

  it('narrows what was found, and changes nothing of it', async () => {
    // Two apps that share their last folder go by longer names, also where only one of them is looked at.
    const tree = { ...shop, ...Object.fromEntries(Object.entries(shop).map(([path, text]) => [path.replace('apps/', 'teams/'), text])) };
    const all = (await run(tree, {}, [everywhere])).findings;
    const parts: readonly [Scope, string?][] = [
      [{ isApp: (name) => name === 'apps/ledger' }],
      [{ isEnvironment: (name) => name === 'dev' }],
      [{ changed: new Set(['apps/checkout/base/app.yaml']) }],
      [{}, 'apps'],
      [{}, 'apps/ledger'],
      [{}, 'teams/checkout/overlays/dev'],
      [{}, 'teams/checkout/base'],
    ];
    const known = new Map(all.map((finding) => [`${finding.location.file.path} ${finding.location.span.start} ${finding.message}`, finding]));
    for (const [scope, folder] of parts) {
      const some = (await run(tree, scope, [everywhere], folder)).findings;
      expect(some.length).toBeGreaterThan(0);
      expect(some.length).toBeLessThan(all.length);
      for (const { location, message, severity, variants, app, fingerprint } of some)
        expect(known.get(`${location.file.path} ${location.span.start} ${message}`)).toMatchObject({ severity, variants, app, fingerprint });
    }
  });
});

describe('a rule that is off for some of the variants', () => {
  const wrongIn = async (config: string, used: readonly Rule[] = [values], scope: Scope = {}, tree = shop) =>
    (await run({ ...tree, '.gitopsrc': config }, scope, used)).findings.map(({ ruleId, severity, variants }) => `${ruleId} ${severity} ${variants.join(' ')}`);
  const ledger = app('ledger');

  it('accuses the others only, and is gone with the last of them', async () => {
    const quietIn = defineRule({ ...values, meta: metaOf({ offIn: ['dev'] }) } as Parameters<typeof defineRule>[0]);
    expect(await wrongIn('', [quietIn], {}, ledger)).toEqual(['values error ledger@prod-eu', 'values error ledger@prod-eu']);
    expect(await wrongIn('', [quietIn], { isEnvironment: (name) => name === 'dev' }, ledger)).toEqual([]);
    expect(await wrongIn('overrides: [{ environments: [prod-eu], rules: { values: "off" } }]\n', [quietIn], {}, ledger)).toEqual([]);
  });

  it('is so of one app of those that share a base', async () => {
    const tree = {
      'base/kustomization.yaml': 'configMapGenerator: [{ name: shared, literals: [URL=a] }]\n',
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../../../base]\n',
      'apps/ledger/overlays/prod/kustomization.yaml': 'resources: [../../../../base]\n',
    };
    const config = 'overrides: [{ apps: [ledger], rules: { values: "off" } }]\n';
    expect(await wrongIn(config, [values], {}, tree)).toEqual(['values error checkout@prod']);
    expect(await wrongIn(config.replace('off', 'info'), [values], {}, tree)).toEqual(['values error checkout@prod ledger@prod']);
  });

  it('leaves them to the rule for which it speaks', async () => {
    const tree = { ...ledger, 'apps/ledger/base/kustomization.yaml': 'resources: [gone.yaml]\n' };
    expect(await wrongIn('overrides: [{ environments: [dev], rules: { missing-reference: "off" } }]\n', rules, {}, tree)).toEqual([
      'missing-reference error ledger@prod-eu',
      'render-error error ledger@dev',
    ]);
  });
});

describe('a rule that throws', () => {
  const throwing = (visitors: Visitors | undefined) =>
    defineRule({
      id: 'careless',
      meta: metaOf(),
      create: () => {
        if (!visitors) throw new Error('no start');
        return visitors;
      },
    });
  const fail = () => {
    throw new TypeError('no such shelf');
  };

  it.each<[string, Visitors | undefined, string]>([
    ['at its start', undefined, 'rule "careless" failed on its start'],
    ['on a file', { file: fail }, 'rule "careless" failed on apps/checkout/base/app.yaml'],
    ['on a resource', { resource: fail }, 'rule "careless" failed on ConfigMap/checkout of checkout@dev'],
    ['on a variant', { variant: fail }, 'rule "careless" failed on checkout@dev'],
    ['on an app', { app: fail }, 'rule "careless" failed on checkout'],
    ['on the repository', { repository: fail }, 'rule "careless" failed on the repository'],
  ])('%s is named, with what it failed on', async (_, visitors, message) => {
    const error = await run(app('checkout'), {}, [throwing(visitors)]).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RuleError);
    expect((error as RuleError).message).toBe(message);
    expect((error as RuleError).cause).toBeInstanceOf(Error);
  });
});

describe('what a run tells besides', () => {
  const notesOf = async (tree: Tree) => (await run(tree)).notes;

  it('that nothing was compared, and why', async () => {
    expect(await notesOf({ 'checkout/kustomization.yaml': 'resources: [app.yaml]\n', 'checkout/app.yaml': configMap('checkout') })).toEqual([
      'no environments were found, so nothing was compared; declare them in .gitopsrc under "environments" and "apps"',
    ]);
    expect(await notesOf({ 'environments/dev/checkout/app.yaml': configMap('checkout'), 'environments/prod/ledger/app.yaml': configMap('ledger') })).toEqual([
      'no app has more than one environment, so nothing was compared; declare how paths name them in .gitopsrc under "apps"',
    ]);
    expect(await notesOf(shop)).toEqual([]);
  });

  it('which settings it did not act upon', async () => {
    expect(await notesOf({ ...shop, '.gitopsrc': 'differences: []\nchecks: []\n' })).toEqual([
      '.gitopsrc sets "checks", which this version does not act upon yet',
    ]);
  });

  it('which configuration further up is not read', async () => {
    const tree = { ...shop, '.gitopsrc': 'preset: strict\n', 'apps/checkout/.gitopsrc': '' };
    expect((await run(tree, {}, [values], 'apps/checkout')).notes).toEqual([
      '.gitopsrc is not read: a .gitopsrc nearer to the checked folder counts; check a folder further up to have both',
    ]);
    expect(await notesOf(tree)).toEqual([]);
  });

  it('how much it looked at', async () => {
    const { coverage, environments, version } = await run(shop);
    expect(coverage).toEqual({ files: 8, roots: 4, resources: 8, gaps: [] });
    expect(environments.map(({ name }) => name)).toEqual(['dev', 'prod-eu']);
    expect(version).toBe('1.2.3');
    expect((await run(shop, { isApp: (name) => name === 'ledger' })).coverage).toMatchObject({ files: 4, roots: 2, resources: 4 });
  });

  it('each gap once, however many variants have it', async () => {
    const base = 'resources: [app.yaml, "https://example.com/shop//base?ref=v1"]\n';
    const { coverage, variants } = await run({ ...shop, 'apps/checkout/base/kustomization.yaml': base });
    expect(coverage.gaps.map(({ cause, location }) => `${cause} ${location.file.path}`)).toEqual(['remote apps/checkout/base/kustomization.yaml']);
    expect(variants.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'checkout@dev partial',
      'checkout@prod-eu partial',
      'ledger@dev rendered',
      'ledger@prod-eu rendered',
    ]);
  });

  it('that values of a chart were read which is not here', async () => {
    const chart = {
      'charts/checkout/values-dev.yaml': 'replicas: 1\n',
      'charts/checkout/values-prod.yaml': 'replicas: 2\n',
    };
    const { variants, coverage } = await run({ ...chart, '.gitopsrc': 'apps: [{ chart: "charts/{app}" }]\n' });
    expect(variants.map(({ id, status }) => `${id} ${status}`)).toEqual(['checkout@dev values-only', 'checkout@prod values-only']);
    expect(coverage.gaps.map(({ cause }) => cause)).toEqual(['helm', 'helm']);
  });
});

describe('what no environment is known of', () => {
  const tree = {
    'environments/dev/checkout/app.yaml': configMap('checkout'),
    'environments/prod/checkout/app.yaml': configMap('checkout'),
    'tools/app.yaml': configMap('tools'),
  };

  it('is checked, one step below production', async () => {
    const { findings, variants } = await run(tree);
    expect(variants.find(({ id }) => id === 'tools')?.environment).toBeUndefined();
    expect(findings.map(({ severity, variants: wrong }) => `${severity} ${wrong.join()}`)).toEqual([
      'info checkout@dev',
      'error checkout@prod',
      'warning tools',
    ]);
  });

  it('is no part of a scope of environments', async () => {
    expect(idsOf(await run(tree, { isEnvironment: () => true }))).toEqual(['checkout@dev', 'checkout@prod', 'tools']);
    expect(idsOf(await run(tree, { isEnvironment: (name) => name !== '' }))).toEqual(['checkout@dev', 'checkout@prod']);
  });
});

describe('the ids of variants', () => {
  it.each<[string, Tree, readonly string[]]>([
    [
      'have the labels that tell twins apart',
      { 'checkout/prod/eu/app.yaml': configMap('a'), 'checkout/prod/us/app.yaml': configMap('b'), 'checkout/dev/app.yaml': configMap('c') },
      ['checkout@dev', 'checkout@prod/eu', 'checkout@prod/us'],
    ],
    [
      'leave labels out that tell nothing',
      {
        'checkout/base/kustomization.yaml': '',
        'checkout/prod-eu/kustomization.yaml': 'namePrefix: a-\n',
        'checkout/dev/kustomization.yaml': 'namePrefix: a-\n',
      },
      ['checkout@dev', 'checkout@prod-eu'],
    ],
    [
      'fall back to their folders',
      { '.gitopsrc': 'apps: [{ path: "a/{env}" }, { path: "b/{env}" }]\n', 'a/dev/app.yaml': configMap('a'), 'b/dev/app.yaml': configMap('b') },
      ['a@dev', 'b@dev'],
    ],
    [
      'and to those where even labels are equal',
      { '.gitopsrc': 'apps: [{ path: "*/{app}/{env}" }]\n', 'a/shop/dev/app.yaml': configMap('a'), 'b/shop/dev/app.yaml': configMap('b') },
      ['shop@dev/a/shop/dev', 'shop@dev/b/shop/dev'],
    ],
  ])('%s', async (_, tree, expected) => {
    expect(idsOf(await run(tree))).toEqual(expected);
  });
});
