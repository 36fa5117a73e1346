import { describe, expect, it } from 'vitest';
import { hasSections, readCodeOwners } from '../../src/model/code-owners.ts';
import type { Forge } from '../../src/model/owner-pattern.ts';
import { SourceFile } from '../../src/text/source-file.ts';

const fileOf = (...lines: readonly string[]) => new SourceFile('CODEOWNERS', lines.join('\n'));
const ownersOf = (forge: Forge, path: string, ...lines: readonly string[]) => readCodeOwners(fileOf(...lines), forge).ownershipOf(path).owners;

describe('a pattern of GitHub', () => {
  const matches = (pattern: string, path: string) => ownersOf('github', path, `${pattern} @a`).length > 0;

  it.each([
    ['*', 'apps/a.yaml'],
    ['*.yaml', 'apps/prod/a.yaml'],
    ['/*.yaml', 'a.yaml'],
    ['apps/', 'shop/apps/a.yaml'],
    ['apps', 'apps/prod/a.yaml'],
    ['/apps', 'apps/prod/a.yaml'],
    ['apps/prod', 'apps/prod/a.yaml'],
    ['/apps/*/prod/', 'apps/ledger/prod/deep/a.yaml'],
    ['/apps/*', 'apps/a.yaml'],
    ['apps/**', 'apps/ledger/a.yaml'],
    ['**/prod', 'apps/prod/a.yaml'],
    ['/**/prod/', 'prod/a.yaml'],
    ['apps/**/prod/', 'apps/prod/a.yaml'],
    ['apps/**/prod/', 'apps/a/b/prod/a.yaml'],
    ['values-prod?.yaml', 'apps/values-prod1.yaml'],
    ['prod\\ eu/', 'prod eu/a.yaml'],
    ['values.(prod)+.yaml', 'values.(prod)+.yaml'],
  ])('%s is that of %s', (pattern, path) => expect(matches(pattern, path)).toBe(true));

  it.each([
    ['/*.yaml', 'apps/a.yaml'],
    ['apps/prod', 'shop/apps/prod/a.yaml'],
    ['/apps/*', 'apps/ledger/a.yaml'],
    ['/apps/*/prod/', 'apps/a/b/prod/a.yaml'],
    ['apps/', 'apps'],
    ['prod', 'product/a.yaml'],
    ['*.yaml', 'a.yml'],
    ['Prod/', 'prod/a.yaml'],
    ['values.yaml', 'valuesXyaml'],
    // What GitHub skips.
    ['!apps/', 'apps/a.yaml'],
    ['prod-[eu]/', 'prod-e/a.yaml'],
    ['\\#prod/', '#prod/a.yaml'],
    ['/', 'a.yaml'],
  ])('%s is not that of %s', (pattern, path) => expect(matches(pattern, path)).toBe(false));
});

describe('a pattern of GitLab', () => {
  const matches = (pattern: string, path: string) => ownersOf('gitlab', path, `${pattern} @a`).length > 0;

  it.each([
    ['*', 'apps/a.yaml'],
    ['/*', 'a.yaml'],
    ['*.yaml', 'apps/a.yaml'],
    ['prod/', 'apps/prod/deep/a.yaml'],
    ['apps/prod/', 'shop/apps/prod/a.yaml'],
    ['/apps/**/a.yaml', 'apps/x/y/a.yaml'],
    ['prod-[eu]/', 'prod-e/a.yaml'],
    ['prod-[!eu]/', 'prod-x/a.yaml'],
    ['\\#prod/', '#prod/a.yaml'],
  ])('%s is that of %s', (pattern, path) => expect(matches(pattern, path)).toBe(true));

  it.each([
    ['apps', 'apps/a.yaml'],
    ['/apps/prod', 'apps/prod/a.yaml'],
    ['/apps/*', 'apps/ledger/a.yaml'],
    ['prod-[!eu]/', 'prod-e/a.yaml'],
    ['prod-[z-a]/', 'prod-b/a.yaml'],
  ])('%s is not that of %s', (pattern, path) => expect(matches(pattern, path)).toBe(false));
});

