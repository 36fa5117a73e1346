import { describe, expect, it } from 'vitest';
import { hasHyperlinks } from '../../src/cli/hyperlinks.ts';
import { progressOn } from '../../src/cli/progress.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

const terminalWith = (status?: (text: string) => void): Terminal => ({
  print: () => {},
  warn: () => {},
  folder: '/',
  color: false,
  width: 80,
  ...(status && { status }),
});

describe('progress', () => {
  /** What is shown when rendering goes on at these milliseconds. */
  const shownAt = (...times: readonly number[]): string[] => {
    const shown: string[] = [];
    let clock = 0;
    const progress = progressOn(
      terminalWith((text) => shown.push(text)),
      () => clock,
    );
    for (const [index, time] of times.entries()) {
      clock = time;
      progress.tell(index + 1, times.length);
    }
    progress.end();
    return shown;
  };

  it('is told after a second, now and then, and is gone at the end', () => {
    expect(shownAt(500, 1100, 1150, 1300)).toEqual(['gitops-lint: rendered 2 of 4 variants', 'gitops-lint: rendered 4 of 4 variants', '']);
  });

  it('is nobody’s business in a short run', () => {
    expect(shownAt(10, 900)).toEqual([]);
  });

  it('is not told where nobody looks', () => {
    const progress = progressOn(terminalWith(), () => 5000);
    expect(() => {
      progress.tell(1, 2);
      progress.end();
    }).not.toThrow();
  });
});

describe('links', () => {
  it.each<[boolean, NodeJS.ProcessEnv, boolean]>([
    [true, { TERM_PROGRAM: 'iTerm.app' }, true],
    [true, { TERM: 'xterm-kitty' }, true],
    [true, { VTE_VERSION: '7600' }, true],
    [false, { VTE_VERSION: '4205' }, true],
    [false, { TERM_PROGRAM: 'vscode' }, true],
    [false, { TERM_PROGRAM: 'iTerm.app' }, false],
    [false, { TERM_PROGRAM: 'iTerm.app', CI: 'true' }, true],
    [false, { TERM_PROGRAM: 'WezTerm', TERM: 'dumb' }, true],
    [true, { FORCE_HYPERLINK: '1' }, false],
    [false, { FORCE_HYPERLINK: '0', TERM_PROGRAM: 'WezTerm' }, true],
    [false, {}, true],
  ])('%s: %j', (expected, env, isTerminal) => {
    expect(hasHyperlinks(env, isTerminal)).toBe(expected);
  });
});
