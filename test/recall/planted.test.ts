import { describe, expect, it } from 'vitest';
import { judge } from '../../scripts/recall/judge.ts';
import { DEFECTS, HARMLESS } from '../../scripts/recall/kinds.ts';
import { lintFiles } from '../../scripts/recall/lint-files.ts';
import { drawRepositories, plant } from '../../scripts/recall/plant.ts';
import { complaintsOf } from '../../scripts/recall/report.ts';
import type { Repository } from '../../scripts/recall/repository.ts';

/** A few of what "npm run recall" plants: one of each kind, always the same, in the smallest repository that has a place for it. */
const SEED = 7;
const sizeOf = ({ files }: Repository) => Object.values(files).join('').length;
const repositories = drawRepositories(SEED, 63).sort((a, b) => sizeOf(a) - sizeOf(b));

describe('planted mistakes', () => {
  it('begin with repositories that are clean', async () => {
    for (const { files } of repositories.slice(0, 7)) expect(await lintFiles(files)).toEqual([]);
  });

  it.each(DEFECTS)('are found at their line, and nothing else: $name', async (kind) => {
    const planted = plant(kind, repositories, 1, SEED);
    expect(planted).toHaveLength(1);
    for (const one of planted) expect(complaintsOf(await judge(one))).toEqual([]);
  });

  it.each(HARMLESS)('are told from what harms nobody: $name', async (kind) => {
    const planted = plant(kind, repositories, 1, SEED);
    expect(planted).toHaveLength(1);
    for (const one of planted) expect(complaintsOf(await judge(one))).toEqual([]);
  });
});
