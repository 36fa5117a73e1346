import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderOf, joinPath, normalizePath } from '../../src/text/path.ts';
import { DiskWorkspace } from '../../src/workspace/disk-workspace.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { type SnapshotEntry, SnapshotWorkspace } from '../../src/workspace/snapshot-workspace.ts';
import { decode } from '../../src/workspace/workspace.ts';
import { scratch, write } from './repository.ts';

describe('paths', () => {
  it.each<[string, string | undefined]>([
    ['a/./b/../c', 'a/c'],
    ['.', ''],
    ['', ''],
    ['a//b/', 'a/b'],
    ['..', undefined],
    ['a/../..', undefined],
    ['/a', undefined],
    ['...', '...'],
  ])('normalizes %j to %j', (path, expected) => {
    expect(normalizePath(path)).toBe(expected);
  });

  it('joins, and refuses to leave the root', () => {
    expect(joinPath('apps/ledger', '../../base')).toBe('base');
    expect(joinPath('', 'base')).toBe('base');
    expect(joinPath('apps', '../..')).toBeUndefined();
    expect(joinPath('apps', '/base')).toBeUndefined();
    expect([folderOf('a/b/c'), folderOf('a')]).toEqual(['a/b', '']);
  });

  it('stays what it is once normalized', () => {
    const step = fc.constantFrom('a', 'b', '.', '..', '', '...');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const path = normalizePath(steps.join('/'));
        if (path === undefined) return;
        expect(normalizePath(path)).toBe(path);
        expect(path.split('/')).not.toContain('..');
      }),
    );
  });
});

describe('decode', () => {
  it('reads UTF-8 and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const result = decode('a.yaml', bytes);
        if (result.ok) expect([...new TextEncoder().encode(result.file.text)]).toEqual([...bytes]);
      }),
    );
  });
});

describe('memoryWorkspace', () => {
  const workspace = memoryWorkspace({ 'b.yaml': 'b: 1', 'apps/a.yaml': 'a: 1', 'logo.png': new Uint8Array([0]) });

  it('lists, reads, and knows folders', () => {
    expect(workspace.files()).toEqual(['apps/a.yaml', 'b.yaml', 'logo.png']);
    expect(['apps', '', 'b.yaml', 'nope', '..'].map((path) => workspace.kindOf(path))).toEqual(['directory', 'directory', 'file', undefined, undefined]);
    expect(workspace.read('apps')).toEqual({ ok: false, problem: 'directory' });
    expect(workspace.read('logo.png')).toEqual({ ok: false, problem: 'binary' });
    expect(workspace.read('nope')).toEqual({ ok: false, problem: 'missing' });
    expect(workspace.read('../x')).toEqual({ ok: false, problem: 'outside' });
  });

  it('gives the same SourceFile each time', () => {
    const [one, two] = [workspace.read('b.yaml'), workspace.read('./apps/../b.yaml')];
    expect(one.ok && two.ok && one.file === two.file).toBe(true);
  });

  it('agrees with the disk about whatever tree', () => {
    const name = fc.constantFrom('a', 'b', 'c.yaml', 'ä');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((steps) => `${steps.join('/')}/f.yaml`);
    const asked = fc.array(fc.constantFrom('a', 'b', 'c.yaml', 'ä', 'f.yaml', '..', '.'), { maxLength: 5 }).map((steps) => steps.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 4 }), fc.array(asked, { maxLength: 6 }), (paths, questions) => {
        const files = Object.fromEntries(paths.map((each) => [each, `at: ${each}`]));
        const root = scratch();
        write(root, files);
        const memory = memoryWorkspace(files);
        const disk = new DiskWorkspace(root, memory.files());
        for (const question of [...paths, ...questions]) {
          const [one, two] = [memory.read(question), disk.read(question)];
          expect([question, memory.kindOf(question), memory.realPath(question)]).toEqual([question, disk.kindOf(question), disk.realPath(question)]);
          expect(one.ok ? [one.file.path, one.file.text] : one).toEqual(two.ok ? [two.file.path, two.file.text] : two);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('SnapshotWorkspace', () => {
  const link = (target: string) => ({ type: 'symlink', target: () => target }) as const;
  const file = (text: string) => ({ type: 'file', bytes: () => new TextEncoder().encode(text) }) as const;

  it('follows links as the system does', () => {
    const workspace = new SnapshotWorkspace(
      'test',
      new Map<string, SnapshotEntry>([
        ['deep/er/a.yaml', file('deep')],
        ['a.yaml', file('top')],
        ['link', link('deep/er')],
        ['dots.yaml', link('link/../../a.yaml')],
        ['chain', link('./link/')],
        ['one', link('two')],
        ['two', link('one')],
        ['out', link('../a.yaml')],
        ['absolute', link('/a.yaml')],
      ]),
    );
    expect(workspace.realPath('link/a.yaml')).toBe('deep/er/a.yaml');
    expect(workspace.realPath('dots.yaml')).toBe('a.yaml');
    expect(workspace.realPath('chain/a.yaml')).toBe('deep/er/a.yaml');
    expect(workspace.kindOf('chain')).toBe('directory');
    expect(['one', 'out', 'absolute', 'link'].map((path) => workspace.read(path))).toEqual(
      ['symlink-loop', 'outside', 'outside', 'directory'].map((problem) => ({ ok: false, problem })),
    );
  });
});
