import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from '../../fixtures/results/everything.ts';
import { hostileResult } from '../../fixtures/results/hostile.ts';
import { rules } from '../../rules/index.ts';
import type { LintResult } from '../../src/model/lint-result.ts';
import type { ReportTables } from '../../src/model/report-tables.ts';
import { html } from '../../src/report/html/html.ts';
import { parseHtml, type Tag } from '../support/html.ts';
import { lintTree } from '../support/rule-tester.ts';
import { shop } from './html-shop.ts';

const OPTIONS = { color: false, width: 100, verbose: false, quiet: false };
const page = (result: LintResult): string => html(result, OPTIONS);
const of = (tags: readonly Tag[], name: string): Tag[] => tags.filter((tag) => tag.name === name);
const isWithin = (tag: Tag, id: string): boolean => tag.attributes.get('id') === id || (tag.parent !== undefined && isWithin(tag.parent, id));
const textOf = (tags: readonly Tag[], id: string): string => tags.find(({ attributes }) => attributes.get('id') === id)?.text.replaceAll(/\s+/g, ' ') ?? '';

/** What a page may hold at all. */
const ELEMENTS =
  /^(?:html|head|meta|link|title|style|script|body|svg|symbol|path|circle|use|a|header|div|h1|h2|h3|nav|ul|li|button|p|main|section|span|table|caption|thead|tbody|tr|th|td|small|form|label|input|kbd|fieldset|legend|select|option|output|details|summary|ol|figure|figcaption|pre|code|mark|dl|dt|dd|b|i|br|wbr|footer)$/;

