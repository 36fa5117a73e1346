import { describe, expect, it } from 'vitest';
import { inShort, placesIn } from './orders.ts';

/** `from > to, to`: one promotion path a line. */
function config(...lines: readonly string[]): string {
  const paths = lines.map((line) => {
    const [from = '', to = ''] = line.split(' > ');
    return `  - sourcePath: '${from}'\n    promotionPrs:\n      - targetPaths: [${to
      .split(', ')
      .map((path) => `'${path}'`)
      .join(', ')}]\n`;
  });
  return `promotionPaths:\n${paths.join('')}`;
}

describe('telefonistka', () => {
  it('goes from the workspace through the environments', () => {
    const tree = { 'telefonistka.yaml': config('workspace/ > env/dev/', 'env/dev/ > env/staging/', 'env/staging/ > env/prod-eu/, env/prod-us/') };
    expect(inShort(tree)).toEqual(['telefonistka promotionPaths: dev, staging < dev, prod-eu < staging, prod-us < staging']);
    expect(placesIn(tree)[0]).toBe("telefonistka.yaml:4 'env/dev/'");
  });

  it.each([
    [
      'regions and clusters below the environment, and patterns',
      [
        'workspace/ > clusters/lab/eu/c1/, clusters/staging/us/c1/',
        '^clusters/staging/[^/]*/[^/]* > clusters/prod/us/c2/',
        'clusters/prod/us/ > clusters/prod/eu/c2/',
      ],
      'lab, staging, prod < staging',
    ],
    ['environments below regions', ['workspace/ > eu/staging/', 'eu/staging/ > eu/prod/, us/prod/'], 'staging, prod < staging'],
    ['environments in the root', ['workspace/ > dev/', 'dev/ > prod/'], 'dev, prod < dev'],
    ['a first environment that nothing is copied to', ['clusters/dev/ > clusters/prod/'], 'dev, prod < dev'],
    ['a name of their own beside known ones', ['clusters/dev/ > clusters/aurora/', 'clusters/aurora/ > clusters/prod/'], 'dev, aurora < dev, prod < aurora'],
    ['the same way under several conditions', ['e/staging/ > e/prod/', 'e/staging > e/prod/'], 'staging, prod < staging'],
  ])('reads %s', (_, lines, expected) => {
    expect(inShort({ 'telefonistka.yaml': config(...lines) })).toEqual([`telefonistka promotionPaths: ${expected}`]);
  });

  it('reads the lists of lists of older files', () => {
    const text =
      'promotionPaths:\n  - sourcePath: env/dev/\n    targetPaths:\n      -\n        - env/staging/c1/\n        - env/staging/c2/\n      - - env/prod/c1/\n';
    expect(inShort({ 'telefonistka.yaml': text })).toEqual(['telefonistka promotionPaths: dev, staging < dev, prod < dev']);
  });

  it('only lists environments that everything is copied to at once', () => {
    expect(inShort({ 'telefonistka.yaml': config('workspace/ > env/dev/, env/prod/') })).toEqual(['telefonistka promotionPaths: dev, prod (unordered)']);
  });

  it.each([
    ['regions only', config('workspace/ > clusters/prod/us/', 'clusters/prod/us/ > clusters/prod/eu/')],
    ['one environment', config('workspace/ > env/dev/')],
    ['names that tell nothing', config('one/ > places/north-pole/, places/moon/')],
    ['one name that may be one', config('apps/ledger/ > apps/checkout/, apps/prod-db/')],
    ['a pattern for the environment', config('workspace/ > env/dev/', 'env/[^/]*/ > env/staging/, env/prod/')],
    ['a circle', config('env/dev/ > env/prod/', 'env/prod/ > env/dev/')],
    ['no targets', 'promotionPaths:\n  - sourcePath: env/dev/\n    promotionPrs: []\n'],
    ['an empty list', 'promotionPaths: []\n'],
    ['the settings of a component', 'promotionTargetBlockList: [env/prod/.*]\n'],
    ['a broken file', 'promotionPaths:\n  - sourcePath: "env/dev/\n    promotionPrs: [\n'],
  ])('%s gives no order', (_, text) => {
    expect(inShort({ 'telefonistka.yaml': text })).toEqual([]);
  });

  it('reads no file of another name', () => {
    expect(inShort({ 'promotion.yaml': config('env/dev/ > env/prod/') })).toEqual([]);
  });
});
