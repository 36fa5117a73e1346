import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { mergeTrees } from '../../src/discover/merge-trees.ts';
import { environmentBranches, type FoundTree, namedBy, type Tree } from '../../src/discover/trees.ts';
import type { Discovery } from '../../src/model/discovery.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { discoverIn, matrixOf, repository } from './folders.ts';

const CONFIG = new SourceFile('.gitopsrc', 'branches: env/{env}\n');
const ORIGIN = { file: CONFIG, start: 10, end: 19, how: 'written', precision: 'exact' } as const;

interface Given {
  readonly lines: readonly string[];
  readonly tree?: Partial<Tree>;
}

/** The tree of a branch such as `env/prod`, `origin/env/prod`; its environment is the last step. */
const branch = (name: string, ...lines: readonly string[]): Given => ({
  lines,
  tree: { name, branch: name.replace('origin/', ''), environment: name.split('/').at(-1), origin: ORIGIN },
});
const own = (...lines: readonly string[]): Given => ({ lines });
const other = (name: string, environment: string, ...lines: readonly string[]): Given => ({ lines, tree: { name, environment } });

/** What the trees hold together, each with the same `.gitopsrc`. */
async function merged(given: readonly Given[], config = ''): Promise<Discovery> {
  const found: FoundTree[] = [];
  for (const { lines, tree } of given) {
    const workspace = memoryWorkspace({ ...repository(...lines), '.gitopsrc': config });
    found.push({ tree: { name: '', workspace, ...tree }, discovery: await discoverIn(workspace) });
  }
  return mergeTrees(found, await declared(config));
}

async function declared(config: string) {
  return (await loadSettings(memoryWorkspace({ '.gitopsrc': config }), '', [])).settings.declaration;
}

/** `app@environment label=value < tree:root` */
function linesOf(discovery: Discovery): string[] {
  const short = matrixOf(discovery).variants;
  return discovery.variants.map(({ tree = '', root }, index) => `${short[index]} < ${tree}:${root}`);
}

