import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../../src/render/helm/go-template/parse/lexer.ts';
import { TemplateFailure } from '../../../../src/render/helm/value.ts';
import { rendered, value } from './rendering.ts';

const PARTS = [
  '{{',
  '}}',
  '{{- ',
  ' -}}',
  ' ',
  '\n',
  '|',
  '(',
  ')',
  '$',
  '$x',
  ':=',
  '=',
  ',',
  '.',
  '.a',
  '.b.c',
  '"s"',
  '"',
  '`',
  "'",
  "'c'",
  '1',
  '0x',
  '1.5',
  '-',
  '+',
  '/*',
  '*/',
];
const WORDS = [
  'if',
  'else',
  'end',
  'range',
  'with',
  'define',
  'template',
  'block',
  'break',
  'continue',
  'nil',
  'true',
  'printf',
  'index',
  'len',
  'and',
  'list',
  'include',
  'tpl',
];
const WHOLE = [
  '{{end}}',
  '{{if .a}}',
  '{{range .b}}',
  '{{else}}',
  '{{else if .a}}',
  '{{define "d"}}',
  '{{template "d" .}}',
  '{{.a}}',
  '{{$x := .b}}',
  '{{include "d" .}}',
];

const template = fc
  .array(fc.oneof(fc.constantFrom(...PARTS, ...WORDS, ...WHOLE), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 25 })
  .map((parts) => parts.join(''));

describe('whatever is written', () => {
  it('tokens cover the text from its start, and end', () => {
    fc.assert(
      fc.property(template, (content) => {
        const tokens = tokensOf(content);
        expect(['end-of-file', 'error']).toContain(tokens.at(-1)?.kind);
        let at = 0;
        for (const { kind, start, end } of tokens) {
          if (kind === 'error') return;
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          at = end;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a template renders or is refused, with authors in order', () => {
    const dot = value({ a: 'x', b: { c: [1, null, 'y'] } });
    fc.assert(
      fc.property(template, (content) => {
        try {
          const { text, stretches } = rendered(content, dot, { budget: { steps: 10_000, output: 100_000 } });
          let at = 0;
          for (const { start, end } of stretches) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(at).toBeLessThanOrEqual(text.length);
        } catch (error) {
          if (!(error instanceof TemplateFailure)) throw error;
          expect(error.message).not.toBe('');
        }
      }),
      { numRuns: 700 },
    );
  });
});
