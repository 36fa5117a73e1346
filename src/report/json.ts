import type { Finding } from '../model/finding.ts';
import type { GapInfo, LintResult, VariantInfo } from '../model/lint-result.ts';
import type { Location } from '../text/location.ts';
import type { Precision } from '../tree/node.ts';
import { jsonText } from './one-line.ts';
import type { Reporter } from './reporter.ts';

/** For programs: schemas/lint-result.schema.json is its contract. */
export const json: Reporter = (result) => `${jsonText(jsonOf(result), 2)}\n`;

interface JsonReport extends Readonly<Record<string, unknown>> {
  readonly findings: readonly object[];
  readonly variants: readonly object[];
}

/** The report before it is written down. */
export function jsonOf(result: LintResult): JsonReport {
  const { findings, variants, coverage, version, notes, discovery } = result;
  const count = (severity: Finding['severity']) => findings.filter((finding) => !finding.suppressed && finding.severity === severity).length;
  return {
    schemaVersion: 1,
    tool: { name: 'gitops-lint', version },
    findings: findings.map(findingOf),
    variants: variants.map(variantOf),
    coverage: { files: coverage.files, roots: coverage.roots, resources: coverage.resources, gaps: coverage.gaps.map(gapOf) },
    leftOut: discovery.leftOut,
    assumptions: discovery.assumptions,
    notes,
    summary: { error: count('error'), warning: count('warning'), info: count('info'), suppressed: findings.filter(({ suppressed }) => suppressed).length },
  };
}

function findingOf(finding: Finding): object {
  const { ruleId, severity, messageId, message, app, variants, comparedWith, resource, path, location, precision, related, fingerprint, fix, suppressed } =
    finding;
  return {
    ruleId,
    severity,
    messageId,
    message,
    app,
    variants,
    comparedWith,
    resource,
    path,
    location: locationOf(location, precision),
    related: related.map((place) => ({ location: locationOf(place.location), message: place.message })),
    fingerprint,
    fix: fix && { title: fix.title, safety: fix.safety },
    suppressed: suppressed && { by: suppressed.by, reason: suppressed.reason },
  };
}

/** A location as the JSON interface writes it: one-based, the end exclusive. */
export function locationOf({ file, span }: Location, precision?: Precision): object {
  const start = file.positionAt(span.start);
  const end = file.positionAt(span.end);
  return { path: file.name, line: start.line, column: start.column, endLine: end.line, endColumn: end.column, precision };
}

/** A variant as the JSON interface writes it. */
export function variantOf({ id, app, environment, labels, renderer, root, status, gaps }: VariantInfo): object {
  return {
    id,
    app,
    environment: environment?.name ?? null,
    tier: environment?.tier ?? 'unknown',
    labels: { ...environment?.labels, ...labels },
    renderer,
    root: root || '.',
    status,
    gaps: gaps.map(gapOf),
  };
}

function gapOf({ cause, message, location }: GapInfo): object {
  return { cause, location: locationOf(location), message };
}
