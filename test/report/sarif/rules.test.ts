import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everything } from '../../../fixtures/results/everything.ts';
import { rules } from '../../../rules/index.ts';
import type { LintResult } from '../../../src/model/lint-result.ts';
import { helpOf } from '../../../src/report/sarif/help.ts';
import { sarif } from '../../../src/report/sarif.ts';
import { readSarif, type SarifRule } from '../../support/sarif-log.ts';

const DOCS = 'https://docs.shop.example/gitops-lint';

function rulesIn(more: Partial<LintResult>): readonly SarifRule[] {
  const { log, mistakes } = readSarif(sarif({ ...everything, ...more }, { color: false, width: 100, verbose: false, quiet: false }));
  expect(mistakes).toEqual([]);
  return log.runs[0].tool.driver.rules;
}

/** All rules as a run hands them to reporters. */
const all = rules.map(({ id, meta: { summary, category, hint, severity, securitySeverity } }) => ({
  id,
  summary,
  category,
  hint,
  severity,
  securitySeverity,
  page: readFileSync(`rules/${id}/README.md`, 'utf8'),
}));

describe('the rules of a log', () => {
  it('explain themselves by their pages, within the limits of code scanning', () => {
    const described = rulesIn({ rules: all, findings: [] });
    expect(described.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    for (const { id, help } of described) {
      expect(help.markdown, id).toMatch(/^## Why$/m);
      expect(help.markdown?.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, ''), `links of ${id}`).not.toMatch(/<!--|\]\((?!https?:)/);
    }
  });

  it('lead to their pages where those have an address', () => {
    const described = rulesIn({ rules: all, findings: [], docs: DOCS });
    for (const { id, help, helpUri } of described) {
      expect(helpUri).toBe(`${DOCS}/rules/${id}/README.md`);
      expect(help.markdown, `links of ${id}`).not.toMatch(/\]\(\.\.?\//);
    }
    expect(described.find(({ id }) => id === 'missing-config-key')?.help.markdown).toContain(`(${DOCS}/docs/suppressing.md)`);
  });

  it('have a security severity where their findings are weaknesses, and no others', () => {
    const secure = rulesIn({ rules: all, findings: [] }).filter(({ properties }) => properties['security-severity'] !== undefined);
    expect(secure.map(({ id, properties }) => [id, properties['security-severity'], properties.tags.includes('security')])).toEqual([
      ['mutable-source-ref', '6.5', true],
      ['unpinned-remote-base', '6.5', true],
    ]);
  });
});

describe('the help of a rule', () => {
  it('is its page without the head, each example under its file', () => {
    const page =
      '<!-- generated -->\n# a-rule\n\n| Category |\n<!-- /generated -->\n\n## Why\n\nSee [this](../../docs/a.md#b), [that](https://example.com).\n\n' +
      '````yaml title="apps/web/[a](b.md).yaml"\na: [x](y)\n```\n````\n\n```sh\nls\n```\n';
    const rest = '`apps/web/[a](b.md).yaml`\n\n````yaml\na: [x](y)\n```\n````\n\n```sh\nls\n```';
    expect(helpOf(page, 'rules/a-rule', undefined)).toBe(`## Why\n\nSee this, [that](https://example.com).\n\n${rest}`);
    expect(helpOf(page, 'rules/a-rule', DOCS)).toBe(`## Why\n\nSee [this](${DOCS}/docs/a.md#b), [that](https://example.com).\n\n${rest}`);
  });
});
