import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { RenderResult } from '../../src/model/render-result.ts';
import { createKustomizeRenderer } from '../../src/render/kustomize/renderer.ts';
import { printResources } from '../../src/render/print.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { sameMeaning } from '../../src/tree/equality.ts';
import { openDiskWorkspace } from '../../src/workspace/open.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { CORPORA, inTemporaryFolder, openCase, type RecordedCase, recordedRows, SHARED, unpackedIn } from '../recorded.ts';
import type { Report } from './report.ts';

interface Outcome {
  readonly id: string;
  readonly problem: string | undefined;
  /** The printed bytes are equal too. */
  readonly exact: boolean;
}

interface Case extends RecordedCase {
  readonly options: { readonly reorder?: string; readonly loadRestrictions?: string };
  readonly truth: { readonly kind: 'yaml' | 'error'; readonly text: string } | null;
}

interface Root {
  readonly dir: string;
  readonly kind: string;
  readonly restrictor: 'root' | 'none';
  readonly status: 'builds' | 'fails';
  readonly output?: string;
  readonly cause?: string;
  readonly error?: string;
}

/** Whether two outputs hold the same documents in the same order. */
function sameDocuments(a: string, b: string): string | undefined {
  const [left, right] = [a, b].map((text) => parseYaml(new SourceFile('output.yaml', text)));
  if (!left || !right || left.problem) return `the output is no YAML: ${left?.problem?.reason}`;
  const [ours, theirs] = [left, right].map(({ documents }) => documents.flatMap(({ root }) => (root ? [root] : [])));
  if (!ours || !theirs) return 'nothing to compare';
  const at = theirs.findIndex((root, index) => !sameMeaning(root, ours[index]));
  if (at !== -1) return `document ${at + 1} of ${theirs.length} differs`;
  return ours.length === theirs.length ? undefined : `${ours.length} documents instead of ${theirs.length}`;
}

function firstProblem({ problems, gaps }: RenderResult): string {
  const [problem] = problems;
  if (problem) return `${problem.cause}: ${problem.message} (${problem.origin.file.path})`;
  return gaps[0] ? `gap: ${gaps[0].message}` : 'no problem';
}

function runCase(recorded: Case): Outcome {
  const { id, options, truth } = recorded;
  const { workspace, folder } = openCase(recorded);
  const order = options.reorder === undefined ? 'fifo' : 'legacy';
  const renderer = createKustomizeRenderer({ workspace, order, loadRestrictor: options.loadRestrictions === 'none' ? 'none' : 'root' });
  const result = renderer.render(folder);
  const failed = result.status !== 'rendered' || result.restrictor === 'none';
  if (truth?.kind === 'error') return { id, problem: failed ? undefined : 'builds, but should fail', exact: failed };
  if (failed) return { id, problem: firstProblem(result), exact: false };
  const text = truth?.text ?? '';
  // The recorded build had no version.
  const output = printResources(result.resources).replaceAll('kustomize-v5.8.2', 'kustomize-(devel)');
  const problem = sameDocuments(output, text);
  return { id, problem, exact: output === text };
}

function runRoot(id: string, root: Root, result: RenderResult): Outcome {
  if (root.status === 'fails') {
    const causes = new Set([...result.problems.map(({ cause }) => cause), ...result.gaps.map(({ cause }) => cause)]);
    const found = [...causes].some((cause) => cause === root.cause);
    return { id, problem: found ? undefined : `fails for ${root.cause}, here ${[...causes].join(', ') || 'it builds'}: ${firstProblem(result)}`, exact: found };
  }
  if (result.status !== 'rendered') return { id, problem: firstProblem(result), exact: false };
  if ((result.restrictor ?? 'root') !== root.restrictor) return { id, problem: `restrictor ${result.restrictor} instead of ${root.restrictor}`, exact: false };
  const output = printResources(result.resources);
  return { id, problem: sameDocuments(output, root.output ?? ''), exact: output === root.output };
}

function runCases(file: string): readonly Outcome[] {
  const cases = recordedRows<Case>(path.join(SHARED, 'kustomize', file)).filter(({ truth }) => truth);
  return cases.map(runCase);
}

const ORACLE = path.join(CORPORA, 'oracle');

async function runCorpus(answers: string, into: string): Promise<readonly Outcome[]> {
  const name = answers.replace(/\.jsonl\.xz$/, '');
  const workspace = await openDiskWorkspace({ root: unpackedIn(into, name), folder: '' });
  const renderer = createKustomizeRenderer({ workspace, loadRestrictor: 'root' });
  return recordedRows<Root>(path.join(ORACLE, answers)).map((root) => runRoot(`${name}/${root.dir}`, root, renderer.render(root.dir === '.' ? '' : root.dir)));
}

/** What a real kustomize built: small cases, and every root of public repositories. `only` is a part of the name of a suite. */
export async function kustomizeConformance(only = ''): Promise<Report> {
  const lines: string[] = [];
  let [passed, failed] = [0, 0];
  const run = async (suite: string, step: () => readonly Outcome[] | Promise<readonly Outcome[]>): Promise<void> => {
    if (!suite.includes(only)) return;
    const outcomes = await step();
    const wrong = outcomes.filter(({ problem }) => problem !== undefined);
    const exact = outcomes.filter((outcome) => outcome.exact).length;
    passed += outcomes.length - wrong.length;
    failed += wrong.length;
    lines.push(
      `${suite}: ${outcomes.length - wrong.length} of ${outcomes.length} (${exact} to the byte)`,
      ...wrong.map(({ id, problem }) => `  ${id}: ${problem}`),
    );
  };
  await run('open', () => runCases('open.jsonl'));
  await run('probes', () => runCases('probes.jsonl'));
  await inTemporaryFolder(async (folder) => {
    for (const answers of readdirSync(ORACLE).sort()) await run(answers, () => runCorpus(answers, folder));
  });
  return { passed, failed, lines };
}
