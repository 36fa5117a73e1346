import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/text/unified-diff.ts';

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('');

/** What `git apply` makes of a text. */
function applied(file: string, before: string, diff: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gitops-lint-diff-'));
  try {
    writeFileSync(path.join(folder, file), before);
    const { status, stderr } = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: diff, encoding: 'utf8' });
    expect(status, `${stderr}\n${diff}`).toBe(0);
    return readFileSync(path.join(folder, file), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a unified diff', () => {
  it('shows three lines around each change, and joins those that are near', () => {
    const before = numbered(20);
    const after = before.replace('\n5\n', '\nfive\n').replace('\n11\n', '\n').replace('\n19\n', '\n19\n19b\n');
    expect(unifiedDiff({ path: 'a.yaml', before, after })).toBe(
      [
        'diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n',
        '@@ -2,13 +2,12 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n 10\n-11\n 12\n 13\n 14\n',
        '@@ -17,4 +16,5 @@\n 17\n 18\n 19\n+19b\n 20\n',
      ].join(''),
    );
  });

  it('is nothing where nothing changes', () => {
    expect(unifiedDiff({ path: 'a.yaml', before: 'a\n', after: 'a\n' })).toBe('');
  });

  it('deletes and makes files', () => {
    expect(unifiedDiff({ path: 'a.yaml', before: 'a\nb', after: undefined })).toBe(
      'diff --git a/a.yaml b/a.yaml\ndeleted file mode 100644\n--- a/a.yaml\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n\\ No newline at end of file\n',
    );
    expect(unifiedDiff({ path: 'a.yaml', before: undefined, after: 'a\n' })).toBe(
      'diff --git a/a.yaml b/a.yaml\nnew file mode 100644\n--- /dev/null\n+++ b/a.yaml\n@@ -0,0 +1 @@\n+a\n',
    );
  });

  it('shows less where a line is not to be seen, and nothing where it cannot be left out', () => {
    const change = { path: 'a.yaml', before: numbered(9), after: numbered(9).replace('5', 'five') };
    const hidden = (...lines: number[]) => unifiedDiff(change, { mayShow: (_, line) => !lines.includes(line) });
    expect(hidden(2)).toContain('@@ -3,5 +3,5 @@');
    expect(hidden(3, 7)).toContain('@@ -4,3 +4,3 @@');
    expect(hidden(4)).toBeUndefined();
    expect(hidden(5)).toBeUndefined();
  });

  it.each(['a.yaml', 'a b.yaml', 'ä.yaml', 'a"b\\c.yaml', 'a\tb.yaml'])('is taken by git: %j', (file) => {
    expect(applied(file, numbered(9), unifiedDiff({ path: file, before: numbered(9), after: numbered(8) }) ?? '')).toBe(numbered(8));
  });

  it('is taken by git, whatever changes, with any ends of lines', () => {
    const line = fc.constantFrom('a', 'b', 'c: 1', '', '\r', '\uFEFFd');
    const text = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('', '\n', '\r\n')).map(([lines, end]) => lines.join('\n') + end);
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && after !== '' && before !== '');
        expect(applied('a.yaml', before, unifiedDiff({ path: 'a.yaml', before, after }) ?? '')).toBe(after);
      }),
      { numRuns: 60 },
    );
  });

  it('takes a long text that is all other for one change', () => {
    const [before, after] = [numbered(3000), numbered(3000).replaceAll('\n', '!\n')];
    expect(unifiedDiff({ path: 'a.yaml', before, after })?.match(/^@@.*$/gm)).toEqual(['@@ -1,3000 +1,3000 @@']);
  });
});
