import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/text/source-file.ts';
import { diagnose } from '../../src/yaml/diagnose.ts';
import { parseYaml } from '../../src/yaml/parse.ts';

describe('diagnose', () => {
  it.each([
    ['a: [1, 2\nb: 3\n', '"[" is not closed', '[1, 2'],
    ['{a: 1\n', '"{" is not closed', '{a: 1'],
    ['a: {b: 1\n# of the shop\nc: 3\n', '"{" is not closed', '{b: 1'],
    ['a: "x\nb: 1\n', 'the quote is not closed', '"x'],
    ['a:\n\tb: 1\n', 'a tab cannot be used for indentation', 'b: 1'],
    ['image: ledger: 1.0\n', 'an unquoted value cannot hold ": "', 'ledger: 1.0'],
    ['a:\n  b: 1\n c: 2\n', 'the indentation does not fit to the lines above', 'c: 2'],
    ['spec:\n  - a\n  b: 1\n', 'the indentation does not fit to the lines above', 'b: 1'],
    ['a: |\n    x\n  y\nb: 1\n', 'the indentation does not fit to the lines above', 'y'],
    ['replicas 1\nimage: x\n', 'there is no colon after the key', 'replicas 1'],
    ['a: @ledger\n', 'an unquoted value cannot begin with "@"', '@ledger'],
    ['a: - b\n', 'a list cannot begin on the line of its key', '-'],
    ['a: "1"b\n', 'there is more text after the end of the value', 'b'],
    ['a: "\\q"\n', 'unknown escape sequence "\\q"', '\\q"'],
    ['a: *x\n', 'unknown anchor', '*x'],
    ['a: 1\n...\nb: 1\n', 'after "..." a new document begins with "---"', 'b:'],
    ['{"a": 1,, "b": 2}', 'unexpected , in flow map', ','],
    // What Go takes is not named when something else is wrong.
    ['a: {\n  b: 1\n}\nc: d: e\n', 'an unquoted value cannot hold ": "', 'd: e'],
  ])('%j', async (text, reason, place) => {
    const problem = diagnose(new SourceFile('a.yaml', text));
    expect(problem?.reason).toBe(reason);
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe(place);
  });

  it.each(['*hunter2', '!hunter2!x y', '!<hunter2', '|hunter2', '>hunter2', '"\\xhunter2"', '&a &hunter2 x', '"hunter2" hunter2', '%hunter2'])(
    'quotes no value, which may be a password: %s',
    (value) => {
      const file = new SourceFile('a.yaml', `kind: Secret\nstringData:\n  password: ${value}\n`);
      const reasons = [parseYaml(file).problem?.reason, diagnose(file)?.reason];
      for (const reason of reasons) expect(reason).toMatch(/^(?!.*(?:hu|nter))./);
    },
  );

  it.each([
    ['kind: Service\nname: {{ .Values.name }}\n', '{{ .Values.name }}'],
    ['{{- if .Values.enabled }}\nkind: Service\n{{- end }}\n', '{{- if .Values.enabled }}'],
    ['spec:\n  {{- toYaml .Values.spec | nindent 2 }}\n', '{{- toYaml .Values.spec | nindent 2 }}'],
    ['{% if prod %}\nkind: Service\n{% endif %}\n', '{% if prod %}'],
    ['- {{ template\n', '{{ template'],
  ])('knows a template when it sees one: %j', async (text, place) => {
    const problem = diagnose(new SourceFile('a.yaml', text));
    expect(problem?.reason).toBe('looks like a Go/Helm/Jinja template');
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe(place);
  });

  it('does not blame a template in the midst of a text', async () => {
    const problem = diagnose(new SourceFile('a.yaml', 'summary: Pod {{ $labels.pod }}: restarts\n'));
    expect(problem?.reason).toBe('an unquoted value cannot hold ": "');
  });

  it('says nothing of files that can be parsed', async () => {
    expect(diagnose(new SourceFile('a.yaml', 'a: "{{ x }}"#c\n'))).toBeUndefined();
  });

  it('names a place within one line that shows something, and a reason in the form of messages', async () => {
    const piece = fc.constantFrom('a: ', '- ', '\n', '  ', '"', "'", '[', '}', '{', '\t', 'x', ': ', '#c', '*x', '&', '|', '%', '---\n', '\r\n', '@', 'é');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const text = pieces.join('');
        const problem = diagnose(new SourceFile('a.yaml', text));
        if (!problem) return;
        const place = text.slice(problem.span.start, problem.span.end);
        expect(place).not.toMatch(/[\n\r]/);
        if (text.trim()) expect(place.trim()).not.toBe('');
        expect(problem.reason).toMatch(/^[^A-Z].*[^.]$/);
      }),
      { numRuns: 500 },
    );
  });
});
