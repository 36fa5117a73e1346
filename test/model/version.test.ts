import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion } from '../../src/model/versions/version.ts';

describe('the scheme of a tag', () => {
  it.each([
    ['semver', ['1.2.3', 'v1.2.3', '1.2.3-rc.1', '1.2.3-alpine3.18', 'release-1.2.3', '16.2', '1.2.3+build.5', '1.2.3_build']],
    ['calendar', ['2026.03.1', 'portal-2026.2.1', '2026.3']],
    ['date', ['20260321', '20260321.4', 'nightly-20260321']],
    ['timestamp', ['1767225600', '1767225600123', '20260321T120000Z', 'main-1a2b3c4-1767225600', '20260321120000']],
    ['build', ['123', 'b123', 'build-123', 'v830']],
    ['commit', ['9f1c2b7', '3f786850e387550fdab836ed7e6dc881de23001b', '1234567890123456789012345678901234567890']],
    ['opaque', ['latest', 'main', 'stable-alpine', '', 'pr-x', '1.x', 'a.b.c']],
  ] as const)('%s', (scheme, tags) => {
    expect(tags.map((tag) => [tag, parseVersion(tag).scheme])).toEqual(tags.map((tag) => [tag, scheme]));
  });
});

describe('the order of versions', () => {
  it.each([
    ['1.2.3', '1.2.4'],
    ['1.9.0', '1.10.0'],
    ['v1.2.3', '1.3.0'],
    ['1.2.3-rc.1', '1.2.3'],
    ['1.2.3-alpha', '1.2.3-beta'],
    ['1.2.3-rc.9', '1.2.3-rc.10'],
    ['1.2.3-rc9', '1.2.3-rc10'],
    ['1.2.3-1', '1.2.3-rc'],
    ['1.2.3-rc', '1.2.3-rc.1'],
    ['1.2.3-alpine', '1.2.4-alpine3.19'],
    ['1.2.3-1a2b3c4', '1.2.4-5d6e7f8'],
    ['release-1.2.3', 'release-1.2.4'],
    ['16.2', '16.10'],
    ['2026.03.1', '2026.3.2'],
    ['2026.03', '2026.03.1'],
    ['20260321', '20260322'],
    ['20260321.4', '20260321.10'],
    ['main-1a2b3c4-1767225600', 'main-5d6e7f8-1767225700'],
    ['1767225600', '1767225601000'],
    ['20260321T120000Z', '20260321T130000Z'],
    ['99', '100'],
    ['b123', 'b124'],
    ['v830', 'v831'],
  ])('%s is older than %s', (older, newer) => {
    expect([Math.sign(compareVersions(older, newer) ?? Number.NaN), Math.sign(compareVersions(newer, older) ?? Number.NaN)]).toEqual([-1, 1]);
  });

  it.each([
    ['1.2.3', 'v1.2.3'],
    ['9f1c2b7', '9f1c2b7d1e'],
    ['latest', 'latest'],
    ['2026.03.1', '2026.3.1'],
  ])('%s and %s are the same', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });

  it.each([
    ['1.2', '1.2.3'],
    ['1.2.3', '1.2.4-alpine'],
    ['1.2.3-alpine3.18', '1.2.3-alpine3.19'],
    ['release-1.2.3', 'development-1.2.4'],
    ['1.2.3', '20260321'],
    ['20260321', '1767225600'],
    ['9f1c2b7', '5d6e7f8'],
    ['1.2.3-1a2b3c4', '1.2.3-5d6e7f8'],
    ['1.2.3+a', '1.2.3+b'],
    ['latest', '1.2.3'],
    ['main', 'develop'],
    ['123', '1.2.3'],
  ])('of %s and %s nobody knows', (a, b) => {
    expect([compareVersions(a, b), compareVersions(b, a)]).toEqual([undefined, undefined]);
  });

  const number = fc.integer({ min: 0, max: 30 });
  const tag = fc.oneof(
    fc.tuple(number, number, number).map((parts) => parts.join('.')),
    fc.tuple(number, number, number, fc.constantFrom('rc.1', 'rc.2', 'alpha', 'beta.11', '1')).map(([a, b, c, pre]) => `${a}.${b}.${c}-${pre}`),
    fc.tuple(fc.constantFrom('', 'v', 'b', 'build-'), number).map((parts) => parts.join('')),
    fc.tuple(number, number, number, fc.constantFrom('-alpine', '-slim', '-alpine3.18')).map(([a, b, c, make]) => `${a}.${b}.${c}${make}`),
    fc.constantFrom('latest', '9f1c2b7', '5d6e7f8', '20260321', '20260321.1', '2026.1.2', '1767225600'),
  );

  it('what is older one way is newer the other way', () => {
    fc.assert(
      fc.property(tag, tag, (a, b) =>
        compareVersions(a, b) === undefined
          ? compareVersions(b, a) === undefined
          : Math.sign(compareVersions(a, b) ?? 0) === -Math.sign(compareVersions(b, a) ?? 0),
      ),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(tag, tag, tag, (a, b, c) => {
        const [ab, bc, ac] = [compareVersions(a, b), compareVersions(b, c), compareVersions(a, c)];
        return !(ab !== undefined && bc !== undefined && ab < 0 && bc < 0) || (ac !== undefined && ac < 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => typeof compareVersions(a, b) !== 'string' && parseVersion(a).text === a));
  });
});
