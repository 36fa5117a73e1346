import { describe, expect, it } from 'vitest';
import { ignoreRules } from '../../../../src/render/helm/chart/helm-ignore.ts';

function ignores(text: string, path: string, isFolder = false): boolean {
  const rules = ignoreRules(text);
  if (!rules.ok) throw new Error(rules.message);
  return rules.ignores(path, isFolder);
}

describe('ignoreRules', () => {
  it.each([
    ['a name matches at any depth', '*.bak', 'templates/old.bak', false, true],
    ['a name is no prefix', 'old', 'older', false, false],
    ['a pattern with a slash is that of a whole path', 'docs/*.md', 'docs/use.md', false, true],
    ['… and of no other', 'docs/*.md', 'more/docs/use.md', false, false],
    ['a star stays in its folder', 'docs/*', 'docs/more/use.md', false, false],
    ['a slash in front means the top', '/use.md', 'docs/use.md', false, false],
    ['a slash in front matches at the top', '/use.md', 'use.md', false, true],
    ['a slash behind means folders', 'ci/', 'ci', true, true],
    ['… and no files', 'ci/', 'ci', false, false],
    ['comments and blank lines say nothing', '# ci\n\n', '# ci', false, false],
    ['classes of characters', 'v[0-9].txt', 'v7.txt', false, true],
    ['negated classes', 'v[^0-9].txt', 'v7.txt', false, false],
    ['hidden files of templates are always left out', '', 'templates/.swp', false, true],
    ['other hidden files are not', '', '.helmignore', false, false],
  ])('%s', (_, text, path, isFolder, expected) => {
    expect(ignores(text, path, isFolder)).toBe(expected);
  });

  it('reads "!" as Helm does, not as git does: all else is left out', () => {
    expect(ignores('!keep.txt', 'other.txt')).toBe(true);
    expect(ignores('!keep.txt', 'keep.txt')).toBe(false);
  });

  it('lets the first rule that matches decide', () => {
    expect(ignores('*.txt\n!keep.txt', 'keep.txt')).toBe(true);
  });

  it('refuses what Helm refuses, at its line', () => {
    expect(ignoreRules('a\ndocs/**\n')).toMatchObject({ ok: false, line: 2 });
    expect(ignoreRules('[a')).toMatchObject({ ok: false, line: 1, message: '"[a" is not a valid pattern' });
  });
});
