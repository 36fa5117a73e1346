import { type Finding, SEVERITIES } from '../model/finding.ts';
import type { LintResult, RuleInfo, VariantInfo } from '../model/lint-result.ts';
import { groupBy } from '../text/group-by.ts';
import { type Annotation, annotationsOf } from './annotation.ts';
import { escapeXml } from './escape-xml.ts';
import { oneLine } from './one-line.ts';
import { placeText } from './place-text.ts';
import type { Reporter } from './reporter.ts';
import { isUnchecked, totalOf } from './total.ts';

/** The suite of what belongs to no app: no app is called so. */
const REPOSITORY = '(repository)';

type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** What stands inside of it. */
  readonly body?: string;
  readonly place?: { readonly file: string; readonly line: number };
}

/**
 * JUnit's XML: a suite for each app, a test for each variant (skipped where it was not rendered, or in part) and one for each finding.
 * Red is what fails the run: findings below `failOn` pass, suppressed ones are skipped.
 */
export const junit: Reporter = (result, { failOn = 'error' }) => {
  const failing = new Set(SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1));
  const rules = new Map(result.rules.map((rule) => [rule.id, rule]));
  const cases = unique([
    ...result.variants.map(variantCase),
    ...annotationsOf(result).map((annotation) => findingCase(annotation, failing.has(annotation.finding.severity), rules.get(annotation.finding.ruleId))),
    ...result.findings.flatMap(suppressedCase),
    ...result.discovery.leftOut.map(
      ({ name, why }): TestCase => ({ suite: REPOSITORY, name: `is checked: ${name}`, verdict: 'skipped', body: skipped(`left out: ${why}`) }),
    ),
    ...(isUnchecked(result) ? [NOTHING] : []),
  ]);
  const bySuite = groupBy(cases, ({ suite }) => suite);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gitops-lint" ${countsOf(cases)}>`,
    ...[...bySuite].flatMap(([suite, its]) => suiteLines(suite, its, suite === REPOSITORY ? saidOf(result) : [])),
    ...(bySuite.has(REPOSITORY) ? [] : suiteLines(REPOSITORY, [], saidOf(result))),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
};

const NOTHING: TestCase = { suite: REPOSITORY, name: 'something is checked', verdict: 'error', body: '<error message="nothing was checked"/>' };

function variantCase({ id, app, status, gaps }: VariantInfo): TestCase {
  const name = `renders ${id}`;
  if (status === 'rendered') return { suite: app, name, verdict: 'passed' };
  const why = gaps.map(({ message }) => message).join('; ');
  return { suite: app, name, verdict: 'skipped', body: skipped(`${status === 'failed' ? 'not rendered' : 'rendered in part'}${why && `: ${why}`}`) };
}

function findingCase({ finding, place, text }: Annotation, isFailing: boolean, rule: RuleInfo | undefined): TestCase {
  const { severity, related } = finding;
  const lines = [
    `${placeText(place)}: ${severity}: ${text}`,
    ...related.map(({ location, message }) => `${placeText(location)}: ${oneLine(message)}`),
    ...(rule ? [rule.hint] : []),
  ];
  const body = lines.map(escapeXml).join('\n');
  return {
    suite: finding.app ?? REPOSITORY,
    name: nameOf(finding),
    verdict: isFailing ? 'failure' : 'passed',
    body: isFailing ? `<failure type="${severity}" message="${escapeXml(text)}">${body}</failure>` : `<system-out>${body}</system-out>`,
    place: { file: place.file.name, line: place.file.positionAt(place.span.start).line },
  };
}

function suppressedCase(finding: Finding): TestCase[] {
  const { suppressed, app = REPOSITORY } = finding;
  return suppressed ? [{ suite: app, name: nameOf(finding), verdict: 'skipped', body: skipped(`suppressed by ${suppressed.by}: ${suppressed.reason}`) }] : [];
}

/** What is the same as long as the finding is: no line, and no value. */
function nameOf({ ruleId, resource, path, location }: Finding): string {
  return [ruleId, resource ?? location.file.name, path].filter(Boolean).join(' ');
}

function skipped(message: string): string {
  return `<skipped message="${escapeXml(oneLine(message))}"/>`;
}

/** A test is known by its names. */
function unique(cases: readonly TestCase[]): TestCase[] {
  const used = new Map<string, number>();
  return cases.map((each) => {
    const key = `${each.suite}\0${each.name}`;
    const count = (used.get(key) ?? 0) + 1;
    used.set(key, count);
    return count === 1 ? each : { ...each, name: `${each.name} (${count})` };
  });
}

function suiteLines(suite: string, cases: readonly TestCase[], said: readonly string[]): string[] {
  const name = escapeXml(`gitops-lint.${suite}`);
  return [
    `  <testsuite name="${name}" ${countsOf(cases)}>`,
    ...cases.map((each) => caseLine(name, each)),
    ...(said.length > 0 ? [`    <system-out>${said.map((line) => escapeXml(oneLine(line))).join('\n')}</system-out>`] : []),
    '  </testsuite>',
  ];
}

function caseLine(classname: string, { name, body, place }: TestCase): string {
  const at = place ? ` file="${escapeXml(place.file)}" line="${place.line}"` : '';
  const head = `    <testcase classname="${classname}" name="${escapeXml(oneLine(name))}"${at} time="0"`;
  return body === undefined ? `${head}/>` : `${head}>${body}</testcase>`;
}

function countsOf(cases: readonly TestCase[]): string {
  const count = (verdict: Verdict) => cases.filter((each) => each.verdict === verdict).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="0"`;
}

/** All that is no test. */
function saidOf(result: LintResult): string[] {
  const { discovery, notes } = result;
  return [totalOf(result), ...discovery.assumptions.map((text) => `assumed: ${text}`), ...notes.map((note) => `note: ${note}`)];
}
