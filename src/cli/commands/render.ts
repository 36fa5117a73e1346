import path from 'node:path';
import { type RenderResult, type RootRender, renderRoot, rendersBelow, UsageError } from '../../index.ts';
import type { Flags } from '../args.ts';
import { openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Prints what a folder renders to: YAML of one root, or one JSON object a line for each root below it. */
export async function runRender([dir = '.']: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const [format = flags.all ? 'jsonl' : 'yaml', ...more] = flags.format ?? [];
  if (more.length > 0 || format !== (flags.all ? 'jsonl' : 'yaml')) {
    throw new UsageError(`"render" prints yaml, and jsonl with --all; not "${[format, ...more].join(', ')}"`);
  }
  const { place, workspace, settings } = await openSession(dir, flags, terminal, flags.all ? {} : { fallbackRoot: terminal.folder });
  if (flags.all) {
    let count = 0;
    for (const root of rendersBelow(workspace, place.folder, settings)) {
      terminal.print(`${JSON.stringify(lineOf(root))}\n`);
      count += 1;
    }
    if (count === 0) throw new UsageError(`there is nothing to render below "${dir}"`);
    return 0;
  }
  const root = renderRoot(workspace, place.folder, settings);
  if (!root) throw new UsageError(`there is nothing to render in "${dir}": no kustomization and no manifest`, 'Use --all to render every root below it.');
  const { result, output } = root;
  for (const { message, origin } of [...result.problems, ...result.gaps]) {
    const { line, column } = origin.file.positionAt(origin.start);
    terminal.warn(`${path.posix.normalize(origin.file.path)}:${line}:${column}: ${message}\n`);
  }
  if (output !== undefined) terminal.print(output);
  return result.status === 'failed' ? 1 : 0;
}

function lineOf({ result, output }: RootRender): object {
  const { folder, kind, status, gaps, problems, restrictor } = result;
  return {
    dir: folder || '.',
    kind,
    status,
    cause: problems[0]?.cause,
    output,
    gaps: gaps.map((gap) => placed(gap)),
    restrictor,
    error: problems[0] && placed(problems[0]),
  };
}

function placed({ cause, message, origin }: RenderResult['gaps'][number]): object {
  const { line, column } = origin.file.positionAt(origin.start);
  return { cause, message, location: { path: origin.file.path, line, column } };
}
