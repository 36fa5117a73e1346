import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLEAN_ENVIRONMENT, folderWith, type Outcome, run } from '../support/cli.ts';
import { type GitRepository, repositoryOf } from '../support/git-repository.ts';
import type { Tree } from '../support/rule-tester.ts';

const SHA = (letter: string) => `sha256:${letter.repeat(64)}`;
/** What an environment has of the storefront: a Deployment and its settings. */
const storefront = (tag: string, keys = '  CURRENCY: EUR\n'): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: storefront
          image: registry.shop.example/storefront:${tag}
          envFrom: [{ configMapRef: { name: storefront } }]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: storefront
data:
${keys}`;
const file = (environment: string): string => `environments/${environment}/storefront/app.yaml`;
const PAY = '  CURRENCY: EUR\n  PAYMENT_URL: https://pay.shop.example\n';

const START: Tree = {
  [file('dev')]: storefront('1.4.0'),
  [file('staging')]: storefront('1.4.0'),
  [file('prod-eu')]: storefront('1.4.0'),
  [file('prod-us')]: storefront('1.4.0'),
  [file('prod-ap')]: storefront('1.4.0'),
};

class History {
  readonly #repository: GitRepository;

  constructor(start: Tree) {
    this.#repository = repositoryOf(start);
  }

  get folder(): string {
    return this.#repository.folder;
  }

  git(...args: readonly string[]): string {
    return this.#repository.git(...args);
  }

  write(tree: Tree): void {
    this.#repository.write(tree);
  }

  commit(tree: Tree): void {
    this.#repository.commit(tree);
  }

  lint(...words: readonly string[]): Outcome {
    return run(['--format', 'json', '--now', '2026-12-01', ...words], { cwd: this.folder });
  }

  /** `rule environments path:line` of all that the rules of promotion and parity say and nobody accepted, but for pins. */
  found(...words: readonly string[]): string[] {
    const { findings, variants } = JSON.parse(this.lint(...words).out);
    const environmentOf = (id: string): string => variants.find((variant: { id: string }) => variant.id === id)?.environment ?? id;
    return findings
      .filter(({ ruleId, suppressed }: { ruleId: string; suppressed?: object }) => ruleId !== 'unpinned-image' && !suppressed)
      .map(
        (finding: { ruleId: string; variants: string[]; location: { path: string; line: number } }) =>
          `${finding.ruleId} ${finding.variants.map(environmentOf).join(',')} ${finding.location.path}:${finding.location.line}`,
      );
  }
}

const HOTFIX = (version: string, until = '2027-01-31') =>
  `exceptions:\n  - { rule: version-ahead, app: storefront, environments: [prod-eu], version: ${version}, until: ${until}, reason: hotfix, owner: "@shop" }\n`;

describe('the history of a shop', () => {
  it('a normal lag, a promotion and a rollback are nothing', () => {
    const shop = new History(START);
    shop.commit({ [file('dev')]: storefront('1.5.0') });
    expect(shop.found('--since', 'HEAD~1')).toEqual([]);
    shop.commit({ [file('staging')]: storefront('1.5.0') });
    expect(shop.found('--since', 'HEAD~1')).toEqual([]);
    shop.commit(Object.fromEntries(['prod-eu', 'prod-us', 'prod-ap'].map((name) => [file(name), storefront('1.5.0')])));
    expect(shop.found('--since', 'HEAD~1')).toEqual([]);
    shop.commit(Object.fromEntries(['prod-eu', 'prod-us', 'prod-ap'].map((name) => [file(name), storefront('1.4.0')])));
    expect(shop.found('--since', 'HEAD~1')).toEqual([]);
    expect(shop.found()).toEqual([]);
  });

  it('production gets a version that staging never had: once, at its line, in full runs and of the change', () => {
    const shop = new History(START);
    shop.commit({ [file('prod-eu')]: storefront('1.4.1') });
    const ahead = [`version-ahead prod-eu ${file('prod-eu')}:11`];
    expect(shop.found('--rule', 'version-ahead')).toEqual(ahead);
    expect(shop.found('--since', 'HEAD~1')).toEqual(expect.arrayContaining(ahead));
    expect(shop.found('--since', 'HEAD~1').filter((line) => line.includes(`${file('prod-eu')}:11`))).toEqual(ahead);
  });

  it('a commit that staging never had, where .gitopsrc asks for it; one that staging had once is a lag', () => {
    const asked = { '.gitopsrc': 'rules: { unpromoted-version: warning }\n' };
    const shop = new History({ [file('staging')]: storefront('9f1c2b7'), [file('prod')]: storefront('9f1c2b7'), ...asked });
    shop.commit({ [file('staging')]: storefront('5d6e7f8') });
    shop.commit({ [file('staging')]: storefront('abcdef1') });
    shop.commit({ [file('prod')]: storefront('5d6e7f8') });
    expect(shop.found()).toEqual([]);
    shop.commit({ [file('prod')]: storefront('fedcba9') });
    expect(shop.found()).toEqual([`unpromoted-version prod ${file('prod')}:11`]);
    const clone = path.join(folderWith({}), 'clone');
    shop.git('clone', '-q', '--depth', '1', `file://${shop.folder}`, clone);
    expect(run([], { cwd: clone }).out).toContain('unpromoted-version says nothing: it asks the history of git, which is not whole here');
  });

  it('a hotfix with an exception, which ends when staging has caught up, or on its day', () => {
    const shop = new History(START);
    shop.commit({ [file('prod-eu')]: storefront('1.4.1'), '.gitopsrc': HOTFIX('1.4.1') });
    expect(shop.found('--rule', 'version-ahead')).toEqual([]);
    shop.commit({ [file('staging')]: storefront('1.4.1'), [file('dev')]: storefront('1.4.1') });
    expect(JSON.parse(shop.lint('--rule', 'version-ahead').out).findings).toEqual([]);
    shop.commit({ [file('prod-eu')]: storefront('1.4.2') });
    expect(shop.found('--rule', 'version-ahead')).toEqual([`version-ahead prod-eu ${file('prod-eu')}:11`]);
    shop.commit({ '.gitopsrc': HOTFIX('1.4.2', '2026-11-30') });
    expect(shop.found('--rule', 'version-ahead')).toEqual([`version-ahead prod-eu ${file('prod-eu')}:11`]);
    expect(shop.found('--rule', 'expired-exception')).toEqual(['expired-exception  .gitopsrc:2']);
    expect(shop.found('--rule', 'version-ahead', '--now', '2026-11-30')).toEqual([]);
  });

  it('a tag that was moved', () => {
    const shop = new History({ ...START, [file('dev')]: storefront(`1.4.0@${SHA('a')}`), [file('staging')]: storefront(`1.4.0@${SHA('a')}`) });
    shop.commit({ [file('prod-eu')]: storefront(`1.4.0@${SHA('b')}`) });
    expect(shop.found()).toEqual([`moved-tag prod-eu ${file('prod-eu')}:11`]);
    expect(shop.found('--since', 'HEAD~1')).toEqual([`moved-tag prod-eu ${file('prod-eu')}:11`]);
  });

  it('a region that stays behind', () => {
    const shop = new History({ ...START, [file('dev')]: storefront('1.5.0'), [file('staging')]: storefront('1.5.0') });
    shop.commit({ [file('prod-eu')]: storefront('1.5.0'), [file('prod-us')]: storefront('1.5.0') });
    expect(shop.found()).toEqual([`sibling-version-drift prod-ap ${file('prod-ap')}:11`]);
  });

  it('a promotion without its new key: one finding at the version, also where main lacked the key before', () => {
    const shop = new History({ [file('staging')]: storefront('1.4.0'), [file('prod')]: storefront('1.4.0') });
    shop.commit({ [file('staging')]: storefront('1.5.0', PAY) });
    expect(shop.found()).toEqual([`missing-config-key prod ${file('staging')}:20`]);
    shop.git('switch', '-q', '-c', 'promote');
    shop.commit({ [file('prod')]: storefront('1.5.0') });
    expect(shop.found('--since', 'main')).toEqual([`incomplete-promotion prod ${file('prod')}:11`]);
    const [finding] = JSON.parse(shop.lint('--since', 'main').out).findings.filter(({ ruleId }: { ruleId: string }) => ruleId === 'incomplete-promotion');
    expect(finding.message).toContain(': data.PAYMENT_URL of ConfigMap/storefront');
    expect(finding.related).toMatchObject([{ location: { path: file('staging'), line: 20 } }]);
    shop.commit({ [file('prod')]: storefront('1.5.0', PAY) });
    expect(shop.found('--since', 'main')).toEqual([]);
  });

  it('past staging, to both at once, and by what both share', () => {
    const shop = new History({ ...START, [file('dev')]: storefront('1.5.0') });
    shop.write({ [file('prod-eu')]: storefront('1.5.0') });
    expect(shop.found('--since', 'main')).toContain(`skipped-environment prod-eu ${file('prod-eu')}:11`);
    shop.write({ [file('staging')]: storefront('1.5.0') });
    expect(shop.found('--since', 'main')).toEqual(expect.arrayContaining([`simultaneous-promotion prod-eu ${file('prod-eu')}:11`]));

    const overlay = 'resources: [../../base]\n';
    const shared = new History({
      'apps/storefront/base/kustomization.yaml': 'resources: [app.yaml]\n',
      'apps/storefront/base/app.yaml': storefront('1.4.0'),
      'apps/storefront/overlays/staging/kustomization.yaml': overlay,
      'apps/storefront/overlays/prod/kustomization.yaml': overlay,
    });
    shared.commit({ 'apps/storefront/base/app.yaml': storefront('1.5.0') });
    expect(shared.found()).toEqual([]);
    expect(shared.found('--since', 'HEAD~1')).toEqual(['shared-change prod apps/storefront/base/app.yaml:11']);
  });
});

