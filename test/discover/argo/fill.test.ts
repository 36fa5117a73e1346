import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filledTree, fillNames, isResolved } from '../../../src/discover/argo/fill.ts';
import { fillGoTemplate } from '../../../src/discover/argo/go-template/fill.ts';
import { flatParameters, type ParameterSet, parameterSet } from '../../../src/discover/argo/parameters.ts';
import { gatherRemarks } from '../../../src/discover/argo/remarks.ts';
import { SourceFile } from '../../../src/text/source-file.ts';
import { childOf, type Scalar, scalar } from '../../../src/tree/node.ts';
import { scalarValue } from '../../../src/tree/scalar-value.ts';
import { authorsIn, mappingOf, messagesIn } from './sets.ts';

function template(text: string, style: Scalar['style'] = 'single-quoted'): Scalar {
  return scalar(text, style, { file: new SourceFile('set.yaml', text), start: 0, end: text.length, how: 'written', precision: 'exact' });
}

const parameters: ParameterSet = parameterSet(
  flatParameters(
    mappingOf('app: checkout\nvalues: {environment: staging, none: ""}\npath[1]: prod-eu\nport: "8080"\n', 'values.yaml').entries.map(({ key, value }) => [
      key.text,
      value,
    ]),
  ),
);

function filled(text: string, style?: Scalar['style']): Scalar {
  return fillNames(template(text, style), parameters, gatherRemarks());
}

describe('placeholders', () => {
  it.each([
    ['apps/{{app}}/{{values.environment}}', 'apps/checkout/staging'],
    ['apps/{{ app }}', 'apps/checkout'],
    ['{{path[1]}}', 'prod-eu'],
    ['a{{values.none}}b', 'ab'],
    // What nobody gives stays, as Argo CD leaves it; so does what belongs to Helm.
    ['apps/{{values.enviroment}}/{{app}}', 'apps/{{values.enviroment}}/checkout'],
    ['{{ .Release.Name }}', '{{ .Release.Name }}'],
    ['{{}}', '{{}}'],
    ['{app} $app', '{app} $app'],
    // A placeholder stands on one line.
    ['{{\napp}}', '{{\napp}}'],
  ])('%j becomes %j', (before, after) => expect(filled(before).text).toBe(after));

  it('tell who wrote each stretch', () => {
    expect(authorsIn(filled('apps/{{app}}/{{values.environment}}/base'))).toEqual([
      'apps/ < set.yaml:1',
      'checkout < values.yaml:1',
      '/ < set.yaml:1',
      'staging < values.yaml:2',
      '/base < set.yaml:1',
    ]);
  });

  it('keep the authors that a stretch of the template has already', () => {
    const patched = mappingOf('by: someone\n', 'patch.yaml').origin;
    const { origin } = template('x');
    const parts = [
      { start: 0, end: 4, origin: patched },
      { start: 4, end: 11, origin },
    ];
    const result = fillNames({ ...template('live{{app}}'), parts }, parameters, gatherRemarks());
    expect(authorsIn(result)).toEqual(['live < patch.yaml:1', 'checkout < values.yaml:1']);
  });

  it('leave a text a text, whatever it looks like', () => {
    expect(scalarValue(filled('{{port}}', 'plain'))).toEqual({ type: 'string', value: '8080' });
    expect(filled('v{{port}}', 'plain').style).toBe('plain');
  });

  it('are a problem when they have no end, where Argo CD reads the text as a template', () => {
    const remarks = gatherRemarks();
    const text = template('{{app}}/{{values');
    expect(fillNames(text, parameters, remarks)).toBe(text);
    expect(messagesIn(remarks.problems)).toEqual(['a "{{" has no "}}"']);
    const other = gatherRemarks();
    fillNames(template('{{ app'), parameters, other);
    expect(other.problems).toEqual([]);
  });

  it('are filled in keys, too', () => {
    const node = mappingOf('labels: {"env-{{app}}": "{{values.environment}}", tier: gold}\n');
    const result = filledTree(node, (text) => fillNames(text, parameters, gatherRemarks()));
    expect(childOf(childOf(result, 'labels'), 'env-checkout')).toMatchObject({ text: 'staging' });
    expect(childOf(childOf(result, 'labels'), 'tier')).toBe(childOf(childOf(node, 'labels'), 'tier'));
  });
});

describe('a text without placeholders', () => {
  const plain = fc.string().filter((text) => !text.includes('{{'));

  it('is given back as it is, in both languages', () => {
    fc.assert(
      fc.property(plain, (text) => {
        const node = template(text);
        expect(fillNames(node, parameters, gatherRemarks())).toBe(node);
        expect(fillGoTemplate(node, parameters, true, gatherRemarks())).toBe(node);
      }),
    );
  });

  it('leaves a tree the same', () => {
    const node = mappingOf('spec: {source: {path: apps/checkout}, list: [a, 1, true]}\n');
    expect(filledTree(node, () => expect.unreachable('nothing to fill'))).toBe(node);
  });
});

describe('the parts of a filled text', () => {
  it('cover it, whatever is filled in', () => {
    const piece = fc.oneof(fc.constantFrom('{{app}}', '{{values.none}}', '{{nobody}}', '{{ values.environment }}'), fc.stringMatching(/^[a-z/}.-]{0,6}$/));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const { text, parts } = filled(pieces.join(''));
        if (!parts) return;
        expect(parts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        expect(parts.every(({ start, end }) => start < end)).toBe(true);
      }),
    );
  });
});

it('isResolved knows what is left to fill', () => {
  expect(isResolved('apps/checkout')).toBe(true);
  expect(isResolved('apps/{{name}}')).toBe(false);
  expect(isResolved('{ "a": {} }')).toBe(true);
});