describe('an environment per branch', () => {
  it('makes a variant of each folder in each branch', async () => {
    const both = ['apps/checkout', 'apps/ledger'];
    const found = await merged([branch('env/prod', ...both), branch('origin/env/dev', ...both)]);
    expect(matrixOf(found).environments).toEqual(['dev: dev', 'prod: prod']);
    expect(linesOf(found)).toEqual([
      'checkout@prod < env/prod:apps/checkout',
      'checkout@dev < origin/env/dev:apps/checkout',
      'ledger@prod < env/prod:apps/ledger',
      'ledger@dev < origin/env/dev:apps/ledger',
    ]);
    expect(found.environments.map(({ promotesFrom, confidence }) => [promotesFrom, confidence])).toEqual([
      [[], 'declared'],
      [['dev'], 'declared'],
    ]);
    expect(found.environments[0]?.evidence).toEqual([{ why: 'branch "origin/env/dev"', location: { file: CONFIG, span: { start: 10, end: 19 } } }]);
    expect([found.leftOut, found.assumptions]).toEqual([[], []]);
  });

  it('takes manifests in the root for one app', async () => {
    const found = await merged([branch('environments/dev', 'manifest.yaml'), branch('environments/prod', 'manifest.yaml')]);
    expect(linesOf(found)).toEqual(['.@dev < environments/dev:', '.@prod < environments/prod:']);
  });

  it('reads the branch that is checked out from the working tree', async () => {
    const found = await merged([{ lines: ['checkout'], tree: { environment: 'dev', branch: 'env/dev' } }, branch('env/prod', 'checkout')]);
    expect(linesOf(found)).toEqual(['checkout@dev < :checkout', 'checkout@prod < env/prod:checkout']);
    expect(found.environments[0]?.evidence[0]?.why).toBe('branch "env/dev", which is checked out');
  });

  it('knows app and labels that the name of the branch tells', async () => {
    const tree = (name: string, names: Readonly<Record<string, string>>, ...lines: readonly string[]): Given => ({
      lines,
      tree: { name, branch: name, ...namedBy(names) },
    });
    const found = await merged([
      tree('checkout/eu/prod', { app: 'checkout', region: 'eu', env: 'prod' }, 'manifest.yaml'),
      tree('checkout/us/prod', { app: 'checkout', region: 'us', env: 'prod' }, 'manifest.yaml'),
      tree('ledger/eu/prod', { app: 'ledger', region: 'eu', env: 'prod' }, 'manifest.yaml'),
      tree('ledger/eu/dev', { app: 'ledger', region: 'eu', env: 'dev' }, 'web', 'worker'),
    ]);
    expect(matrixOf(found).variants).toEqual([
      'checkout@prod region=eu',
      'checkout@prod region=us',
      'ledger@prod region=eu',
      'ledger/web@dev region=eu',
      'ledger/worker@dev region=eu',
    ]);
  });

  it('gives an app one name in all branches, though it needs a longer one only in some', async () => {
    const found = await merged([branch('env/dev', 'apps/redis', 'infra/redis'), branch('env/prod', 'apps/redis')]);
    expect(linesOf(found)).toEqual(['apps/redis@dev < env/dev:apps/redis', 'apps/redis@prod < env/prod:apps/redis', 'infra/redis@dev < env/dev:infra/redis']);
  });

  it('knows an app again that moved', async () => {
    const found = await merged([branch('env/dev', 'apps/checkout', 'apps/ledger'), branch('env/prod', 'checkout', 'ledger')]);
    expect(found.variants.map(({ app }) => app)).toEqual(['checkout', 'checkout', 'ledger', 'ledger']);
  });

  it('goes by the tiers and the order that are declared', async () => {
    const config = 'environments: { blue: { tier: prod }, master: { promotesFrom: blue } }';
    const found = await merged([branch('env/master', 'checkout'), branch('env/blue', 'checkout')], config);
    expect(matrixOf(found).environments).toEqual(['blue: prod', 'master: unknown']);
    expect(found.environments.map(({ promotesFrom }) => promotesFrom)).toEqual([[], ['blue']]);
    expect(found.environments[0]?.evidence.map(({ why }) => why)).toEqual(['declared in .gitopsrc', 'branch "env/blue"']);
  });

  it('goes by the order of other tools, which name environments that nobody has, too', async () => {
    const found = await Promise.all(
      ['blue', 'green'].map(async (environment): Promise<FoundTree> => {
        const workspace = memoryWorkspace(repository('checkout'));
        return { tree: { name: `env/${environment}`, branch: `env/${environment}`, environment, workspace }, discovery: await discoverIn(workspace) };
      }),
    );
    const steps = [
      { name: 'green', promotesFrom: [] },
      { name: 'amber', promotesFrom: ['green'] },
      { name: 'blue', promotesFrom: ['amber'] },
    ];
    const { environments } = mergeTrees(
      found,
      await declared(''),
      steps.map((step) => ({ ...step, origin: ORIGIN, source: 'Kargo Stages' })),
    );
    expect(environments.map(({ name }) => name)).toEqual(['green', 'blue']);
    expect(environments[0]?.evidence.map(({ why }) => why)).toEqual(['named by Kargo Stages', 'branch "env/green"']);
  });

  it('says where a branch holds nothing, and forgets its environment', async () => {
    const found = await merged([branch('env/dev', 'checkout'), branch('env/prod')]);
    expect(matrixOf(found).environments).toEqual(['dev: dev']);
    expect(found.leftOut).toEqual([{ name: 'env/prod', why: 'the branch "env/prod" holds nothing that is deployed' }]);
  });
});

