import type { Severity } from '../model/finding.ts';
import type { Location } from '../text/location.ts';
import { type Annotation, annotationsOf } from './annotation.ts';
import { jsonText, oneLine } from './one-line.ts';
import { firstLineOf } from './place-text.ts';
import type { Reporter } from './reporter.ts';
import { type Hidden, hiddenTexts } from './sarif/fixes.ts';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };
const SOURCE = { name: 'gitops-lint' };

/** The Reviewdog Diagnostic Format: for remarks in reviews, with suggestions where a fix is certain. */
export const rdjson: Reporter = (result) => {
  const hidden = hiddenTexts(result);
  const diagnostics = annotationsOf(result).map((annotation) => diagnosticOf(annotation, hidden));
  return `${jsonText({ source: SOURCE, diagnostics }, 2)}\n`;
};

/** The same with a diagnostic a line; empty where there is none. */
export const rdjsonl: Reporter = (result) => {
  const hidden = hiddenTexts(result);
  return annotationsOf(result)
    .map((annotation) => `${jsonText({ ...diagnosticOf(annotation, hidden), source: SOURCE })}\n`)
    .join('');
};

function diagnosticOf({ finding, place, text }: Annotation, hidden: Hidden): object {
  const { ruleId, severity, related } = finding;
  const suggestions = suggestionsOf(finding, place, hidden);
  return {
    message: text,
    location: locationOf(place),
    severity: SEVERITY[severity],
    code: { value: ruleId },
    ...(suggestions.length > 0 && { suggestions }),
    ...(related.length > 0 && { related_locations: related.map((each) => ({ message: oneLine(each.message), location: locationOf(each.location) })) }),
  };
}

/**
 * Each is applied by a click, alone and in the file of the remark: only a fix of one edit there, which is safe without a proof by a
 * render and repeats no secret, becomes one.
 */
function suggestionsOf({ fix }: Annotation['finding'], { file }: Location, hidden: Hidden): object[] {
  const [edit, ...others] = fix?.safety === 'safe' && !fix.keepsRenders ? fix.edits : [];
  if (!edit || others.length > 0 || edit.location.file.name !== file.name) return [];
  const isOpen = ![...hidden].some((text) => edit.newText.includes(text));
  return isOpen ? [{ range: rangeOf(edit.location), text: edit.newText }] : [];
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
