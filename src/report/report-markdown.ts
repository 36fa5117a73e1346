import type { Finding, Severity } from '../model/finding.ts';
import type { LintResult } from '../model/lint-result.ts';
import { firstOf } from '../text/first-of.ts';
import { groupBy } from '../text/group-by.ts';
import { type Annotation, annotationsOf, worstFirst } from './annotation.ts';
import { counted } from './counted.ts';
import { encodePath } from './encode-path.ts';
import { leftOutLines } from './left-out.ts';
import { calm, prose, span } from './markdown.ts';
import { matrixLines } from './matrix-markdown.ts';
import { cutText, oneLine, withoutCommands } from './one-line.ts';
import { firstLineOf } from './place-text.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { isFolded } from './stylish.ts';
import { besides, extentOf, totalOf } from './total.ts';
import { Whereabouts } from './where.ts';

/** By this a bot finds the comment that it wrote before. Markdown does not show it. */
export const COMMENT_MARKER = '<!-- gitops-lint -->';
/** A comment on GitHub takes 65,536 characters. */
const MAX_COMMENT = 65_000;
/** A summary of a step takes 1,048,576 bytes; one with more is refused as a whole. */
const MAX_SUMMARY = 1_000_000;
const MAX_MESSAGE = 1000;
const MAX_TITLE = 200;
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

/**
 * By the app and the environments that are wrong, all errors before the first warning: what does not fit is counted, and never the
 * worst. What was looked at is told in any case.
 */
function markdownWithin(result: LintResult, options: ReporterOptions, { limit, sizeOf }: Room): string {
  const head = [COMMENT_MARKER, `### gitops-lint: ${totalOf(result)}`, '', ...matrixLines(result)];
  const annotations = annotationsOf(result, options);
  const habits = annotations.filter(({ finding }) => isFolded(finding, options));
  const tail = [...habitLines(habits), ...remarksOf(result)];
  const end = (rest: number) => (rest > 0 ? ['', moreText(rest, options)] : []);
  const others = annotations.filter(({ finding }) => !isFolded(finding, options));
  const where = new Whereabouts(result);
  const groups = groupBy(worstFirst(others), ({ finding }) => `${finding.severity} ${titleOf(finding, where)}`);
  let room = limit - sizeOf([...head, ...tail, ...end(others.length), ''].join('\n'));
  const shown: string[] = [];
  let listed = 0;
  for (const group of groups.values()) {
    let heading = ['', titleOf(group[0].finding, where), ''];
    for (const annotation of group) {
      const lines = [...heading, ...itemOf(annotation, where, options)];
      room -= sizeOf(lines.join('\n')) + 1;
      if (room < 0) return printed([...head, ...shown, ...end(others.length - listed), ...tail]);
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

function titleOf({ app, variants }: Finding, where: Whereabouts): string {
  const name = app ?? (variants.length > 0 ? 'several apps' : 'the files themselves');
  const environments = where.namesOf(variants);
  const [shown, place] = [name, environments ?? ''].map((text) => calm(oneLine(cutText(text, MAX_TITLE))));
  return `#### ${shown}${place ? ` in ${place}` : ''}`;
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

/** Infos that are habits of a repository are counted. */
function habitLines(habits: readonly Annotation[]): string[] {
  if (habits.length === 0) return [];
  const counts = [...groupBy(habits, ({ finding }) => finding.ruleId)].map(([ruleId, { length }]) => `${length} of ${ruleId}`);
  return ['', `Besides, ${counted(habits.length, 'info')}: ${counts.join(', ')}`];
}

/** What was looked at, and what people should know besides. */
function remarksOf(result: LintResult): string[] {
  const { discovery, notes, coverage, variants } = result;
  const failed = variants.filter(({ status }) => status === 'failed').map(({ id }) => id);
  const remarks = [
    ...(failed.length > 0 ? [`not rendered: ${firstOf(failed)}`] : []),
    ...notes.map((note) => `note: ${note}`),
    ...leftOutLines(discovery.leftOut),
    ...discovery.assumptions.map((text) => `assumed: ${text}`),
    ...[...groupBy(coverage.gaps, ({ message }) => message)].map(([message, { length }]) => `not checked: ${message}${length > 1 ? ` (${length} times)` : ''}`),
  ];
  const rest = remarks.length - MAX_REMARKS;
  const shown = remarks.slice(0, MAX_REMARKS).map((remark) => `- ${prose(oneLine(cutText(remark, 300)))}`);
  const summary = [`Checked: ${extentOf(result)}`, ...besides(result)].join('; ');
  if (shown.length === 0) return ['', summary];
  return ['', '<details>', `<summary>${summary}</summary>`, '', ...shown, ...(rest > 0 ? [`- and ${rest} more`] : []), '', '</details>'];
}
