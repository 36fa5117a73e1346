import { describe, expect, it } from 'vitest';
import { inShort, placesIn } from './orders.ts';

const PROMOTION = '  promotionTemplate: { spec: { steps: [{ uses: git-clone }] } }\n';

/** A Stage that takes what others have, or the warehouse's. */
function stage(name: string, from: readonly string[] = [], { namespace = 'shop', rest = PROMOTION } = {}): string {
  const sources = from.length > 0 ? `stages: [${from.join(', ')}]` : 'direct: true';
  const origin = 'origin: { kind: Warehouse, name: images }';
  const meta = `  name: ${name}\n${namespace && `  namespace: ${namespace}\n`}`;
  return `apiVersion: kargo.akuity.io/v1alpha1\nkind: Stage\nmetadata:\n${meta}spec:\n  requestedFreight:\n    - ${origin}\n      sources: { ${sources} }\n${rest}`;
}

describe('Kargo Stages', () => {
  it('are a graph, whatever the order of the files', () => {
    const tree = {
      'kargo/a-prod.yaml': `${stage('prod-eu', ['staging'])}---\n${stage('prod-us', ['staging', 'qa'])}`,
      'kargo/b-lower.yaml': `${stage('qa', ['dev'])}---\n${stage('staging', ['dev'])}---\n${stage('dev')}`,
    };
    expect(inShort(tree)).toEqual(['Kargo Stages: dev, qa < dev, staging < dev, prod-eu < staging, prod-us < staging qa']);
    expect(placesIn(tree)).toContain('kargo/b-lower.yaml:26 dev');
  });

  it('of each project are an order of their own, named as they are written', () => {
    const tree = {
      'kargo/checkout.yaml': `${stage('checkout-dev', [], { namespace: 'checkout' })}---\n${stage('checkout-prod', ['checkout-dev'], { namespace: 'checkout' })}`,
      'kargo/ledger.yaml': stage('prod', ['checkout-dev'], { namespace: 'ledger' }),
    };
    expect(inShort(tree)).toEqual(['Kargo Stages: checkout-dev, checkout-prod < checkout-dev', 'Kargo Stages: prod']);
  });

  it('without a namespace belong together in a folder', () => {
    const bare = { namespace: '' };
    const tree = {
      'kargo/checkout/dev.yaml': stage('dev', [], bare),
      'kargo/checkout/prod.yaml': stage('prod', ['dev'], bare),
      'kargo/ledger/prod.yaml': stage('prod', [], bare),
    };
    expect(inShort(tree)).toEqual(['Kargo Stages: dev, prod < dev', 'Kargo Stages: prod']);
  });

  it('of the first versions subscribe to one another', () => {
    const old = (name: string, subscriptions: string) =>
      `apiVersion: kargo.akuity.io/v1alpha1\nkind: Stage\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  subscriptions: ${subscriptions}\n`;
    const tree = { 'stages.yaml': `${old('prod', '{ upstreamStages: [{ name: dev }] }')}---\n${old('dev', '{ warehouse: images }')}` };
    expect(inShort(tree)).toEqual(['Kargo Stages: dev, prod < dev']);
  });

  it('that only pass on are looked through, where others promote', () => {
    const passing = { rest: '' };
    const stages = [stage('dev'), stage('gate', ['dev'], passing), stage('fan-out', ['gate'], passing), stage('prod-eu', ['fan-out', 'dev'])];
    expect(inShort({ 'kargo.yaml': stages.join('---\n') })).toEqual(['Kargo Stages: dev, prod-eu < dev']);
    const allPassing = [stage('dev', [], passing), stage('prod', ['dev'], passing)];
    expect(inShort({ 'kargo.yaml': allPassing.join('---\n') })).toEqual(['Kargo Stages: dev, prod < dev']);
  });

  it('that stand in several files are one, at their first place', () => {
    const tree = { 'a.yaml': stage('dev'), 'b.yaml': stage('prod', ['dev']), 'c.yaml': stage('prod', ['dev']) };
    expect(inShort(tree)).toEqual(['Kargo Stages: dev, prod < dev']);
    expect(placesIn(tree)).toEqual(['a.yaml:4 dev', 'b.yaml:4 prod']);
  });

  it('are read from a List, and with an upstream that is not here', () => {
    const item = (text: string) => `  - ${text.trimEnd().split('\n').join('\n    ')}\n`;
    expect(inShort({ 'list.yaml': `apiVersion: v1\nkind: List\nitems:\n${item(stage('prod', ['elsewhere']))}` })).toEqual(['Kargo Stages: prod']);
  });

  it.each([
    ['a circle', `${stage('dev', ['prod'])}---\n${stage('prod', ['dev'])}`],
    ['a Stage that takes from itself', stage('dev', ['dev'])],
    ['another group', stage('dev').replace('kargo.akuity.io', 'pipelines.example.com')],
    ['a group that ends alike', stage('dev').replace('kargo.akuity.io', 'my-kargo.akuity.io')],
    ['another kind', stage('dev').replace('kind: Stage', 'kind: Warehouse # feeds a Stage')],
    ['a patch', 'apiVersion: kargo.akuity.io/v1alpha1\nkind: Stage\nmetadata: { name: dev, namespace: shop }\nspec: { shard: eu }\n'],
    ['no freight', 'apiVersion: kargo.akuity.io/v1alpha1\nkind: Stage\nmetadata: { name: dev }\nspec: { requestedFreight: [] }\n'],
    ['a name that is filled in later', stage('$' + '{ENVIRONMENT}')],
    [
      'an upstream that is filled in later',
      stage(
        'prod',
        ['$' + '{UPSTREAM}'].map((name) => `'${name}'`),
      ),
    ],
    ['a template', stage('{{ .Values.environment }}')],
    ['a broken file', `${stage('dev')}\n  : [`],
  ])('%s gives no order', (_, text) => {
    expect(inShort({ 'kargo.yaml': text })).toEqual([]);
  });
});
