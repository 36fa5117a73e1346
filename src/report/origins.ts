import kleur from 'kleur';
import type { OriginRow } from '../model/origin-row.ts';
import { formatFieldPath } from '../tree/field-path.ts';
import type { Origin } from '../tree/node.ts';
import { withoutCommands } from './one-line.ts';

/** `render --origins --format json`: an array, one row a line. */
export function originsJson(rows: readonly OriginRow[]): string {
  return rows.length === 0 ? '[]\n' : `[\n${rows.map((row) => JSON.stringify(rowOf(row))).join(',\n')}\n]\n`;
}

function rowOf({ resource, namespace, path, value, parts, chain }: OriginRow): object {
  return {
    resource,
    namespace,
    path: formatFieldPath(path),
    value,
    parts: parts.map(({ start, end, origin }) => ({ start, end, ...placeOf(origin) })),
    chain: chain.map(({ origin, value: before }) => ({ ...placeOf(origin), value: before })),
  };
}

function placeOf({ file, start, how, precision }: Origin): object {
  const { line, column } = file.positionAt(start);
  return { file: file.name, line, column, how, precision };
}

/** `why` and `render --origins`: the value, then its authors, newest first. */
export function originsText(rows: readonly OriginRow[], { color }: { readonly color: boolean }): string {
  kleur.enabled = color;
  return withoutCommands(rows.map((row) => `${textOf(row)}\n`).join(''));
}

function textOf({ resource, path, value, parts, chain }: OriginRow): string {
  const lines = [`${kleur.bold(`${resource} ${formatFieldPath(path)}`)} = ${shown(value)}`];
  for (const { start, end, origin } of parts) {
    // The sign between a name and its tag has no news for a person.
    if (parts.length > 1 && end - start < 2 && typeof value === 'string' && /[:@-]/.test(value.slice(start, end))) continue;
    const part = parts.length > 1 && typeof value === 'string' ? `  ${shown(value.slice(start, end))}` : '';
    lines.push(`  ${locationOf(origin)}${part}`);
  }
  for (const { origin, value: before } of chain)
    lines.push(`  ${locationOf(origin)}  ${kleur.dim(`was ${before === undefined ? 'another structure' : shown(before)}`)}`);
  return lines.join('\n');
}

function locationOf({ file, start, how, precision }: Origin): string {
  const { line, column } = file.positionAt(start);
  const near = precision === 'exact' ? '' : `, to the ${precision}`;
  return `${file.name}:${line}:${column}  ${kleur.cyan(how + near)}`;
}

const MAX_SHOWN = 100;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
