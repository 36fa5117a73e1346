import { type Finding, SEVERITIES, type Severity } from '../../model/finding.ts';
import { firstOf } from '../../text/first-of.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Location } from '../../text/location.ts';
import { countsOf, type Facts, type Listed } from './facts.ts';
import { frame, placeName } from './frame.ts';
import { counted, type Markup, markup } from './markup.ts';
import { sign, unseen } from './signs.ts';

/** Where there are more errors and warnings than this, they are listed closed, as infos are. */
const MOST_OPEN = 40;
/** Findings of one kind beyond this many are folded away. */
const MOST_IN_SIGHT = 60;
/** Beyond this many in all, findings are counted and not listed: a page has to open. */
const MOST_LISTED = 4000;
const MOST_PLACES = 6;

/** The findings, by severity and rule, each with its lines and those that it is held against; and what filters them. */
export function findingsPart(facts: Facts): Markup {
  const { listed } = facts;
  const groups = [...groupBy(listed.slice(0, MOST_LISTED), ({ finding: { severity, ruleId } }) => `${severity}\0${ruleId}`).values()];
  const { error, warning } = countsOf(listed.map(({ finding }) => finding));
  const isOpen = error + warning <= MOST_OPEN;
  const rest = listed.length - MOST_LISTED;
  return markup`<section id="findings" aria-labelledby="findings-h"><h2 id="findings-h" tabindex="-1">Findings</h2>
${listed.length === 0 ? noneOf(facts) : [filters(facts), ...groups.map((group) => groupOf(group, isOpen, facts))]}
${rest > 0 ? markup`<p class="cut">${counted(rest, 'finding is', 'findings are')} counted above and not listed here: <code>--format json</code> has all.</p>` : undefined}
<p id="nothing" hidden>No finding matches.</p></section>
`;
}

function noneOf({ result }: Facts): Markup {
  return result.variants.length > 0 ? markup`<p>${sign('ok')}Nothing was found.</p>` : markup`<p>${sign('gap')}Nothing was checked.</p>`;
}

function filters({ listed, columns, apps }: Facts): Markup {
  const counts = countsOf(listed.map(({ finding }) => finding));
  const rules = [...new Set(listed.map(({ finding }) => finding.ruleId))].sort();
  const boxes = SEVERITIES.filter((severity) => counts[severity] > 0).map(
    (severity) =>
      markup`<label class="box"><input type="checkbox" name="severity" value="${severity}" checked>${sign(severity)}${severity} <small>${counts[severity]}</small></label>`,
  );
  const used = new Set(listed.flatMap(({ environments }) => environments));
  const concerned = new Set(listed.flatMap((one) => one.apps));
  return markup`<form id="filters" role="search" aria-label="Filter the findings" hidden>
<label class="text"><span class="vh">Text</span><input type="search" id="q" name="text" placeholder="Filter by text" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"><kbd aria-hidden="true">/</kbd></label>
<fieldset><legend class="vh">Severity</legend>${boxes}</fieldset>
${choice(
  'environment',
  'all environments',
  [...columns, ...[...used].filter((name) => !columns.includes(name))].filter((name) => used.has(name)),
)}
${choice('app', 'all apps', [...apps, ...[...concerned].filter((name) => !apps.includes(name))].filter((name) => concerned.has(name)).sort())}
${choice('rule', 'all rules', rules)}
<button type="reset">Reset</button><button type="button" id="fold">Open all</button>
<output id="shown" aria-live="polite">${counted(listed.length, 'finding')}</output></form>
`;
}

function choice(name: string, all: string, options: readonly string[]): Markup | undefined {
  if (options.length < 2) return undefined;
  return markup`<label><span class="vh">${name}</span><select name="${name}"><option value="">${all}</option>${options.map((option) => markup`<option value="${option}">${option}</option>`)}</select></label>
`;
}

function groupOf(group: readonly [Listed, ...Listed[]], isOpen: boolean, facts: Facts): Markup {
  const [{ finding }] = group;
  const { severity, ruleId } = finding;
  const rule = facts.result.rules.find(({ id }) => id === ruleId);
  const rows = group.map((listed) => findingOf(listed, isOpen && severity !== 'info', facts));
  const inSight = rows.slice(0, MOST_IN_SIGHT);
  const folded = rows.slice(MOST_IN_SIGHT);
  const more = folded.length > 0 ? markup`<details class="more"><summary>${folded.length} more</summary><ol>${folded}</ol></details>` : undefined;
  return markup`<details class="group"${severity === 'info' ? undefined : markup` open`}><summary><h3 class="${severity}">${sign(severity)}${unseen(`${severity}: `)}${ruleId}</h3> <span class="count">${counted(group.length, severity)}</span>${rule?.summary ? markup` <span class="sum">${rule.summary}</span>` : undefined}</summary>
${rule?.hint ? markup`<p class="hint">${rule.hint}</p>` : undefined}
<ol>${inSight}</ol>${more}</details>
`;
}

