import { originsIn, originsJson, originsText, type RenderResult, type RootRender, rendersBelow, UsageError } from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { openSession } from '../place.ts';
import { tellProblems } from '../problems.ts';
import { renderOne } from '../render-one.ts';
import type { Terminal } from '../terminal.ts';

/** Prints what a folder renders to: YAML of one root, or one JSON object a line for each root below it. */
export async function runRender([dir = '.']: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = renderFormat(flags);
  if (flags.all && flags.env) throw new UsageError('"render" takes --all or --env, not both');
  const session = await openSession(dir, flags, terminal, flags.all ? {} : { fallbackRoot: terminal.folder });
  const { place, workspace, settings } = session;
  if (flags.all) {
    let count = 0;
    for (const root of await rendersBelow(workspace, place.folder, settings)) {
      terminal.print(`${JSON.stringify(lineOf(root))}\n`);
      count += 1;
    }
    if (count === 0) throw new UsageError(`there is nothing to render below "${dir}"`);
    return 0;
  }
  const { result, output } = await renderOne(dir, session, flags, terminal);
  tellProblems(result, terminal);
  if (flags.origins) {
    const rows = originsIn(result, workspace, settings);
    terminal.print(format === 'json' ? originsJson(rows) : originsText(rows, { color: terminal.color && flags.color !== false }));
  } else if (output !== undefined) terminal.print(output);
  return result.status === 'failed' ? 1 : 0;
}

/** Each way to render has its formats. */
function renderFormat(flags: Flags): string {
  if (flags.all && flags.origins) throw new UsageError('"render" takes --all or --origins, not both');
  if (flags.all) return formatOf('render --all', ['jsonl'], flags);
  return flags.origins ? formatOf('render --origins', ['stylish', 'json'], flags) : formatOf('render', ['yaml'], flags);
}

function lineOf({ variant, result, output }: RootRender): object {
  const { folder, kind, status, gaps, problems, restrictor } = result;
  return {
    dir: folder || '.',
    variant,
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
