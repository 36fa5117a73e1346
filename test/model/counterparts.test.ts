import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterpartsOf, lacking, type Presence, withoutEnvironment } from '../../src/model/counterparts.ts';
import type { Tier } from '../../src/model/environment.ts';
import { formatResourceId } from '../../src/model/resource.ts';
import type { Variant } from '../../src/model/variant.ts';
import type { Tree } from '../support/rule-tester.ts';
import { repositoryOf } from './shop.ts';

const inEnvironment = (name: string, tier: Tier = 'prod') =>
  ({ id: `checkout@${name}`, environment: { name, tier, promotesFrom: [], labels: {} } }) as unknown as Variant;

describe('a name without its environment', () => {
  it.each([
    ['checkout-prod', 'prod', 'checkout-{env}'],
    ['prod-checkout', 'prod', '{env}-checkout'],
    ['checkout.prod.yaml', 'prod', 'checkout.{env}.yaml'],
    ['checkout_PROD', 'prod', 'checkout_{env}'],
    ['PROD', 'prod', '{env}'],
    ['checkout-prod-eu', 'prod-eu', 'checkout-{env}'],
    ['checkout-eu', 'prod-eu', 'checkout-{env}'],
    ['checkout-prod', 'prod-eu', 'checkout-{env}'],
    ['product', 'prod', 'product'],
    ['checkout-product', 'prod', 'checkout-product'],
    ['checkout-dev', 'prod', 'checkout-dev'],
    ['checkout', 'prod', 'checkout'],
    ['checkout', '', 'checkout'],
    ['', 'prod', ''],
  ])('%s in %s is %s', (name, environment, expected) => {
    expect(withoutEnvironment(name, inEnvironment(environment))).toBe(expected);
  });

  it('is the same in every environment that writes its own name there', () => {
    const word = fc.constantFrom('checkout', 'ledger', 'storefront', 'config', 'v2');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 3 }), fc.array(word, { maxLength: 3 }), (before, after) => {
        const inOwn = ['dev', 'staging', 'prod', 'prod-eu', 'qa'].map((name) => withoutEnvironment([...before, name, ...after].join('-'), inEnvironment(name)));
        expect(new Set(inOwn).size).toBe(1);
      }),
    );
  });
});

