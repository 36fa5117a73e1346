import { describe, expect, it } from 'vitest';
import { readValuesName } from '../../../src/discover/files/file-names.ts';
import { readToken } from '../../../src/discover/files/tokens.ts';

describe('names of values files', () => {
  it.each([
    ['values.yaml', '', '', false],
    ['values-prod-eu.yaml', '', 'prod-eu', false],
    ['prod.values.yml', 'prod', '', false],
    ['helm-values-prod.yaml', '', 'prod', false],
    ['tempo-values-prod.yaml', 'tempo', 'prod', false],
    ['enc-prod.secret.values.yaml', 'prod', '', true],
    ['values-prod.sops.yaml', '', 'prod', true],
    ['secrets.values.yaml', '', '', true],
    ['values-prod.yaml.gotmpl', '', 'prod', false],
  ])('%s', (name, before, after, isSecret) => {
    expect(readValuesName(name)).toEqual({ before, after, isSecret });
  });

  it.each(['myvalues.yaml', 'values.txt', 'values-prod.yaml.bak', 'evaluations.yaml'])('%s is none', (name) => {
    expect(readValuesName(name)).toBeUndefined();
  });
});

describe('compounds', () => {
  it.each([
    ['checkout-prod', 'prod', 'checkout'],
    ['checkout-prod-eu', 'prod-eu', 'checkout'],
    ['prod-checkout', 'prod', 'checkout'],
    ['a1b2c3-dev-sso-backup', 'dev', 'a1b2c3-sso-backup'],
  ])('%s', (name, environment, affix) => {
    const token = readToken(name, new Map());
    expect(token.kind === 'compound' && [token.inner.environment, token.affix]).toEqual([environment, affix]);
  });

  it.each(['prod-ha', 'dev-example', 'dev-prod'])('%s is none', (name) => {
    expect(readToken(name, new Map()).kind).not.toBe('compound');
  });
});
