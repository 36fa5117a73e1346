import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { folderWith, run } from '../support/cli.ts';

const FILES = {
  'repo/apps/dev/kustomization.yaml': 'resources: []\nnamePrefix: a-\n',
  'repo/lint.yaml': 'preset: strict\n',
  'outside.yaml': 'preset: strict\n',
};

it('takes a --config whose path leads through a link', () => {
  const cwd = folderWith(FILES);
  symlinkSync('repo', path.join(cwd, 'link'));
  const { code, err } = run(['lint', 'link', '--root', 'link', '--config', 'link/lint.yaml'], { cwd });
  expect([code, err]).toEqual([0, '']);
});

it('takes none outside of the root, by whatever way', () => {
  const cwd = folderWith(FILES);
  mkdirSync(path.join(cwd, 'away'));
  symlinkSync('../away', path.join(cwd, 'repo/inside'));
  for (const file of ['outside.yaml', 'repo/inside/lint.yaml']) {
    expect(run(['lint', 'repo', '--root', 'repo', '--config', file], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/lies outside of the root/) as string,
    });
  }
});
