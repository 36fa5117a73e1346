import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import missingConfigKey from '../../../rules/missing-config-key/rule.ts';
import { loadSettings } from '../../../src/config/load.ts';
import { lint } from '../../../src/engine/lint.ts';
import { openTrees } from '../../../src/engine/open-trees.ts';
import { survey } from '../../../src/engine/read-repository.ts';
import { openDiskWorkspace } from '../../../src/workspace/open.ts';
import { configMap, kustomization } from '../../rules/shop.ts';
import { cleanEnvironment, git, scratch, write } from '../../workspace/repository.ts';
import { base, type Layout, layoutIn, layoutOf, overlays, rootsIn, surveyed } from './layout.ts';

beforeEach(() => {
  // The tests may run in a hook themselves.
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) vi.stubEnv(name, undefined);
  for (const name of ['HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_NOSYSTEM']) vi.stubEnv(name, cleanEnvironment()[name]);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

type Files = Readonly<Record<string, string>>;

interface Read extends Layout {
  /** `checkout@prod < env/prod:checkout` */
  readonly roots: readonly string[];
  /** `env/dev:app.yaml what is missing @ checkout@prod` */
  readonly findings: readonly string[];
}

/** How a repository is read with all of its trees, and what one rule finds. */
async function read(root: string): Promise<Read> {
  const workspace = await openDiskWorkspace({ root, folder: '' });
  const { settings } = await loadSettings(workspace, '', [missingConfigKey]);
  const trees = await openTrees(root, workspace, settings);
  const found = await survey(trees, '', settings);
  const { findings } = await lint({ workspace, trees, folder: '', settings, rules: [missingConfigKey], version: '0.0.0' });
  return {
    ...layoutIn(found),
    roots: found.repository.variants.map(({ id, tree = '', root: folder }) => `${id} < ${tree}:${folder}`),
    findings: findings.map(({ location, message, variants }) => `${location.file.name} ${message} @ ${variants.join()}`),
  };
}

/** A repository with branches, each with the files of its commits, one after the other; `main` is checked out. */
function branches(all: Readonly<Record<string, readonly Files[]>>): string {
  const root = scratch();
  const commits = Object.entries(all).flatMap(([name, versions]) =>
    versions.map((files) => {
      const contents = Object.entries(files).map(([file, text]) => `M 100644 inline ${file}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
      return `commit refs/heads/${name}\ncommitter Sam <sam@shop.example> 0 +0000\ndata 5\nStock\ndeleteall\n${contents.join('')}\n`;
    }),
  );
  git(root, 'init', '-q');
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, env: cleanEnvironment(), input: commits.join('') });
  git(root, 'reset', '-q', '--hard');
  return root;
}

const settingsOf = (...keys: readonly string[]): Files => ({ 'checkout/settings.yaml': configMap('checkout', keys.map((key) => `${key}: "1"\n`).join('')) });

describe('a branch for each environment', () => {
  const CONFIG: Files = { '.gitopsrc': 'branches: env/{env}\n' };
  const SHOP = {
    main: [{ ...CONFIG, ...settingsOf('URL') }],
    'env/dev': [{ ...CONFIG, ...settingsOf('URL', 'TIMEOUT') }],
    'env/staging': [{ ...CONFIG, ...settingsOf('URL', 'TIMEOUT') }],
    'env/prod': [{ ...CONFIG, ...settingsOf('URL') }],
  };
  const MISSING = 'env/dev:checkout/settings.yaml "TIMEOUT" is not set @ checkout@prod';

  it('is read without a checkout, and compared with the others', async () => {
    expect(await read(branches(SHOP))).toEqual({
      environments: ['dev: dev (declared)', 'staging: staging < dev (declared)', 'prod: prod < staging (declared)'],
      variants: ['./checkout', 'checkout@dev', 'checkout@prod', 'checkout@staging'],
      roots: ['./checkout < :checkout', 'checkout@dev < env/dev:checkout', 'checkout@staging < env/staging:checkout', 'checkout@prod < env/prod:checkout'],
      findings: [MISSING],
    });
  });

  it('is the same with other commits, as long as the content is', async () => {
    const { findings } = await read(branches({ ...SHOP, 'env/prod': [...SHOP['env/dev'], ...SHOP['env/prod']] }));
    expect(findings).toEqual([MISSING]);
  });

  it('counts as it stands on the disk where it is checked out', async () => {
    const root = branches(SHOP);
    git(root, 'checkout', '-q', 'env/prod');
    write(root, settingsOf('URL', 'TIMEOUT'));
    const { findings, roots } = await read(root);
    expect(findings).toEqual([]);
    expect(roots).toEqual(['checkout@dev < env/dev:checkout', 'checkout@staging < env/staging:checkout', 'checkout@prod < :checkout']);
    write(root, settingsOf('TIMEOUT'));
    expect((await read(root)).findings).toEqual(['env/dev:checkout/settings.yaml "URL" is not set @ checkout@prod']);
  });

  it('may hold folders of environments beside it', async () => {
    const mixed = branches({
      main: [{ '.gitopsrc': 'branches: hotfix/{env}\n', ...overlays('ledger', 'dev', 'qa') }],
      'hotfix/prod': [{ 'apps/ledger/prod.yaml': configMap('ledger', 'URL: x\n') }],
    });
    const { environments, roots } = await read(mixed);
    expect(environments).toEqual(['dev: dev', 'qa: test < dev', 'prod: prod < qa (declared)']);
    expect(roots).toEqual(['ledger@dev < :apps/ledger/overlays/dev', 'ledger@qa < :apps/ledger/overlays/qa', 'ledger@prod < hotfix/prod:apps/ledger']);
  });
});

describe('a repository for each environment', () => {
  it('has an environment of the apps that have their folders there', async () => {
    const top = scratch();
    const shops: Readonly<Record<string, Files>> = {
      main: { '.gitopsrc': 'repositories:\n  staging: ../shop-staging\n  prod-eu: ../shop-prod\n', ...settingsOf('URL', 'TIMEOUT') },
      'shop-staging': settingsOf('URL', 'TIMEOUT'),
      'shop-prod': settingsOf('URL'),
    };
    for (const [name, files] of Object.entries(shops)) write(path.join(top, name), files);
    const { environments, roots, findings } = await read(path.join(top, 'main'));
    expect(environments).toEqual(['staging: staging (declared)', 'prod-eu: prod < staging (declared)']);
    expect(roots).toEqual(['./checkout < :checkout', 'checkout@staging < ../shop-staging:checkout', 'checkout@prod-eu < ../shop-prod:checkout']);
    expect(findings).toEqual(['../shop-staging/checkout/settings.yaml "TIMEOUT" is not set @ checkout@prod-eu']);
  });
});

describe('a file for each environment', () => {
  it('of variables, beside no manifests', async () => {
    const tree = {
      'overrides/common.env': 'URL=x\n',
      'overrides/dev.env': 'STAGE=dev\n',
      'overrides/staging.env': 'STAGE=staging\n',
      'overrides/production.env': 'STAGE=production\n',
    };
    expect(await layoutOf(tree)).toMatchObject({
      environments: ['dev: dev', 'staging: staging < dev', 'production: prod < staging'],
      variants: ['overrides@dev', 'overrides@production', 'overrides@staging'],
    });
    const { repository: found } = await surveyed(tree);
    expect(found.variants.map(({ id, inputs }) => `${id} = ${[...inputs].join(', ')}`)).toContain(
      'overrides@production = overrides/common.env, overrides/production.env',
    );
  });

  it('of values, beside the folders of another app', async () => {
    const tree = {
      'checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
      'checkout/values.yaml': 'replicas: 1\n',
      'checkout/values-dev.yaml': 'replicas: 1\n',
      'checkout/values-prd.yaml': 'replicas: 2\n',
      ...base('ledger/base', 'ledger'),
      'ledger/dev/kustomization.yaml': kustomization(['../base']),
      'ledger/production/kustomization.yaml': kustomization(['../base']),
    };
    const { repository: found } = await surveyed(tree);
    expect(found.environments.map(({ name }) => name)).toEqual(['dev', 'production']);
    expect(rootsIn(found)).toEqual([
      'checkout@dev = checkout (checkout/values.yaml, checkout/values-dev.yaml)',
      'checkout@production = checkout (checkout/values.yaml, checkout/values-prd.yaml)',
      'ledger@dev = ledger/dev',
      'ledger@production = ledger/production',
    ]);
  });
});
