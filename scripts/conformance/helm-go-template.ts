import path from 'node:path';
import { tokensOf } from '../../src/render/helm/go-template/parse/lexer.ts';
import { readNumber } from '../../src/render/helm/go-template/parse/number.ts';
import { type Parsed, parseTemplates } from '../../src/render/helm/go-template/parse/parser.ts';
import { fileSource } from '../../src/render/helm/go-template/parse/source.ts';
import type { Token } from '../../src/render/helm/go-template/parse/token.ts';
import { newBudget } from '../../src/render/helm/go-template/run/scope.ts';
import { TemplateSet } from '../../src/render/helm/go-template/template-set.ts';
import { type Int, int, TemplateFailure, type Value } from '../../src/render/helm/value.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { recordedRows } from '../recorded.ts';
import { printNodes } from './go-template-ast.ts';
import { COMPARED, FUNCTIONS, T } from './go-template-fixture.ts';
import { valueFrom } from './recorded-value.ts';
import type { Report } from './report.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly template: unknown;
  readonly portable?: boolean;
  readonly ok: boolean;
  readonly items: readonly (readonly [string, unknown])[];
  readonly ast: string | null;
  readonly errorContains?: string;
  readonly number?: string;
  readonly isInt?: boolean;
  readonly isUint?: boolean;
  readonly isFloat?: boolean;
  readonly isComplex?: boolean;
  readonly data: unknown;
  readonly expected: unknown;
  readonly preamble?: readonly string[];
  readonly expr: string;
  readonly truth: string;
  readonly delims?: unknown;
}

/** What keeps a row from being run, or undefined; and what is wrong with what it gave, or undefined. */
type Verdict = { readonly leftOut: string } | { readonly problem: string | undefined };

const LEFT_OUT = (leftOut: string): Verdict => ({ leftOut });

