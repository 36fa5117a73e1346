import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from '../../fixtures/results/everything.ts';
import { hostileResult } from '../../fixtures/results/hostile.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { LintResult } from '../../src/model/lint-result.ts';
import { COMMENT_MARKER, markdownReport, stepSummary } from '../../src/report/report-markdown.ts';
import type { ReporterOptions } from '../../src/report/reporter.ts';

const LINKS = { source: 'https://git.example/shop/blob/1f3c/', run: 'https://git.example/shop/runs/7' };
const OPTIONS: ReporterOptions = { color: false, width: 100, verbose: false, quiet: false, links: LINKS };

function many(count: number, message = '"KEY" is not set'): LintResult {
  const [first] = everything.findings;
  const findings: Finding[] = first ? Array.from({ length: count }, (_, at) => ({ ...first, app: `app-${at % 500}`, message: `${message} ${at}` })) : [];
  return { ...everything, findings };
}

const listed = (text: string) => text.match(/^- \*\*/gm)?.length ?? 0;

describe('a comment', () => {
  it('has a mark by which it is found again, in its first line', () => {
    expect(markdownReport(everything, OPTIONS).split('\n')[0]).toBe(COMMENT_MARKER);
  });

  it('links each place that is checked out', () => {
    const text = markdownReport(everything, OPTIONS);
    expect(text).toContain('[`apps/ledger/base/secret [1].yaml:4`](https://git.example/shop/blob/1f3c/apps/ledger/base/secret%20%5B1%5D.yaml#L4)');
    expect(text).toContain('- `env/prod-eu:apps/ledger/limits.yaml:2` it is there');
  });

  it('stays under what a comment may have, counts the rest and tells where it is', () => {
    const text = markdownReport(many(5000), OPTIONS);
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text.length, 'and uses what it may').toBeGreaterThan(63_000);
    expect(text).toContain(`**and ${5000 - listed(text)} more findings**: [the run](${LINKS.run}) lists them all`);
    expect(text, 'what was looked at is told all the same').toContain('<summary>Checked: ');
  });

  it('lists all errors before the first warning: what is left to the count is never the worst', () => {
    const { findings, ...result } = many(900);
    const mixed = findings.map((finding, at) => ({ ...finding, app: `app-${at % 7}`, severity: at % 3 === 0 ? ('error' as const) : ('warning' as const) }));
    const kinds = [...markdownReport({ ...result, findings: mixed }, OPTIONS).matchAll(/^- \*\*(\w+)\*\*/gm)].map(([, kind]) => kind);
    expect(kinds).toEqual([...kinds].sort());
    expect(kinds.filter((kind) => kind === 'error').length).toBeGreaterThan(50);
  });

  it('counts what is a habit of the repository, unless all is asked for', () => {
    expect(markdownReport(everything, OPTIONS)).toMatch(/^Besides, 1 info: 1 of unanalysed-input$/m);
    expect(markdownReport(everything, { ...OPTIONS, verbose: true })).toMatch(/^- \*\*info\*\* Not checked: .*\(unanalysed-input\)/m);
  });

  it('counts the rest where nothing is known of the run', () => {
    const text = markdownReport(many(5000), { ...OPTIONS, links: undefined });
    expect(text).toMatch(/^\*\*and \d+ more findings\*\*$/m);
  });

  it('stays under it whatever the names are', () => {
    const long = fc
      .array(fc.constantFrom('&', '<', '*', '@team', '🟡', 'name ', '"', '`', '\uD800'), { minLength: 500, maxLength: 900 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(long, { minLength: 1, maxLength: 3 }), (texts) => {
        const { variants, notes, ...result } = hostileResult(texts);
        const names = Array.from({ length: 40 }, (_, at) => ({ name: `${at}${texts[0]}`, tier: 'prod' as const, promotesFrom: [], labels: {} }));
        const wide = names.flatMap((environment, at) => variants.map((variant) => ({ ...variant, app: `${at}${variant.app}`, environment })));
        const text = markdownReport({ ...result, variants: wide, environments: names, notes: Array.from({ length: 99 }, () => notes[0] ?? '') }, OPTIONS);
        expect(text.length).toBeLessThanOrEqual(65_000);
      }),
      { numRuns: 20 },
    );
  });

  it('calls nobody, and opens no markup of others', () => {
    const [first] = everything.findings;
    const message = 'Image shop@sha256:1f and <img src=x> of @team, see #1 &lt;';
    const text = markdownReport({ ...everything, findings: first ? [{ ...first, message }] : [] }, OPTIONS);
    expect(text).toContain('Image shop@\u200Bsha256:1f and \\<img src=x\\> of @\u200Bteam, see \\#1 &amp;lt;');
  });
});

describe('the summary of a step', () => {
  const bytes = (text: string) => Buffer.byteLength(text);

  it('holds far more, and stays under what is refused, whatever stands there already', () => {
    const result = many(50_000, '"SCHLÜSSEL" fehlt');
    const text = stepSummary(result, OPTIONS, 400_000) ?? '';
    expect(bytes(text) + 400_000).toBeLessThanOrEqual(1_000_000);
    expect(bytes(text) + 400_000).toBeGreaterThan(995_000);
    expect(text).toContain(`**and ${50_000 - listed(text)} more findings**`);
  });

  it('is not written where there is no room', () => {
    expect(stepSummary(everything, OPTIONS, 999_999)).toBeUndefined();
    expect(stepSummary(everything, OPTIONS, 0)).toBe(markdownReport(everything, OPTIONS));
  });
});
