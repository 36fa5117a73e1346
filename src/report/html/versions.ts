import type { VersionFact, VersionLine } from '../../model/report-tables.ts';
import type { VersionMark } from '../../model/versions/version-table.ts';
import { firstOf } from '../../text/first-of.ts';
import { groupBy } from '../../text/group-by.ts';
import { shownVersion } from '../shown-version.ts';
import { columnName, type Facts } from './facts.ts';
import { counted, type Markup, markup } from './markup.ts';
import { sign, unseen } from './signs.ts';
import { columnHead, tableFrame } from './table.ts';

const MEANINGS: Readonly<Record<VersionMark, string>> = {
  ahead: 'ahead of all environments before',
  behind: 'behind one before',
  mutable: 'made to move',
  'other-digest': 'another digest than the same version before',
};
const WORDS: Readonly<Record<VersionMark, string>> = { ahead: 'ahead', behind: 'behind', mutable: 'moves', 'other-digest': 'other digest' };

/** In larger tables, artifacts that have one version everywhere stand apart. */
const MOST_ROWS = 40;
const MOST_IN_ALL = 1000;
/** With more environments than this, versions name their environments instead of standing in columns. */
const MOST_COLUMNS = 8;
const MOST_IN_A_CELL = 3;

/** Which version is where, with marks for those that are out of step. */
export function versionsPart(facts: Facts): Markup | undefined {
  const lines = facts.tables?.versions ?? [];
  if (lines.length === 0) return undefined;
  const isLarge = lines.length > MOST_ROWS;
  const listed = lines.slice(0, MOST_IN_ALL);
  const apart = isLarge ? listed.filter((line) => !isUneven(line)) : [];
  const shown = isLarge ? listed.filter(isUneven) : listed;
  const used = [...new Set(lines.flatMap(({ cells }) => cells.flatMap(({ marks }) => marks)))].sort();
  const rest = lines.length - listed.length;
  return markup`<section id="versions" aria-labelledby="versions-h"><h2 id="versions-h">Versions</h2>
${used.length > 0 ? markup`<p class="legend">${used.map((mark) => markup`<span>${sign(mark)}<b>${WORDS[mark]}</b> ${MEANINGS[mark]}</span>`)}</p>` : undefined}
${shown.length > 0 ? tableOf('Which version is where', shown, facts) : undefined}
${apart.length > 0 ? markup`<details class="fold"><summary>${counted(apart.length, 'artifact has', 'artifacts have')} one version everywhere</summary>${tableOf('Artifacts that have one version everywhere', apart, facts)}</details>` : undefined}
${rest > 0 ? markup`<p class="cut">and ${counted(rest, 'artifact')} more: <code>gitops-lint versions</code> lists all</p>` : undefined}</section>
`;
}

function isUneven({ cells }: VersionLine): boolean {
  return cells.some(({ marks }) => marks.length > 0) || new Set(cells.map(shownVersion)).size > 1;
}

function tableOf(label: string, lines: readonly VersionLine[], facts: Facts): Markup {
  const names = new Set(lines.flatMap(({ cells }) => cells.map(({ environment }) => environment)));
  const columns = facts.columns.filter((name) => names.has(name));
  const isWide = columns.length > MOST_COLUMNS;
  const heads = isWide ? markup`<th scope="col">Versions, and where they are</th>` : columns.map((name) => columnHead(name, facts));
  const head = markup`<tr><th scope="col">Artifact</th>${heads}</tr>`;
  const bodies = [...groupBy(lines, ({ app }) => app)].map(
    ([app, own]) =>
      markup`<tbody><tr class="of"><th scope="rowgroup" colspan="${isWide ? 2 : columns.length + 1}"><span>${app}</span></th></tr>${own.map(
        ({ kind, artifact, cells }) =>
          markup`<tr><th scope="row"><small>${kind}</small> ${artifact}</th>${isWide ? markup`<td>${cells.map(withPlaces(cells))}</td>` : columns.map((column) => cellOf(cells.filter(({ environment }) => environment === column)))}</tr>\n`,
      )}</tbody>`,
  );
  return tableFrame(label, isWide ? 1 : columns.length, head, bodies, 'versions');
}

function cellOf(cells: readonly VersionFact[]): Markup {
  if (cells.length === 0) return markup`<td class="no">–${unseen('not there')}</td>`;
  const rest = cells.length - MOST_IN_A_CELL;
  return markup`<td>${cells.slice(0, MOST_IN_A_CELL).map((cell) => markup`<span class="v">${versionOf(cell)}${cells.length > 1 && cell.variants.length > 1 ? markup` <small>×${cell.variants.length}</small>` : undefined}</span>`)}${rest > 0 ? markup`<small>and ${rest} more</small>` : undefined}</td>`;
}

/** One version with all environments that have it, where it stands first. */
function withPlaces(cells: readonly VersionFact[]): (cell: VersionFact) => Markup | undefined {
  const keyOf = (cell: VersionFact) => `${shownVersion(cell)}\0${cell.marks.join()}`;
  const groups = groupBy(cells, keyOf);
  return (cell) => {
    const group = groups.get(keyOf(cell));
    if (group?.[0] !== cell) return undefined;
    const names = [...new Set(group.map(({ environment }) => columnName(environment)))];
    return markup`<span class="v">${versionOf(cell)} <small>${firstOf(names, 8)}</small></span>`;
  };
}

function versionOf(cell: VersionFact): Markup {
  return markup`<code>${shownVersion(cell)}</code>${cell.marks.map((mark) => markup` <span class="n ${mark}">${sign(mark)}${WORDS[mark]}</span>`)}`;
}
