import type { Severity } from '../../model/finding.ts';
import type { LintResult, RuleInfo } from '../../model/lint-result.ts';
import { helpOf } from './help.ts';
import { LEVEL } from './results.ts';

const PROBLEM: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'recommendation' };

/** What every rule of the run is about, whether it found anything or not: alerts that were opened before are explained by it, too. */
export function rulesOf({ rules, docs }: LintResult): object[] {
  return rules.map((rule) => ruleOf(rule, docs));
}

function ruleOf({ id, summary, category, hint, severity, securitySeverity, page }: RuleInfo, docs: string | undefined): object {
  const folder = `rules/${id}`;
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${summary}.` },
    fullDescription: { text: `${summary}. ${hint}` },
    help: { text: hint, ...(page !== undefined && { markdown: `${hint}\n\n${helpOf(page, folder, docs)}` }) },
    ...(docs !== undefined && { helpUri: `${docs}/${folder}/README.md` }),
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: ['gitops', category, ...(securitySeverity === undefined ? [] : ['security'])],
      precision: 'high',
      'problem.severity': PROBLEM[severity],
      // It makes a security alert of each finding, with a badge of its own.
      ...(securitySeverity !== undefined && { 'security-severity': securitySeverity }),
    },
  };
}
