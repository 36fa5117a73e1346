import kleur from 'kleur';
import { TIER_RANK } from '../model/environment.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { LintResult } from '../model/lint-result.ts';
import { codeFrame } from '../text/code-frame.ts';
import { firstOf } from '../text/first-of.ts';
import { groupBy } from '../text/group-by.ts';
import type { Location } from '../text/location.ts';
import { wrapped } from '../text/wrap.ts';
import { assumedLines } from './assumed.ts';
import { counted } from './counted.ts';
import { encodePath } from './encode-path.ts';
import { leftOutLines } from './left-out.ts';
import { oneLine, withoutCommands } from './one-line.ts';
import { placeText } from './place-text.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { maskFrame } from './secrets.ts';
import { Whereabouts } from './where.ts';

const MAX_RELATED = 3;
/** Rules whose infos are habits of a repository: they are counted in one line, unless everything is asked for. */
const FOLDED = new Set(['unpinned-image', 'unanalysed-input', 'deprecated-field']);

type Paint = Readonly<Record<Severity | 'dim' | 'bold' | 'rule' | 'good', (text: string) => string>>;

/** For people at a terminal: each finding with its lines, then what was looked at, by environment. */
export const stylish: Reporter = (result, options) => [...findingBlocks(result, options), summaryText(result, options)].join('\n');

/** Whether a finding is only counted, with others of its kind. */
export function isFolded({ ruleId, severity }: Finding, { verbose }: Pick<ReporterOptions, 'verbose'>): boolean {
  return !verbose && severity === 'info' && FOLDED.has(ruleId);
}

/** The findings, each with its lines; the last block counts those that are habits. */
export function findingBlocks(result: LintResult, options: ReporterOptions): string[] {
  const paint = paintOf(options.color);
  const live = liveOf(result);
  const printed = options.quiet ? live.filter(({ severity }) => severity === 'error') : live;
  const shown = printed.filter((finding) => !isFolded(finding, options));
  const where = new Whereabouts(result);
  const hinted = new Set<string>();
  const blocks = shown.map((finding) => blockOf(finding, result, where, paint, options, hinted));
  const folded = foldedLines(
    printed.filter((finding) => isFolded(finding, options)),
    paint,
  );
  return [...blocks, ...(folded.length > 0 ? [`${folded.join('\n')}\n`] : [])].map(withoutCommands);
}

/** What was looked at, and what was not. */
export function summaryText(result: LintResult, options: ReporterOptions): string {
  return withoutCommands(summaryOf(result, liveOf(result), paintOf(options.color), options));
}

function liveOf({ findings }: LintResult): Finding[] {
  return findings.filter((finding) => !finding.suppressed);
}

function paintOf(color: boolean): Paint {
  const plain = (text: string) => text;
  if (!color) return { error: plain, warning: plain, info: plain, dim: plain, bold: plain, rule: plain, good: plain };
  kleur.enabled = true;
  return { error: kleur.red, warning: kleur.yellow, info: kleur.cyan, dim: kleur.dim, bold: kleur.bold, rule: kleur.dim, good: kleur.green };
}

