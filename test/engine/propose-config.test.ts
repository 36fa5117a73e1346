import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { type Proposal, proposeConfig } from '../../src/engine/propose-config.ts';
import { oneTree, survey } from '../../src/engine/read-repository.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { findPlace, openDiskWorkspace } from '../../src/workspace/open.ts';
import { withFile } from '../../src/workspace/with-file.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { repository } from '../discover/folders.ts';
import type { Tree } from '../support/rule-tester.ts';

async function proposalFor(tree: Tree | Workspace, folder = ''): Promise<Proposal & { readonly workspace: Workspace }> {
  const workspace = 'realPath' in tree && typeof tree.realPath === 'function' ? (tree as Workspace) : memoryWorkspace(tree as Tree);
  const { settings } = await loadSettings(workspace, folder, rules);
  return { ...(await proposeConfig(workspace, folder, settings, rules)), workspace };
}

/** What people hold on to: the environments with all that is known of them, and the variants by id and root. */
async function readingOf(workspace: Workspace, folder = '') {
  const { settings } = await loadSettings(workspace, folder, rules);
  const { discovery, repository: read } = await survey(oneTree(workspace), folder, settings);
  return {
    environments: discovery.environments.map(({ name, tier, promotesFrom, labels }) => ({ name, tier, promotesFrom, labels })),
    variants: read.variants.map(({ id, root }) => `${id} ${root}`).sort(),
    confidence: [...new Set(discovery.environments.map(({ confidence }) => confidence))],
  };
}

async function expectSameReading({ workspace, path, text }: Awaited<ReturnType<typeof proposalFor>>, folder = ''): Promise<readonly string[]> {
  const { confidence: _, ...before } = await readingOf(workspace, folder);
  const { confidence, ...after } = await readingOf(withFile(workspace, path, text), folder);
  expect(after).toEqual(before);
  return confidence;
}

