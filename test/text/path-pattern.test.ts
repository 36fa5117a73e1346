import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gitPathPattern, goPathPattern } from '../../src/text/path-pattern.ts';

describe('patterns of Go', () => {
  it.each([
    ['apps/*', 'apps/checkout', true],
    ['apps/*', 'apps/checkout/prod-eu', false],
    ['apps/*', 'apps', false],
    ['*', 'apps', true],
    // Go's path.Match knows no `**`: it is a `*` twice.
    ['apps/**', 'apps/checkout', true],
    ['apps/**', 'apps/checkout/prod-eu', false],
    ['**/prod-eu', 'apps/checkout/prod-eu', false],
    ['apps/*/prod-*', 'apps/checkout/prod-eu', true],
    ['apps/*/prod-*', 'apps/checkout/dev', false],
    ['apps/ledge?', 'apps/ledger', true],
    ['a?b', 'a/b', false],
    ['[a-l]*', 'ledger', true],
    ['[^a-l]*', 'ledger', false],
    ['[!a-l]*', 'storefront', false],
    ['apps/[l|c]*', 'apps/ledger', true],
    ['apps\\*', 'apps*', true],
    // Braces and leading or trailing slashes are text.
    ['{dev,staging}', 'dev', false],
    ['/apps/*', 'apps/checkout', false],
    ['apps/*/', 'apps/checkout', false],
  ])('%s and %s: %s', (pattern, path, expected) => expect(goPathPattern(pattern)?.(path)).toBe(expected));

  it.each(['[', '[]', '[a', '[]a]', '[a-]', '[-a]', 'a\\'])('%s is malformed', (pattern) => expect(goPathPattern(pattern)).toBeUndefined());
});

describe('patterns of git', () => {
  it.each([
    // Git lets `*` go through slashes.
    ['apps/*/config.json', 'apps/checkout/config.json', true],
    ['apps/*/config.json', 'apps/checkout/prod-eu/config.json', true],
    ['apps/*/config.json', 'apps/config.json', false],
    ['apps/**/config.json', 'apps/checkout/prod-eu/config.json', true],
    ['**/config.json', 'config.json', false],
    ['*.json', 'apps/checkout/config.json', true],
    // The name of a folder stands for what is in it.
    ['apps', 'apps/checkout/config.json', true],
    ['apps/', 'apps/checkout/config.json', true],
    ['apps', 'apps-old/config.json', false],
    ['./apps/config.json', 'apps/config.json', true],
    ['apps/[!x]onfig.json', 'apps/config.json', true],
    ['x[1]/config.json', 'x[1]/config.json', true],
    ['x[1]/config.json', 'x1/config.json', true],
  ])('%s and %s: %s', (pattern, path, expected) => expect(gitPathPattern(pattern)(path)).toBe(expected));

  it('match nothing when a class has no end', () => expect(gitPathPattern('x[1')('x1')).toBe(false));
});

describe('any pattern without special characters', () => {
  it('matches itself alone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z/é-]{1,12}$/), fc.stringMatching(/^[a-z/é-]{1,12}$/), (pattern, path) => {
        expect(goPathPattern(pattern)?.(path)).toBe(pattern === path);
      }),
    );
  });

  it('matches as a search of all ways does', () => {
    const found = (pattern: string, path: string, crosses: boolean): boolean => {
      if (pattern === '') return path === '';
      if (pattern[0] === '*')
        return found(pattern.slice(1), path, crosses) || (path !== '' && (crosses || path[0] !== '/') && found(pattern, path.slice(1), crosses));
      const fits = path !== '' && (pattern[0] === '?' ? crosses || path[0] !== '/' : pattern[0] === path[0]);
      return fits && found(pattern.slice(1), path.slice(1), crosses);
    };
    fc.assert(
      fc.property(fc.stringMatching(/^[ab/*?]{0,8}$/), fc.stringMatching(/^[ab/]{0,10}$/), (pattern, path) => {
        expect(goPathPattern(pattern)?.(path)).toBe(found(pattern, path, false));
        // A pathspec stands for what is in a folder, too, and puts slashes in order.
        if (!/^$|^\.|\/\/|\/$|^\//.test(pattern) && !path.startsWith(`${pattern}/`)) expect(gitPathPattern(pattern)(path)).toBe(found(pattern, path, true));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no longer for stars upon stars', () => expect(goPathPattern(`${'*a'.repeat(60)}b`)?.('a'.repeat(400))).toBe(false));
});
