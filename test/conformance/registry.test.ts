import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { derivedFiles } from '../../scripts/generate.ts';
import { VERSION } from '../../src/version.ts';

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('has an id that names the problem, a page and a test', () => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z0-9]+)+$/);
    expect(id).not.toMatch(/^no-/);
    expect(existsSync(`rules/${id}/README.md`), 'its page').toBe(true);
    expect(existsSync(`test/rules/${id}.test.ts`), 'its test').toBe(true);
  });

  it('speaks as all rules do', () => {
    const { summary, hint, messages } = rule.meta;
    expect(summary).toMatch(/^(?:Disallow|Require|Tell) /);
    expect(summary).not.toMatch(/\.$/);
    expect(hint).toMatch(/\.$/);
    for (const message of Object.values(messages)) {
      expect(message).not.toMatch(/\.$|\bplease\b/i);
      expect(message).not.toMatch(/\{\{env/);
    }
  });

  it('tells since when it is there', () => {
    const changelog = readFileSync('CHANGELOG.md', 'utf8');
    expect(changelog).toMatch(new RegExp(`^## \\[(?:Unreleased|${rule.meta.since.replaceAll('.', '\\.')})\\]`, 'm'));
  });
});

describe('derived files', () => {
  it('are as "npm run generate" writes them', async () => {
    for (const [path, content] of await derivedFiles()) expect.soft(readFileSync(path, 'utf8'), `${path}: run "npm run generate"`).toBe(content);
  });

  it('the version is that of the package', () => {
    expect(VERSION).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
  });
});
