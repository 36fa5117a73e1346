import { describe, expect, it } from 'vitest';
import rule from '../../rules/unowned-environment-path/rule.ts';
import { lintTree, type Tree, testRule } from '../support/rule-tester.ts';
import { configMap, kustomization } from './shop.ts';

const on: Tree = { '.gitopsrc': 'rules: { unowned-environment-path: warning }\n' };
const overlay = (app: string, environment: string): Tree => ({
  [`apps/${app}/overlays/${environment}/kustomization.yaml`]: kustomization(['../../base']),
});
const shop: Tree = {
  'apps/checkout/base/kustomization.yaml': kustomization(['config.yaml']),
  'apps/checkout/base/config.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
  ...overlay('checkout', 'dev'),
  ...overlay('checkout', 'staging'),
  ...overlay('checkout', 'prod-eu'),
  ...overlay('checkout', 'prod-us'),
};
/** The shop with a file of code owners, which goes to the root where nothing else is said. */
const owned = (text: string, path = 'CODEOWNERS', more: Tree = {}): Tree => ({ ...shop, ...on, [path]: text, ...more });
const OPERATIONS = '/apps/*/overlays/prod-*/ @shop/operations\n';

testRule(rule, {
  valid: {
    'production has owners of its own': owned(`* @shop/developers\n${OPERATIONS}`),
    'production has more owners than development': owned(`/apps/ @shop/developers\n/apps/*/overlays/prod-*/ @shop/developers @shop/operations\n`),
    'only production has owners': owned(OPERATIONS),
    'no file of code owners': { ...shop, ...on },
    'it was not turned on': { ...owned('* @shop/developers\n'), '.gitopsrc': 'preset: strict\n' },
    'the base belongs to all': owned(`/apps/*/base/\n${OPERATIONS}`),
    'staging may be owned as development is': owned(`/apps/ @shop/developers\n${OPERATIONS}`),
    'the first file that is found counts': owned(OPERATIONS, '.github/CODEOWNERS', { CODEOWNERS: '* @shop/developers\n' }),
    'another app of the same owners': owned(
      '/apps/checkout/overlays/prod-*/ @shop/operations\n/apps/checkout/ @shop/developers\n/apps/checkout/overlays/prod-*/ @shop/operations\n',
    ),
    'a section of GitLab asks more owners': owned(`* @shop/developers\n[Production]\n${OPERATIONS}`, '.gitlab/CODEOWNERS'),
    'no environment of production': {
      ...on,
      ...overlay('ledger', 'dev'),
      ...overlay('ledger', 'staging'),
      'apps/ledger/base/kustomization.yaml': kustomization(['config.yaml']),
      'apps/ledger/base/config.yaml': configMap('ledger', 'a: b\n'),
      CODEOWNERS: '/docs/ @shop/writers\n',
    },
    'a suppression with a reason': owned(`# gitops-lint-ignore unowned-environment-path -- one team owns the shop\n* @shop/developers\n`),
  },

  invalid: {
    'no line speaks of production': owned('/docs/ @shop/writers # error: unowned prod-eu,prod-us\n'),
    'a line gives it to nobody': owned(`${OPERATIONS}/apps/*/overlays/prod-us/ # error: unowned prod-us\n`),
    'one line for all environments': owned('* @shop/developers # error: shared prod-eu,prod-us\n'),
    'a later line takes it back': owned(`${OPERATIONS}/apps/checkout/ @shop/developers # error: shared prod-eu,prod-us\n`),
    'two lines for the same owners, in any order': owned(
      '/apps/ @shop/developers @shop/testers\n/apps/*/overlays/prod-*/ @shop/testers @Shop/Developers # error: shared\n',
    ),
    'what GitHub does not read': owned('/apps/ @shop/developers # error: shared\n/apps/*/overlays/prod-[eu][us]/ @shop/operations\n'),
    'an optional section of GitLab': owned('^[Production]\n/apps/*/overlays/prod-*/ @shop/operations # error: unowned prod-eu,prod-us\n', 'docs/CODEOWNERS', {
      '.gitlab-ci.yml': 'stages: []\n',
    }),
    'some regions only': owned('/docs/ @shop/writers # error: unowned prod-us\n/apps/*/overlays/prod-eu/ @shop/operations\n'),
    'two mistakes': owned('/apps/ @shop/developers # error: shared prod-eu\n/apps/*/overlays/prod-us/ # error: unowned prod-us\n'),
  },
});

describe('the findings of unowned-environment-path', () => {
  it('are one for a line, which names the first of its files', async () => {
    const { findings } = await lintTree(owned('* @shop/developers\n'), [rule]);
    expect(findings).toMatchObject([
      {
        message: 'Whoever owns development owns "apps/checkout/overlays/prod-eu/kustomization.yaml" and 1 more',
        location: { file: { path: 'CODEOWNERS' }, span: { start: 0, end: '* @shop/developers'.length } },
        variants: ['checkout@prod-eu', 'checkout@prod-us'],
      },
    ]);
  });

  it('stand at the first line where no line speaks of the path, also of an empty file', async () => {
    const { findings } = await lintTree(owned(''), [rule]);
    expect(findings.map(({ location }) => location.span)).toEqual([{ start: 0, end: 0 }]);
  });
});
