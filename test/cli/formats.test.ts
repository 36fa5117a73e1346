import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, git, run, runProcess, writeTree } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';
import { parseXml } from '../support/xml.ts';

const shop = {
  'environments/dev/storefront/app.yaml': storefront('shop/storefront:1.4.0'),
  'environments/prod/storefront/app.yaml': storefront('shop/storefront:latest'),
};

describe('formats', () => {
  it('are written several at once, by one run', () => {
    const cwd = folderWith(shop);
    const files = ['gitlab:quality.json', 'junit:junit.xml', 'checkstyle:checkstyle.xml', 'rdjsonl:remarks.jsonl', 'markdown:comment.md'];
    const { code, out } = run(['--format', 'compact', ...files.flatMap((file) => ['--format', file])], { cwd });
    const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
    expect(code).toBe(1);
    expect(out).toMatch(/^environments\/prod\/storefront\/app\.yaml:\d+:\d+: error: .* \[mutable-image-tag\]$/m);
    expect(JSON.parse(read('quality.json'))).toContainEqual(expect.objectContaining({ check_name: 'mutable-image-tag', severity: 'critical' }));
    expect(parseXml(read('junit.xml')).attributes['failures']).toBe('1');
    expect(parseXml(read('checkstyle.xml')).children).toHaveLength(1);
    expect(
      read('remarks.jsonl')
        .split('\n')
        .map((line) => line && (JSON.parse(line) as { severity: string }).severity),
    ).toContain('ERROR');
    expect(read('comment.md')).toMatch(/^<!-- gitops-lint -->\n### gitops-lint: 1 error/);
  });

  it('of JUnit is red where the run fails', () => {
    const cwd = folderWith({ ...shop, '.gitopsrc': 'rules: { mutable-image-tag: warning }\n' });
    const failures = (...words: readonly string[]) => parseXml(run(['--format', 'junit', ...words], { cwd }).out).attributes['failures'];
    expect(failures()).toBe('0');
    expect(failures('--fail-on', 'warning')).toBe('1');
  });

  it('are named by help, and by what is said of a name that none has', () => {
    const listed = /stylish, compact, json[a-z, ]*\b(?:markdown|html)\b/;
    expect(run(['lint', '--help']).out.replaceAll(/\s+/g, ' ')).toMatch(listed);
    const { err } = run(['--format', 'xyzzy'], { cwd: folderWith(shop) });
    expect(err).toMatch(listed);
    expect(run(['--format', 'gitlap'], { cwd: folderWith(shop) }).err).toMatch(/Did you mean "gitlab"\?/);
  });
});

describe('a report that a later step waits for', () => {
  const REPORTS = ['junit:junit.xml', 'gitlab:quality.json', 'sarif:report.sarif', 'compact:report.txt'].flatMap((file) => ['--format', file]);

  it.each([
    ['nothing is staged', ['--staged'], {}, 'nothing is staged'],
    ['nothing changed', ['--since', 'HEAD'], {}, 'nothing changed since HEAD'],
    ['nothing that changed is deployed', ['--since', 'HEAD'], { 'README.md': 'The shop.\n' }, 'nothing that changed since HEAD reaches an environment'],
  ])('is there, and well, when %s', (_, words, change, why) => {
    const cwd = folderWith(shop);
    git(cwd, 'init', '-q');
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-qm', 'Open the shop');
    writeTree(cwd, change);
    expect(run([...words, ...REPORTS], { cwd })).toEqual({ code: 0, out: '', err: `gitops-lint: ${why}\n` });
    const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
    const { failures, errors } = parseXml(read('junit.xml')).attributes;
    expect([failures, errors]).toEqual(['0', '0']);
    expect(read('quality.json')).toBe('[]\n');
    expect((JSON.parse(read('report.sarif')) as { runs: { results: unknown[] }[] }).runs[0]?.results).toEqual([]);
    expect(read('report.txt')).toBe(`${why}\n`);
  });
});

describe('in a CI', () => {
  it.each([
    ['GitHub Actions', { GITHUB_ACTIONS: 'true' }, /^::error file=environments\/prod\/storefront\/app\.yaml,line=\d+/m],
    ['Azure Pipelines', { TF_BUILD: 'True' }, /^##vso\[task\.logissue type=error;sourcepath=environments\/prod/m],
    ['TeamCity', { TEAMCITY_VERSION: '2025.07' }, /^##teamcity\[inspection typeId='mutable-image-tag'/m],
  ])('the log of %s is in its format, unless another one is asked for', (_, env, pattern) => {
    const cwd = folderWith(shop);
    const { code, out } = run([], { cwd, env });
    expect(code).toBe(1);
    expect(out).toMatch(pattern);
    expect(out).toMatch(/^1 error.* in 2 variants of 1 app/m);
    expect(run(['--format', 'stylish'], { cwd, env }).out).toBe(run([], { cwd }).out);
  });

  const place = { GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://git.example', GITHUB_REPOSITORY: 'shop/live', GITHUB_SHA: '1f3c', GITHUB_RUN_ID: '7' };

  it('the summary of a step is added to, with links to the sources', () => {
    const cwd = folderWith(shop);
    const summary = path.join(folderWith({ 'summary.md': 'before\n' }), 'summary.md');
    const env = { ...place, GITHUB_STEP_SUMMARY: summary };
    run([], { cwd, env });
    const text = readFileSync(summary, 'utf8');
    expect(text).toMatch(/^before\n<!-- gitops-lint -->\n### gitops-lint: 1 error/);
    expect(text).toContain('(https://git.example/shop/live/blob/1f3c/environments/prod/storefront/app.yaml#L');
    run(['--format', 'json'], { cwd, env });
    expect(readFileSync(summary, 'utf8'), 'only where GitHub is what the run reports to').toBe(text);
    writeFileSync(summary, 'x'.repeat(999_990));
    run([], { cwd, env });
    expect(readFileSync(summary, 'utf8'), 'GitHub would refuse all of it').toHaveLength(999_990);
  });

  it('a summary that cannot be written fails nothing', () => {
    const env = { ...place, GITHUB_STEP_SUMMARY: '/no/such/folder/summary.md' };
    const { code, err } = run(['--exit-zero'], { cwd: folderWith(shop), env });
    expect(code).toBe(0);
    expect(err).toBe('gitops-lint: cannot write "GITHUB_STEP_SUMMARY": its folder does not exist\n');
  });

  it('the names of a repository are no commands, in what goes wrong either', () => {
    const cwd = folderWith({ '::error::x/##vso[task.complete]/readme.txt': '' });
    const { code, err } = runProcess(['::error::x/##vso[task.complete]'], { cwd, env: place });
    expect(code).toBe(2);
    expect(err).not.toMatch(/^\s*::|##vso\[/m);
    expect(err).toContain('#♯vso[task.complete]');
  });
});
