import { describe, expect, it } from 'vitest';
import { rules as registry } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { type FixRequest, planFixes } from '../../src/engine/fix.ts';
import { type LintOptions, lint } from '../../src/engine/lint.ts';
import { oneTree } from '../../src/engine/read-repository.ts';
import type { LintResult } from '../../src/model/lint-result.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { isWithin } from '../../src/text/path.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

/**
 * Files by path: a small repository. A `.gitopsrc` among them counts. `app.yaml (before)` is what a file was before a change, an empty text
 * one that was not there: then only what is new since is reported, and the history is these two.
 */
export type Tree = Readonly<Record<string, string>>;

export interface RuleCases {
  /** Nothing may be reported. At least one should be a near miss. */
  readonly valid: Readonly<Record<string, Tree>>;
  /** What is marked must be reported, and nothing else. */
  readonly invalid: Readonly<Record<string, Tree>>;
  /** What the fixes of the rule make of a repository; see `testFixes`. */
  readonly fixed?: Readonly<Record<string, FixCase>>;
}

/**
 * Each case is a small repository, linted as a whole with one rule. A line that ends in `# error: <messageId>` must be
 * reported there; in files that know no comments behind a value, the mark stands on a line of its own above. Behind
 * the message a mark may name the environments that are wrong, as in `# error: missing prod-eu,prod-us`: then it must be
 * those. Any other finding fails. Every message of the rule must be reported by some case.
 */
export function testRule(rule: Rule, { valid, invalid, fixed = {} }: RuleCases): void {
  describe(rule.id, () => {
    testFixes(rule, fixed);
    const reported = new Set<string>();
    for (const [name, tree] of Object.entries(valid)) {
      it(`accepts: ${name}`, async () => {
        expect(Object.values(tree).join('\n'), 'a valid case must not be marked').not.toMatch(MARK);
        expect((await foundIn(rule, tree)).map(textOf)).toEqual([]);
      });
    }
    for (const [name, tree] of Object.entries(invalid)) {
      it(`reports: ${name}`, async () => {
        const marked = marksOf(tree);
        expect(marked, 'an invalid case must be marked').not.toEqual([]);
        const found = await foundIn(rule, tree);
        for (const { messageId } of found) reported.add(messageId);
        expect(comparable(found, marked)).toEqual(marked.map(textOf).sort());
      });
    }
    // A second file of cases may hold valid ones only.
    if (Object.keys(invalid).length === 0) return;
    it('has a case for each of its messages', () => expect([...reported].sort()).toEqual(Object.keys(rule.meta.messages).sort()));
  });
}

const MARK = /# error: (\w+)(?: ([\w.-]+(?:,[\w.-]+)*))?/;

/** A message at a line, as marked or as found. */
interface Marked {
  readonly place: string;
  readonly messageId: string;
  /** Sorted; undefined where a mark names none. */
  readonly environments: readonly string[] | undefined;
}

/** The marks of a tree, in the order of its files and lines. */
export function marksOf(tree: Tree): Marked[] {
  return Object.entries(tree).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const [, messageId, environments] = MARK.exec(line) ?? [];
      if (messageId === undefined) return [];
      const isAlone = line.trimStart().startsWith('# error:');
      return [{ place: `${path}:${index + (isAlone ? 2 : 1)}`, messageId, environments: environments?.split(',').sort() }];
    }),
  );
}

async function foundIn(rule: Rule, tree: Tree): Promise<Marked[]> {
  const { findings, variants } = await lintByRule(tree, rule);
  for (const { fix } of findings)
    if (fix) expect([fix.safety, 'safe'], `${rule.id} does not say in its meta that it has such a fix`).toContain(rule.meta.fixable);
  return findings
    .filter(({ suppressed }) => !suppressed)
    .map(({ messageId, location: { file, span }, variants: wrong }) => {
      const names = variants.filter(({ id }) => wrong.includes(id)).map(({ environment }) => environment?.name ?? '(none)');
      return { place: `${file.path}:${file.positionAt(span.start).line}`, messageId, environments: [...new Set(names)].sort() };
    });
}

/** What was found, sorted, with its environments only where a mark of that message at that line asks for them. */
export function comparable(found: readonly Marked[], marked: readonly Marked[]): string[] {
  const shortOf = ({ place, messageId }: Marked) => `${place} ${messageId}`;
  const strict = new Set(marked.filter(({ environments }) => environments).map(shortOf));
  return found.map((finding) => (strict.has(shortOf(finding)) ? textOf(finding) : shortOf(finding))).sort();
}

function textOf({ place, messageId, environments }: Marked): string {
  return [place, messageId, ...(environments ? [environments.join(',')] : [])].join(' ');
}

const known = new Map<string, { readonly rules: readonly Rule[]; readonly all: readonly Rule[] }>();

/** A .gitopsrc may name any rule, whichever of them run. The same list for the same rules: the schema of each is compiled once. */
function knownBeside(rules: readonly Rule[]): readonly Rule[] {
  const key = rules.map(({ id }) => id).join();
  const before = known.get(key);
  if (before && rules.every((rule, index) => before.rules[index] === rule)) return before.all;
  const all = [...rules, ...registry.filter(({ id }) => rules.every((rule) => rule.id !== id))];
  known.set(key, { rules, all });
  return all;
}