describe('branches that come and go', () => {
  const tierOf = async (name: string, environment: string) =>
    (await merged([{ lines: ['checkout'], tree: { name, branch: name, environment } }])).environments.map(({ tier }) => tier).join();

  it.each([
    ['env/pr-12', 'pr-12'],
    ['feature/basket', 'basket'],
    ['feature/prod-fix', 'prod-fix'],
    ['preview/basket', 'basket'],
    ['pr/12', '12'],
    ['env/preview-basket', 'preview-basket'],
  ])('%s is an ephemeral environment', async (name, environment) => {
    expect(await tierOf(name, environment)).toBe('ephemeral');
  });

  it.each([
    ['env/shop-prod', 'shop-prod', 'prod'],
    ['preview/prod', 'prod', 'prod'],
    ['env/features', 'features', 'unknown'],
    ['release/2.1', '2.1', 'unknown'],
    ['feature-flags/prod', 'prod', 'prod'],
  ])('%s is none', async (name, environment, tier) => {
    expect(await tierOf(name, environment)).toBe(tier);
  });
});

describe('folders that name environments in the tree of one', () => {
  const OVERLAYS = ['apps/checkout/base', ...['dev', 'prod'].map((name) => `apps/checkout/overlays/${name} < apps/checkout/base`)];

  it('belong to the others where one of them is its own', async () => {
    const found = await merged([branch('env/dev', ...OVERLAYS), branch('env/prod', ...OVERLAYS)]);
    expect(linesOf(found)).toEqual(['checkout@dev < env/dev:apps/checkout/overlays/dev', 'checkout@prod < env/prod:apps/checkout/overlays/prod']);
    expect(found.leftOut).toEqual([
      { name: 'env/dev:apps/checkout/overlays/prod', why: 'of "prod", in the tree of "dev": not deployed from there' },
      { name: 'env/prod:apps/checkout/overlays/dev', why: 'of "dev", in the tree of "prod": not deployed from there' },
    ]);
  });

  it('are labels where none of them is', async () => {
    const found = await merged([branch('env/pr-7', ...OVERLAYS)]);
    expect(matrixOf(found)).toEqual({ environments: ['pr-7: ephemeral'], variants: ['checkout@pr-7 folder=dev', 'checkout@pr-7 folder=prod'] });
  });

  it.each([
    ['prod', 'production', 'prod'],
    ['prod', 'prod-eu', 'prod-eu'],
    ['prod-eu', 'prod', 'prod-eu'],
    ['prod-eu', 'production-eu', 'prod-eu'],
    ['dev2', 'dev', 'dev2'],
  ])('in %s, %s is %s', async (environment, inner, expected) => {
    const lines = ['base', `environments/${inner} < base`, 'environments/staging < base'];
    const found = await merged([branch(`env/${environment}`, ...lines)]);
    expect(found.variants.map((variant) => variant.environment)).toEqual([expected]);
    expect(found.environments.map(({ name }) => name)).toEqual([expected]);
  });

  it.each([
    ['prod-eu', 'prod-us'],
    ['dev1', 'dev2'],
    ['prod', 'preprod'],
    ['blue', 'prod'],
  ])('in %s, %s is another', async (environment, inner) => {
    const found = await merged([branch(`env/${environment}`, 'base', `environments/${inner} < base`, 'environments/test < base')]);
    expect(found.variants.map((variant) => [variant.environment, variant.labels['folder']])).toEqual([
      [environment, inner],
      [environment, 'test'],
    ]);
  });

  it('are the same where a name without a meaning was given their tier, and two where both are declared', async () => {
    const lines = ['base', 'environments/prod < base', 'environments/dev < base'];
    const blue = await merged([branch('env/blue', ...lines)], 'environments: { blue: { tier: prod } }');
    expect(blue.variants.map(({ root }) => root)).toEqual(['environments/prod']);
    const both = await merged([branch('env/blue', ...lines)], 'environments: { blue: { tier: prod }, prod: {} }');
    expect(both.variants.map(({ labels }) => labels['folder'])).toEqual(['dev', 'prod']);
  });
});