function findingOf({ finding, anchor, environments, apps }: Listed, isOpen: boolean, facts: Facts): Markup {
  const { message, location, severity, ruleId, app } = finding;
  const data = markup`data-severity="${severity}" data-rule="${ruleId}" data-apps="${apps.join('\n')}" data-environments="${environments.join('\n')}"`;
  return markup`<li id="${anchor}" class="f" ${data}><details${isOpen ? markup` open` : undefined}><summary><span class="msg">${message}</span> <span class="meta">${placeName(location)}${app === undefined ? undefined : markup` <span class="app">${app}</span>`}${whereOf(finding, facts)}</span></summary>
${bodyOf(finding, facts)}</details></li>
`;
}

/** Where it is wrong, and what it was held against. */
function whereOf({ variants, comparedWith }: Finding, { where }: Facts): Markup {
  const wrong = where.namesOf(variants);
  const right = where.namesOf(comparedWith);
  return markup`${wrong === undefined ? undefined : markup` <span class="in">in <b>${wrong}</b></span>`}${right === undefined ? undefined : markup` <span class="with">compared with ${right}</span>`}`;
}

function bodyOf(finding: Finding, facts: Facts): Markup {
  const { location, related, resource, path, fix, variants, fingerprint } = finding;
  const shown = related.slice(0, MOST_PLACES);
  const rest = related.slice(MOST_PLACES);
  const facts_ = [
    resource === undefined ? undefined : (['Resource', markup`<code>${resource}</code>`] as const),
    path ? (['Field', markup`<code>${path}</code>`] as const) : undefined,
    variants.length > 0 ? (['Variants', markup`${firstOf(variants, 12)}`] as const) : undefined,
    fix ? (['Fix', markup`${fix.title} (${fix.safety})`] as const) : undefined,
    ['Fingerprint', markup`<code>${fingerprint.slice(0, 12)}</code>`] as const,
  ];
  return markup`<div class="sides">${sideOf(location, 'found here', finding, facts)}${shown.map((place) => sideOf(place.location, place.message, finding, facts))}</div>
${rest.length > 0 ? markup`<ul class="rest">${rest.slice(0, 30).map((place) => markup`<li>${placeName(place.location)} ${place.message}</li>`)}${rest.length > 30 ? markup`<li>and ${rest.length - 30} more</li>` : undefined}</ul>` : undefined}
<dl class="facts">${facts_.map((fact) => (fact ? markup`<div><dt>${fact[0]}</dt><dd>${fact[1]}</dd></div>` : undefined))}</dl>`;
}

/** One of the places of a finding: which environments read it, and its lines. */
function sideOf(location: Location, why: string, finding: Finding, facts: Facts): Markup {
  const readers = readersOf(location, finding, facts);
  return markup`<figure><figcaption>${placeName(location)} <span class="why">${why}</span>${readers === undefined ? undefined : markup` <span class="env">${unseen('of ')}${readers}</span>`}</figcaption>${frame(location, facts)}</figure>`;
}

/** Of the variants that the finding speaks of, those that are rendered from a file; of a file that none of them reads, all that do. */
function readersOf({ file }: Location, { variants, comparedWith }: Finding, { tables, where }: Facts): string | undefined {
  const readers = tables?.readersOf(file) ?? [];
  const concerned = new Set([...variants, ...comparedWith]);
  const own = readers.filter((id) => concerned.has(id));
  return where.namesOf(own.length > 0 ? own : readers);
}

/** What is kept quiet, and by whom. */
export function suppressedPart({ result }: Facts): Markup | undefined {
  const quiet = result.findings.filter(({ suppressed }) => suppressed);
  if (quiet.length === 0) return undefined;
  const rows = quiet
    .slice(0, 300)
    .map(
      ({ severity, ruleId, message, location, suppressed }) =>
        markup`<tr><td>${sign(severity)}${severity satisfies Severity}</td><td>${ruleId}</td><td>${message}<br>${placeName(location)}</td><td>${suppressed?.by ?? ''}</td><td>${suppressed?.reason ?? ''}</td></tr>`,
    );
  const rest = quiet.length - rows.length;
  return markup`<details class="fold"><summary>${counted(quiet.length, 'finding is', 'findings are')} suppressed</summary><div class="scroll" role="region" aria-label="Suppressed findings" tabindex="0"><table><thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col">Finding</th><th scope="col">By</th><th scope="col">Reason</th></tr></thead><tbody>${rows}</tbody></table></div>${rest > 0 ? markup`<p class="cut">and ${rest} more</p>` : undefined}</details>
`;
}
