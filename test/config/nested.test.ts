import { expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

const FILES = { '.gitopsrc': 'ignore: [vendor]\n', 'apps/.gitopsrc.yaml': '', 'apps/web/.gitopsrc.json': '{}', 'vendor/.gitopsrc': '', 'clusters/a.yaml': '' };

const nestedIn = async (folder: string, files: Readonly<Record<string, string>> = FILES, named?: string) =>
  (await loadSettings(memoryWorkspace(files), folder, [], named)).settings.nested;

it('knows of configurations below the one that counts, as far as they are in DIR and not ignored', async () => {
  expect(await nestedIn('')).toEqual(['apps/.gitopsrc.yaml', 'apps/web/.gitopsrc.json']);
  expect(await nestedIn('apps')).toEqual(['apps/web/.gitopsrc.json']);
  expect(await nestedIn('clusters')).toEqual([]);
});

it('knows of them where none counts, but not of the one that is named', async () => {
  expect(await nestedIn('', { 'apps/.gitopsrc': '' })).toEqual(['apps/.gitopsrc']);
  expect(await nestedIn('', FILES, 'apps/.gitopsrc.yaml')).toEqual(['apps/web/.gitopsrc.json', 'vendor/.gitopsrc']);
});
