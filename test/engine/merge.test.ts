import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { lintTree, type Tree } from '../support/rule-tester.ts';
import { metaOf, values } from './rules.ts';

const configMap = (name: string, data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${data}`;
const shop: Tree = {
  'apps/checkout/base/kustomization.yaml': 'resources: [app.yaml]\n',
  'apps/checkout/base/app.yaml': configMap('checkout', '  URL: a\n'),
  ...Object.fromEntries(
    ['local', 'dev', 'prod-eu', 'prod-us'].map((name) => [`apps/checkout/overlays/${name}/kustomization.yaml`, 'resources: [../../base]\n']),
  ),
};

describe('findings that say the same about the same place', () => {
  it('are one, with the variants of all', async () => {
    const { findings } = await lintTree(shop, [values]);
    expect(findings.map(({ variants, severity, app }) => ({ variants, severity, app }))).toEqual([
      { variants: ['checkout@dev', 'checkout@prod-eu', 'checkout@prod-us'], severity: 'error', app: 'checkout' },
    ]);
  });

  it('are one across apps that share a base, and of no single app then', async () => {
    const tree = { ...shop, 'apps/ledger/overlays/dev/kustomization.yaml': 'resources: [../../../checkout/base]\n' };
    const { findings } = await lintTree(tree, [values]);
    expect(findings.map(({ variants, app }) => ({ variants, app }))).toEqual([
      { variants: ['checkout@dev', 'checkout@prod-eu', 'checkout@prod-us', 'ledger@dev'], app: undefined },
    ]);
  });

  it('unite what explains them and what they were held against, and take the graver form', async () => {
    const paired = defineRule({
      id: 'paired',
      meta: metaOf(),
      create: ({ report }) => ({
        app({ variants }) {
          for (const [index, variant] of variants.entries()) {
            const [resource] = variant.resources;
            const other = variants[(index + 1) % variants.length];
            if (!resource || !other) continue;
            const related = [{ at: resource.field('metadata', 'name'), message: variant.environment.tier }];
            const at = resource.key('data', 'URL');
            report({
              messageId: 'found',
              data: { what: 'a pair' },
              at,
              variants: [variant],
              comparedWith: [other],
              related,
              ...(index > 0 ? { atMost: 'info' } : {}),
            });
          }
        },
      }),
    });
    const { findings } = await lintTree({ ...shop, 'apps/checkout/overlays/qa/kustomization.yaml': 'resources: [../../base]\n' }, [paired]);
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding?.severity).toBe('error');
    expect(finding?.comparedWith, 'who is wrong is nobody to be held against').toEqual([]);
    expect(finding?.related.map(({ message }) => message)).toEqual(['local', 'dev', 'test', 'prod']);
  });

  it('stay two when they say different things', async () => {
    const twice = defineRule({
      id: 'twice',
      meta: metaOf(),
      create: ({ report }) => ({
        resource(resource, { environment }) {
          if (environment.tier === 'prod') report({ messageId: 'found', data: { what: environment.name }, at: resource.key('data', 'URL') });
        },
      }),
    });
    const { findings } = await lintTree(shop, [twice]);
    expect(findings.map(({ message, variants }) => `${message}: ${variants.join(', ')}`)).toEqual([
      'Found prod-eu: checkout@prod-eu',
      'Found prod-us: checkout@prod-us',
    ]);
  });
});

describe('a root that cannot be rendered', () => {
  const broken: Tree = { 'overlays/prod/kustomization.yaml': 'resources:\n  - gone.yaml\n' };
  const duplicate: Tree = { 'overlays/prod/kustomization.yaml': 'resources: []\nnamePrefix: a-\nnamePrefix: b-\n' };
  const idsIn = async (tree: Tree, config = '') =>
    (await lintTree({ ...tree, '.gitopsrc': config }, rules)).findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`);

  it.each([
    ['a file that is not there', broken, 'missing-reference'],
    ['a key that stands twice', duplicate, 'duplicate-key'],
    ['a text that is no YAML', { 'overlays/prod/kustomization.yaml': 'resources: [app.yaml]\n', 'overlays/prod/app.yaml': 'kind: [\n' }, 'syntax-error'],
  ])('is spoken of once: %s', async (_, tree, ruleId) => {
    expect(await idsIn(tree)).toEqual([`${ruleId} error`]);
  });

  it.each([
    ['rules: { missing-reference: "off" }\n', ['render-error error']],
    ['overrides: [{ environments: [prod], rules: { missing-reference: "off" } }]\n', ['render-error error']],
    ['overrides: [{ environments: [dev], rules: { missing-reference: "off" } }]\n', ['missing-reference error']],
    ['rules: { missing-reference: info }\n', ['missing-reference info']],
  ])('is never kept quiet by settings of the rule that speaks for it: %s', async (config, expected) => {
    expect(await idsIn(broken, config)).toEqual(expected);
  });
});
