import { SEVERITIES } from '../../model/finding.ts';
import { assumedLines } from '../assumed.ts';
import type { Reporter, ReporterOptions } from '../reporter.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './assets.ts';
import { coveragePart } from './coverage.ts';
import { countsOf, type Facts, factsOf } from './facts.ts';
import { findingsPart } from './findings.ts';
import { healthPart } from './health.ts';
import { counted, Markup, markup } from './markup.ts';
import { parityPart } from './parity.ts';
import { severityCount, shapes, sign } from './signs.ts';
import { versionsPart } from './versions.ts';

/** Nothing is loaded, sent or run but the style and the script of the page itself. */
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** A page for people, in one file: the matrix of environments, findings with their lines, versions, settings, and what was not checked. */
export const html: Reporter = (result, options) => {
  const facts = factsOf(result);
  const parts = [healthPart(facts), findingsPart(facts), versionsPart(facts), parityPart(facts), coveragePart(facts)];
  const title = titleOf(facts);
  return `${markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<meta name="generator" content="gitops-lint ${result.version}"><link rel="icon" href="data:,"><title>${title}</title>
<style>${Markup.own(STYLE)}</style><script>${Markup.own(SCRIPT)}</script></head>
<body>${shapes()}<a class="skip" href="#findings-h">Skip to the findings</a>
${headOf(facts, options)}<main>
${parts}</main>
<footer><p>gitops-lint ${result.version}</p></footer></body></html>`}\n`;
};

function titleOf({ listed, result }: Facts): string {
  const counts = countsOf(listed.map(({ finding }) => finding));
  const total = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => counted(counts[severity], severity));
  return `${total.join(', ') || (result.variants.length > 0 ? 'No findings' : 'Nothing was checked')} – gitops-lint`;
}

function headOf(facts: Facts, { isLearned = false }: ReporterOptions): Markup {
  const { result, listed, apps, columns, tables } = facts;
  const { coverage, variants, findings, discovery } = result;
  const counts = countsOf(listed.map(({ finding }) => finding));
  const found = SEVERITIES.map((severity) => severityCount(severity, counts[severity]));
  const none =
    variants.length > 0
      ? markup`<span class="n ok">${sign('ok')}no findings</span>`
      : markup`<span class="n warning">${sign('warning')}nothing was checked</span>`;
  const suppressed = findings.length - listed.length;
  const [failed, valuesOnly] = (['failed', 'values-only'] as const).map((status) => variants.filter((variant) => variant.status === status).length);
  const open = [
    failed ? `${failed} not rendered` : '',
    valuesOnly ? `${valuesOnly} without chart` : '',
    coverage.gaps.length > 0 ? counted(coverage.gaps.length, 'gap') : '',
    discovery.leftOut.length > 0 ? `${discovery.leftOut.length} left out` : '',
    suppressed > 0 ? `${suppressed} suppressed` : '',
  ].filter(Boolean);
  const environments = columns.filter(Boolean).length;
  const assumed = isLearned ? assumedLines(result, true) : [];
  const links = [
    apps.length > 0 ? (['health', 'Health'] as const) : undefined,
    ['findings', 'Findings'] as const,
    tables && tables.versions.length > 0 ? (['versions', 'Versions'] as const) : undefined,
    tables && tables.parity.length > 0 ? (['settings', 'Settings'] as const) : undefined,
    ['coverage', 'Not checked'] as const,
  ];
  return markup`<header><div class="top"><h1>gitops-lint</h1><nav aria-label="Parts of the report"><ul>${links.map((link) => (link ? markup`<li><a href="#${link[0]}">${link[1]}</a></li>` : undefined))}</ul></nav><button type="button" id="theme" hidden>Theme: system</button></div>
<p class="total">${listed.length > 0 ? found : none}</p>
<p class="scope">${counted(variants.length, 'variant')} of ${counted(apps.length, 'app')} in ${counted(environments, 'environment')}, ${counted(coverage.resources, 'resource')}, ${counted(coverage.files, 'file')}${open.length > 0 ? markup`. <a href="#coverage">${sign('gap')}Not all was checked: ${open.join(', ')}</a>` : undefined}</p>
${assumed.map((line) => markup`<p class="scope">${line}</p>\n`)}</header>
`;
}
