import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '../discover/folders.ts';
import { folderWith, git, run } from '../support/cli.ts';

const SHOP = repository(
  'apps/checkout/base',
  'apps/checkout/overlays/dev < apps/checkout/base',
  'apps/checkout/overlays/prod-eu < apps/checkout/base',
  'apps/ledger/base',
  'apps/ledger/overlays/dev < apps/ledger/base',
);

interface Report {
  readonly environments: readonly { readonly name: string; readonly tier: string; readonly promotesFrom: readonly string[]; readonly confidence: string }[];
  readonly apps: readonly { readonly variants: readonly { readonly id: string; readonly root: string }[] }[];
}

function environmentsIn(cwd: string, ...words: readonly string[]): Report {
  const { out, code, err } = run(['environments', ...words, '--format', 'json'], { cwd });
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Report;
}

const matrixOf = ({ apps, environments }: Report) => ({
  variants: apps.flatMap(({ variants }) => variants.map(({ id, root }) => `${id} ${root}`)),
  environments: environments.map(({ name, tier, promotesFrom }) => ({ name, tier, promotesFrom })),
});

describe('init', () => {
  it('writes what was found, which is then what is read', () => {
    const cwd = folderWith(SHOP);
    const before = environmentsIn(cwd);
    expect(before.environments.map(({ confidence }) => confidence)).toEqual(['high', 'high']);
    expect(run(['init'], { cwd })).toEqual({
      code: 0,
      out: 'wrote .gitopsrc: 2 environments (dev, prod-eu), one pattern of paths\nreview it, and run "gitops-lint environments"\n',
      err: '',
    });
    expect(readdirSync(cwd).sort()).toEqual(['.gitopsrc', 'apps']);
    const after = environmentsIn(cwd);
    expect(matrixOf(after)).toEqual(matrixOf(before));
    expect(after.environments.map(({ confidence }) => confidence)).toEqual(['declared', 'declared']);
  });

  it('says so where no environments are, and what is not sure', () => {
    const cwd = folderWith(repository('checkout', 'ledger'));
    expect(run(['init'], { cwd })).toEqual({
      code: 0,
      out: 'wrote .gitopsrc\nfill it in, and run "gitops-lint environments"\n',
      err: 'gitops-lint: no environments were found: .gitopsrc holds an example to fill in\n',
    });
    expect(run(['lint'], { cwd }).err).toBe('');
    expect(run(['init'], { cwd: folderWith(repository('kubernetes/production/app.yaml')) }).out).toBe(
      'wrote .gitopsrc: one environment (production), one pattern of paths\nlook at the line marked "not sure", then run "gitops-lint environments"\n',
    );
  });

  it.each(['.gitopsrc', '.gitopsrc.yaml', '.gitopsrc.yml', '.gitopsrc.json'])('leaves alone what is there: %s', (name) => {
    const cwd = folderWith({ ...SHOP, [name]: 'not: [valid' });
    const { code, out, err } = run(['init'], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      `gitops-lint: "${name}" is there already\n  "gitops-lint environments" shows what is read with it. Move it away to have another one written.\n`,
    );
    expect(readFileSync(path.join(cwd, name), 'utf8')).toBe('not: [valid');
    expect(readdirSync(cwd).sort()).toEqual([name, 'apps'].sort());
  });

  it('writes into the folder that is named, unless one further up counts for it', () => {
    const cwd = folderWith(SHOP);
    git(cwd, 'init', '-q');
    const before = matrixOf(environmentsIn(cwd));
    expect(run(['init', 'apps/checkout'], { cwd }).out).toMatch(/^wrote apps\/checkout\/\.gitopsrc: .*\n.* "gitops-lint environments apps\/checkout"\n$/);
    expect(existsSync(path.join(cwd, '.gitopsrc'))).toBe(false);
    expect(matrixOf(environmentsIn(cwd))).toEqual(before);
    expect(run(['init'], { cwd }).code).toBe(0);
    expect(matrixOf(environmentsIn(cwd))).toEqual(before);
    expect(run(['init', 'apps/ledger'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^gitops-lint: "\.gitopsrc" counts for "apps\/ledger" already\n {2}Declare environments and apps there/) as string,
    });
    expect(existsSync(path.join(cwd, 'apps/ledger/.gitopsrc'))).toBe(false);
  });

  it('writes nothing where nothing can be looked at', () => {
    const cwd = folderWith({ 'readme.md': 'nothing' });
    expect(run(['init'], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/there is nothing to check in "\."/) as string });
    expect(readdirSync(cwd)).toEqual(['readme.md']);
    expect(run(['init', 'gone'], { cwd })).toMatchObject({ code: 2, err: expect.stringMatching(/no such folder/) as string });
  });

  it('makes of the example what the README shows', () => {
    const cwd = folderWith({});
    cpSync('fixtures/repos/shop-kustomize', cwd, { recursive: true });
    expect(run(['init'], { cwd }).code).toBe(0);
    const shown = /<!-- init -->\n```yaml\n([\s\S]*?)```\n<!-- \/init -->/.exec(readFileSync('README.md', 'utf8'))?.[1];
    expect(readFileSync(path.join(cwd, '.gitopsrc'), 'utf8')).toBe(shown);
  });

  it('keeps to its root', () => {
    const cwd = folderWith({ ...SHOP, '.gitopsrc': '' });
    expect(run(['init', '--root', 'apps', 'apps'], { cwd }).out).toMatch(/^wrote \.gitopsrc: /);
    expect(readdirSync(path.join(cwd, 'apps'))).toContain('.gitopsrc');
    expect(readFileSync(path.join(cwd, '.gitopsrc'), 'utf8')).toBe('');
  });
});

describe('what lint assumed', () => {
  it('is one line at the end, until somebody declared something', () => {
    const cwd = folderWith(SHOP);
    const lastLine = () => run(['lint', '--exit-zero'], { cwd }).out.trimEnd().split('\n').at(-1);
    expect(lastLine()).toBe('assumed: 2 environments by folder apps/*/overlays/*: dev → prod-eu ("gitops-lint init" writes them down)');
    expect(run(['lint', '--exit-zero', '--format', 'json'], { cwd }).out).not.toContain('gitops-lint init');
    run(['init'], { cwd });
    expect(lastLine()).not.toContain('assumed');
  });
});
