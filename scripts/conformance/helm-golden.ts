import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Reading } from '../../src/render/helm/chart/chart.ts';
import { loadChart } from '../../src/render/helm/chart/load-chart.ts';
import { type RenderedChart, renderChart } from '../../src/render/helm/render-chart.ts';
import { text } from '../../src/render/helm/value.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { sameMeaning } from '../../src/tree/equality.ts';
import type { Node } from '../../src/tree/node.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { recordedRows } from '../recorded.ts';
import type { Report } from './report.ts';

interface Row {
  readonly id: string;
  readonly repo: string;
  readonly chart: string;
  readonly name: string;
  readonly namespace: string;
  readonly values: readonly string[];
  readonly nondeterministic: boolean;
  readonly expected: string | null;
  readonly expectedHelm3?: string;
  readonly error: string | null;
  readonly files?: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly id: string;
  readonly problem: string | undefined;
  /** The printed text is equal, too. */
  readonly isExact: boolean;
  /** Random texts and clocks: only the shape is compared. */
  readonly isByShape: boolean;
}

/** Where the charts stand in the workspace of a row. */
const FOLDER = 'chart';

/** Renders what real Helm rendered, of which `golden_*.jsonl.gz` in `folder` has the answers. `only` is a part of the id of a row. */
export function helmGolden(folder: string, only = ''): Report {
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const suite of ['golden_core', 'golden_phalanx']) {
    const file = path.join(folder, `${suite}.jsonl.gz`);
    if (!existsSync(file)) continue;
    const rows = withFiles(recordedRows<Row>(file)).filter(({ id }) => id.includes(only));
    const runs: readonly (readonly [string, readonly Row[], Reading])[] = [
      [suite, rows.filter(({ error }) => error === null), 'helm-4'],
      [`${suite} under Helm 3`, rows.filter(({ expectedHelm3 }) => expectedHelm3 !== undefined), 'helm-3'],
      [`${suite} errors`, rows.filter(({ error }) => error !== null), 'helm-4'],
    ];
    for (const [name, some, reading] of runs) {
      const start = performance.now();
      const outcomes = some.map((row) => outcomeOf(row, reading));
      const wrong = outcomes.filter(({ problem }) => problem !== undefined);
      const exact = outcomes.filter(({ isExact }) => isExact).length;
      const byShape = outcomes.filter(({ isByShape }) => isByShape).length;
      passed += outcomes.length - wrong.length;
      failed += wrong.length;
      const milliseconds = Math.round(performance.now() - start);
      lines.push(`${name}: ${outcomes.length - wrong.length} of ${outcomes.length} (${exact} to the byte, ${byShape} by shape) in ${milliseconds} ms`);
      for (const { id, problem } of wrong) lines.push(`  ${id}: ${problem}`);
    }
  }
  return { passed, failed, lines };
}

/** The files of a chart stand on its first row only. */
function withFiles(rows: readonly Row[]): Row[] {
  const files = new Map<string, Row['files']>();
  return rows.map((row) => {
    const key = `${row.repo} ${row.chart}`;
    if (row.files) files.set(key, row.files);
    return { ...row, files: row.files ?? files.get(key) ?? {} };
  });
}

function outcomeOf(row: Row, reading: Reading): Outcome {
  const outcome = (problem: string | undefined, isExact = false): Outcome => ({ id: row.id, problem, isExact, isByShape: row.nondeterministic });
  const rendered = render(row, reading);
  const [mistake] = rendered.problems;
  if (row.error !== null) return outcome(mistake ? undefined : `renders, but should fail: ${row.error.slice(0, 200)}`, mistake !== undefined);
  if (mistake) {
    const { file, start } = mistake.origin;
    return outcome(`${mistake.message} (${file.path}:${file.positionAt(start).line})`);
  }
  const expected = (reading === 'helm-3' ? row.expectedHelm3 : row.expected) ?? '';
  const printed = printedOf(rendered);
  return outcome(differenceOf(printed, expected, row.nondeterministic), printed === expected);
}

function render({ files = {}, values, name, namespace }: Row, reading: Reading): RenderedChart {
  const workspace = memoryWorkspace(Object.fromEntries(Object.entries(files).map(([file, content]) => [`${FOLDER}/${file}`, content])));
  const { chart, problems } = loadChart(workspace, FOLDER);
  if (!chart) throw new Error(`no chart: ${problems[0]?.message}`);
  const sources = values.map((content, index) => ({
    kind: 'file' as const,
    name: `values-${index}.yaml`,
    file: new SourceFile(`values-${index}.yaml`, content),
  }));
  const rendered = renderChart({ chart, sources, release: { name: text(name), namespace: text(namespace) }, reading });
  return { ...rendered, problems: [...problems, ...rendered.problems, ...rendered.schemas.problems] };
}

/** As `helm template` prints a release. */
function printedOf({ manifests, hooks }: RenderedChart): string {
  const print = (all: RenderedChart['manifests']): string => all.map(({ template, text }) => `---\n# Source: ${template}\n${text.text}\n`).join('');
  return `${print(manifests).trim()}\n${print(hooks)}`;
}

interface Shown {
  readonly template: string;
  readonly root: Node | undefined;
}

/** What differs in meaning, document by document. */
function differenceOf(ours: string, theirs: string, isByShape: boolean): string | undefined {
  if (ours === theirs) return undefined;
  const [left, right] = [documentsOf(ours), documentsOf(theirs)];
  if (typeof left === 'string') return left;
  if (typeof right === 'string') return right;
  if (left.length !== right.length) return `${left.length} documents instead of ${right.length}`;
  for (const [index, { template, root }] of right.entries()) {
    const own = left[index];
    if (own?.template !== template) return `document ${index + 1} is of "${own?.template}" instead of "${template}"`;
    const isSame = isByShape ? sameShape(own.root, root) : root === own.root || (root !== undefined && sameMeaning(root, own.root));
    if (!isSame) return `document ${index + 1} of ${right.length} differs, of "${template}"`;
  }
  return undefined;
}

function documentsOf(printed: string): Shown[] | string {
  const parts = printed.split(/^---\n# Source: (.*)\n/m).slice(1);
  const found: Shown[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const { documents, problem } = parseYaml(new SourceFile('output.yaml', parts[at + 1] ?? ''));
    if (problem) return `what "${parts[at]}" gives is no YAML: ${problem.reason}`;
    found.push({ template: parts[at] ?? '', root: documents[0]?.root });
  }
  return found;
}

/** The same keys and kinds of nodes; texts may differ. */
function sameShape(a: Node | undefined, b: Node | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.kind === 'mapping' && b.kind === 'mapping') {
    const values = new Map(b.entries.map(({ key, value }) => [key.text, value]));
    return a.entries.length === b.entries.length && a.entries.every(({ key, value }) => sameShape(value, values.get(key.text)));
  }
  if (a.kind === 'sequence' && b.kind === 'sequence')
    return a.items.length === b.items.length && a.items.every((item, index) => sameShape(item, b.items[index]));
  return a.kind === b.kind;
}