function blockOf(finding: Finding, result: LintResult, where: Whereabouts, paint: Paint, options: ReporterOptions, hinted: Set<string>): string {
  const { severity, ruleId, location, related } = finding;
  const message = oneLine(`${finding.message}${where.phraseOf(finding)}`);
  const lines = [paint.bold(linkTo(location, options)), ...messageLines(severity, message, ruleId, paint, options)];
  // A line that merely informs needs no picture.
  if (severity !== 'info' || options.verbose) lines.push('', ...frameOf(location, severity, result, paint, options));
  const rest = related.length - MAX_RELATED;
  for (const { location: place, message: why } of options.verbose ? related : related.slice(0, MAX_RELATED))
    lines.push(`    ${paint.dim(linkTo(place, options))}  ${oneLine(why)}`);
  if (rest > 0 && !options.verbose) lines.push(`    ${paint.dim(`and ${rest} more`)}`);
  const hint = result.rules.find(({ id }) => id === ruleId)?.hint;
  if (hint && !hinted.has(ruleId) && severity !== 'info') {
    lines.push(`    ${paint.dim(hint)}`);
    hinted.add(ruleId);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The place, as a link where the terminal makes links (OSC 8). What stands in another tree is not below the address. */
function linkTo(location: Location, { linkBase }: ReporterOptions): string {
  const text = placeText(location);
  const { file, span } = location;
  if (linkBase === undefined || file.tree !== undefined) return text;
  const address = `${linkBase}${encodePath(file.path)}#${file.positionAt(span.start).line}`;
  return `\u001B]8;;${address}\u001B\\${text}\u001B]8;;\u001B\\`;
}

function messageLines(severity: Severity, message: string, ruleId: string, paint: Paint, { wrap = false, width }: ReporterOptions): string[] {
  const indent = severity.length + 4;
  const room = Math.max(40, width - indent);
  const [first = '', ...others] = wrap ? wrapped(message, room) : [message];
  const lines = [`  ${paint[severity](severity)}  ${first}`, ...others.map((line) => `${' '.repeat(indent)}${line}`)];
  const last = others.at(-1) ?? first;
  if (wrap && last.length + 2 + ruleId.length > room) return [...lines, `${' '.repeat(indent)}${paint.rule(ruleId)}`];
  return [...lines.slice(0, -1), `${lines.at(-1)}  ${paint.rule(ruleId)}`];
}

function frameOf(location: Location, severity: Severity, result: LintResult, paint: Paint, { width }: ReporterOptions): string[] {
  const frame = maskFrame(codeFrame(location, { context: 1, width: Math.max(40, width - 12) }), location, result.secrets);
  const gutter = Math.max(0, ...frame.map(({ line }) => String(line).length));
  const lines = frame.flatMap(({ line, text: raw, mark }) => {
    const text = oneLine(raw);
    const number = String(line).padStart(gutter);
    if (!mark) return [paint.dim(`      ${number} | ${text}`)];
    return [
      `    ${paint[severity]('>')} ${number} ${paint.dim('|')} ${text}`,
      `      ${' '.repeat(gutter)} ${paint.dim('|')} ${' '.repeat(mark.from)}${paint[severity]('^'.repeat(mark.to - mark.from))}`,
    ];
  });
  return lines.length > 0 ? [...lines.map((line) => line.trimEnd()), ''] : [];
}

function foldedLines(findings: readonly Finding[], paint: Paint): string[] {
  return [...groupBy(findings, ({ ruleId }) => ruleId)].map(([ruleId, [first, ...others]]) => {
    const more = others.length > 0 ? `, and ${counted(others.length, 'more', 'more')} of this kind (--verbose lists them)` : '';
    return `${paint.info('info')}  ${first ? `${placeText(first.location)}  ${oneLine(first.message)}` : ''}${more}  ${paint.rule(ruleId)}`;
  });
}

function summaryOf(result: LintResult, live: readonly Finding[], paint: Paint, { isLearned = false }: ReporterOptions): string {
  const { coverage, variants, findings, notes, discovery } = result;
  const count = (severity: Severity) => live.filter((finding) => finding.severity === severity).length;
  const suppressed = findings.filter((finding) => finding.suppressed).length;
  const parts = [
    count('error') > 0 ? paint.error(counted(count('error'), 'error')) : '',
    count('warning') > 0 ? paint.warning(counted(count('warning'), 'warning')) : '',
    count('info') > 0 ? paint.info(counted(count('info'), 'info')) : '',
  ].filter(Boolean);
  const apps = new Set(variants.map(({ app }) => app)).size;
  const none = variants.length > 0 ? paint.good('no findings') : paint.warning('nothing was checked');
  const total = parts.length > 0 ? parts.join(', ') : none;
  const extent = `${paint.bold(total)} in ${counted(variants.length, 'variant')} of ${counted(apps, 'app')} (${counted(coverage.resources, 'resource')}, ${counted(coverage.files, 'file')})`;
  const lines = [result.idle ?? extent];
  if (suppressed > 0) lines.push(paint.dim(`${counted(suppressed, 'finding is', 'findings are')} suppressed${byBaseline(findings)}`));
  const fixable = fixableLine(live);
  if (fixable) lines.push(paint.dim(fixable));
  const byEnvironment = environmentsLine(result, live, paint);
  if (byEnvironment) lines.push(byEnvironment);
  const failed = variants.filter(({ status }) => status === 'failed');
  const partial = variants.filter(({ status }) => status === 'partial' || status === 'values-only');
  const unseen: string[] = [];
  if (failed.length > 0) unseen.push(`not rendered: ${counted(failed.length, 'variant')} (${firstOf(failed.map(({ id }) => id))})`);
  if (partial.length > 0) unseen.push(`rendered in part: ${[counted(partial.length, 'variant'), ...causesOf(result)].join(', ')}`);
  const said = [...unseen, ...leftOutLines(discovery.leftOut), ...assumedLines(result, isLearned), ...notes.map((note) => `note: ${note}`)];
  return `${[...lines, ...said.map(oneLine)].join('\n')}\n`;
}

/** Old mistakes are told apart from what somebody meant. */
function byBaseline(findings: readonly Finding[]): string {
  const count = (is: (by: string) => boolean) => findings.filter(({ suppressed }) => suppressed && is(suppressed.by)).length;
  const known = count((by) => by === 'baseline');
  if (known === 0) return '';
  return known === count(() => true) ? ' by the baseline' : `, ${known} of them by the baseline`;
}

/** How many findings come with a change that makes them go away, and how to have it made. */
function fixableLine(live: readonly Finding[]): string {
  const [safe, unsafe] = (['safe', 'unsafe'] as const).map((safety) => live.filter(({ fix }) => fix?.safety === safety).length);
  return [safe ? `--fix can mend ${safe}` : '', unsafe ? `--fix=unsafe ${safe ? `${unsafe} more` : `can mend ${unsafe}`}` : ''].filter(Boolean).join(', ');
}

function environmentsLine({ environments, variants }: LintResult, live: readonly Finding[], paint: Paint): string {
  const shown = environments
    .filter(({ name }) => variants.some(({ environment }) => environment?.name === name))
    .sort((a, b) => TIER_RANK[a.tier] - TIER_RANK[b.tier]);
  return shown
    .map((each) => {
      const those = variants.filter(({ environment }) => environment?.name === each.name);
      const name = oneLine(each.name);
      const ids = new Set(those.map(({ id }) => id));
      const own = live.filter((finding) => finding.variants.some((id) => ids.has(id)));
      const errors = own.filter(({ severity }) => severity === 'error').length;
      const warnings = own.filter(({ severity }) => severity === 'warning').length;
      if (errors > 0) return `${name} ${paint.error(`✗ ${counted(errors, 'error')}`)}`;
      if (warnings > 0) return `${name} ${paint.warning(`! ${counted(warnings, 'warning')}`)}`;
      // No findings in what was not looked into is nothing to be glad of.
      const failed = those.filter(({ status }) => status === 'failed').length;
      if (failed > 0) return `${name} ${paint.error(`✗ ${failed} not rendered`)}`;
      return those.every(({ status }) => status === 'rendered') ? `${name} ${paint.good('✓')}` : `${name} ${paint.warning('~ in part')}`;
    })
    .join('   ');
}

function causesOf({ coverage }: LintResult): string[] {
  const causes = new Map<string, number>();
  for (const { cause } of coverage.gaps) causes.set(cause, (causes.get(cause) ?? 0) + 1);
  return [...causes].map(([cause, count]) => `${count} ${cause}`);
}
