import { SEVERITIES, type Severity } from '../model/finding.ts';
import { type Annotation, annotationsOf } from './annotation.ts';
import { counted } from './counted.ts';
import { cutText, oneLine } from './one-line.ts';
import { firstLineOf, placeText } from './place-text.ts';
import type { Reporter } from './reporter.ts';
import { findingBlocks, isFolded, summaryText } from './stylish.ts';
import { isUnchecked, totalOf } from './total.ts';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };
/** GitHub shows so many of each kind for a step, the first that are printed, and drops the rest without a word. */
const MAX_OF_A_KIND = 10;
/** A longer message is cut there, in the midst of an escape if it falls so. */
const MAX_MESSAGE = 4000;
const MAX_RELATED = 3;

/** The report for people in the log of GitHub Actions, and workflow commands that annotate the changed lines. */
export const github: Reporter = (result, options) => {
  const blocks = findingBlocks(result, options);
  const log = blocks.length > 0 ? [`::group::gitops-lint: ${totalOf(result)}\n`, blocks.join('\n'), '::endgroup::\n'] : [];
  const annotations = annotationsOf(result, options).filter(({ finding }) => !isFolded(finding, options));
  const commands = commandsOf(annotations);
  if (isUnchecked(result)) commands.unshift('::warning title=gitops-lint::nothing was checked');
  return [...log, summaryText(result, options), ...commands.map((line) => `${line}\n`)].join('');
};

/** The most severe first, as many as are shown; the last one counts those that are not. */
function commandsOf(annotations: readonly Annotation[]): string[] {
  const ofKind = (severity: Severity) => annotations.filter(({ finding }) => finding.severity === severity);
  const isOver = SEVERITIES.some((severity) => ofKind(severity).length > MAX_OF_A_KIND);
  const shown = SEVERITIES.flatMap((severity) => ofKind(severity).slice(0, isOver && severity === 'info' ? MAX_OF_A_KIND - 1 : MAX_OF_A_KIND));
  const rest = annotations.length - shown.length;
  return [...shown.map(commandOf), ...(rest > 0 ? [`::notice title=gitops-lint::${counted(rest, 'more finding')}: the log of this step lists them all`] : [])];
}

function commandOf({ finding, place, isOurs, text }: Annotation): string {
  const { line, text: row, from, to } = firstLineOf(place);
  const column = [...row.slice(0, from)].length + 1;
  const position = [`line=${line}`, `endLine=${line}`, `col=${column}`, `endColumn=${column + [...row.slice(from, to)].length}`];
  const properties = [...(isOurs ? [`file=${escapeProperty(place.file.name)}`, ...position] : []), `title=gitops-lint ${finding.ruleId}`];
  const related = finding.related.slice(0, MAX_RELATED).map(({ location, message }) => `${placeText(location)} ${oneLine(message)}`);
  return `::${COMMAND[finding.severity]} ${properties.join(',')}::${escapeData(cutText([isOurs ? text : `${placeText(place)}: ${text}`, ...related].join('\n'), MAX_MESSAGE))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
