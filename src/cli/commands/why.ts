import { findField, findResources, firstOf, namesOf, nearestWord, originsIn, originsJson, originsText, shownName, UsageError } from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { openSession } from '../place.ts';
import { tellProblems } from '../problems.ts';
import { renderOne } from '../render-one.ts';
import type { Terminal } from '../terminal.ts';

/** Prints the chain of one value, or of all values below a field, newest author first. */
export async function runWhy([dir = '.', name = '', path = '']: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('why', ['stylish', 'json'], flags);
  const session = await openSession(dir, flags, terminal, { fallbackRoot: terminal.folder });
  const { result } = await renderOne(dir, session, flags, terminal);
  tellProblems(result, terminal);
  const { resources } = result;
  const found = findResources(resources, name);
  const [resource] = found;
  if (!resource) throw new UsageError(`"${dir}" has no "${name}"`, suggestion(name, namesOf(resources)));
  if (found.length > 1)
    throw new UsageError(
      `"${name}" could be ${found.map((one) => `"${one.id.namespace || 'default'}/${one.id.kind}/${shownName(one)}"`).join(' or ')}`,
      'Name the namespace and the kind, too.',
    );
  const field = findField(resource.node, path);
  if ('lostAt' in field) throw new UsageError(`"${name}" has no "${field.lostAt}"`, suggestion(path.split(/[.[\]]+/).at(-1) ?? '', field.known));
  const rows = originsIn(result, session.workspace, session.settings, resource).filter((row) => field.path.every((step, at) => row.path[at] === step));
  const options = { color: terminal.color && flags.color !== false };
  terminal.print(format === 'json' ? originsJson(rows) : originsText(rows, options));
  return 0;
}

function suggestion(word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  return known.length > 0 ? `There is ${firstOf(known, 12)}.` : 'There is nothing in it.';
}
