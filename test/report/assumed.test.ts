import { describe, expect, it } from 'vitest';
import { everything } from '../../fixtures/results/everything.ts';
import type { Environment, Tier } from '../../src/model/environment.ts';
import type { LintResult, VariantInfo } from '../../src/model/lint-result.ts';
import { assumedLines } from '../../src/report/assumed.ts';
import { stylish } from '../../src/report/stylish.ts';

const environment = (name: string, tier: Tier): Environment => ({ name, tier, promotesFrom: [], labels: {} });
const [dev, eu, us] = [environment('dev', 'dev'), environment('prod-eu', 'prod'), environment('prod-us', 'prod')];
const variant = (root: string, place: Environment | undefined, more: Partial<VariantInfo> = {}): VariantInfo => ({
  id: root,
  app: 'checkout',
  environment: place,
  labels: {},
  renderer: 'kustomize',
  root,
  status: 'rendered',
  gaps: [],
  ...more,
});
const lineOf = (environments: readonly Environment[], variants: readonly VariantInfo[], assumptions: readonly string[] = []) =>
  assumedLines({ environments, variants, discovery: { leftOut: [], assumptions } }, true).join('\n');

describe('what was assumed', () => {
  it('is one line where nobody declared anything', () => {
    const variants = [variant('apps/checkout/overlays/dev', dev), variant('apps/ledger/overlays/prod-eu', eu, { app: 'ledger' }), variant('tools', undefined)];
    expect(lineOf([dev, eu, us], variants)).toBe(
      'assumed: 3 environments by folder apps/*/overlays/*: dev → prod-eu, prod-us ("gitops-lint init" writes them down)',
    );
  });

  it.each([
    ['by folder overlays/*', [variant('overlays/dev', dev, { app: 'overlays' })]],
    ['by folder clusters/*/*', [variant('clusters/dev/tokyo', dev, { labels: { cluster: 'tokyo' } })]],
    ['by folder deploy/*', [variant('deploy/shop-dev', dev)]],
    ['by folders such as envs/*', [variant('envs/dev', dev), variant('envs/dev/x', dev), variant('envs/prod-eu', eu)]],
    ['by values files', [variant('charts/checkout', dev, { renderer: 'helm' })]],
    ['by settings files', [variant('config', dev, { renderer: 'files' })]],
    ['by what deploys them', [variant('apps/device', dev)]],
  ])('tells from what: %s', (phrase, variants) => {
    expect(lineOf([dev, eu], variants)).toContain(`assumed: 2 environments ${phrase}: dev → prod-eu (`);
  });

  it('tells what is not on the way, and what is not sure', () => {
    const others = [environment('pr-1', 'ephemeral'), environment('blue', 'unknown')];
    expect(lineOf([...others, dev], [variant('envs/dev', dev)], ['"blue" is taken for an environment: …'])).toBe(
      'assumed: 3 environments by folder envs/*: dev, besides pr-1, blue; not sure of 1 ("gitops-lint environments" tells why, "gitops-lint init" writes them down)',
    );
    expect(lineOf([environment('blue', 'unknown')], [])).toBe('assumed: 1 environment by what deploys them: blue ("gitops-lint init" writes it down)');
  });

  it('follows declared promotions where these say more than tiers', () => {
    const late: Environment = { ...dev, rank: 61 };
    expect(lineOf([eu, late], [variant('envs/dev', late)])).toContain('prod-eu → dev (');
  });

  it('is what is in doubt where something was declared, or no environments are', () => {
    const assumptions = ['a', 'b', 'c', 'd'];
    expect(assumedLines({ ...everything, discovery: { leftOut: [], assumptions } }, false)).toEqual(['assumed: a', 'assumed: b', 'assumed: c']);
    expect(lineOf([], [], ['a'])).toBe('assumed: a');
  });

  it('stands at the end of a report only where nobody declared anything', () => {
    const options = { color: false, width: 100, verbose: false, quiet: false };
    const result: LintResult = everything;
    expect(stylish(result, { ...options, isLearned: true })).toMatch(
      /^assumed: 3 environments by folder apps\/\*\/overlays\/\*: dev → prod-eu, prod-us; not sure of 1/m,
    );
    expect(stylish(result, { ...options, isLearned: false })).not.toContain('gitops-lint init');
  });
});
