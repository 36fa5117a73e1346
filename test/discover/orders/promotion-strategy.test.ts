import { describe, expect, it } from 'vitest';
import { inShort, placesIn } from './orders.ts';

function strategy(branches: readonly string[], name = 'shop'): string {
  const environments = branches.map((branch) => `    - branch: ${branch}\n`).join('');
  return `apiVersion: promoter.argoproj.io/v1alpha1\nkind: PromotionStrategy\nmetadata: { name: ${name} }\nspec:\n  environments:\n${environments}`;
}

describe('PromotionStrategy', () => {
  it('promotes from branch to branch, in the order of the list', () => {
    const tree = { 'promoter/shop.yaml': strategy(['environments/dev', 'environments/staging', 'environments/prod-eu']) };
    expect(inShort(tree)).toEqual(['PromotionStrategy: dev, staging < dev, prod-eu < staging']);
    expect(placesIn(tree)[1]).toBe('promoter/shop.yaml:7 environments/staging');
  });

  it.each([
    ['bare branches', ['dev', 'prod'], 'dev, prod < dev'],
    ['branches to be', ['env/dev-next', 'env/prod-next'], 'dev, prod < dev'],
    ['regions below the environment', ['env/dev/eu', 'env/prod/eu'], 'dev/eu, prod/eu < dev/eu'],
    ['a branch that stands twice', ['env/dev', 'env/prod', 'env/dev'], 'dev, prod < dev'],
  ])('reads %s', (_, branches, expected) => {
    expect(inShort({ 'shop.yaml': strategy(branches) })).toEqual([`PromotionStrategy: ${expected}`]);
  });

  it('counts once what many apps share', () => {
    const tree = {
      'checkout.yaml': strategy(['dev', 'prod'], 'checkout'),
      'ledger.yaml': strategy(['dev', 'prod'], 'ledger'),
      'other.yaml': strategy(['dev']),
    };
    expect(inShort(tree)).toEqual(['PromotionStrategy: dev, prod < dev', 'PromotionStrategy: dev']);
  });

  it.each([
    ['no environments', strategy([])],
    ['a branch that is filled in later', strategy(['env/dev', "'env/$" + "{NAME}'"])],
    ['an environment without a branch', `${strategy(['env/dev'])}    - autoMerge: false\n`],
    ['another group', strategy(['dev', 'prod']).replace('promoter.argoproj.io', 'argoproj.io')],
    ['another kind', strategy(['dev', 'prod']).replace('kind: PromotionStrategy', 'kind: PromotionStrategyView')],
  ])('%s gives no order', (_, text) => {
    expect(inShort({ 'shop.yaml': text })).toEqual([]);
  });
});
