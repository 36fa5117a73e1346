import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { lint } from '../../src/engine/lint.ts';
import type { LintResult } from '../../src/model/lint-result.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

/** Files by path: a small repository. A `.gitopsrc` among them counts. */
export type Tree = Readonly<Record<string, string>>;

export interface RuleCases {
  /** Nothing may be reported. At least one should be a near miss. */
  readonly valid: Readonly<Record<string, Tree>>;
  /** What is marked must be reported, and nothing else. */
  readonly invalid: Readonly<Record<string, Tree>>;
}

/**
 * Each case is a small repository, linted as a whole with one rule. A line that ends in `# error: <messageId>` must be
 * reported there; in files that know no comments behind a value, the mark stands on a line of its own above. Any
 * other finding fails. Every message of the rule must be reported by some case.
 */
export function testRule(rule: Rule, { valid, invalid }: RuleCases): void {
  describe(rule.id, () => {
    const reported = new Set<string>();
    for (const [name, tree] of Object.entries(valid)) {
      it(`accepts: ${name}`, async () => {
        expect(Object.values(tree).join('\n'), 'a valid case must not be marked').not.toMatch(MARK);
        expect(await findingsOf(rule, tree)).toEqual([]);
      });
    }
    for (const [name, tree] of Object.entries(invalid)) {
      it(`reports: ${name}`, async () => {
        const marked = marksOf(tree);
        expect(marked, 'an invalid case must be marked').not.toEqual([]);
        const found = await findingsOf(rule, tree);
        for (const finding of found) reported.add(finding.split(' ')[1] ?? '');
        expect(found).toEqual(marked);
      });
    }
    // A second file of cases may hold valid ones only.
    if (Object.keys(invalid).length === 0) return;
    it('has a case for each of its messages', () => expect([...reported].sort()).toEqual(Object.keys(rule.meta.messages).sort()));
  });
}

const MARK = /# error: (\w+)/;

function marksOf(tree: Tree): string[] {
  const marks = Object.entries(tree).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const messageId = MARK.exec(line)?.[1];
      if (messageId === undefined) return [];
      const isAlone = line.trimStart().startsWith('# error:');
      return [`${path}:${index + (isAlone ? 2 : 1)} ${messageId}`];
    }),
  );
  return marks.sort();
}

async function findingsOf(rule: Rule, tree: Tree): Promise<string[]> {
  const { findings } = await lintTree(tree, [rule]);
  return findings
    .filter(({ suppressed }) => !suppressed)
    .map(({ messageId, location: { file, span } }) => `${file.path}:${file.positionAt(span.start).line} ${messageId}`)
    .sort();
}

/** Lints a tree of files with the given rules, as the command line would. */
export async function lintTree(tree: Tree, rules: readonly Rule[]): Promise<LintResult> {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, '', rules);
  return lint({ workspace, folder: '', settings, rules, version: '0.0.0' });
}

/** A text without the indentation that it has in the test, with a line break at its end. */
export function yaml({ raw }: TemplateStringsArray): string {
  const lines = (raw[0] ?? '').replace(/^\n/, '').trimEnd().split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return `${lines.map((line) => line.slice(indent)).join('\n')}\n`;
}
