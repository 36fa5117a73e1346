import { describe, expect, it } from 'vitest';
import { formatFloat } from '../../../../src/render/helm/go-template/format/float.ts';
import { output, refusal } from './rendering.ts';

const VALUES = { port: 8080, name: 'störefront', hosts: ['eu', 'us'], labels: { app: 'ledger' }, on: true, none: null };

describe('comparison', () => {
  it.each([
    ['eq 1 1', 'true'],
    ['eq .name "x" "störefront"', 'true'],
    ['eq .none nil', 'true'],
    ['eq .labels nil', 'false'],
    ['eq .name nil', 'false'],
    ['eq .missing "a"', 'false'],
    ['ne .port 80.0', 'true'],
    ['lt 1 2', 'true'],
    ['ge "b" "a"', 'true'],
    ['lt "\uff5e" "\u{1f600}"', 'true'],
    ['le 2.5 2.5', 'true'],
    ["eq (index `x` 0) 'x'", 'true'],
  ])('%s is %s', (expression, expected) => expect(output(`{{${expression}}}`, VALUES)).toBe(expected));

  it.each([
    ['eq .port 8080', 'incompatible types for comparison: float64 and int'],
    ['eq .on "true"', 'incompatible types for comparison: bool and string'],
    ['eq .labels .labels', 'non-comparable type map[string]interface {}'],
    ['eq .labels .hosts', 'non-comparable types map[string]interface {} and []interface {}'],
    ['lt .none 1', 'invalid type for comparison'],
    ['gt true false', 'invalid type for comparison'],
    ['eq 1', 'missing argument for comparison'],
    ['ne 1', 'wrong number of args for ne: want 2 got 1'],
  ])('%s is refused', (expression, expected) => expect(refusal(`{{${expression}}}`, VALUES)).toContain(expected));
});

describe('and, or, not', () => {
  it.each([
    ['and 1 0 (refuse)', '0'],
    ['or 0 "a" (refuse)', 'a'],
    ['or .none .missing "c"', 'c'],
    ['and 1 .labels', 'map[app:ledger]'],
    ['"x" | or ""', 'x'],
    ['"x" | and ""', ''],
    ['not .none', 'true'],
    ['not .hosts', 'false'],
  ])('%s is %s', (expression, expected) => expect(output(`{{${expression}}}`, VALUES)).toBe(expected));

  it('what they get to is evaluated', () => {
    expect(refusal('{{or 0 (refuse)}}')).toBe('error calling refuse: no <refuse>');
    expect(refusal('{{and}}')).toBe('wrong number of args for and: want at least 1 got 0 <and>');
  });
});

describe('index, slice, len', () => {
  it.each([
    ['index .hosts 1', 'us'],
    ['index .labels "app"', 'ledger'],
    ['index .labels "x"', '<no value>'],
    ['index .hosts 1 | len', '2'],
    ['len .name', '11'],
    ['len .hosts', '2'],
    ['slice .name 0 2', 'st'],
    ['slice .name 4 6', 're'],
    ['slice .hosts 1', '[us]'],
    ['slice .hosts 2', '[]'],
  ])('%s is %s', (expression, expected) => expect(output(`{{${expression}}}`, VALUES)).toBe(expected));

  it.each([
    ['index .hosts 2', 'index out of range: 2'],
    ['index .hosts .port', 'cannot index slice/array with type float64'],
    ['index .labels 1', 'value has type int; should be string'],
    ['index .port 1', "can't index item of type float64"],
    ['len .port', 'len of type float64'],
    ['slice .hosts 2 1', 'invalid slice index: 2 > 1'],
    ['slice .name 0 1 2', 'cannot 3-index slice a string'],
    ['call .name', 'non-function of type string'],
  ])('%s is refused', (expression, expected) => expect(refusal(`{{${expression}}}`, VALUES)).toContain(expected));
});

describe('printf', () => {
  it.each([
    ['"%s:%d" .name 80', 'störefront:80'],
    ['"%d" .port', '%!d(float64=8080)'],
    ['"%s" .port', '%!s(float64=8080)'],
    ['"%v %v %v" .port .none .hosts', '8080 <nil> [eu us]'],
    ['"%.0f %.0f %.0f %.0f" 0.5 1.5 2.5 -0.4', '0 2 2 -0'],
    ['"%.2f|%8.3f|%-8.1f|%+.1e" 3.14159 3.14159 3.14159 31415.9', '3.14|   3.142|3.1     |+3.1e+04'],
    ['"%03d|%+d|%x|%X|%#x|%o|%b|%c|%U" 7 7 255 255 255 8 5 65 65', '007|+7|ff|FF|0xff|10|101|A|U+0041'],
    ['"%q %q" "a\\"b\\n" .hosts', '"a\\"b\\n" ["eu" "us"]'],
    ['"%5s|%-5s|%.2s|%x" "ab" "ab" "söß" "hi"', '   ab|ab   |sö|6869'],
    ['"%t %t" true "x"', 'true %!t(string=x)'],
    ['"%T %T %T %T" 1 .port .labels nil', 'int float64 map[string]interface {} <nil>'],
    ['"%d %d" 1', '1 %!d(MISSING)'],
    ['"%d" 1 "x" nil', '1%!(EXTRA string=x, <nil>)'],
    ['"%[2]s %[1]s" "a" "b"', 'b a'],
    ['"%[3]s" "a"', '%!s(BADINDEX)'],
    ['"100%%%"', '100%%!(NOVERB)'],
    ['"%*d" 5 42', '   42'],
    ['"%z" 1', '%!z(int=1)'],
    ['"%d" .hosts', '[%!d(string=eu) %!d(string=us)]'],
    ['"%#v" .labels', 'map[string]interface {}{"app":"ledger"}'],
    ['"%s" nil', '%!s(<nil>)'],
  ])('%s gives %s', (args, expected) => expect(output(`{{printf ${args}}}`, VALUES)).toBe(expected));

  it('wants a text for its format', () => {
    expect(refusal('{{printf .port}}', VALUES)).toContain('wrong type for value; expected string; got float64');
    expect(refusal('{{printf .none}}', VALUES)).toContain('invalid value; expected string');
  });

  it.each([
    [1e21, 'f', 0, '1000000000000000000000'],
    [0.1, 'f', 20, '0.10000000000000000555'],
    [5e-324, 'g', 3, '4.94e-324'],
    [123456789, 'g', 4, '1.235e+08'],
    [0.15, 'f', 1, '0.1'],
    [0.25, 'f', 1, '0.2'],
    [9.5, 'e', 0, '1e+01'],
    [0, 'e', 2, '0.00e+00'],
    [1, 'x', undefined, '0x1p+00'],
  ] as const)('the float %d as %s with %s digits is %s', (number, format, precision, expected) =>
    expect(formatFloat(number, format, precision)).toBe(expected),
  );
});

describe('print and escapes', () => {
  it.each([
    ['print "a" 1 2 "b" .on nil', 'a1 2btrue <nil>'],
    ['println "a" 1', 'a 1\n'],
    ['html "<a b=\'c\'>&"', '&lt;a b=&#39;c&#39;&gt;&amp;'],
    ['html .none', '&lt;no value&gt;'],
    ['js "it\'s <b>\\n"', "it\\'s \\u003Cb\\u003E\\u000A"],
    ['urlquery "a b" "&é!"', 'a+b%26%C3%A9%21'],
  ])('%s gives %j', (expression, expected) => expect(output(`{{${expression}}}`, VALUES)).toBe(expected));
});