/** The rows of Go's own tables of text/template. Those that no value of Helm can stand for are named and not counted. */
export function goTemplateConformance(folder: string): Report {
  const lines: string[] = [];
  let [passed, failed] = [0, 0];
  const suites = { lex: judgeTokens, parse: judgeTree, exec: judgeOutput, cmp: judgeComparison };
  for (const [suite, judge] of Object.entries(suites)) {
    const verdicts = recordedRows<Row>(path.join(folder, `gotemplate_${suite}.jsonl`)).map((row) => ({ row, verdict: judge(row) }));
    const wrong = verdicts.flatMap(({ row, verdict }) => ('problem' in verdict && verdict.problem ? [`  ${row.id}: ${verdict.problem}`] : []));
    const out = verdicts.flatMap(({ row, verdict }) => ('leftOut' in verdict ? [{ id: row.id, reason: verdict.leftOut, portable: row.portable }] : []));
    const run = verdicts.length - out.length;
    passed += run - wrong.length;
    failed += wrong.length;
    lines.push(`go-template ${suite}: ${run - wrong.length} of ${run}, ${out.length} left out`, ...wrong);
    for (const reason of new Set(out.map((row) => row.reason))) {
      const ids = out.filter((row) => row.reason === reason).map(({ id, portable }) => id.replace(/^.*\//, '') + (portable ? ' (portable)' : ''));
      lines.push(`  left out, ${reason}: ${ids.join(', ')}`);
    }
  }
  return { passed, failed, lines };
}

/** The recorded rows name these constants of Go's tests. */
const CONSTANTS: Readonly<Record<string, string>> = { raw: '`abc\\n\\t\\" `', rawNL: '`now is{{\n}}the time`' };

function constantText(value: unknown): string {
  if (typeof value === 'string') return value;
  const { $id, l, r } = value as { readonly $id?: string; readonly l?: unknown; readonly r?: unknown };
  return $id === undefined ? constantText(l) + constantText(r) : (CONSTANTS[$id] ?? '');
}

const ITEMS: Readonly<Record<string, string>> = {
  left: 'LeftDelim',
  right: 'RightDelim',
  open: 'LeftParen',
  close: 'RightParen',
  sign: 'Char',
  character: 'CharConstant',
  raw: 'RawString',
  'end-of-file': 'EOF',
};

function itemOf({ kind, text: written }: Token): string {
  const name = ITEMS[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1);
  return JSON.stringify([`item${name}`, written]);
}

function judgeTokens({ template, items, delims }: Row): Verdict {
  if (delims) return LEFT_OUT('delimiters of its own, which Helm has not');
  const found = tokensOf(constantText(template)).map(itemOf).join(' ');
  const expected = items.map(([name, written]) => JSON.stringify([name, constantText(written)])).join(' ');
  return { problem: found === expected ? undefined : `${found} instead of ${expected}` };
}

function judgeTree(row: Row): Verdict {
  if (row.number !== undefined) return judgeNumber(row, row.number);
  const written = String(row.template);
  // Go's test of nesting lowers the limit.
  const parsed = parseTemplates(fileSource(row.name, new SourceFile(row.name, written)), row.name.startsWith('paren nesting') ? 3 : undefined);
  const problem = messageOf(row.name, parsed);
  if (row.ok) {
    if (problem !== undefined) return { problem };
    const tree = printNodes(parsed.templates.get(row.name)?.nodes ?? []);
    return { problem: tree === row.ast ? undefined : `${tree} instead of ${row.ast}` };
  }
  const expected = row.errorContains ?? '';
  if (problem === undefined) return { problem: `no error, but there should be: ${expected}` };
  return { problem: problem.includes(expected) ? undefined : `"${problem}" instead of "${expected}"` };
}

/** The first thing that is wrong, as Go puts it. Of functions, the tests of the parser know `printf` and `contains`. */
function messageOf(name: string, { calls, failure, templates }: Parsed): string | undefined {
  const file = failure?.origin?.file;
  for (const [called, { start }] of calls) {
    if (called === 'printf' || called === 'contains') continue;
    const place = [...templates.values()][0]?.place(start, start)[0].file ?? file;
    return `template: ${name}:${place?.positionAt(start).line}: function "${called}" not defined`;
  }
  if (!failure) return undefined;
  return `template: ${name}:${file?.positionAt(failure.origin?.start ?? 0).line}: ${failure.message}`;
}

function judgeNumber({ isInt, isUint, isFloat, isComplex }: Row, written: string): Verdict {
  const [token] = tokensOf(`{{${written}}}`).slice(1);
  const kind = written.startsWith("'") ? 'character' : token?.kind === 'complex' ? 'complex' : 'number';
  const number = readNumber(written, kind);
  const found =
    typeof number === 'string' ? [false, false, false, false] : [number.int, number.uint, number.float, number.complex].map((one) => one !== undefined);
  const expected = [isInt, isUint, isFloat, isComplex];
  return { problem: String(found) === String(expected) ? undefined : `${found} instead of ${expected}` };
}

const SIZED = /^range (u?int(?:8|16|32|64)?)$/;

function judgeOutput(row: Row): Verdict {
  const template = String(row.template);
  const missing = NOT_OF_HELM.find(([pattern]) => pattern.test(template) || pattern.test(row.name));
  if (missing) return LEFT_OUT(missing[1]);
  const data = row.data as { readonly $id?: string; readonly $call?: string } | null;
  const type = row.name === 'range 5' ? 'int' : SIZED.exec(row.name)?.[1];
  const isFixture = data !== null && typeof data === 'object' && ('$id' in data || '$call' in data || '$op' in data);
  if (isFixture && data.$id !== 'tVal') return LEFT_OUT('data that is a value of Go’s own');
  const dot = isFixture ? T : type !== undefined && data !== null ? ({ ...int(Number(data)), goType: type } as Int) : valueFrom(row.data, 'int');
  const expected = type === undefined ? row.expected : [0, 1, 2, 3, 4].map((number) => type + number).join('');
  const outcome = outcomeOf(template, dot, row.preamble);
  if (!row.ok) return { problem: outcome.error === undefined ? `"${outcome.output}", but there should be an error` : undefined };
  return { problem: outcome.output === expected ? undefined : `${outcome.error ?? JSON.stringify(outcome.output)} instead of ${JSON.stringify(expected)}` };
}

/** Parts of Go that nothing in Helm's values is like. */
const NOT_OF_HELM: readonly (readonly [RegExp, string])[] = [
  [/\.(?:NilOK|Binary|Err|Variadic)Func/, 'values that are functions'],
  [/M(?:U?I\d+S|II)\b/, 'maps whose keys are no texts'],
  [/\.NIL\b|TypedNil|\.V2\b/, 'pointers that are nil'],
  [/\.unexported\b/, 'fields that are not exported'],
  [/SICap|cap\(/, 'slices with more room than items'],
  [/iter\.Seq|uintptr/, 'iterators and addresses'],
  [/^map\[(?:NO|``)\]$/, 'maps that hold nothing but ints'],
  [/^dot struct$|^Interface Call$/, 'structs given as data'],
];

function outcomeOf(template: string, dot: Value, preamble: readonly string[] = []): { readonly output?: string; readonly error?: string } {
  const set = new TemplateSet(FUNCTIONS);
  try {
    for (const [index, content] of [...preamble, template].entries()) set.parse({ name: `${index}`, file: new SourceFile(`${index}`, content) });
    const scope = { functions: FUNCTIONS, budget: newBudget(), missingKey: 'default', noteUnknown: () => undefined } as const;
    return { output: set.render(String(preamble.length), dot, scope).text };
  } catch (error) {
    if (error instanceof TemplateFailure) return { error: error.message };
    throw error;
  }
}

function judgeComparison({ expr, truth, ok }: Row): Verdict {
  const { output, error } = outcomeOf(`{{${expr}}}`, COMPARED);
  if (!ok) return { problem: error === undefined ? `${output}, but there should be an error` : undefined };
  return { problem: output === truth ? undefined : `${error ?? output} instead of ${truth}` };
}
