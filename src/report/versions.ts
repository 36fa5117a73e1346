import kleur from 'kleur';
import type { Environment } from '../model/environment.ts';
import type { VersionHistory } from '../model/versions/version-history.ts';
import type { VersionCell, VersionMark, VersionRow } from '../model/versions/version-table.ts';
import { placeOfVersion } from '../model/versions/version-uses.ts';
import { firstOf } from '../text/first-of.ts';
import { locationOf as placeOf } from '../tree/node.ts';
import { locationOf } from './json.ts';
import { plain, row } from './markdown.ts';
import { withoutCommands } from './one-line.ts';
import { shownVersion } from './shown-version.ts';

/** What `gitops-lint versions` tells. */
export interface VersionsReport {
  readonly environments: readonly Environment[];
  readonly rows: readonly VersionRow[];
  /** Undefined where nobody asked for it. */
  readonly historyOf?: ((cell: VersionCell) => VersionHistory | undefined) | undefined;
  readonly notes: readonly string[];
}

const MARKS: Readonly<Record<VersionMark, string>> = { ahead: '▲', behind: '▽', mutable: '~', 'other-digest': '≠' };
const MEANINGS: Readonly<Record<VersionMark, string>> = {
  ahead: 'ahead of all environments before',
  behind: 'behind one before',
  mutable: 'made to move',
  'other-digest': 'another digest than the same version before',
};

/** A table with a column for each environment that has anything; a second table tells the history. */
export function versionsText(report: VersionsReport, { color }: { readonly color: boolean }): string {
  kleur.enabled = color;
  const lines = tableOf(report).map((text, index) => (index === 0 ? kleur.bold(text) : text));
  const legend = legendOf(report);
  if (legend) lines.push('', kleur.dim(legend));
  if (report.historyOf) lines.push('', ...historyLines(report));
  for (const note of report.notes) lines.push(`note: ${note}`);
  return withoutCommands(`${lines.join('\n')}\n`);
}

/** What the marks mean that are used. */
function legendOf({ rows }: VersionsReport): string {
  const used = new Set(rows.flatMap(({ cells }) => cells.flatMap(({ marks }) => marks)));
  return [...used].map((mark) => `${MARKS[mark]} ${MEANINGS[mark]}`).join(', ');
}

function tableOf(report: VersionsReport): string[] {
  const table = cellsOf(report);
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0))) ?? [];
  return table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The same as a table of Markdown. */
export function versionsMarkdown(report: VersionsReport): string {
  const [head = [], ...rows] = cellsOf(report);
  const line = (cells: readonly string[]): string => row(cells.map(plain));
  const lines = [line(head), row(head.map(() => '---')), ...rows.map(line)];
  const legend = legendOf(report);
  if (legend) lines.push('', legend);
  const remarks = [...(report.historyOf ? historyLines(report) : []), ...report.notes.map((note) => `note: ${note}`)];
  if (remarks.length > 0) lines.push('', ...remarks.map((text) => `- ${plain(text)}`));
  return withoutCommands(`${lines.join('\n')}\n`);
}

function cellsOf({ environments, rows }: VersionsReport): string[][] {
  const names = new Set(rows.flatMap(({ cells }) => cells.map(({ environment }) => environment.name)));
  const columns = [...environments.filter(({ name }) => names.has(name)).map(({ name }) => name), ...(names.has('') ? [''] : [])];
  const cellOf = ({ cells }: VersionRow, column: string): string => {
    const own = cells.filter(({ environment }) => environment.name === column);
    const texts = own.map((cell) => `${shown(cell)}${own.length > 1 && cell.uses.length > 1 ? ` (${cell.uses.length})` : ''}`);
    return own.length === 0 ? '–' : firstOf(texts, MOST_IN_A_CELL);
  };
  return [
    ['app', 'artifact', ...columns.map((name) => name || '(none)')],
    ...rows.map((one) => [one.app, `${one.artifact.kind} ${one.artifact.name}`, ...columns.map((column) => cellOf(one, column))]),
  ];
}

/** Clusters of one environment may have one version each. */
const MOST_IN_A_CELL = 2;

function shown(cell: VersionCell): string {
  return [shownVersion(cell), ...cell.marks.map((mark) => MARKS[mark])].join(' ');
}

function historyLines({ rows, historyOf }: VersionsReport): string[] {
  return rows.flatMap(({ app, artifact, cells }) =>
    cells.flatMap((cell): string[] => {
      const history = historyOf?.(cell);
      if (!history) return [];
      const { since, author, commit, request, mayBeOlder, previous } = history;
      const when =
        since === undefined
          ? 'not committed yet'
          : `since ${since}${mayBeOlder ? ' or earlier' : ''} by ${author}, ${commit?.slice(0, 8)}${request ? ` ${request}` : ''}`;
      return [
        `${app}@${cell.environment.name || '(none)'} ${artifact.name} ${shown(cell)}: ${when}${previous ? `; before: ${shownVersion(previous.startsWith('sha256:') ? { version: undefined, digest: previous } : { version: previous, digest: undefined })}` : ''}`,
      ];
    }),
  );
}

/** The same for programs. */
export function versionsJson({ environments, rows, historyOf, notes }: VersionsReport): string {
  const info = {
    schemaVersion: 1,
    environments: environments.map(({ name, tier, promotesFrom }) => ({ name, tier, promotesFrom })),
    rows: rows.map(({ app, artifact, cells }) => ({
      app,
      kind: artifact.kind,
      artifact: artifact.name,
      cells: cells.map((cell) => {
        const [{ use }] = cell.uses;
        return {
          environment: cell.environment.name || null,
          version: cell.version ?? null,
          digest: cell.digest ?? null,
          artifact: use.artifact,
          marks: cell.marks,
          variants: [...new Set(cell.uses.map(({ variant }) => variant.id))],
          location: locationOf(placeOf(placeOfVersion(use))),
          ...(historyOf && { history: historyOf(cell) ?? null }),
        };
      }),
    })),
    notes,
  };
  return `${JSON.stringify(info, null, 2)}\n`;
}
