import { describe, expect, it } from 'vitest';
import { type Settings, severityOf } from '../../src/config/settings.ts';
import type { Environment, Tier } from '../../src/model/environment.ts';
import { defineRule, type Rule, type RuleMeta } from '../../src/rule/rule.ts';
import { readSettings } from './read-settings.ts';

const TIERS: readonly Tier[] = ['local', 'ephemeral', 'dev', 'int', 'test', 'uat', 'unknown', 'staging', 'prod'];

const rule = (meta: Partial<RuleMeta>): Rule =>
  defineRule({
    id: 'quiet-shop',
    meta: {
      summary: 'Require a quiet shop',
      category: 'yaml',
      severity: 'error',
      ladder: 'laddered',
      preset: 'recommended',
      since: '0.1.0',
      hint: 'Close the door.',
      messages: {},
      ...meta,
    } as RuleMeta,
    create: () => ({}),
  });

const settingsOf = (text: string, used: readonly Rule[] = [rule({})]): Promise<Settings> => readSettings(text, used);
const place = (name: string, tier: Tier): Environment => ({ name, tier, promotesFrom: [], labels: {} });
const subject = (...environments: readonly Environment[]) => ({ environments, app: 'checkout', path: 'apps/checkout/app.yaml' });

describe('the severity of a rule', () => {
  it.each<[string, Partial<RuleMeta>, string, readonly string[]]>([
    ['laddered', {}, '', ['off', 'off', 'info', 'info', 'info', 'warning', 'warning', 'warning', 'error']],
    ['laddered, from warning', { severity: 'warning' }, '', ['off', 'off', 'off', 'off', 'off', 'info', 'info', 'info', 'warning']],
    ['laddered, from info', { severity: 'info' }, '', ['off', 'off', 'off', 'off', 'off', 'off', 'off', 'off', 'info']],
    ['flat', { ladder: 'flat' }, '', ['warning', 'warning', 'error', 'error', 'error', 'error', 'error', 'error', 'error']],
    ['flat, from info', { ladder: 'flat', severity: 'info' }, '', ['off', 'off', 'info', 'info', 'info', 'info', 'info', 'info', 'info']],
    ['off in tiers', { offIn: ['dev', 'int'] }, '', ['off', 'off', 'off', 'off', 'info', 'warning', 'warning', 'warning', 'error']],
    ['of another preset', { preset: 'strict' }, '', Array.from(TIERS, () => 'off')],
    ['of that preset', { preset: 'strict' }, 'preset: strict', ['off', 'off', 'info', 'info', 'info', 'warning', 'warning', 'warning', 'error']],
    ['of no preset', { preset: 'none' }, 'preset: strict', Array.from(TIERS, () => 'off')],
    ['of no preset, set', { preset: 'none' }, 'rules: { quiet-shop: info }', Array.from(TIERS, () => 'info')],
    [
      'stricter under strict',
      { severity: 'warning', strictSeverity: 'error' },
      'preset: strict',
      ['off', 'off', 'info', 'info', 'info', 'warning', 'warning', 'warning', 'error'],
    ],
    ['set', {}, 'rules: { quiet-shop: warning }', Array.from(TIERS, () => 'warning')],
    ['set to off', {}, 'rules: { quiet-shop: off }', Array.from(TIERS, () => 'off')],
    ['set with options', {}, 'rules: { quiet-shop: { severity: error } }', Array.from(TIERS, () => 'error')],
    ['named without a severity', {}, 'rules: { quiet-shop: {} }', ['off', 'off', 'info', 'info', 'info', 'warning', 'warning', 'warning', 'error']],
    [
      'overridden for a tier, in which it was off',
      { offIn: ['dev'] },
      'overrides: [{ tiers: [dev], rules: { quiet-shop: error } }]',
      ['off', 'off', 'error', 'info', 'info', 'warning', 'warning', 'warning', 'error'],
    ],
  ])('%s', async (_, meta, text, expected) => {
    const tried = rule(meta);
    const settings = await settingsOf(text, [tried]);
    expect(TIERS.map((tier) => severityOf(tried, subject(place(tier, tier)), settings))).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['an environment', 'environments: [prod-eu]', 'off'],
    ['another environment', 'environments: [prod-us]', 'error'],
    ['a tier', 'tiers: [staging, prod]', 'off'],
    ['an app, by a glob', 'apps: ["check*"]', 'off'],
    ['another app', 'apps: [ledger]', 'error'],
    ['a path', 'paths: ["apps/checkout/**"]', 'off'],
    ['a path, from here', 'paths: ["./apps/*/app.yaml"]', 'off'],
    ['another path', 'paths: ["apps/ledger/**"]', 'error'],
    ['all of these', 'environments: [prod-eu], tiers: [prod], apps: [checkout], paths: ["**"]', 'off'],
    ['one that does not match among them', 'environments: [prod-eu], tiers: [dev]', 'error'],
  ])('gives way to an override for %s', async (_, which, expected) => {
    const settings = await settingsOf(`rules: { quiet-shop: error }\noverrides: [{ ${which}, rules: { quiet-shop: off } }]\n`);
    expect(severityOf(rule({}), subject(place('prod-eu', 'prod')), settings)).toBe(expected);
  });

  it('gives way to an override for apps, also where their names have a slash', async () => {
    const settings = await settingsOf('overrides: [{ apps: ["team-*"], rules: { quiet-shop: off } }]\n');
    const severityIn = (app: string) => severityOf(rule({}), { ...subject(place('prod-eu', 'prod')), app }, settings);
    expect(['team-a', 'team-a/checkout', 'checkout'].map(severityIn)).toEqual(['off', 'off', 'error']);
  });

  it('is what the last matching override says, where that says something', async () => {
    const settings = await settingsOf(`
overrides:
  - { tiers: [prod], rules: { quiet-shop: info } }
  - { apps: [checkout], rules: { quiet-shop: warning } }
  - { apps: [checkout], rules: { quiet-shop: {} } }
  - { apps: [ledger], rules: { quiet-shop: error } }
`);
    expect(severityOf(rule({}), subject(place('prod-eu', 'prod')), settings)).toBe('warning');
  });

  it('is that of the highest tier that is wrong', async () => {
    const settings = await settingsOf('');
    expect(severityOf(rule({}), subject(place('dev', 'dev'), place('prod-eu', 'prod'), place('staging', 'staging')), settings)).toBe('error');
    expect(severityOf(rule({ offIn: ['dev'] }), subject(place('dev', 'dev'), place('staging', 'staging')), settings)).toBe('warning');
    expect(severityOf(rule({}), subject(place('pr-7', 'ephemeral'), place('local', 'local')), settings)).toBe('off');
  });

  it('is the full one where a file is wrong, whoever reads it', async () => {
    const settings = await settingsOf('overrides: [{ tiers: [prod], rules: { quiet-shop: off } }]');
    expect(severityOf(rule({}), { environments: [], app: undefined, path: 'app.yaml' }, settings)).toBe('error');
  });

  it('is no more than a weaker form of the mistake deserves, unless people said otherwise', async () => {
    const prod = { ...subject(place('prod-eu', 'prod')), atMost: 'info' as const };
    expect(severityOf(rule({}), prod, await settingsOf(''))).toBe('info');
    expect(severityOf(rule({ severity: 'info' }), { ...prod, atMost: 'warning' }, await settingsOf(''))).toBe('info');
    expect(severityOf(rule({}), { ...subject(place('staging', 'staging')), atMost: 'warning' }, await settingsOf(''))).toBe('info');
    expect(severityOf(rule({}), prod, await settingsOf('rules: { quiet-shop: error }'))).toBe('error');
    expect(severityOf(rule({ severity: 'warning', strictSeverity: 'error' }), prod, await settingsOf('preset: strict'))).toBe('error');
  });
});

