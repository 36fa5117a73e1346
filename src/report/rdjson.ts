import type { Severity } from '../model/finding.ts';
import type { LintResult } from '../model/lint-result.ts';
import type { Location } from '../text/location.ts';
import { type Annotation, annotationsOf } from './annotation.ts';
import { jsonText, oneLine } from './one-line.ts';
import { firstLineOf } from './place-text.ts';
import type { Reporter } from './reporter.ts';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };
const SOURCE = { name: 'gitops-lint' };

/** The Reviewdog Diagnostic Format: for remarks in reviews, with suggestions where a fix is certain. */
export const rdjson: Reporter = (result) =>
  `${jsonText({ source: SOURCE, diagnostics: annotationsOf(result).map((annotation) => diagnosticOf(annotation, result)) }, 2)}\n`;

/** The same with a diagnostic a line; empty where there is none. */
export const rdjsonl: Reporter = (result) =>
  annotationsOf(result)
    .map((annotation) => `${jsonText({ ...diagnosticOf(annotation, result), source: SOURCE })}\n`)
    .join('');

function diagnosticOf({ finding, place, text }: Annotation, result: LintResult): object {
  const { ruleId, severity, related } = finding;
  const suggestions = suggestionsOf(finding, place, result);
  return {
    message: text,
    location: locationOf(place),
    severity: SEVERITY[severity],
    code: { value: ruleId },
    ...(suggestions.length > 0 && { suggestions }),
    ...(related.length > 0 && { related_locations: related.map((each) => ({ message: oneLine(each.message), location: locationOf(each.location) })) }),
  };
}

/** Each is applied by a click, alone and in the file of the remark: only a safe fix of one edit there, which touches no secret, becomes one. */
function suggestionsOf({ fix }: Annotation['finding'], { file }: Location, { secrets }: LintResult): object[] {
  const [edit, ...others] = fix?.safety === 'safe' ? fix.edits : [];
  if (!edit || others.length > 0 || edit.location.file.name !== file.name) return [];
  const { span } = edit.location;
  const isHidden = secrets.get(file.name)?.some(({ start, end }) => start < span.end && end > span.start);
  return isHidden ? [] : [{ range: rangeOf(edit.location), text: edit.newText }];
}

function locationOf(location: Location): object {
  const { line, text, from, to } = firstLineOf(location);
  const column = utf8Length(text.slice(0, from)) + 1;
  return {
    path: location.file.name,
    range: { start: { line, column }, end: { line, column: column + utf8Length(text.slice(from, to)) } },
  };
}

/** All of a span: what a suggestion replaces. */
function rangeOf({ file, span }: Location): object {
  const positionOf = (offset: number) => {
    const { line, column } = file.positionAt(offset);
    return { line, column: utf8Length(file.lineAt(line).slice(0, column - 1)) + 1 };
  };
  return { start: positionOf(span.start), end: positionOf(span.end) };
}

/** Columns are counted in bytes. */
function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