describe('--since', () => {
  const WRONG: Tree = { ...START, [file('staging')]: storefront('1.4.0', PAY) };

  it('leaves out what was there before, and says so', () => {
    const shop = new History(WRONG);
    expect(shop.found()).toHaveLength(1);
    shop.git('switch', '-q', '-c', 'topic');
    shop.commit({ [file('prod-eu')]: `# europe\n${storefront('1.4.0')}` });
    const { code, out } = run(['--since', 'main'], { cwd: shop.folder });
    expect(code).toBe(0);
    expect(out).toMatch(/findings were there before, and are left out/);
    expect(shop.found('--since', 'main')).toEqual([]);
  });

  it('sees what is committed, staged, changed or new in the working tree, against the commit in common', () => {
    const shop = new History(START);
    shop.git('switch', '-q', '-c', 'topic');
    shop.commit({ [file('staging')]: storefront('1.4.0', PAY) });
    shop.git('switch', '-q', 'main');
    // What main did since is nobody's business here.
    shop.commit({ [file('dev')]: storefront('1.6.0') });
    shop.git('switch', '-q', 'topic');
    expect(shop.found('--since', 'main')).toEqual([`missing-config-key prod-ap,prod-eu,prod-us ${file('staging')}:20`]);
    shop.write({ 'environments/prod-eu/storefront/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\ndata: { A: "1", A: "2" }\n' });
    expect(shop.found('--since', 'main')).toContain('duplicate-key prod-eu environments/prod-eu/storefront/extra.yaml:4');
    shop.git('add', '-A');
    expect(shop.found('--since', 'main')).toContain('duplicate-key prod-eu environments/prod-eu/storefront/extra.yaml:4');
  });

  it('tells again what reaches a higher tier, or says something else in a line that was changed', () => {
    const shop = new History({ [file('dev')]: storefront('1.4.0'), [file('staging')]: storefront('1.4.1'), [file('prod')]: storefront('1.4.0') });
    expect(shop.found()).toEqual([`version-ahead staging ${file('staging')}:11`]);
    shop.write({ [file('staging')]: storefront('1.4.2') });
    expect(shop.found('--since', 'main')).toEqual([`version-ahead staging ${file('staging')}:11`]);
  });

  it('sees what is gone from a chart', () => {
    const chart: Tree = {
      '.gitopsrc': 'apps: [{ chart: "charts/{app}", values: ["values-{env}.yaml"] }]\n',
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
      'charts/shop/values-prod.yaml': 'a: 1\n',
      'charts/shop/templates/_name.tpl': '{{ define "shop.name" }}shop{{ end }}\n',
      'charts/shop/templates/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ include "shop.name" . }} }\n',
    };
    const shop = new History(chart);
    shop.write({ 'charts/shop/templates/_name.tpl': '' });
    expect(shop.found('--since', 'main')).toEqual(['render-error prod charts/shop/templates/settings.yaml:3']);
    shop.git('add', '-A');
    expect(shop.found('--staged')).toEqual(['render-error prod charts/shop/templates/settings.yaml:3']);
  });

  it('counts: a second mistake of the same kind at the same place is new', () => {
    const twice = (keys: string) => ({ [file('prod-eu')]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: storefront }\ndata:\n${keys}` });
    const shop = new History({ ...START, ...twice('  A: "1"\n  A: "2"\n') });
    shop.write(twice('  A: "1"\n  A: "2"\n  A: "3"\n'));
    expect(shop.found('--rule', 'duplicate-key')).toHaveLength(2);
    expect(shop.found('--rule', 'duplicate-key', '--since', 'main')).toHaveLength(1);
  });

  it('is told of a region that is new, though the others have lacked the same for long', () => {
    const shop = new History({ [file('staging')]: storefront('1.4.0', PAY), [file('prod-eu')]: storefront('1.4.0') });
    shop.write({ [file('prod-us')]: storefront('1.4.0') });
    expect(shop.found('--since', 'main')).toEqual([`missing-config-key prod-us ${file('staging')}:20`]);
  });

  it('a rule that is asked for alone is not spoken for by another', () => {
    const shop = new History({ [file('staging')]: storefront('1.4.0', PAY), [file('prod')]: storefront('1.4.0', PAY) });
    shop.write({ [file('staging')]: storefront('1.5.0', PAY) });
    shop.commit({});
    shop.write({ [file('prod')]: storefront('1.5.0') });
    expect(shop.found('--since', 'main')).toEqual([`incomplete-promotion prod ${file('prod')}:11`]);
    expect(shop.found('--since', 'main', '--rule', 'missing-config-key')).toEqual([`missing-config-key prod ${file('staging')}:20`]);
  });

  it('is quiet where nothing changed, and where nothing that changed matters', () => {
    const shop = new History(WRONG);
    expect(run(['--since', 'main'], { cwd: shop.folder })).toEqual({ code: 0, out: '', err: 'gitops-lint: nothing changed since main\n' });
    shop.write({ 'README.md': 'The shop.\n' });
    expect(run(['--since', 'main'], { cwd: shop.folder })).toEqual({
      code: 0,
      out: '',
      err: 'gitops-lint: nothing that changed since main reaches an environment\n',
    });
  });

  it('does not call old what a changed configuration says anew', () => {
    const shop = new History(START);
    shop.write({ '.gitopsrc': 'differences:\n  - { app: nobody, path: spec, may: differ, reason: none }\n' });
    expect(shop.found('--since', 'main')).toEqual(['stale-expectation  .gitopsrc:2']);
  });

  it.each([
    [['--since', 'nowhere'], 'git knows no "nowhere" here\n  Fetch it first'],
    [['--since', '--upload-pack=x'], 'git knows no'],
    [['--since', 'main', '--staged'], '"--staged" and "--since" do not go together'],
  ])('%j is a mistake', (words, message) => {
    const { code, err } = run(words, { cwd: new History(START).folder });
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it.each([
    ['blob:none', (commit: string) => `"${file('dev')}" of commit ${commit}, which the change is held against, is not in this partial clone`],
    ['tree:0', (commit: string) => `the tree of commit ${commit}, which the change is held against, is not in this partial clone`],
  ])('takes nothing for new because a clone by %s lacks what was there before', (filter, message) => {
    const shop = new History({ ...START, [file('dev')]: storefront('latest') });
    const commit = shop.git('rev-parse', '--short=8', 'HEAD').trim();
    shop.commit({ [file('dev')]: storefront('latest', '  CURRENCY: USD\n') });
    shop.git('config', 'uploadpack.allowFilter', 'true');
    shop.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const cwd = path.join(folderWith({}), 'clone');
    shop.git('clone', '-q', `--filter=${filter}`, `file://${shop.folder}`, cwd);
    const said = { code: 2, out: '', err: expect.stringContaining(`${message(commit)}\n  Fetch what was left out: "git fetch --refetch --no-filter"`) };
    for (const words of [[], ['affected'], ['diff']]) expect(run([...words, '--since', 'HEAD~1'], { cwd })).toEqual(said);
    // What it says helps.
    execFileSync('git', ['fetch', '-q', '--refetch', '--no-filter'], { cwd, env: CLEAN_ENVIRONMENT });
    expect(run(['--since', 'HEAD~1'], { cwd })).toEqual(run(['--since', 'HEAD~1'], { cwd: shop.folder }));
  });

  it('asks of a partial clone no more than it reads', () => {
    const shop = new History({ ...START, 'notes.txt': 'one' });
    shop.commit({ [file('dev')]: storefront('1.5.0'), 'notes.txt': 'two' });
    shop.commit({ 'notes.txt': 'three' });
    shop.git('config', 'uploadpack.allowFilter', 'true');
    const cwd = path.join(folderWith({}), 'clone');
    shop.git('clone', '-q', '--filter=blob:none', `file://${shop.folder}`, cwd);
    expect(run(['--since', 'HEAD~1'], { cwd })).toMatchObject({ code: 0, err: 'gitops-lint: nothing that changed since HEAD~1 reaches an environment\n' });
  });

  it('names the branch of a remote where the clone has none of its own by that name', () => {
    const shop = new History(START);
    shop.git('branch', 'feature');
    const cwd = path.join(folderWith({}), 'clone');
    shop.git('clone', '-q', '--branch', 'feature', shop.folder, cwd);
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd, env: CLEAN_ENVIRONMENT });
    const hint = (ref: string): string | undefined => run(['--since', ref], { cwd }).err.split('\n  ')[1]?.trim();
    expect(hint('main')).toBe('Did you mean "origin/main"?');
    expect(hint('nowhere')).toBe('Fetch it first, or check the spelling.');
    git('remote', 'rename', 'origin', 'upstream');
    expect(hint('main')).toBe('Did you mean "upstream/main"?');
    for (const name of ['fork', 'origin']) git('remote', 'add', name, shop.folder);
    git('fetch', '-q', '--all');
    expect(hint('main')).toBe('Did you mean "origin/main"?');
    expect(run(['--since', 'origin/main'], { cwd }).code).toBe(0);
  });

  it('has nothing to hold a change against before the first commit', () => {
    const cwd = folderWith(START);
    execFileSync('git', ['init', '-q', '-b', 'main'], { cwd, env: CLEAN_ENVIRONMENT });
    const said = 'there is no commit yet to hold a change against\n  Leave "--since" away to check all that is here, or commit first.';
    for (const ref of ['HEAD', 'main']) expect(run(['--since', ref], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining(said) });
  });

  it('needs a history in common', () => {
    const shop = new History(START);
    shop.commit({ [file('dev')]: storefront('1.5.0') });
    const clone = path.join(folderWith({}), 'clone');
    shop.git('clone', '-q', '--depth', '1', '--no-single-branch', `file://${shop.folder}`, clone);
    execFileSync('git', ['checkout', '-q', '--orphan', 'other'], { cwd: clone, env: CLEAN_ENVIRONMENT });
    execFileSync('git', ['commit', '-q', '--allow-empty', '-m', 'Begin anew'], { cwd: clone, env: CLEAN_ENVIRONMENT });
    const { code, err } = run(['--since', 'origin/main'], { cwd: clone });
    expect([code, err]).toEqual([2, expect.stringContaining('have in common: the clone is shallow')]);
    expect(run(['--since', 'main'], { cwd: folderWith(START) })).toMatchObject({ code: 2, err: expect.stringContaining('--since needs a git repository') });
  });
});
