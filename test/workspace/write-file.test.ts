import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { withFile } from '../../src/workspace/with-file.ts';
import { configNameIn, writeNewFile } from '../../src/workspace/write-file.ts';
import { scratch, write } from './repository.ts';

describe('a new file', () => {
  it('is written as a whole, and nothing else', () => {
    const folder = scratch();
    writeNewFile(folder, '.gitopsrc', 'preset: strict\n');
    expect(readdirSync(folder)).toEqual(['.gitopsrc']);
    expect(readFileSync(path.join(folder, '.gitopsrc'), 'utf8')).toBe('preset: strict\n');
  });

  it('never takes the place of another', () => {
    const folder = scratch();
    write(folder, { '.gitopsrc': 'mine\n' });
    expect(() => writeNewFile(folder, '.gitopsrc', 'other\n')).toThrow('".gitopsrc" is there by now');
    expect(readdirSync(folder)).toEqual(['.gitopsrc']);
    expect(readFileSync(path.join(folder, '.gitopsrc'), 'utf8')).toBe('mine\n');
  });

  it('nor that of a link to nothing', () => {
    const folder = scratch();
    symlinkSync('gone', path.join(folder, '.gitopsrc'));
    expect(() => writeNewFile(folder, '.gitopsrc', 'other\n')).toThrow('is there by now');
    expect(readdirSync(folder)).toEqual(['.gitopsrc']);
  });

  it('that cannot be written is told why', () => {
    expect(() => writeNewFile(path.join(scratch(), 'gone'), '.gitopsrc', '')).toThrow('cannot write ".gitopsrc": its folder does not exist');
  });

  it.skipIf(process.getuid?.() === 0)('is told where writing is not permitted', () => {
    const folder = scratch();
    chmodSync(folder, 0o500);
    expect(() => writeNewFile(folder, '.gitopsrc', '')).toThrow('cannot write ".gitopsrc": writing there is not permitted');
    chmodSync(folder, 0o700);
  });
});

describe('the configuration of a folder', () => {
  it.each(['.gitopsrc', '.gitopsrc.yaml', '.gitopsrc.yml', '.gitopsrc.json'])('may be called %s', (name) => {
    const folder = scratch();
    expect(configNameIn(folder)).toBeUndefined();
    write(folder, { [name]: '' });
    expect(configNameIn(folder)).toBe(name);
  });

  it('is there whatever stands under its name', () => {
    const folder = scratch();
    mkdirSync(path.join(folder, '.gitopsrc.yaml'));
    expect(configNameIn(folder)).toBe('.gitopsrc.yaml');
    symlinkSync('gone', path.join(folder, '.gitopsrc'));
    expect(configNameIn(folder)).toBe('.gitopsrc');
  });
});

describe('a workspace with one more file', () => {
  const before = memoryWorkspace({ 'b/app.yaml': 'b', 'c.yaml': 'c' });
  const after = withFile(before, 'b/.gitopsrc', 'new');

  it('has that file', () => {
    expect(after.files()).toEqual(['b/.gitopsrc', 'b/app.yaml', 'c.yaml']);
    expect([after.kindOf('b/.gitopsrc'), after.realPath('b/.gitopsrc')]).toEqual(['file', 'b/.gitopsrc']);
    expect(after.read('b/.gitopsrc')).toMatchObject({ ok: true, file: { path: 'b/.gitopsrc', text: 'new' } });
    expect(after.bytes('b/.gitopsrc')).toEqual({ ok: true, path: 'b/.gitopsrc', bytes: new TextEncoder().encode('new') });
  });

  it('is as it was besides', () => {
    expect(after.read('c.yaml')).toBe(before.read('c.yaml'));
    expect([after.kindOf('b'), after.kindOf('gone'), after.description]).toEqual(['directory', undefined, 'memory']);
    expect(before.kindOf('b/.gitopsrc')).toBeUndefined();
    expect(withFile(before, 'c.yaml', 'other').files()).toEqual(before.files());
  });
});
