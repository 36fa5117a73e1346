import { describe, expect, it } from 'vitest';
import undefinedSubstitution from '../../rules/undefined-substitution/rule.ts';
import unvaluedKey from '../../rules/unvalued-key/rule.ts';
import { fluxKustomization } from '../rules/deployers.ts';
import { configMap } from '../rules/shop.ts';
import { lintTree, type Tree } from '../support/rule-tester.ts';

const given = (variables: string) => fluxKustomization('checkout', './apps/checkout', `postBuild: { substitute: { ${variables} } }\n`);

const tree: Tree = {
  'clusters/dev/apps.yaml': given('owner: shop, host: dev.example'),
  'clusters/staging/apps.yaml': given('owner: shop, host: staging.example'),
  'clusters/prod/apps.yaml': given('owner: shop'),
  'apps/checkout/config.yaml': configMap('checkout', 'host: ${host}\nowner: ${owner}\n'),
};

describe('a key without a value, as nothing gives its variable,', () => {
  it('is told once', async () => {
    const { findings } = await lintTree(tree, [unvaluedKey, undefinedSubstitution]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['undefined-substitution']);
  });

  it('is told by the other rule where that one is off', async () => {
    const { findings } = await lintTree({ ...tree, '.gitopsrc': 'rules: { undefined-substitution: off }\n' }, [unvaluedKey, undefinedSubstitution]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['unvalued-key']);
  });
});
