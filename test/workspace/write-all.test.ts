import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAll } from '../../src/workspace/write-file.ts';
import { folderWith } from '../support/cli.ts';

describe('writeAll', () => {
  const TREE = { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' };
  const writesIn = (folder: string, ...texts: readonly (readonly [string, string | undefined])[]) =>
    texts.map(([name, text]) => ({ file: path.join(folder, name), name, before: TREE[name as keyof typeof TREE] ?? '', text }));

  it('writes some files, and deletes others', () => {
    const folder = folderWith(TREE);
    writeAll(writesIn(folder, ['a.yaml', 'a: 2\n'], ['b.yaml', undefined]));
    expect([readFileSync(path.join(folder, 'a.yaml'), 'utf8'), existsSync(path.join(folder, 'b.yaml'))]).toEqual(['a: 2\n', false]);
  });

  it('gives what it has written and deleted its former text again, when one cannot be written', () => {
    const folder = folderWith(TREE);
    const all = writesIn(folder, ['a.yaml', 'a: 2\n'], ['b.yaml', undefined], ['gone/c.yaml', 'c: 1\n']);
    expect(() => writeAll(all)).toThrow('cannot write "gone/c.yaml": its folder does not exist');
    expect(['a.yaml', 'b.yaml'].map((name) => readFileSync(path.join(folder, name), 'utf8'))).toEqual(['a: 1\n', 'b: 1\n']);
  });
});
