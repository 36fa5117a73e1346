import { describe, expect, it } from 'vitest';
import { shownText } from '../../../../src/render/helm/go-template/format/value.ts';
import type { Host } from '../../../../src/render/helm/value.ts';
import { apply, itFails, itGives, shown, typeOf } from './calling.ts';

describe('regular expressions', () => {
  itGives([
    ['regexMatch', ['^v\\d+', 'v12'], 'true'],
    ['regexMatch', ['(', 'x'], 'false'],
    ['regexMatch', ['(?m)^b$', 'a\nb'], 'true'],
    ['regexFind', ['(?i)STORE', 'storefront'], 'store'],
    ['regexFind', ['x', 'abc'], ''],
    ['regexFindAll', ['[[:digit:]]+', 'a1b22c3', 2n], '[1 22]'],
    ['regexFindAll', ['o*', 'foo', -1n], '[ oo]'],
    ['regexReplaceAll', ['a(x*)b', '-ab-axxb-', '${1}W'], '-W-xxW-'],
    ['regexReplaceAll', ['a(x*)b', '-ab-axxb-', '$1W'], '---'],
    ['regexReplaceAll', ['(?P<n>b)', 'abc', '<$n$$>'], 'a<b$>c'],
    ['regexReplaceAll', ['', 'é😀', '-'], '-é-😀-'],
    ['regexReplaceAllLiteral', ['b', 'abc', '$0'], 'a$0c'],
    ['regexSplit', ['z+', 'pizza', -1n], '[pi a]'],
    ['regexSplit', ['/', 'a/b/c', 2n], '[a b/c]'],
    ['regexQuoteMeta', ['1.2*'], '1\\.2\\*'],
  ]);
  itFails([
    ['regexFind', ['(?=a)', 'x'], 'invalid or unsupported Perl syntax: `(?=`'],
    ['mustRegexMatch', ['(', 'x'], 'missing closing )'],
  ]);

  it('takes no longer for patterns that others are slow with', () => {
    expect(shown('regexMatch', '^(a+)+$', `${'a'.repeat(5000)}!`)).toBe('false');
  });
});

describe('versions', () => {
  itGives([
    ['semverCompare', ['>=1.20-0', 'v1.22.3-eks-1'], 'true'],
    ['semverCompare', ['>=1.20', '1.22.3-eks-1'], 'false'],
    ['semverCompare', ['^1.2', '1.9.0'], 'true'],
    ['semverCompare', ['^0.2.3', '0.3.0'], 'false'],
    ['semverCompare', ['^0.0.3', '0.0.4'], 'false'],
    ['semverCompare', ['~1.2.3', '1.3.0'], 'false'],
    ['semverCompare', ['~1', '1.9'], 'true'],
    ['semverCompare', ['>1.2', '1.2.9'], 'false'],
    ['semverCompare', ['<=1.2', '1.2.9'], 'true'],
    ['semverCompare', ['!=1.x', '2.0.0'], 'true'],
    ['semverCompare', ['1.2 - 1.4', '1.4.5'], 'true'],
    ['semverCompare', ['<1 || >2, !=3.0.0', '3.0.0'], 'false'],
    ['semverCompare', ['*', '1.2.3'], 'true'],
    ['semverCompare', ['>1.0.0-alpha.2', '1.0.0-alpha.10'], 'true'],
    ['semver', ['v1.2'], '1.2.0'],
  ]);
  itFails([
    ['semverCompare', ['about 1', '1.0'], 'improper constraint: "about 1"'],
    ['semverCompare', ['>1', 'latest'], 'invalid semantic version'],
    ['semver', ['1.2.3-01'], 'version segment starts with 0'],
  ]);

  it('has methods', () => {
    const version = apply('semver', ['v1.2.3-rc.1+build']) as Host;
    const ask = (name: string, ...args: readonly unknown[]) => {
      const method = version.method(name);
      return method && shownText(method(args as never, undefined as never)).text;
    };
    expect([ask('Major'), ask('Prerelease'), ask('Metadata'), ask('Original'), ask('IncPatch')]).toEqual(['1', 'rc.1', 'build', 'v1.2.3-rc.1+build', '1.2.3']);
    expect(ask('Compare', apply('semver', ['1.2.3']))).toBe('-1');
    expect(version.method('Nothing')).toBeUndefined();
    expect([typeOf('semver', '1'), shown('kindOf', version)]).toEqual(['*semver.Version', 'ptr']);
  });

  it('is not kept busy by conditions', () => {
    expect(() => apply('semverCompare', ['1 '.repeat(1000), '1'])).toThrow('too long (max 512 bytes)');
    expect(() => apply('semverCompare', [`${'1  '.repeat(160)}!`, '1'])).toThrow('improper constraint');
  });
});
