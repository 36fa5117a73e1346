import type { Finding, Severity } from '../model/finding.ts';
import type { LintResult, RuleInfo } from '../model/lint-result.ts';
import type { Location } from '../text/location.ts';
import { encodePath } from './encode-path.ts';
import { jsonText } from './one-line.ts';
import type { Reporter } from './reporter.ts';
import { Whereabouts } from './where.ts';

const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const PROBLEM: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'recommendation' };

/** SARIF 2.1.0, as GitHub code scanning reads it. Suppressed findings are left out: it would open alerts for them. */
export const sarif: Reporter = (result) => {
  const live = result.findings.filter(({ suppressed }) => !suppressed);
  const where = new Whereabouts(result);
  const index = new Map(result.rules.map(({ id }, at) => [id, at]));
  const run = {
    tool: { driver: { name: 'gitops-lint', semanticVersion: result.version, rules: result.rules.map(ruleOf) } },
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: result.notes.map((text) => ({ level: 'note', message: { text } })) }],
    results: live.map((finding) => resultOf(finding, index.get(finding.ruleId) ?? -1, where, result)),
  };
  return `${jsonText({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, 2)}\n`;
};

function ruleOf({ id, summary, category, hint, severity }: RuleInfo): object {
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: `${summary}. ${hint}` },
    help: { text: hint },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { tags: ['gitops', category], precision: 'high', 'problem.severity': PROBLEM[severity] },
  };
}

function resultOf(finding: Finding, ruleIndex: number, where: Whereabouts, { variants }: LintResult): object {
  const { ruleId, severity, location, related, fingerprint, app, resource, path } = finding;
  const links = related.map((place, at) => `[${linkText(place.message)}](${at + 1})`);
  const text = [`${escapeText(finding.message)}${escapeText(where.phraseOf(finding))}.`, ...(links.length > 0 ? [`See ${links.join(', ')}.`] : [])].join(' ');
  const environments = [...new Set(finding.variants.flatMap((id) => variants.find((variant) => variant.id === id)?.environment?.name ?? []))];
  return {
    ruleId,
    ruleIndex,
    level: LEVEL[severity],
    message: { text },
    locations: [{ physicalLocation: physicalOf(location) }],
    relatedLocations: related.map((place, at) => ({ id: at + 1, message: { text: place.message }, physicalLocation: physicalOf(place.location) })),
    partialFingerprints: { 'gitopsLint/v1': fingerprint },
    properties: { app, environments, variants: finding.variants, resource, path },
  };
}

/** Annotations open on changed lines only: a region is one line at most. */
function physicalOf({ file, span }: Location): object {
  const start = file.positionAt(span.start);
  const end = file.positionAt(span.end);
  const lineEnd = file.lineAt(start.line).length + 1;
  return {
    artifactLocation: { uri: encodePath(file.name), uriBaseId: '%SRCROOT%' },
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: start.line,
      endColumn: end.line === start.line ? Math.max(end.column, start.column) : Math.max(lineEnd, start.column),
    },
  };
}

/** Brackets in link texts are not read alike by all viewers. */
function linkText(text: string): string {
  return text.replaceAll(/[[\]\\]/g, ' ').trim();
}

/** A text of the user must not become a link. */
function escapeText(text: string): string {
  return text.replaceAll('](', '] (');
}