describe('what is made elsewhere', () => {
  it.each<[string, string, boolean]>([
    ['its kind and name', '{ kind: Secret, name: tls }', true],
    ['a glob of its name', '{ kind: Secret, name: "t*" }', true],
    ['its kind alone', '{ kind: Secret }', true],
    ['its name alone', '{ name: tls }', true],
    ['its environment', '{ kind: Secret, name: tls, environments: [prod-eu] }', true],
    ['another environment', '{ kind: Secret, name: tls, environments: [dev] }', false],
    ['another kind', '{ kind: ConfigMap, name: tls }', false],
    ['another name', '{ kind: Secret, name: tls-old }', false],
    ['a variable', '{ variable: tls }', false],
  ])('is known by %s', async (_, external, expected) => {
    const { isExternal } = await settingsOf(`externals: [${external}]`);
    expect(isExternal({ kind: 'Secret', name: 'tls' }, 'prod-eu', 'apps/checkout')).toBe(expected);
  });

  it.each<[string, boolean]>([
    ['{ variable: CLUSTER_NAME }', true],
    ['{ variable: "CLUSTER_*", environments: [prod-eu] }', true],
    ['{ variable: "CLUSTER_*", environments: [dev] }', false],
    ['{ variable: CLUSTER }', false],
    ['{ name: CLUSTER_NAME }', false],
    ['{ kind: Secret }', false],
  ])('may be a variable: %s', async (external, expected) => {
    const { isExternal } = await settingsOf(`externals: [${external}]`);
    expect(isExternal({ variable: 'CLUSTER_NAME' }, 'prod-eu', 'apps/checkout')).toBe(expected);
  });
});

describe('secret keys', () => {
  it('are globs, in any case, and with a dot in front', async () => {
    const { isSecretKey } = await settingsOf('secretKeys: ["*_TOKEN", "*password*", "*.pem"]');
    expect(['SHOP_TOKEN', 'shop_token', 'DB_PASSWORD_OLD', '.password', 'tls.pem', '.pem'].filter((key) => !isSecretKey(key))).toEqual([]);
    expect(['TOKEN', 'SHOP_TOKENS', 'PASS'].filter((key) => isSecretKey(key))).toEqual([]);
    expect((await settingsOf('')).isSecretKey('PASSWORD')).toBe(false);
  });
});

describe('what this version does not act upon', () => {
  it.each([
    ['branches: "env/{env}"\nrepositories: { prod-eu: ../prod }\nchecks: []', ['checks']],
    ['differences: [{ path: spec, may: differ }]\nchecks: [{}]\nhelm: { version: 4 }', ['checks']],
    ['exceptions: [{ rule: quiet-shop, reason: a hotfix }]', []],
    ['exceptions: [{ rule: quiet-shop, reason: a hotfix, version: 1.2.3 }]', []],
    ['environments: { dev: { kubeVersion: "1.33" } }\nexternals: [{ variable: CLUSTER_NAME }]', []],
    ['preset: strict', []],
  ])('is named: %s', async (text, expected) => {
    expect((await settingsOf(text)).unused).toEqual(expected);
  });
});
