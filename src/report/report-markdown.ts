import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { LintResult } from '../model/lint-result.ts';
import { firstOf } from '../text/first-of.ts';
import { groupBy } from '../text/group-by.ts';
import { type Annotation, annotationsOf } from './annotation.ts';
import { counted } from './counted.ts';
import { encodePath } from './encode-path.ts';
import { leftOutLines } from './left-out.ts';
import { calm, prose, span } from './markdown.ts';
import { matrixLines } from './matrix-markdown.ts';
import { cutText, oneLine, withoutCommands } from './one-line.ts';
import { firstLineOf } from './place-text.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { besides, extentOf, totalOf } from './total.ts';
import { Whereabouts } from './where.ts';

/** By this a bot finds the comment that it wrote before. Markdown does not show it. */
export const COMMENT_MARKER = '<!-- gitops-lint -->';
/** A comment on GitHub takes 65,536 characters. */
const MAX_COMMENT = 65_000;
/** A summary of a step takes 1,048,576 bytes; one with more is refused as a whole. */
const MAX_SUMMARY = 1_000_000;
const MAX_MESSAGE = 1000;
const MAX_RELATED = 5;
const MAX_REMARKS = 20;
const NAMES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'info' };

/** A comment on a pull request: what is where, then the findings by app and environment, the worst first. */
export const markdownReport: Reporter = (result, options) => markdownWithin(result, options, { limit: MAX_COMMENT, sizeOf: (text) => text.length });

/** The same for the summary of a step of GitHub Actions that has `taken` bytes already; undefined where that leaves no room. */
export function stepSummary(result: LintResult, options: ReporterOptions, taken: number): string | undefined {
  const room = { limit: MAX_SUMMARY - taken, sizeOf: (text: string) => new TextEncoder().encode(text).length };
  const text = markdownWithin(result, options, room);
  return room.sizeOf(text) <= room.limit ? text : undefined;
}

interface Room {
  readonly limit: number;
  sizeOf(text: string): number;
}

function markdownWithin(result: LintResult, options: ReporterOptions, { limit, sizeOf }: Room): string {
  const head = [COMMENT_MARKER, `### gitops-lint: ${totalOf(result)}`, '', ...matrixLines(result)];
  const tail = remarksOf(result);
  const end = (rest: number) => (rest > 0 ? ['', moreText(rest, options)] : []);
  const groups = groupsOf(result, options);
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  let room = limit - sizeOf([...head, ...tail, ...end(count), ''].join('\n'));
  const shown: string[] = [];
  let listed = 0;
  for (const { title, items } of groups) {
    let heading = ['', title, ''];
    for (const item of items) {
      const lines = [...heading, ...item];
      room -= sizeOf(lines.join('\n')) + 1;
      if (room < 0) return printed([...head, ...shown, ...end(count - listed), ...tail]);
      shown.push(...lines);
      heading = [];
      listed += 1;
    }
  }
  return printed([...head, ...shown, ...tail]);
}

function printed(lines: readonly string[]): string {
  return `${withoutCommands(lines.join('\n'))}\n`;
}

function moreText(rest: number, { links }: ReporterOptions): string {
  const where = links?.run === undefined ? '' : `: [the run](${links.run}) lists them all`;
  return `**and ${counted(rest, 'more finding')}**${where}`;
}

interface Group {
  readonly title: string;
  /** The lines of each finding. */
  readonly items: readonly (readonly string[])[];
}

/** By the app and the environments that are wrong; the group with the worst finding comes first. */
function groupsOf(result: LintResult, options: ReporterOptions): Group[] {
  const where = new Whereabouts(result);
  const groups = groupBy(annotationsOf(result, options), ({ finding: { app, variants } }) =>
    [app ?? (variants.length > 0 ? 'several apps' : 'the files themselves'), where.namesOf(variants) ?? ''].join('\0'),
  );
  const rank = ({ finding: { severity } }: Annotation) => SEVERITIES.indexOf(severity);
  const worst = (those: readonly Annotation[]) => Math.min(...those.map(rank));
  return [...groups]
    .sort(([, a], [, b]) => worst(a) - worst(b))
    .map(([title, those]) => ({ title: titleOf(title), items: [...those].sort((a, b) => rank(a) - rank(b)).map((each) => itemOf(each, where, options)) }));
}

function titleOf(key: string): string {
  const [app = '', environments] = key.split('\0').map((name) => calm(oneLine(cutText(name, 200))));
  return `#### ${app}${environments ? ` in ${environments}` : ''}`;
}

function itemOf({ finding, place }: Annotation, where: Whereabouts, options: ReporterOptions): string[] {
  const { severity, ruleId, message, comparedWith, related, location } = finding;
  const right = where.namesOf(comparedWith);
  const text = `${cutText(message, MAX_MESSAGE)}${right === undefined ? '' : `; compared with ${right}`}`;
  const places = [...(place === location ? [] : [{ location, message: 'it is there' }]), ...related];
  const rest = places.length - MAX_RELATED;
  return [
    `- **${NAMES[severity]}** ${prose(oneLine(text))} (${ruleId})  `,
    `  ${linkTo(place, options)}`,
    ...places.slice(0, MAX_RELATED).map((each) => `  - ${linkTo(each.location, options)} ${prose(oneLine(cutText(each.message, MAX_MESSAGE)))}`),
    ...(rest > 0 ? [`  - and ${rest} more`] : []),
  ];
}

/** The place, with a link where the sources are to be seen. */
function linkTo(location: Annotation['place'], { links }: ReporterOptions): string {
  const { line } = firstLineOf(location);
  const text = span(oneLine(`${location.file.name}:${line}`));
  if (links?.source === undefined || location.file.tree !== undefined) return text;
  return `[${text}](${links.source}${encodePath(location.file.path)}#L${line})`;
}

/** What was looked at, and what people should know besides. */
function remarksOf(result: LintResult): string[] {
  const { discovery, notes, coverage, variants } = result;
  const failed = variants.filter(({ status }) => status === 'failed').map(({ id }) => id);
  const remarks = [
    ...(failed.length > 0 ? [`not rendered: ${firstOf(failed)}`] : []),
    ...coverage.gaps.map(({ message }) => `not checked: ${message}`),
    ...leftOutLines(discovery.leftOut),
    ...discovery.assumptions.map((text) => `assumed: ${text}`),
    ...notes.map((note) => `note: ${note}`),
  ];
  const rest = remarks.length - MAX_REMARKS;
  const shown = remarks.slice(0, MAX_REMARKS).map((remark) => `- ${prose(oneLine(cutText(remark, 300)))}`);
  const summary = [`Checked: ${extentOf(result)}`, ...besides(result)].join('; ');
  if (shown.length === 0) return ['', summary];
  return ['', '<details>', `<summary>${summary}</summary>`, '', ...shown, ...(rest > 0 ? [`- and ${rest} more`] : []), '', '</details>'];
}
