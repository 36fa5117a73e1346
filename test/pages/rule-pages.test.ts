import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { examplesOf, headingsOf } from '../support/rule-page.ts';
import { lintByRule, type Tree } from '../support/rule-tester.ts';

for (const rule of rules) {
  const page = readFileSync(`rules/${rule.id}/README.md`, 'utf8');

  describe(`the page of ${rule.id}`, () => {
    it('has the headings that every page has, in order', () => {
      const headings = ['Why', 'Incorrect', 'Correct', ...(rule.meta.options ? ['Options'] : []), 'When not to use it'];
      expect(headingsOf(page)).toEqual(headings);
    });

    const { incorrect, correct } = examplesOf(page);
    it('reports its incorrect example at each line that is marked, and nowhere else', async () => {
      expect(marksOf(incorrect)).not.toEqual([]);
      expect(await placesOf(incorrect)).toEqual(marksOf(incorrect));
    });
    it('accepts its correct example', async () => {
      expect(Object.keys(correct)).not.toEqual([]);
      expect(await placesOf(correct)).toEqual([]);
    });
  });

  const placesOf = async (tree: Tree): Promise<string[]> => {
    const { findings } = await lintByRule(tree, rule);
    return findings.map(({ location: { file, span } }) => `${file.path}:${file.positionAt(span.start).line}`).sort();
  };
}

/** Lines marked with `# error`, or the lines below such a mark that stands alone. */
function marksOf(tree: Tree): string[] {
  return Object.entries(tree)
    .flatMap(([path, text]) =>
      text.split('\n').flatMap((line, index) => (/# error\b/.test(line) ? [`${path}:${index + (line.trimStart().startsWith('# error') ? 2 : 1)}`] : [])),
    )
    .sort();
}