describe('readCodeOwners', () => {
  it('lets the last line that matches decide, owners or none', () => {
    expect(ownersOf('github', 'apps/prod/a.yaml', '* @all', '/apps/prod/ @operations', '/apps/dev/ @developers')).toEqual(['@operations']);
    expect(ownersOf('github', 'apps/prod/a.yaml', '/apps/prod/ @operations', '/apps/')).toEqual([]);
  });

  it('tells the line that decides, without blanks and line breaks around it', () => {
    const file = new SourceFile('CODEOWNERS', '# owners\r\n\r\n  /apps/ @shop/developers \r\n');
    const { line } = readCodeOwners(file, 'github').ownershipOf('apps/a.yaml');
    expect(line && file.text.slice(line.origin.start, line.origin.end)).toBe('/apps/ @shop/developers');
    expect(readCodeOwners(file, 'github').ownershipOf('docs/a.md')).toEqual({ owners: [], line: undefined });
  });

  it('knows users, groups, roles and addresses, each once, whatever their case', () => {
    expect(ownersOf('github', 'a', '* @Zoe @shop/ops ann@shop.example @zoe # the shop')).toEqual(['@shop/ops', '@zoe', 'ann@shop.example']);
    expect(ownersOf('gitlab', 'a', '* @@maintainer @shop/ops/eu')).toEqual(['@@maintainer', '@shop/ops/eu']);
  });

  it('skips a line with a word that is no owner on GitHub, and only that word on GitLab', () => {
    expect(ownersOf('github', 'a', '* @shop', '* @operations please')).toEqual(['@shop']);
    expect(ownersOf('gitlab', 'a', '* @shop', '* @operations please')).toEqual(['@operations']);
  });

  it('asks the owners of each section on GitLab', () => {
    const lines = ['* @developers', '[Production][2] @operations', '/apps/prod/', '/apps/prod/ledger/ @ledger', '^[Hints] @curious', '*'];
    expect(ownersOf('gitlab', 'apps/prod/a.yaml', ...lines)).toEqual(['@developers', '@operations']);
    expect(ownersOf('gitlab', 'apps/prod/ledger/a.yaml', ...lines)).toEqual(['@developers', '@ledger']);
    expect(ownersOf('gitlab', 'apps/dev/a.yaml', ...lines)).toEqual(['@developers']);
  });

  it('joins sections of one name, whatever its case', () => {
    expect(ownersOf('gitlab', 'prod/a.yaml', '[Shop] @developers', '*', '[Docs] @writers', '*.md', '[SHOP] @others', '/prod/')).toEqual(['@developers']);
  });

  it('leaves out of a section what it excludes, for good', () => {
    const lines = ['[Shop]', '* @developers', '!/docs/', '/docs/ @writers', '[Texts]', '/docs/ @editors'];
    expect(ownersOf('gitlab', 'docs/a.md', ...lines)).toEqual(['@editors']);
  });

  it('takes a section for a line that GitHub skips', () => {
    expect(ownersOf('github', 'a', '* @shop', '[Production] @operations')).toEqual(['@shop']);
  });

  it.each(['', '#', '\\', '[', '[]', '^[', '** @a', '/** @a', '* @', '\u0000 @a', '!', '*'.repeat(50)])('never throws: %j', (line) => {
    for (const forge of ['github', 'gitlab'] as const) expect(ownersOf(forge, 'apps/a.yaml', line)).toBeInstanceOf(Array);
  });
});

describe('hasSections', () => {
  it.each([
    ['* @a\n[Production] @b', true],
    ['^[Hints]', true],
    ['# [Production]\n* @a', false],
    ['prod-[eu]/ @a', false],
  ])('%j: %s', (text, expected) => expect(hasSections(new SourceFile('CODEOWNERS', text))).toBe(expected));
});