/** The lines of a text that are no comments. */
const said = ({ text }: Proposal) =>
  text
    .split('\n')
    .map((line) => line.replace(/(?:^| +)#.*$/, ''))
    .filter(Boolean);

const chart = { 'Chart.yaml': 'name: checkout\nversion: 1.0.0\n', 'values.yaml': 'replicas: 1\n' };
const inFolder = (folder: string, tree: Tree): Tree => Object.fromEntries(Object.entries(tree).map(([name, text]) => [`${folder}/${name}`, text]));
const overlays = (app: string, ...environments: readonly string[]) => [
  `apps/${app}/base`,
  ...environments.map((name) => `apps/${app}/overlays/${name} < apps/${app}/base`),
];

describe('what is proposed reads as what was found', () => {
  it.each([
    ['overlays', repository(...overlays('checkout', 'dev', 'staging', 'prod-eu'), ...overlays('ledger', 'dev')), ['apps/{app}/overlays/{env}']],
    ['a single app', repository('base', 'overlays/dev < base', 'overlays/prod < base'), ['overlays/{env}']],
    ['environments first', repository('envs/dev/checkout', 'envs/prod/checkout', 'envs/dev/ledger', 'envs/prod/ledger'), ['envs/{env}/{app}']],
    ['plain folders', repository('environments/dev/checkout/app.yaml', 'environments/prod/checkout/app.yaml'), ['environments/{env}/{app}']],
    [
      'clusters',
      repository('clusters/dev/oslo/checkout', 'clusters/dev/oslo/ledger', 'clusters/prod/tokyo/checkout', 'clusters/prod/tokyo/ledger'),
      ['clusters/{env}/{cluster}/{app}'],
    ],
    [
      'regions',
      repository('deploy/checkout/prod/eu-west-1', 'deploy/checkout/prod/us-east-1', 'deploy/checkout/dev/eu-west-1'),
      ['deploy/{app}/{env}/{region}'],
    ],
    ['words in a name', repository('checkout-dev', 'checkout-prod', 'ledger-dev', 'ledger-prod'), undefined],
    [
      'teams',
      repository('teams/red/checkout/envs/dev', 'teams/red/checkout/envs/prod', 'teams/blue/ledger/envs/dev', 'teams/blue/ledger/envs/prod'),
      ['teams/*/{app}/envs/{env}'],
    ],
    [
      'what is in no environment',
      repository('checkout/base', 'checkout/overlays/dev < checkout/base', 'checkout/overlays/prod < checkout/base', 'tools'),
      ['"{app}/overlays/{env}"'],
    ],
    [
      'two spellings of one environment',
      repository(...overlays('checkout', 'dev', 'production'), ...overlays('ledger', 'dev', 'production'), 'fraud/base', 'fraud/prod'),
      undefined,
    ],
    ['apps that share a name', repository('red/checkout/envs/dev', 'red/checkout/envs/prod', 'blue/checkout/envs/dev', 'blue/checkout/envs/prod'), undefined],
    [
      'values of a chart',
      inFolder('charts/checkout', { ...chart, 'values-dev.yaml': 'replicas: 1\n', 'values-prod.yaml': 'replicas: 3\n' }),
      ['values: [values.yaml, "values-{env}.yaml"]'],
    ],
    ['a preview that comes and goes', repository(...overlays('checkout', 'dev', 'prod', 'pr-12')), ['apps/{app}/overlays/{env}']],
  ])('%s', async (_, tree, patterns) => {
    const proposal = await proposalFor(tree);
    expect(proposal.discovery.environments.length).toBeGreaterThan(0);
    const confidence = await expectSameReading(proposal);
    expect(confidence).toContain('declared');
    if (patterns) for (const pattern of patterns) expect(said(proposal).join('\n')).toContain(pattern);
    else expect(proposal.apps).toBeUndefined();
  });

  it.each(['shop-kustomize', 'shop-plain', 'broken'])('fixtures/repos/%s', async (name) => {
    const root = `fixtures/repos/${name}`;
    const proposal = await proposalFor(await openDiskWorkspace(findPlace(root, { root })));
    expect(await expectSameReading(proposal)).toEqual(['declared']);
  });

  it('whatever the folders are called', async () => {
    const names = fc.constantFrom(
      'on',
      '1',
      'null',
      'dev',
      'prod',
      'a b',
      'x: y',
      '"q"',
      "it's",
      '#hash',
      '{env}',
      '*',
      'prod-eu',
      'ünder',
      '-',
      'pr-7',
      'test',
      'demo',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 4 }), fc.array(names, { minLength: 1, maxLength: 3 }), async (environments, apps) => {
        const tree = repository(...apps.flatMap((app) => environments.map((name) => `shop/${app}/envs/${name}/app.yaml`)));
        await expectSameReading(await proposalFor(tree));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a proposal', () => {
  it('says what was found, and why', async () => {
    const { text, path } = await proposalFor(repository(...overlays('checkout', 'dev', 'staging', 'prod-eu'), 'tools/mail', 'charts/base'));
    expect(path).toBe('.gitopsrc');
    expect(text).toMatchInlineSnapshot(`
      "# How gitops-lint reads what lies here, for review: correct what is wrong, and delete what need not be said.
      # "gitops-lint environments" shows the reading that comes of it.

      # In the order of promotion: each tier from the one before.
      environments:
        dev: { tier: dev }          # folder in "apps/checkout/overlays"
        staging: { tier: staging }  # folder in "apps/checkout/overlays"
        prod-eu: { tier: prod }     # folder in "apps/checkout/overlays"

      # How paths name app, environment and labels. While this stands here, no other path is taken for an environment.
      apps:
        - path: apps/{app}/overlays/{env}

      # In no environment: checked, and compared with nothing. What nobody deploys can be ignored:
      # ignore: [tools/mail]

      # Left out:
      #   charts/base: a base by its name, and nothing here builds upon it
      "
    `);
  });

  it('marks what is not sure, and asks for a tier that is not known', async () => {
    const { text } = await proposalFor(repository('apps/checkout/production/app.yaml', 'envs/dev/ledger', 'envs/prod/ledger', 'envs/blue/ledger'));
    expect(text).toMatch(/^ {2}blue: \{\} +# .*; which tier\? local, dev, int, test, uat, staging or prod$/m);
    expect((await proposalFor(repository('kubernetes/production/app.yaml'))).text).toMatch(
      /^ {2}production: \{ tier: prod \} +# not sure: folder "production"/m,
    );
  });

  it('leaves out what comes and goes, and says so', async () => {
    const proposal = await proposalFor(repository(...overlays('checkout', 'dev', 'prod', 'pr-12', 'pr-13')));
    expect(said(proposal).join()).not.toContain('pr-1');
    expect(proposal.text).toContain('# Known by the name, as they come and go: pr-12, pr-13\n');
  });

  it('does not declare what a declaration would find in more places', async () => {
    const tree = repository(
      'apps/checkout/base',
      'apps/checkout/dev < apps/checkout/base',
      'apps/checkout/test < apps/checkout/base',
      'tools/test',
      'red/dev/a',
      'blue/dev/a',
    );
    const proposal = await proposalFor(tree);
    await expectSameReading(proposal);
    expect([...proposal.heldBack]).toEqual(['test']);
    expect(proposal.text).toMatch(/^ {2}# test: \{ tier: test \} +# .*; declared, it would be found in more places$/m);
  });

  it('tells of promotions where tiers do not', async () => {
    const stage = (name: string, from: string) =>
      `apiVersion: kargo.akuity.io/v1alpha1\nkind: Stage\nmetadata:\n  name: ${name}\nspec:\n  requestedFreight:\n    - origin: { kind: Warehouse, name: shop }\n      sources: ${from}\n`;
    const proposal = await proposalFor({
      ...repository('env/uat', 'env/test', 'env/prod'),
      'kargo/stages.yaml': [stage('uat', '{ direct: true }'), stage('test', '{ stages: [uat] }'), stage('prod', '{ stages: [test] }')].join('---\n'),
    });
    await expectSameReading(proposal);
    expect(said(proposal).filter((line) => line.startsWith('  '))).toEqual([
      '  uat: { tier: uat, promotesFrom: [] }',
      '  test: { tier: test, promotesFrom: uat }',
      '  prod: { tier: prod, promotesFrom: test }',
      '  - path: env/{env}',
    ]);
    expect(proposal.text).toMatch(/# named by Kargo Stages \(kargo\/stages\.yaml:\d+\)$/m);
  });

  it('is an example to fill in where no environments are', async () => {
    const proposal = await proposalFor(repository('checkout', 'ledger'));
    expect(said(proposal)).toEqual([]);
    expect(proposal.text).toMatch(/No environments were found[\s\S]*# {3}prod: \{ tier: prod \}[\s\S]*# ignore: \[checkout, ledger\]\n/);
    const example = proposal.text.replaceAll(/^# (?=environments:|apps:| {2,})/gm, '');
    const { settings } = await loadSettings(withFile(memoryWorkspace({}), '.gitopsrc', example), '', rules);
    expect(settings.declaration.environments.map(({ name }) => name)).toEqual(['dev', 'staging', 'prod']);
  });

  it('names what was left out, and keeps to one line whatever it is called', async () => {
    const many = Array.from({ length: 5 }, (_, at) => `parts/p${at}\nenvironments: {}/base`);
    const { text } = await proposalFor(repository('envs/dev', 'envs/prod', ...many));
    expect(text).toMatch(/^# {3}parts\/p0 environments: \{\}\/base: a base by its name.*$/m);
    expect(text).toMatch(/^# {3}and 2 more$/m);
    expect(text).not.toMatch(/^environments: \{\}/m);
  });

  it('speaks of its folder alone, and changes nothing elsewhere', async () => {
    const tree = repository(...overlays('checkout', 'dev', 'prod'), 'live/ledger/envs/dev', 'live/ledger/envs/prod');
    const proposal = await proposalFor(tree, 'live');
    expect(proposal.path).toBe('live/.gitopsrc');
    expect(said(proposal)).toContain('  - path: "{app}/envs/{env}"');
    await expectSameReading(proposal, 'live');
    await expectSameReading(proposal);
  });

  it('is the same each time', async () => {
    const tree = repository(...overlays('checkout', 'dev', 'prod'), ...overlays('ledger', 'prod', 'dev'));
    expect((await proposalFor(tree)).text).toBe((await proposalFor(Object.fromEntries(Object.entries(tree).reverse()))).text);
  });
});
