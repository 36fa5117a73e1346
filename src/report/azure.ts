import type { Severity } from '../model/finding.ts';
import { type Annotation, annotationsOf, worstFirst } from './annotation.ts';
import { placeText } from './place-text.ts';
import type { Reporter } from './reporter.ts';
import { findingBlocks, summaryText } from './stylish.ts';
import { isUnchecked } from './total.ts';

/** Azure Pipelines knows no third kind: the log alone tells infos. */
const TYPE: Readonly<Record<Severity, string | undefined>> = { error: 'error', warning: 'warning', info: undefined };

/** The report for people in the log of Azure Pipelines, and logging commands for its list of errors and warnings. */
export const azure: Reporter = (result, options) => {
  const blocks = findingBlocks(result, options);
  const log = blocks.length > 0 ? ['##[group]gitops-lint\n', blocks.join('\n'), '##[endgroup]\n'] : [];
  const issues = worstFirst(annotationsOf(result, options)).flatMap(issueOf);
  if (isUnchecked(result)) issues.unshift('##vso[task.logissue type=warning]gitops-lint: nothing was checked');
  return [...log, summaryText(result, options), ...issues.map((line) => `${line}\n`)].join('');
};

function issueOf({ finding: { severity, ruleId }, place, isOurs, text }: Annotation): string[] {
  const type = TYPE[severity];
  if (type === undefined) return [];
  const { line, column } = place.file.positionAt(place.span.start);
  const source = isOurs ? [`sourcepath=${escapeProperty(place.file.name)}`, `linenumber=${line}`, `columnnumber=${column}`] : [];
  return [`##vso[task.logissue ${[`type=${type}`, ...source, `code=${ruleId}`].join(';')};]${escapeData(isOurs ? text : `${placeText(place)}: ${text}`)}`];
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(']', '%5D').replaceAll(';', '%3B');
}
