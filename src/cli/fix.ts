import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type FixPlan, type FixRequest, fixNotes, type LintRun, planFixes, type Span, UsageError, unifiedDiff, writeAll } from '../index.ts';
import type { Flags } from './args.ts';
import type { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** Whether findings are to be fixed. Throws a `UsageError` where that cannot be. */
export function isFixing(flags: Flags): boolean {
  const isAsked = flags.fix === true || flags['fix=unsafe'] === true || flags.fixDryRun === true;
  if (isAsked && flags.staged)
    throw new UsageError(
      '"--staged" and "--fix" do not go together: the index is not what lies in the folder',
      'Leave "--staged" out, look at what was fixed, and stage it.',
    );
  return isAsked;
}

interface Surroundings {
  /** The folder that paths count from. */
  readonly root: string;
  readonly flags: Flags;
  readonly terminal: Terminal;
  readonly progress: Pick<Progress, 'end'>;
}

/** Makes the fixes of a run, or prints them as a diff. Gives what is found afterwards. */
export async function fixFindings(request: Omit<FixRequest, 'unsafe'>, { root, flags, terminal, progress }: Surroundings): Promise<LintRun> {
  const plan = await planFixes({ ...request, unsafe: flags['fix=unsafe'] === true }).finally(progress.end);
  const notes = fixNotes(plan, { isDryRun: flags.fixDryRun === true });
  if (flags.fixDryRun) {
    printDiff(plan, terminal);
    for (const note of notes) terminal.warn(`gitops-lint: ${note}\n`);
  } else if (plan.files.length > 0) write(plan, root);
  return { ...plan.run, notes: [...plan.run.notes, ...notes] };
}

/** All texts are there before the first one is written, and nothing that somebody wrote since the files were read is lost. */
function write({ files }: FixPlan, root: string): void {
  const changes = files.map(({ file, text }) => ({ file: path.join(root, file.path), name: file.path, before: file.text, text }));
  const stale = changes.find(({ file, before }) => contentOf(file) !== before);
  if (stale) throw new UsageError(`"${stale.name}" was changed meanwhile`, 'Nothing was written: try again.');
  writeAll(changes);
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** On standard output there is nothing but the diff, so that git can take it from there. */
function printDiff({ files }: FixPlan, terminal: Terminal): void {
  for (const { file, text, secrets } of files) {
    const sides = { before: linesOf(file.text, secrets.before), after: linesOf(text ?? '', secrets.after) };
    const diff = unifiedDiff({ path: file.path, before: file.text, after: text }, { mayShow: (side, line) => !sides[side].has(line) });
    if (diff === undefined) terminal.warn(`gitops-lint: the change of ${file.path} is not shown, as a secret stands beside it; --fix makes it\n`);
    else terminal.print(diff);
  }
}

/** The numbers of the lines that some spans touch. */
function linesOf(text: string, spans: readonly Span[]): ReadonlySet<number> {
  const lines = new Set<number>();
  if (spans.length === 0) return lines;
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const end = start + line.length;
    if (spans.some((span) => span.start <= end && span.end > start)) lines.add(index + 1);
    start = end + 1;
  }
  return lines;
}
