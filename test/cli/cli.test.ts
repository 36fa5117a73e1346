import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, git, run, runProcess } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';

const deployment = (tag: string) => storefront(`shop/storefront:${tag}`);

const shop = (tag: string) => ({ 'environments/dev/storefront/app.yaml': deployment('1.4.0'), 'environments/prod/storefront/app.yaml': deployment(tag) });

describe('exit codes', () => {
  it('0 without findings', () => {
    const { code, out, err } = run(['lint'], { cwd: folderWith(shop(`1.3.0@sha256:${'a'.repeat(64)}`)) });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^no findings in 2 variants of 1 app/);
  });

  it('1 with an error, 0 when findings are not to fail, 1 for warnings on demand', () => {
    const cwd = folderWith(shop('latest'));
    expect(run([], { cwd }).code).toBe(1);
    expect(run(['--exit-zero'], { cwd }).code).toBe(0);
    expect(run(['--rule', 'unpinned-image', '--fail-on', 'info'], { cwd: folderWith(shop('1.3.0')) }).code).toBe(1);
    expect(run(['--rule', 'unpinned-image'], { cwd: folderWith(shop('1.3.0')) }).code).toBe(0);
  });

  it.each([
    ['an unknown flag', ['--stagged'], /unknown option '--stagged'/],
    ['two reports at one place', ['--format', 'json', '--format', 'sarif'], /two reports cannot both be printed\n {2}Name a file for the others/],
    ['two reports in one file', ['--format', 'json:out', '--format', 'sarif:out'], /two reports cannot both go to "out"/],
    ['an unknown format', ['--format', 'sarf'], /there is no format "sarf"[\s\S]*Did you mean "sarif"\?/],
    ['an unknown rule', ['--rule', 'mutable-image'], /there is no rule "mutable-image"/],
    ['a folder that is not there', ['lint', 'nowhere'], /no such folder/],
    ['a file for a folder', ['lint', 'environments/dev/storefront/app.yaml'], /is a file/],
    ['an app that is not there', ['--app', 'warehouse'], /nothing in "\." matches "warehouse"/],
    ['an app without a name', ['--app', ''], /^gitops-lint: --app needs a name, not ""\n {2}"gitops-lint environments" lists/],
    ['an app without a name among others', ['--app', 'storefront', '--app', ''], /--app needs a name, not ""/],
    ['an environment without a name', ['--env', ''], /--env needs a name, not ""/],
    ['a gate without a name', ['--gate', ''], /--gate needs a name, not ""/],
    ['a comparison of an app without a name', ['diff', 'dev', 'prod', '--app', ''], /--app needs a name, not ""/],
    ['versions of an app without a name', ['versions', '--app', ''], /--app needs a name, not ""/],
    ['promotion to nowhere', ['preflight', '--to', ''], /--to needs a name, not ""/],
    ['a render for an environment without a name', ['render', '.', '--env', ''], /--env needs a name, not ""/],
    ['a choice that is none', ['--fail-on', 'panic'], /Allowed choices are error, warning, info/],
  ])('2 for %s, without a stack', (_, words, message) => {
    const { code, out, err } = run(words, { cwd: folderWith(shop('1.3.0')) });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('2 for a folder in which there is nothing to check: never green for nothing', () => {
    const { code, err } = run([], { cwd: folderWith({ 'readme.txt': 'nothing here' }) });
    expect(code).toBe(2);
    expect(err).toMatch(/there is nothing to check/);
  });

  it('2 without environments when they are required, 0 and a note when not', () => {
    const cwd = folderWith({ 'manifests/app.yaml': deployment('1.3.0') });
    expect(run(['--require-environments'], { cwd }).code).toBe(2);
    const { code, out } = run([], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/nothing was compared; declare them in \.gitopsrc/);
  });

  it('are those of the process, whose two outputs are kept apart', () => {
    const cwd = folderWith(shop('latest'));
    const [found, mistaken] = [[], ['--stagged']].map((words) => runProcess(words, { cwd }));
    expect(found).toMatchObject({ code: 1, out: expect.stringContaining('mutable-image-tag'), err: '' });
    expect(mistaken).toMatchObject({ code: 2, out: '', err: expect.stringContaining("unknown option '--stagged'") });
  });

  it('2 under --strict-coverage when something was left out', () => {
    const cwd = folderWith({ 'overlays/dev/kustomization.yaml': 'resources: [https://example.com/shop//base?ref=v1]\n' });
    expect(run(['--strict-coverage'], { cwd }).code).toBe(2);
    expect(run([], { cwd }).code).toBe(0);
  });
});

describe('--app', () => {
  const cwd = () =>
    folderWith(Object.fromEntries(['team-a/web', 'team-b/web', 'ledger'].map((app) => [`apps/${app}/overlays/prod/kustomization.yaml`, 'namePrefix: a-\n'])));
  const appsOf = (glob: string) => {
    const { variants } = JSON.parse(run(['--app', glob, '--format', 'json'], { cwd: cwd() }).out) as { variants: { app: string }[] };
    return variants.map(({ app }) => app);
  };

  it.each([
    ['*', ['ledger', 'team-a/web', 'team-b/web']],
    ['team-*', ['team-a/web', 'team-b/web']],
    ['*/web', ['team-a/web', 'team-b/web']],
    ['team-a/web', ['team-a/web']],
  ])('matches names with a slash as names: %s', (glob, expected) => {
    expect(appsOf(glob)).toEqual(expected);
  });
});

describe('.gitopsrc', () => {
  it.each([
    ['an unknown setting', 'presets: strict\n', /\.gitopsrc:1:1: unknown setting "presets"\n\s+Did you mean "preset"\?/],
    [
      'a rule that is none',
      'preset: strict\nrules:\n  mutable-image-tags: error\n',
      /\.gitopsrc:3:3: there is no rule "mutable-image-tags"\n\s+Did you mean "mutable-image-tag"\?/,
    ],
    ['a tier that is none', 'environments:\n  prod: { tier: production }\n', /\.gitopsrc:2:17: "tier" must be one of/],
    ['a setting of the wrong type', 'apps: 3\n', /\.gitopsrc:1:7: "apps" must be a list/],
    ['a rule that cannot be turned off', 'rules:\n  render-error: "off"\n', /\.gitopsrc:2:17: "render-error" must be one of/],
    [
      'an order that leads nowhere',
      'environments:\n  prod: { promotesFrom: staging }\n',
      /\.gitopsrc:2:25: "prod" is promoted from "staging", which is not declared/,
    ],
    ['a pattern that is none', 'apps:\n  - path: apps/{app/{env}\n', /\.gitopsrc:2:11: .*brace/],
    ['text that is no YAML', 'rules: [\n', /\.gitopsrc:/],
    ['a setting that stands twice', 'preset: strict\npreset: recommended\n', /\.gitopsrc:2:1: "preset" stands here twice/],
  ])('tells the line of %s', (_, text, message) => {
    const { code, err } = run([], { cwd: folderWith({ ...shop('1.3.0'), '.gitopsrc': text }) });
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('declares how paths name apps and environments, and what severities are', () => {
    const cwd = folderWith({
      'live/eu/web/app.yaml': deployment('latest'),
      'live/us/web/app.yaml': deployment('1.0.0'),
      '.gitopsrc':
        'environments: { eu: { tier: prod }, us: { tier: prod } }\napps: [{ path: "live/{env}/{app}" }]\nrules: { mutable-image-tag: warning, unpinned-image: "off" }\n',
    });
    const { code, out } = run(['--format', 'json'], { cwd });
    const result = JSON.parse(out) as { findings: { ruleId: string; severity: string; variants: string[] }[] };
    expect(code).toBe(0);
    expect(result.findings.map(({ ruleId, severity, variants }) => ({ ruleId, severity, variants }))).toEqual([
      { ruleId: 'mutable-image-tag', severity: 'warning', variants: ['web@eu'] },
    ]);
  });
});

describe('output', () => {
  it('goes to files by name, several at once', () => {
    const cwd = folderWith(shop('latest'));
    const { out } = run(['--format', 'sarif:report.sarif', '--format', 'json'], { cwd });
    expect(JSON.parse(out)).toHaveProperty('schemaVersion', 1);
    expect(JSON.parse(readFileSync(path.join(cwd, 'report.sarif'), 'utf8'))).toHaveProperty('version', '2.1.0');
  });

  it.each([
    ['in a folder that is not there', 'json:no/such/dir/report.json', /cannot write "no\/such\/dir\/report\.json": its folder does not exist\n {2}Name a file/],
    ['that is a folder', 'json:environments', /cannot write "environments": it is a folder\n {2}Name a file/],
    ['below a file', 'json:environments/dev/storefront/app.yaml/report.json', /what it names as a folder is a file\n {2}Name a file/],
    ['without a name', 'sarif:', /--format sarif: names no file\n {2}Write "sarif:report\.sarif"/],
  ])('is refused as a slip of the pen for a file %s', (_, format, message) => {
    const cwd = folderWith(shop('1.3.0'));
    const { code, err } = run(['--format', format], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/bug|\n\s+at /);
    expect(readdirSync(cwd)).toEqual(['environments']);
  });

  it('replaces a file as a whole, keeps its links and its rights, and leaves nothing beside it', () => {
    const cwd = folderWith({ ...shop('latest'), 'reports/now.json': 'former' });
    chmodSync(path.join(cwd, 'reports/now.json'), 0o600);
    symlinkSync('reports/now.json', path.join(cwd, 'latest.json'));
    // Whoever has the former file open goes on to read that.
    const former = openSync(path.join(cwd, 'reports/now.json'), 'r');
    expect(run(['--format', 'json:latest.json'], { cwd }).code).toBe(1);
    expect(readFileSync(former, 'utf8')).toBe('former');
    closeSync(former);
    expect(JSON.parse(readFileSync(path.join(cwd, 'reports/now.json'), 'utf8'))).toHaveProperty('schemaVersion', 1);
    expect(statSync(path.join(cwd, 'reports/now.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.join(cwd, 'reports'))).toEqual(['now.json']);
    expect(lstatSync(path.join(cwd, 'latest.json')).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('goes to a device that is named as a file', () => {
    expect(run(['--format', 'json:/dev/null'], { cwd: folderWith(shop('latest')) })).toEqual({ code: 1, out: '', err: '' });
    expect(statSync('/dev/null').isFile()).toBe(false);
  });

  it('has colours only on demand', () => {
    const cwd = folderWith(shop('latest'));
    expect(runProcess([], { cwd }).out).not.toMatch(/\u001B/);
    expect(runProcess([], { cwd, env: { FORCE_COLOR: '1' } }).out).toMatch(/\u001B\[/);
    expect(runProcess(['--no-color'], { cwd, env: { FORCE_COLOR: '1' } }).out).not.toMatch(/\u001B/);
  });

  it('is byte for byte the same each time, and holds no path of the machine', () => {
    const cwd = folderWith(shop('latest'));
    for (const format of ['stylish', 'json', 'sarif']) {
      const { out } = run(['--format', format], { cwd });
      expect(runProcess(['--format', format], { cwd }).out).toBe(out);
      expect(out).not.toContain(cwd);
    }
  });

  it('is relative to the root, wherever it is started', () => {
    const cwd = folderWith(shop('latest'));
    git(cwd, 'init', '-q');
    const { out } = run(['lint', '.', '--format', 'json'], { cwd: path.join(cwd, 'environments/prod') });
    const result = JSON.parse(out) as { findings: { location: { path: string } }[] };
    expect(result.findings.map(({ location }) => location.path)).toEqual(['environments/prod/storefront/app.yaml']);
  });

  it('helps', () => {
    const { code, out } = run(['--help']);
    expect(code).toBe(0);
    for (const word of ['lint', 'environments', 'render', 'explain']) expect(out).toContain(word);
    expect(run(['lint', '--help']).out).toContain('--staged');
    expect(run(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('explains a rule with its page', () => {
    expect(run(['explain', 'mutable-image-tag']).out).toMatch(/^# mutable-image-tag\n[\s\S]*## Why/);
    expect(run(['explain', 'mutable-tag']).code).toBe(2);
  });
});

describe('render and environments', () => {
  const tree = {
    'apps/web/base/kustomization.yaml': 'resources: [app.yaml]\n',
    'apps/web/base/app.yaml': deployment('1.0.0'),
    'apps/web/overlays/prod/kustomization.yaml': 'resources: [../../base]\nnamePrefix: eu-\n',
    'apps/web/overlays/dev/kustomization.yaml': 'resources: [../../base, gone.yaml]\n',
  };

  it('prints one root as YAML', () => {
    const { code, out, err } = run(['render', 'apps/web/overlays/prod'], { cwd: folderWith(tree) });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\nmetadata:\n {2}name: eu-storefront\n/);
  });

  it('says where a root fails, and exits with 1', () => {
    const { code, out, err } = run(['render', 'apps/web/overlays/dev'], { cwd: folderWith(tree) });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/kustomization\.yaml:1:25: .*gone\.yaml/);
  });

  it('prints all roots, one object a line', () => {
    const { code, out } = run(['render', '.', '--all', '--format', 'jsonl'], { cwd: folderWith(tree) });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { dir: string; status: string; cause?: string });
    expect(code).toBe(0);
    expect(lines.map(({ dir, status, cause }) => [dir, status, cause])).toEqual([
      ['apps/web/base', 'rendered', undefined],
      ['apps/web/overlays/dev', 'failed', 'missing-file'],
      ['apps/web/overlays/prod', 'rendered', undefined],
    ]);
  });

  it('renders a chart for the environment that is named, and says which there are', () => {
    const cwd = folderWith({
      'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'charts/web/values-dev.yaml': 'level: debug\n',
      'charts/web/values-prod.yaml': 'level: warn\n',
      'charts/web/templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  level: {{ .Values.level }}\n',
    });
    expect(run(['render', 'charts/web', '--env', 'prod'], { cwd })).toMatchObject({ code: 0, err: '', out: expect.stringContaining('level: warn') });
    expect(run(['why', 'charts/web', 'ConfigMap/web', 'data.level', '--env', 'dev'], { cwd }).out).toMatch(/charts\/web\/values-dev\.yaml:1:8/);
    const { code, err } = run(['render', 'charts/web'], { cwd });
    expect(code).toBe(2);
    expect(err).toBe('gitops-lint: the chart "charts/web" is rendered for each environment on its own\n  Name one with --env: web@dev, web@prod.\n');
  });

  it('shows the matrix, for people and for programs', () => {
    const cwd = folderWith(tree);
    expect(run(['environments'], { cwd }).out).toMatch(/web +✗ +✓/);
    const report = JSON.parse(run(['environments', '--format', 'json'], { cwd }).out) as {
      environments: { name: string; tier: string; promotesFrom: string[] }[];
      apps: { name: string }[];
    };
    expect(report.environments.map(({ name, tier, promotesFrom }) => ({ name, tier, promotesFrom }))).toEqual([
      { name: 'dev', tier: 'dev', promotesFrom: [] },
      { name: 'prod', tier: 'prod', promotesFrom: ['dev'] },
    ]);
    expect(report.apps.map(({ name }) => name)).toEqual(['web']);
  });

  it('reads nothing outside of the root', () => {
    const cwd = folderWith({ 'repo/overlays/dev/kustomization.yaml': 'resources: [../../../secret.yaml]\n', 'secret.yaml': deployment('1.0.0') });
    mkdirSync(path.join(cwd, 'repo/.git'), { recursive: true });
    const { code, out } = run(['lint', 'repo', '--root', 'repo'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/secret\.yaml/);
    expect(out).not.toMatch(/storefront/);
  });
});
