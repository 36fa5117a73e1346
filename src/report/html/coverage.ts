import type { GapInfo } from '../../model/lint-result.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Facts } from './facts.ts';
import { suppressedPart } from './findings.ts';
import { placeName } from './frame.ts';
import { type Content, counted, type Markup, markup } from './markup.ts';
import { sign } from './signs.ts';

const MOST = 200;

/** What was not checked, what was taken for granted, and what is kept quiet. */
export function coveragePart(facts: Facts): Markup {
  const { variants, coverage, discovery, notes } = facts.result;
  const failed = variants.filter(({ status }) => status === 'failed').map(({ id }) => id);
  const valuesOnly = variants.filter(({ status }) => status === 'values-only').map(({ id }) => id);
  const byReason = groupBy(discovery.leftOut, ({ why }) => why);
  const left = [...byReason].map(([why, own]) => markup`${listed(own.map(({ name }) => name))}: ${why}`);
  const byCause = [...groupBy(coverage.gaps, ({ cause }) => cause)];
  const parts = [
    fold('Not rendered', counted(failed.length, 'variant'), failed),
    fold('Values only', `${counted(valuesOnly.length, 'variant')} whose chart is not here`, valuesOnly),
    ...byCause.map(([cause, gaps]) => fold('Not looked into', `${counted(gaps.length, 'gap')} by cause "${cause}"`, gaps.map(gapOf))),
    fold('Left out', counted(discovery.leftOut.length, 'name'), left),
    fold('Assumed', counted(discovery.assumptions.length, 'thing'), discovery.assumptions),
    suppressedPart(facts),
  ];
  const isWhole = parts.every((part) => part === undefined) && notes.length === 0;
  return markup`<section id="coverage" aria-labelledby="coverage-h"><h2 id="coverage-h">What was not checked</h2>
${notes.map((note) => markup`<p class="note">${sign('info')}${note}</p>\n`)}${parts}${isWhole ? markup`<p>${sign('ok')}Everything that was found was rendered whole; nothing was left out, assumed or kept quiet.</p>` : undefined}</section>
`;
}

function fold(title: string, count: string, items: readonly Content[]): Markup | undefined {
  if (items.length === 0) return undefined;
  const rest = items.length - MOST;
  const rows = items.slice(0, MOST).map((item) => markup`<li>${item}</li>\n`);
  return markup`<details class="fold"${items.length <= 5 ? markup` open` : undefined}><summary>${sign('gap')}<b>${title}</b>: ${count}</summary><ul>${rows}${rest > 0 ? markup`<li>and ${rest} more</li>` : undefined}</ul></details>
`;
}

function gapOf({ message, location }: GapInfo): Markup {
  return markup`${message} ${placeName(location)}`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - 12;
  return `${names.slice(0, 12).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