/** Nothing in a page may run, load or lead elsewhere. */
function checkSafe(tags: readonly Tag[]): void {
  for (const { name, attributes } of tags) {
    expect(name).toMatch(ELEMENTS);
    for (const [key, value] of attributes) {
      expect(key).not.toMatch(/^(?:on|style$|src|srcset|action|formaction)/);
      if (key === 'href') expect(value).toMatch(/^(?:#[\w-]+|data:,)$/);
      if (key === 'class' || key === 'id') expect(value).toMatch(/^[\w -]+$/);
    }
  }
  expect(of(tags, 'script')).toHaveLength(1);
  expect(of(tags, 'style')).toHaveLength(1);
}

describe('the page', async () => {
  const result = await lintTree(shop, rules);
  const tags = parseHtml(page(result));

  it('is one file, whose policy lets in nothing but its own style and script', () => {
    checkSafe(tags);
    const policy = of(tags, 'meta')
      .find(({ attributes }) => attributes.get('http-equiv') === 'Content-Security-Policy')
      ?.attributes.get('content');
    const hash = (name: string) =>
      `'sha256-${createHash('sha256')
        .update(of(tags, name)[0]?.text ?? '')
        .digest('base64')}'`;
    expect(policy).toBe(`default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; img-src data:; base-uri 'none'; form-action 'none'`);
    expect(/url\(|@import|(?:src|href)="(?:https?:|\/\/)/.exec(page(result))).toBeNull();
  });

  it('has landmarks, headings in order, heads of tables, names for what is filled in, and links that lead somewhere', () => {
    for (const name of ['header', 'main', 'nav', 'footer', 'h1']) expect(of(tags, name), name).toHaveLength(1);
    const levels = tags.flatMap(({ name }) => (/^h\d$/.test(name) ? Number(name[1]) : []));
    expect(levels.every((level, at) => level <= (levels[at - 1] ?? 0) + 1)).toBe(true);
    for (const { attributes } of of(tags, 'th')) expect(attributes.get('scope')).toMatch(/^(?:col|row|rowgroup)$/);
    expect(of(tags, 'caption')).toHaveLength(of(tags, 'table').length);
    for (const field of [...of(tags, 'input'), ...of(tags, 'select')]) expect(field.parent?.name).toBe('label');
    for (const region of tags.filter(({ attributes }) => attributes.get('role') === 'region')) expect(region.attributes.get('aria-label')).toBeTruthy();
    const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of [...of(tags, 'a'), ...of(tags, 'use')]) expect(ids).toContain(link.attributes.get('href')?.slice(1));
    for (const { attributes } of of(tags, 'svg')) expect(attributes.get('aria-hidden')).toBe('true');
    expect(tags.find(({ attributes }) => attributes.get('id') === 'shown')?.attributes.get('aria-live')).toBe('polite');
    expect(of(tags, 'a')[0]?.attributes.get('href'), 'the first link goes past all others').toBe('#findings-h');
  });

  it('shows health, findings with both sides, versions and settings', () => {
    const rows = of(tags, 'tr').filter((tag) => isWithin(tag, 'health'));
    expect(rows.map(({ text }) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'Appdevstagingprod-eu prod',
      'checkoutnothing foundnothing found2 errors of checkout in prod-eu',
    ]);
    const sides = of(tags, 'figure').filter(({ text }) => text.includes('PAYMENT_TIMEOUT_MS') || text.includes('RETRIES=3'));
    expect(sides.map(({ text }) => text.replaceAll(/\s+/g, ' '))).toContainEqual(
      expect.stringMatching(/apps\/checkout\/overlays\/dev\/config\.env:2:1 .* of dev/),
    );
    expect(sides.map(({ text }) => text.replaceAll(/\s+/g, ' '))).toContainEqual(expect.stringMatching(/overlays\/prod-eu\/config\.env:1:1 .* of prod-eu/));
    expect(textOf(tags, 'versions')).toMatch(/image shop\/checkout ?1\.2\.0 ?1\.2\.0 ?latest moves/);
    expect(textOf(tags, 'settings')).toMatch(/PAYMENT_TIMEOUT_MS ?3000 ?3000 ?missing/);
    expect(textOf(tags, 'settings')).toMatch(/RETRIES ?A 2 ?A 2 ?B 3/);
  });

  it('shows no secret, not even as a value that is not told to be one', () => {
    expect(textOf(tags, 'settings')).toMatch(/Secret\/checkout ?password secret ?••• ?••• ?missing/);
    expect(/hunter|aHVudGVy/.exec(page(result))).toBeNull();
  });

  it('is the same each time', async () => expect(page(await lintTree(shop, rules))).toBe(page(result)));
});

describe('what was not checked', () => {
  it('is said at the top, and each thing below', () => {
    const tags = parseHtml(page(everything));
    checkSafe(tags);
    expect(tags.find(({ name }) => name === 'header')?.text).toMatch(/Not all was checked: 1 not rendered, 1 gap, 1 left out, \d+ suppressed/);
    const coverage = textOf(tags, 'coverage');
    for (const said of [
      'something that people should know',
      'ledger@prod-eu',
      'remote base "https://example.com/ledger//deploy?ref=v1" is not fetched',
      'qa: declared, but nothing is deployed to it',
      '"dev" is taken for an environment',
      'a demo cluster',
    ])
      expect(coverage).toContain(said);
  });

  it('is not passed for well', () => {
    const tags = parseHtml(page({ ...everything, findings: [] }));
    const failed = of(tags, 'td').find(({ text }) => text.includes('not rendered'));
    expect(failed?.attributes.get('class')).toBe('h-error');
    const nothing = parseHtml(page({ ...everything, findings: [], variants: [], environments: [] }));
    expect(textOf(nothing, 'findings')).toContain('Nothing was checked');
    expect(textOf(nothing, 'findings')).not.toContain('Nothing was found');
  });
});

describe('texts of a repository', () => {
  const PIECES = [
    '</script>',
    '<script>alert(1)</script>',
    '"',
    "'",
    '`',
    '<img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '-->',
    ']]>',
    '&amp;',
    '&',
    '</style>',
    '\0',
    '\u202E',
    '\uD800',
    '\n',
    ' onload=x ',
    '=',
    'a',
  ];
  const hostile = fc.array(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
    { minLength: 1, maxLength: 12 },
  );

  it('are never markup', () => {
    fc.assert(
      fc.property(hostile, (texts) => {
        const name = texts[0] ?? '';
        const cell = { values: [{ form: 0, text: name }], held: 1, missing: 0, absent: 0, unknown: 0 };
        const location = hostileResult(texts).findings[0]?.location;
        const tables: ReportTables = {
          versions: location
            ? [{ app: name, kind: 'image', artifact: name, cells: [{ environment: name, version: name, digest: name, marks: [], variants: [name], location }] }]
            : [],
          parity: [
            {
              app: name,
              environments: [name],
              rows: (['differs', 'same'] as const).map((state) => ({ resource: name, key: name, isSecret: false, state, cells: [cell] })),
            },
          ],
          readersOf: () => [name],
        };
        checkSafe(parseHtml(page({ ...hostileResult(texts), tables: () => tables })));
      }),
      { numRuns: 40 },
    );
  });

  it('look as they are', () => {
    const [first] = everything.findings;
    if (!first) throw new Error('there is a finding');
    const tags = parseHtml(page({ ...everything, findings: [{ ...first, message: '</script><b> &amp; "x" \u202Ey' }] }));
    expect(tags.find(({ attributes }) => attributes.get('class') === 'msg')?.text).toBe('</script><b> &amp; "x" \\u202ey');
  });
});

describe('a large run', () => {
  it('stays a page that opens: what is too much is folded, then counted', () => {
    const [first] = everything.findings;
    if (!first) throw new Error('there is a finding');
    const text = page({ ...everything, findings: Array.from({ length: 6000 }, () => first) });
    expect(text.length).toBeLessThan(12_000_000);
    expect(text).toContain('2000 findings are counted above and not listed here');
    expect(text).toContain('3940 more');
  });
});

describe('colours', () => {
  const css = readFileSync('src/report/html/page.css', 'utf8');
  const themes = [...css.matchAll(/\{\s*color-scheme: (\w+);([^}]*)\}/g)].filter(([, , body = '']) => body.includes('--bg'));

  it.each(themes.map(([, scheme = '', body = ''], at) => [`${scheme} ${at}`, body] as const))('can be read: %s', (_, body) => {
    const colour = (name: string): string => new RegExp(`--${name}: (#\\w+);`).exec(body)?.[1] ?? '';
    for (const ground of ['bg', 'soft', 'error-bg', 'warning-bg']) {
      for (const ink of ['text', 'dim', 'accent', 'error', 'warning', 'info', 'ok'])
        expect.soft(contrast(colour(ink), colour(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colour('text'), colour('mark'))).toBeGreaterThanOrEqual(4.5);
  });

  it('are the same whether the system or the switch makes it dark', () => {
    const [, switched, preferred] = themes.map(([, , body = '']) => body.replaceAll(/\s+/g, ' '));
    expect(themes).toHaveLength(3);
    expect(preferred).toBe(switched);
  });
});

/** As WCAG reckons it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const long = hex.length === 4 ? `#${[...hex.slice(1)].map((digit) => digit + digit).join('')}` : hex;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(long.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
