import { type Finding, SEVERITIES, type Severity } from '../../model/finding.ts';
import type { VariantInfo } from '../../model/lint-result.ts';
import { columnName, countsOf, type Facts, type Listed } from './facts.ts';
import { counted, type Markup, markup } from './markup.ts';
import { sign, unseen } from './signs.ts';
import { columnHead, tableFrame } from './table.ts';

/** With more apps than this, those without errors and warnings stand apart, folded. */
const MOST_TOGETHER = 20;
const MOST_ROWS = 300;

interface Health {
  readonly variants: readonly VariantInfo[];
  readonly listed: readonly Listed[];
  readonly gaps: number;
  readonly failed: number;
  readonly valuesOnly: number;
}

/** The matrix app × environment: the worst of each, how much there is, and what was not looked into. */
export function healthPart(facts: Facts): Markup | undefined {
  const { apps, columns, listed } = facts;
  if (apps.length === 0) return undefined;
  const byVariant = new Map<string, Listed[]>();
  for (const one of listed) for (const id of one.finding.variants) byVariant.set(id, [...(byVariant.get(id) ?? []), one]);
  const rows = apps.map((app) => ({ app, cells: columns.map((column) => healthOf(facts.at(app, column), byVariant)) }));
  const isLarge = rows.length > MOST_TOGETHER;
  const ranked = isLarge ? [...rows].sort((a, b) => rankOf(a) - rankOf(b)) : rows;
  const [bad, mild, good] = isLarge ? [0, 1, 2].map((step) => ranked.filter((row) => stepOf(row) === step)) : [ranked, [], []];
  const aside = listed.filter(({ finding }) => finding.variants.length === 0).length;
  return markup`<section id="health" aria-labelledby="health-h"><h2 id="health-h">Health</h2>
<p class="legend">${SEVERITIES.map((severity) => markup`<span>${sign(severity)}${severity}</span>`)}<span>${sign('gap')}not looked into</span><span>${sign('ok')}nothing found</span><span>– not there</span></p>
${bad && bad.length > 0 ? tableOf('Health of each app in each environment', bad, facts) : undefined}
${aside > 0 ? markup`<p class="note">${counted(aside, 'finding speaks', 'findings speak')} of files, and of no environment.</p>` : undefined}
${mild && mild.length > 0 ? markup`<details class="fold"><summary>${sign('info')}${counted(mild.length, 'app')} with infos and gaps only</summary>${tableOf('Health of apps with infos and gaps only', mild, facts)}</details>` : undefined}
${good && good.length > 0 ? markup`<details class="fold"><summary>${sign('ok')}Nothing was found in ${counted(good.length, 'app')}</summary><p class="names">${good.map(({ app }) => app).join(', ')}</p></details>` : undefined}</section>
`;
}

interface Row {
  readonly app: string;
  readonly cells: readonly (Health | undefined)[];
}

function tableOf(label: string, rows: readonly Row[], facts: Facts): Markup {
  const { columns } = facts;
  const head = markup`<tr><th scope="col">App</th>${columns.map((name) => columnHead(name, facts))}</tr>`;
  const body = rows
    .slice(0, MOST_ROWS)
    .map(({ app, cells }) => markup`<tr><th scope="row">${app}</th>${cells.map((cell, at) => cellOf(cell, app, columns[at] ?? ''))}</tr>\n`);
  const rest = rows.length - body.length;
  return markup`${tableFrame(label, columns.length, head, [markup`<tbody>${body}</tbody>`], 'health')}${rest > 0 ? markup`<p class="cut">and ${counted(rest, 'app')} more</p>` : undefined}`;
}

function healthOf(variants: readonly VariantInfo[], byVariant: ReadonlyMap<string, readonly Listed[]>): Health | undefined {
  if (variants.length === 0) return undefined;
  return {
    variants,
    listed: [...new Set(variants.flatMap(({ id }) => byVariant.get(id) ?? []))],
    gaps: new Set(variants.flatMap(({ gaps }) => gaps.map(({ message, location }) => `${location.file.name}\0${location.span.start}\0${message}`))).size,
    failed: variants.filter(({ status }) => status === 'failed').length,
    valuesOnly: variants.filter(({ status }) => status === 'values-only').length,
  };
}

/** No findings in what was not looked into is nothing to be glad of. */
function worstOf({ listed, gaps, failed, valuesOnly }: Health): Severity | 'gap' | 'ok' {
  const worst = SEVERITIES.find((severity) => listed.some(({ finding }) => finding.severity === severity));
  if (failed > 0) return 'error';
  if (worst && worst !== 'info') return worst;
  return gaps > 0 || valuesOnly > 0 ? 'gap' : (worst ?? 'ok');
}

const ORDER: readonly string[] = ['error', 'warning', 'gap', 'info', 'ok'];

function rankOf({ cells }: Row): number {
  return Math.min(...cells.map((cell) => (cell ? ORDER.indexOf(worstOf(cell)) : ORDER.length)));
}

/** Errors and warnings first, then what is worth a look, then what is well. */
function stepOf(row: Row): number {
  const rank = rankOf(row);
  return rank < 2 ? 0 : rank < 4 ? 1 : 2;
}

function cellOf(health: Health | undefined, app: string, column: string): Markup {
  if (!health) return markup`<td class="no">–${unseen('not there')}</td>`;
  const { listed, gaps, failed, valuesOnly, variants } = health;
  const counts = countsOf(listed.map(({ finding }) => finding));
  const found = SEVERITIES.filter((severity) => counts[severity] > 0);
  const link = (severity: Severity): Markup => {
    const first = listed.filter(({ finding }: { finding: Finding }) => finding.severity === severity).sort((a, b) => anchorNumber(a) - anchorNumber(b))[0];
    const word = severity === 'info' && counts.info !== 1 ? 'infos' : counts[severity] === 1 ? severity : `${severity}s`;
    return markup`<a class="n ${severity}" href="#${first?.anchor ?? 'findings'}" data-severity="${severity}" data-app="${app}" data-environment="${column}">${sign(severity)}${counts[severity]}${unseen(` ${word} of ${app} in ${columnName(column)}`)}</a>`;
  };
  const remarks = [
    failed > 0 ? markup`<span class="n error">${sign('missing')}${variants.length > 1 ? `${failed} ` : undefined}not rendered</span>` : undefined,
    valuesOnly > 0 ? markup`<span class="n gap">${sign('gap')}values only</span>` : undefined,
    gaps > 0 ? markup`<span class="n gap">${sign('gap')}${gaps}${unseen(gaps === 1 ? ' gap' : ' gaps')}</span>` : undefined,
    worstOf(health) === 'ok' ? markup`<span class="n ok">${sign('ok')}${unseen('nothing found')}</span>` : undefined,
    variants.length > 1 ? markup`<small class="times">×${variants.length}${unseen(' variants')}</small>` : undefined,
  ];
  return markup`<td class="h-${worstOf(health)}"><span class="stack">${found.map(link)}${remarks}</span></td>`;
}

function anchorNumber({ anchor }: Listed): number {
  return Number(anchor.slice(1));
}