/** The day on which the cases of rules play. */
const TODAY = '2026-06-15';

/** Lints a tree of files with the given rules, as the command line would on that day. */
export async function lintTree(tree: Tree, rules: readonly Rule[]): Promise<LintResult> {
  return lint(await optionsFor(tree, rules));
}

/** How the command line would lint a tree of files with the given rules. */
export async function optionsFor(tree: Tree, rules: readonly Rule[]): Promise<LintOptions> {
  const { now, before } = sidesOf(tree);
  const workspace = memoryWorkspace(now);
  const { settings } = await loadSettings(workspace, '', knownBeside(rules));
  const files = new Set(Object.keys({ ...now, ...before }).filter((path) => now[path] !== before?.[path]));
  const since = before && { trees: oneTree(memoryWorkspace(before)), files };
  const history = before && (() => (text: string, paths: readonly string[]) => [now, before].some((side) => holds(side, text, paths)));
  return { workspace, folder: '', settings, rules, version: '0.0.0', now: TODAY, since, history, scope: since ? { changed: files } : {} };
}

/** A repository, and what of its files is other once it is fixed; `null` where a file is deleted. */
export interface FixCase {
  readonly before: Tree;
  readonly after: Readonly<Record<string, string | null>>;
  /** Only `--fix=unsafe` does it. */
  readonly unsafe?: true;
}

/** Each case is fixed by one rule, and is as it says then; unsafe fixes are not made unasked, and a second run has nothing to do. */
export function testFixes(rule: Rule, cases: Readonly<Record<string, FixCase>>): void {
  for (const [name, { before, after, unsafe = false }] of Object.entries(cases)) {
    it(`fixes: ${name}`, async () => {
      const fixed = await fixTree(before, [rule], unsafe);
      expect(changesOf(before, fixed)).toEqual(after);
      if (unsafe) expect(changesOf(before, await fixTree(before, [rule], false)), 'nothing is done unasked').toEqual({});
      expect(changesOf(fixed, await fixTree(fixed, [rule], unsafe)), 'there is nothing left to do').toEqual({});
    });
  }
}

/** A tree of files as the fixes of some rules leave it. */
export async function fixTree(tree: Tree, rules: readonly Rule[], unsafe = false): Promise<Tree> {
  const options = await optionsFor(tree, rules);
  const settingsIn: FixRequest['settingsIn'] = async (workspace) => (await loadSettings(workspace, '', knownBeside(rules))).settings;
  const { files } = await planFixes({ options, run: await lint(options), unsafe, settingsIn });
  const texts = new Map(files.map(({ file, text }) => [file.path, text]));
  return Object.fromEntries(Object.entries(tree).flatMap(([path, text]) => (texts.has(path) ? toEntry(path, texts.get(path)) : [[path, text]])));
}

function toEntry(path: string, text: string | undefined): [string, string][] {
  return text === undefined ? [] : [[path, text]];
}

function changesOf(before: Tree, after: Tree): Record<string, string | null> {
  return Object.fromEntries(Object.entries(before).flatMap(([path, text]) => (after[path] === text ? [] : [[path, after[path] ?? null]])));
}

/** Lints a tree of files with one rule; one that speaks for others, or of what keeps them quiet, finds them out by those. */
export async function lintByRule(tree: Tree, rule: Rule): Promise<LintResult> {
  const others = registry.filter(({ id }) => id !== rule.id && (rule.meta.speaksLast || rule.meta.gathers?.includes(id)));
  const result = await lintTree(tree, [rule, ...others]);
  return { ...result, findings: result.findings.filter(({ ruleId }) => ruleId === rule.id) };
}

function holds(tree: Tree, text: string, paths: readonly string[]): boolean {
  return Object.entries(tree).some(([file, content]) => paths.some((path) => isWithin(file, path)) && content.includes(text));
}

const BEFORE = ' (before)';

/** A tree as it is and, where some of its files say so, as it was. */
function sidesOf(tree: Tree): { readonly now: Tree; readonly before: Tree | undefined } {
  const isBefore = ([path]: readonly [string, string]) => path.endsWith(BEFORE);
  const old = Object.entries(tree).filter(isBefore);
  const now = Object.fromEntries(Object.entries(tree).filter((entry) => !isBefore(entry)));
  if (old.length === 0) return { now, before: undefined };
  const was = { ...now, ...Object.fromEntries(old.map(([path, text]) => [path.slice(0, -BEFORE.length), text])) };
  return { now, before: Object.fromEntries(Object.entries(was).filter(([, text]) => text !== '')) };
}

/** A text without the indentation that it has in the test, with a line break at its end. */
export function yaml({ raw }: TemplateStringsArray): string {
  const lines = (raw[0] ?? '').replace(/^\n/, '').trimEnd().split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return `${lines.map((line) => line.slice(indent)).join('\n')}\n`;
}
