import type { Severity } from '../model/finding.ts';
import type { RuleInfo } from '../model/lint-result.ts';
import { type Annotation, annotationsOf } from './annotation.ts';
import { cutText } from './one-line.ts';
import type { Reporter } from './reporter.ts';
import { findingBlocks, summaryText } from './stylish.ts';
import { isUnchecked } from './total.ts';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };
const SIGNS: Readonly<Record<string, string>> = { '|': '||', "'": "|'", '\n': '|n', '\r': '|r', '[': '|[', ']': '|]' };
const MAX_TEXT = 4000;

/** The report for people in the log of TeamCity, and service messages for its tab of code inspections. */
export const teamcity: Reporter = (result, options) => {
  const blocks = findingBlocks(result, options);
  const log =
    blocks.length > 0
      ? [`${message('blockOpened', { name: 'gitops-lint' })}\n`, blocks.join('\n'), `${message('blockClosed', { name: 'gitops-lint' })}\n`]
      : [];
  const annotations = annotationsOf(result, options);
  const used = new Set(annotations.map(({ finding }) => finding.ruleId));
  const lines = [...result.rules.filter(({ id }) => used.has(id)).map(typeOf), ...annotations.map(inspectionOf)];
  if (isUnchecked(result)) lines.unshift(message('message', { text: 'gitops-lint: nothing was checked', status: 'WARNING' }));
  return [...log, summaryText(result, options), ...lines.map((line) => `${line}\n`)].join('');
};

function typeOf({ id, summary, hint }: RuleInfo): string {
  return message('inspectionType', { id, name: id, category: 'gitops-lint', description: cutText(`${summary}. ${hint}`, MAX_TEXT) });
}

function inspectionOf({ finding: { ruleId, severity }, place, text }: Annotation): string {
  const { line } = place.file.positionAt(place.span.start);
  return message('inspection', {
    typeId: ruleId,
    message: cutText(text, MAX_TEXT),
    file: cutText(place.file.name, MAX_TEXT),
    line: String(line),
    SEVERITY: SEVERITY[severity],
  });
}

function message(name: string, attributes: Readonly<Record<string, string>>): string {
  return `##teamcity[${name} ${Object.entries(attributes)
    .map(([key, value]) => `${key}='${escapeValue(value)}'`)
    .join(' ')}]`;
}

function escapeValue(text: string): string {
  return text
    .replaceAll(/[|'\n\r[\]]/g, (sign) => SIGNS[sign] ?? sign)
    .replaceAll(/[^\n\r -~]/g, (sign) => `|0x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}
