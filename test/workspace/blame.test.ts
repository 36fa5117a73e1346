import { describe, expect, it } from 'vitest';
import { blame } from '../../src/workspace/blame.ts';
import { isShallow } from '../../src/workspace/git.ts';
import { git, repository, scratch, write } from './repository.ts';

describe('blame', () => {
  it.each([
    ['2026-03-21T01:30:00+0200', '2026-03-21'],
    ['2026-03-20T22:30:00-0330', '2026-03-20'],
    ['2026-03-21T12:00:00+0000', '2026-03-21'],
  ])('has the day of the author for %s', (date, expected) => {
    const folder = repository({});
    write(folder, { 'app.yaml': 'replicas: 1\n' });
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'Sell', `--date=${date}`);
    expect(blame(folder, 'app.yaml')?.map(({ day, summary }) => [day, summary])).toEqual([[expected, 'Sell']]);
  });

  it.each(['a b.yaml', 'bücher.yaml', '店.yaml', 'a"b.yaml', 'a\\b.yaml', 'a\\303.yaml', 'a\tb\x07\x01\x7f.yaml', '"a.yaml"'])(
    'names the file before, called %j',
    (name) => {
      const folder = repository({ [`shop/${name}`]: 'replicas: 1\n' });
      write(folder, { [`shop/${name}`]: 'replicas: 2\n' });
      git(folder, 'commit', '-q', '-am', 'Sell more');
      expect(blame(`${folder}/shop`, name)?.map(({ previous }) => previous)).toEqual([
        { commit: git(folder, 'rev-parse', 'HEAD~1').trim(), path: `shop/${name}` },
      ]);
    },
  );

  it('knows the edge of a history, and whether there may be more behind it', () => {
    const folder = repository({ 'app.yaml': 'replicas: 1\n' });
    write(folder, { 'app.yaml': 'replicas: 1\nport: 80\n' });
    git(folder, 'commit', '-q', '-am', 'Open the port');
    const clone = scratch();
    git(clone, 'clone', '-q', '--depth=1', `file://${folder}`, '.');
    const edges = (root: string) => [isShallow(root), blame(root, 'app.yaml')?.map(({ isEdge }) => isEdge)];
    expect([edges(folder), edges(clone)]).toEqual([
      [false, [true, false]],
      [true, [true, true]],
    ]);
  });
});