describe('who lacks what others have', () => {
  const named = ['local', 'dev', 'qa', 'staging', 'prod-eu', 'prod-us', 'prod-asia', 'pr-7', 'aurora', 'vega', 'corona', 'lyra'] as const;
  const tiers: Readonly<Record<string, Tier>> = {
    local: 'local',
    dev: 'dev',
    qa: 'test',
    staging: 'staging',
    'pr-7': 'ephemeral',
    aurora: 'unknown',
    vega: 'unknown',
    corona: 'unknown',
    lyra: 'unknown',
  };
  const variants = new Map(named.map((name) => [name as string, inEnvironment(name, tiers[name] ?? 'prod')]));

  /** `dev+ prod-eu- staging?`: who has it, who has not, of whom that is not known. */
  const judge = (text: string) => {
    const signs: Readonly<Record<string, Presence>> = { '+': 'yes', '-': 'no', '?': 'unknown' };
    const presence = new Map(text.split(' ').map((part) => [variants.get(part.slice(0, -1)), signs[part.at(-1) ?? ''] ?? 'unknown']));
    const all = [...presence.keys()].flatMap((variant) => variant ?? []);
    return lacking(all, (variant) => presence.get(variant) ?? 'unknown').lacking.map(({ environment }) => environment.name);
  };

  it.each<[string, string, readonly string[]]>([
    ['production, what dev has', 'dev+ prod-eu-', ['prod-eu']],
    ['both regions, what dev has', 'dev+ prod-eu- prod-us-', ['prod-eu', 'prod-us']],
    ['every later one', 'dev+ staging- prod-eu-', ['staging', 'prod-eu']],
    ['staging, between those that have it', 'dev+ staging- prod-eu+', ['staging']],
    ['not dev, what only production has', 'dev- prod-eu+', []],
    ['not dev, what production has everywhere', 'dev- prod-eu+ prod-us+', []],
    ['dev, what two later stages have', 'dev- staging+ prod-eu+', ['dev']],
    ['not what one region alone has', 'dev- prod-eu+ prod-us-', []],
    ['a region, what most of its tier have', 'prod-eu+ prod-us+ prod-asia-', ['prod-asia']],
    ['not most of a tier, what one has', 'prod-eu+ prod-us- prod-asia-', []],
    ['not one of two', 'prod-eu+ prod-us-', []],
    ['nothing that all have', 'dev+ staging+ prod-eu+', []],
    ['nothing that nobody has', 'dev- staging- prod-eu-', []],
    ['not who may have it', 'dev+ prod-eu?', []],
    ['not because of who may have it', 'dev? prod-eu-', []],
    ['not local and passing ones', 'dev+ local- pr-7- prod-eu+', []],
    ['not because of local and passing ones', 'local+ pr-7+ dev- prod-eu-', []],
    ['unknown ones only by their like', 'dev+ aurora- prod-eu+', []],
    ['unknown ones, when all others have it', 'aurora+ vega+ corona+ lyra-', ['lyra']],
    ['no unknown one of few', 'aurora+ vega+ lyra-', []],
    ['no known ones because of unknown ones', 'aurora+ vega+ dev- prod-eu-', []],
  ])('%s: %s', (_, text, expected) => {
    expect(judge(text)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['nobody on the way of another region', 'oslo-dev+ oslo-qa+ oslo-prod+ lima-dev- lima-qa- lima-prod-', []],
    ['dev, what two later stages of its region have', 'oslo-dev- oslo-qa+ oslo-prod+', ['oslo-dev']],
    ['production, what dev of its region has', 'oslo-dev+ oslo-qa+ oslo-prod- lima-dev- lima-qa- lima-prod-', ['oslo-prod']],
  ])('%s: %s', (_, text, expected) => {
    const stages: Readonly<Record<string, readonly [Tier, string?]>> = { dev: ['dev'], qa: ['test', 'dev'], prod: ['prod', 'qa'] };
    const cells = text.split(' ').map((cell) => {
      const [region = '', stage = ''] = cell.slice(0, -1).split('-');
      const [tier, before] = stages[stage] ?? ['unknown'];
      const variant = inEnvironment(`${region}-${stage}`, tier);
      const environment = { ...variant.environment, promotesFrom: before ? [`${region}-${before}`] : [] };
      return { variant: { ...variant, environment } as Variant, presence: cell.endsWith('+') ? ('yes' as const) : ('no' as const) };
    });
    const found = lacking(
      cells.map(({ variant }) => variant),
      (variant) => cells.find((cell) => cell.variant === variant)?.presence ?? 'unknown',
    );
    expect(found.lacking.map(({ environment }) => environment.name)).toEqual(expected);
  });

  it('are among those that have it not, in whatever order they stand', () => {
    const presences = fc.constantFrom<Presence>('yes', 'no', 'unknown');
    const tier = fc.constantFrom<Tier>('local', 'ephemeral', 'unknown', 'dev', 'test', 'staging', 'prod');
    fc.assert(
      fc.property(fc.array(fc.tuple(tier, presences), { maxLength: 8 }), (cells) => {
        const all = cells.map(([place], index) => inEnvironment(`${place}-${index}`, place));
        const has = (variant: Variant): Presence => cells[all.indexOf(variant)]?.[1] ?? 'unknown';
        const { lacking: wrong, having } = lacking(all, has);
        for (const variant of wrong) {
          expect(has(variant)).toBe('no');
          expect(['local', 'ephemeral']).not.toContain(variant.environment.tier);
        }
        for (const variant of having) expect(has(variant)).toBe('yes');
        if (wrong.length > 0) expect(having.length).toBeGreaterThan(0);
        const backwards = lacking([...all].reverse(), has).lacking;
        expect(new Set(backwards)).toEqual(new Set(wrong));
      }),
    );
  });
});

describe('the twins of an app', () => {
  const configMap = (name: string, more = '') => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;
  const twinsIn = async (tree: Tree) => {
    const { apps } = await repositoryOf(tree);
    const [app] = apps;
    return app ? counterpartsOf(app).map((twins) => twins.map(({ variant, resource }) => `${variant.environment.name} ${formatResourceId(resource.id)}`)) : [];
  };

  it('are those of one kind and name, whatever their namespace', async () => {
    expect(
      await twinsIn({
        'environments/dev/checkout/app.yaml': configMap('checkout', '  namespace: dev\n'),
        'environments/prod/checkout/app.yaml': configMap('checkout', '  namespace: prod\n'),
      }),
    ).toEqual([['dev ConfigMap/checkout', 'prod ConfigMap/checkout']]);
  });

  it('go by their names before prefixes, suffixes and hashes', async () => {
    const [twins] = await twinsIn({
      'overlays/dev/kustomization.yaml': 'namePrefix: dev-\nconfigMapGenerator: [{ name: checkout, literals: [A=1] }]\n',
      'overlays/prod/kustomization.yaml': 'nameSuffix: -live\nconfigMapGenerator: [{ name: checkout, literals: [A=2] }]\n',
    });
    expect(twins?.map((twin) => twin.replace(/-[a-z0-9]{10}$/, ''))).toEqual(['dev ConfigMap/dev-checkout', 'prod ConfigMap/checkout-live']);
  });

  it('go without the name of their environment only where the whole name has no twin', async () => {
    expect(
      await twinsIn({
        'environments/dev/checkout/app.yaml': `${configMap('checkout-dev')}---\n${configMap('shared-dev')}`,
        'environments/prod/checkout/app.yaml': `${configMap('checkout-prod')}---\n${configMap('shared-dev')}`,
      }),
    ).toEqual([
      ['dev ConfigMap/shared-dev', 'prod ConfigMap/shared-dev'],
      ['dev ConfigMap/checkout-dev', 'prod ConfigMap/checkout-prod'],
    ]);
  });

  it('are alone where nobody else has them', async () => {
    expect(await twinsIn({ 'environments/dev/checkout/app.yaml': configMap('a'), 'environments/prod/checkout/app.yaml': configMap('b') })).toEqual([
      ['dev ConfigMap/a'],
      ['prod ConfigMap/b'],
    ]);
  });
});
