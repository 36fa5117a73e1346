import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadChart } from '../../src/render/helm/chart/load-chart.ts';
import { documentsOf, type Manifest } from '../../src/render/helm/chart/manifests.ts';
import { applySet, type SetForm } from '../../src/render/helm/chart/strvals.ts';
import type { ValuesSource } from '../../src/render/helm/chart/values-source.ts';
import { type RenderedChart, renderChart } from '../../src/render/helm/render-chart.ts';
import { type MapValue, text, type Value } from '../../src/render/helm/value.ts';
import { goPathPattern } from '../../src/text/path-pattern.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import type { Origin } from '../../src/tree/node.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { recordedRows } from '../recorded.ts';
import { valueFrom } from './recorded-value.ts';
import type { Report } from './report.ts';

interface Outcome {
  readonly id: string;
  /** `skipped`: the row tests what is not ours, such as the words of a command line. */
  readonly problem: string | 'skipped' | undefined;
}

/** Helm's own tables of `--set` and of `helm template`. */
export function helmChart(folder: string): Report {
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  const run = <T>(name: string, judge: (row: T) => Outcome): void => {
    const file = path.join(folder, name);
    if (!existsSync(file)) return;
    const outcomes = recordedRows<T>(file).map(judge);
    const wrong = outcomes.filter(({ problem }) => problem !== undefined && problem !== 'skipped');
    const skipped = outcomes.filter(({ problem }) => problem === 'skipped').length;
    passed += outcomes.length - wrong.length - skipped;
    failed += wrong.length;
    lines.push(`${name}: ${outcomes.length - wrong.length - skipped} of ${outcomes.length - skipped} (${skipped} skipped)`);
    for (const { id, problem } of wrong) lines.push(`  ${id}: ${problem}`);
  };
  run('helm_strvals.jsonl', judgeSet);
  run('helm_template.jsonl', judgeTemplate);
  return { passed, failed, lines };
}

interface SetRow {
  readonly id: string;
  readonly test: string;
  readonly str?: unknown;
  readonly input?: string;
  readonly input2?: string;
  readonly got?: unknown;
  readonly expect?: unknown;
  readonly err?: boolean;
}

function judgeSet({ id, test, str, input, input2, got, expect, err }: SetRow): Outcome {
  const line = str ?? input;
  if (typeof line !== 'string') return { id, problem: 'skipped' };
  const target = valueFrom(got ?? {}, 'float') as MapValue;
  const form = formOf(id, test);
  const reason = applySet(target, text(line), { form }) ?? (input2 === undefined ? undefined : applySet(target, text(input2), { form }));
  if (err) return { id, problem: reason === undefined ? 'is taken, and should not be' : undefined };
  const [ours, theirs] = [JSON.stringify(sorted(plainOf(target))), JSON.stringify(sorted(expect))];
  return { id, problem: reason ?? (ours === theirs ? undefined : `${ours} instead of ${theirs}`) };
}

function formOf(id: string, test: string): SetForm {
  if (id.includes('testsString')) return 'set-string';
  if (test === 'TestParseJSON') return 'set-json';
  return test.includes('Literal') ? 'set-literal' : 'set';
}

interface TemplateRow {
  readonly id: string;
  readonly args: readonly string[];
  readonly chart: string | null;
  readonly files: Readonly<Record<string, string | { readonly b64: string }>> | null;
  readonly expected: string;
  readonly wantError: boolean;
}

/** What `helm template` may be told, as far as it is not the command line's own business. */
interface Flags {
  readonly sources: readonly ValuesSource[];
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  readonly shows: readonly string[];
  readonly withCrds: boolean;
  readonly withTests: boolean;
}

function judgeTemplate({ id, args, chart: folder, files, expected, wantError }: TemplateRow): Outcome {
  if (!folder || !files || args.some((word) => word.startsWith('--name-template'))) return { id, problem: 'skipped' };
  const contents = Object.entries(files).map(([name, content]) => [
    `${folder}/${name}`,
    typeof content === 'string' ? content : Buffer.from(content.b64, 'base64'),
  ]);
  const workspace = memoryWorkspace(Object.fromEntries(contents));
  const flags = flagsOf(args, (file) => {
    const result = workspace.read(file);
    return result.ok ? result.file : new SourceFile(file, '');
  });
  const { chart, problems } = loadChart(workspace, folder);
  if (!chart) return { id, problem: wantError ? undefined : problems[0]?.message };
  const release = { name: text('release-name'), namespace: text('default') };
  const rendered = renderChart({ ...flags, chart, release, reading: 'helm-4' });
  const [mistake] = [...problems, ...rendered.problems];
  if (wantError) return { id, problem: mistake ? undefined : 'renders, and should not' };
  const printed = printedOf(rendered, flags);
  // What follows the last line of a document is not compared: hooks and what --show-only gives are trimmed in other ways.
  const [ours, theirs] = [printed, expected].map((output) => documentsOf(text(output), 'helm-3').map((document) => document.text));
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return { id, problem: mistake?.message };
  return { id, problem: `prints\n${printed}\ninstead of\n${expected}` };
}

function flagsOf(args: readonly string[], read: (file: string) => SourceFile): Flags {
  const sources: ValuesSource[] = [];
  const origin: Origin = { file: new SourceFile('arguments', args.join(' ')), start: 0, end: 0, how: 'helm-value', precision: 'file' };
  const after = (names: readonly string[]): string[] => args.flatMap((word, index) => (names.includes(word) ? [args[index + 1] ?? ''] : []));
  for (const file of after(['-f', '--values'])) sources.push({ kind: 'file', name: file, file: read(file) });
  for (const line of after(['--set'])) sources.push({ kind: 'set', name: line, form: 'set', line: text(line), origin });
  return {
    sources,
    // Helm's own tests are run as of this release.
    kubeVersion: after(['--kube-version'])[0] ?? '1.20.0',
    apiVersions: after(['--api-versions']).flatMap((list) => list.split(',')),
    shows: after(['--show-only']),
    withCrds: args.includes('--include-crds'),
    withTests: !args.includes('--skip-tests'),
  };
}

function printedOf({ manifests, hooks, crds }: RenderedChart, { shows, withCrds, withTests }: Flags): string {
  const print = (template: string, content: string): string => `---\n# Source: ${template}\n${content}\n`;
  const manifest = ({ template, text: { text: content } }: Manifest): string => print(template, content);
  if (shows.length > 0) {
    const all = [...manifests, ...hooks];
    return shows
      .flatMap((pattern) => all.filter(({ template }) => goPathPattern(pattern)?.(template.slice(template.indexOf('/') + 1))))
      .map(manifest)
      .join('');
  }
  const crdTexts = withCrds ? crds.map((file) => print(file.path.slice(file.path.lastIndexOf('testcharts/') + 'testcharts/'.length), file.text)) : [];
  return [...crdTexts, ...manifests.map(manifest), ...hooks.filter(({ events }) => withTests || !events.includes('test')).map(manifest)].join('');
}

function plainOf(value: Value): unknown {
  if (value.kind === 'string') return value.text;
  if (value.kind === 'int') return Number(value.value);
  if (value.kind === 'float' || value.kind === 'bool') return value.value;
  if (value.kind === 'list') return value.items.map(plainOf);
  return value.kind === 'map' ? Object.fromEntries([...value.entries].map(([key, inner]) => [key, plainOf(inner)])) : null;
}

function sorted(plain: unknown): unknown {
  if (Array.isArray(plain)) return plain.map(sorted);
  if (typeof plain !== 'object' || plain === null) return plain;
  return Object.fromEntries(
    Object.entries(plain)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, sorted(value)]),
  );
}