describe('an environment per repository', () => {
  it('stands beside those of the folders here', async () => {
    const found = await merged([
      own('apps/checkout/base', 'apps/checkout/overlays/dev < apps/checkout/base', 'apps/checkout/overlays/staging < apps/checkout/base'),
      other('../prod', 'prod-eu', 'apps/checkout'),
    ]);
    expect(matrixOf(found).environments).toEqual(['dev: dev', 'staging: staging', 'prod-eu: prod']);
    expect(linesOf(found)).toEqual([
      'checkout@prod-eu < ../prod:apps/checkout',
      'checkout@dev < :apps/checkout/overlays/dev',
      'checkout@staging < :apps/checkout/overlays/staging',
    ]);
    expect(found.environments.map(({ evidence }) => evidence[0]?.why)).toEqual([
      'folder in "apps/checkout/overlays"',
      'folder in "apps/checkout/overlays"',
      'repository "../prod"',
    ]);
  });

  it('counts more than a folder of its name, which is checked by itself', async () => {
    const found = await merged([
      own('checkout/base', ...['dev', 'production'].map((name) => `checkout/overlays/${name} < checkout/base`)),
      other('../prod', 'prod', 'checkout'),
    ]);
    expect(matrixOf(found)).toEqual({
      environments: ['dev: dev', 'prod: prod'],
      variants: ['checkout@prod', 'checkout@dev', 'checkout/overlays/production'],
    });
    expect(found.assumptions).toEqual(['"production" is what repository "../prod" holds; what folders here hold of it is checked, and compared with nothing']);
  });

  it('keeps what has no environment here apart from apps of that name', async () => {
    const found = await merged([own('checkout', 'docs'), other('../prod', 'prod', 'checkout')]);
    expect(linesOf(found)).toEqual(['./checkout < :checkout', 'checkout@prod < ../prod:checkout', 'docs < :docs']);
  });
});

describe('what trees leave out', () => {
  it('is told once, under the name of the tree', async () => {
    const lines = ['checkout', 'examples/demo/a.yaml'];
    const found = await merged([branch('env/dev', ...lines), branch('env/prod', ...lines)]);
    expect(found.leftOut).toEqual([{ name: 'env/dev:examples', why: 'manifests of tests, examples or scaffolding, by the name of their folder' }]);
  });

  it('is not what another tree has', async () => {
    const config = 'environments: { dev: {}, prod: {}, uat: {} }\napps: [{ path: "{app}" }, { path: "old/{app}" }, { path: "gone/{app}" }]\n';
    const found = await merged([branch('env/dev', 'checkout'), branch('env/prod', 'old/checkout')], config);
    expect(matrixOf(found).variants).toEqual(['checkout@dev', 'checkout@prod']);
    expect(found.leftOut).toEqual([
      { name: 'gone/{app}', why: 'the pattern matches nothing that is deployed' },
      { name: 'uat', why: 'declared, but nothing is deployed to it' },
    ]);
  });

  it('is nothing that was open only as long as no tree told', async () => {
    const found = await merged([
      branch('env/dev', 'base', 'environments/prod/overlays/dev < base', 'environments/dev/overlays/prod < base', 'environments/qa < base'),
    ]);
    const open = found.leftOut.filter(({ why }) => why.includes('could be'));
    expect(open).toEqual([]);
  });
});

describe('which branches are environments', () => {
  const branches = ['main', 'prod', 'prod-eu', 'fix-prod-db', 'pr-3', 'base', 'master'].map((environment) => ({ name: environment, environment }));

  it('tells their names, where the pattern takes any', async () => {
    const { environments } = await declared('environments: { master: { tier: prod } }');
    const { branches: kept, leftOut } = environmentBranches(branches, '{env}', environments);
    expect(kept.map(({ name }) => name)).toEqual(['prod', 'prod-eu', 'pr-3', 'master']);
    expect(leftOut).toEqual([
      { name: 'main', why: 'its name tells no environment; declare it under "environments" if it is one' },
      { name: 'fix-prod-db', why: 'its name tells no environment; declare it under "environments" if it is one' },
      { name: 'base', why: 'by its name, what several environments share' },
    ]);
  });

  it('tells the pattern, where it says which', async () => {
    const { environments } = await declared('environments: { base: {} }');
    const { branches: kept, leftOut } = environmentBranches(branches, 'env/{env}', environments);
    expect(kept).toHaveLength(branches.length);
    expect(leftOut).toEqual([]);
    expect(environmentBranches(branches, 'env/{env}', []).leftOut.map(({ name }) => name)).toEqual(['base']);
  });
});
