import type { ParityCell, ParityRow, ParityTable } from '../../model/parity.ts';
import { firstOf } from '../../text/first-of.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Facts } from './facts.ts';
import { counted, type Markup, markup } from './markup.ts';
import { sign, unseen } from './signs.ts';
import { columnHead, tableFrame } from './table.ts';

/** Tables beyond this many rows in all are listed closed. */
const MOST_OPEN = 30;
const MOST_ROWS = 100;
const MOST_NAMES = 40;
const MOST_VALUES = 2;

/** The settings of each app, environment by environment: what is missing, what differs, and what is the same. */
export function parityPart(facts: Facts): Markup | undefined {
  const tables = facts.tables?.parity ?? [];
  if (tables.length === 0) return undefined;
  const uneven = tables.filter(({ rows }) => rows.some(({ state }) => state !== 'same'));
  const even = tables.filter((table) => !uneven.includes(table));
  const isOpen = uneven.reduce((sum, { rows }) => sum + rows.filter(({ state }) => state !== 'same').length, 0) <= MOST_OPEN;
  return markup`<section id="settings" aria-labelledby="settings-h"><h2 id="settings-h">Settings</h2>
<p class="legend"><span>${sign('missing')}missing there</span><span><b class="form">A</b> <b class="form">B</b> equal letters mean the same value, but for the name of the environment</span><span>– not even the object is there</span><span>••• never shown</span></p>
${uneven.map((table) => appOf(table, isOpen, facts))}
${even.length > 0 ? markup`<details class="fold"><summary>${sign('ok')}The settings of ${counted(even.length, 'app')} are the same everywhere</summary><ul class="names">${even.map(({ app, rows, environments }) => markup`<li><b>${app}</b>: ${counted(rows.length, 'key')} in ${firstOf(environments, 8)}</li>`)}</ul></details>` : undefined}</section>
`;
}

function appOf({ app, environments, rows }: ParityTable, isOpen: boolean, facts: Facts): Markup {
  const ranked = [...rows.filter(({ state }) => state === 'missing'), ...rows.filter(({ state }) => state === 'differs')];
  const shown = ranked.slice(0, MOST_ROWS);
  const rest = ranked.length - shown.length;
  const same = rows.filter(({ state }) => state === 'same');
  const head = markup`<tr><th scope="col">Key</th>${environments.map((name) => columnHead(name, facts))}</tr>`;
  const bodies = [...groupBy(shown, ({ resource }) => resource)].map(
    ([resource, own]) =>
      markup`<tbody><tr class="of"><th scope="rowgroup" colspan="${environments.length + 1}"><span>${resource}</span></th></tr>${own.map(rowOf)}</tbody>`,
  );
  const missing = ranked.filter(({ state }) => state === 'missing').length;
  const counts = [
    missing > 0 ? markup`<span class="n missing">${sign('missing')}${missing} missing somewhere</span>` : undefined,
    ranked.length > missing ? markup`<span>${counted(ranked.length - missing, 'differs', 'differ')}</span>` : undefined,
    same.length > 0 ? markup`<span class="dim">${same.length} the same</span>` : undefined,
  ];
  return markup`<details class="group"${isOpen ? markup` open` : undefined}><summary><h3>${app}</h3> <span class="count">${counts}</span></summary>
${tableFrame(`Settings of ${app}`, environments.length, head, bodies, 'parity')}
${rest > 0 ? markup`<p class="cut">and ${counted(rest, 'key')} more that differ</p>` : undefined}
${same.length > 0 ? markup`<details class="fold"><summary>${counted(same.length, 'key is', 'keys are')} the same everywhere</summary><ul class="names">${[...groupBy(same, ({ resource }) => resource)].slice(0, MOST_NAMES).map(([resource, own]) => markup`<li><b>${resource}</b>: ${firstOf(own.map(nameOf), MOST_NAMES)}</li>`)}</ul></details>` : undefined}</details>
`;
}

function nameOf({ key }: ParityRow): string {
  return key || 'the object as a whole';
}

function rowOf(row: ParityRow): Markup {
  const { key, cells, isSecret } = row;
  const hasForms = new Set(cells.flatMap(({ values }) => values.map(({ form }) => form))).size > 1;
  const name = key ? markup`<code>${key}</code>` : markup`<i>the object as a whole</i>`;
  return markup`<tr><th scope="row">${name}${isSecret ? markup` <small>secret</small>` : undefined}</th>${cells.map((cell) => cellOf(cell, hasForms))}</tr>
`;
}

function cellOf({ values, held, missing, absent, unknown }: ParityCell, hasForms: boolean): Markup {
  const all = held + missing + absent + unknown;
  const of = (count: number) => (count < all ? ` in ${count} of ${all}` : '');
  const rest = values.length - MOST_VALUES;
  if (absent === all) return markup`<td class="no">–${unseen('no such object')}</td>`;
  return markup`<td${missing > 0 ? markup` class="lacks"` : undefined}>${values
    .slice(0, MOST_VALUES)
    .map(
      ({ form, text }) =>
        markup`<span class="v">${hasForms ? markup`<b class="form">${letterOf(form)}</b> ` : undefined}${text === '' ? markup`<i>empty</i>` : markup`<code>${text}</code>`}</span>`,
    )}${rest > 0 ? markup`<small>and ${counted(rest, 'more value')}</small> ` : undefined}${missing > 0 ? markup`<span class="n missing">${sign('missing')}missing${of(missing)}</span>` : undefined}${absent > 0 ? markup` <small>no object${of(absent)}</small>` : undefined}${unknown > 0 ? markup` <span class="n gap">${sign('gap')}not known${of(unknown)}</span>` : undefined}</td>`;
}

/** A, B, … Z, A1, … */
function letterOf(form: number): string {
  const round = Math.floor(form / 26);
  return `${String.fromCharCode(65 + (form % 26))}${round > 0 ? round : ''}`;
}
