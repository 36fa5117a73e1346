import { existsSync, readFileSync } from 'node:fs';
import { DOCS, type LintResult } from '../index.ts';

/** The page of a rule, which comes with the package; undefined when it is not there. */
export function rulePage(id: string): string | undefined {
  // From the bundle in dist/ or a chunk of it, or from the source in src/cli/.
  const page = ['../rules/', '../../rules/', '../../../rules/']
    .map((folder) => new URL(`${folder}${id}/README.md`, import.meta.url))
    .find((url) => existsSync(url));
  return page && readFileSync(page, 'utf8');
}

/** The result with the pages of its rules, for reporters that print them. */
export function withPages<R extends LintResult>(result: R): R {
  return { ...result, docs: DOCS, rules: result.rules.map((rule) => ({ ...rule, page: rulePage(rule.id) })) };
}
