import { describe, expect, it } from 'vitest';
import { findCodeOwners } from '../../src/engine/code-owners.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

const ownersOf = (files: Readonly<Record<string, string>>, path = 'apps/a.yaml') => findCodeOwners(memoryWorkspace(files))?.ownershipOf(path).owners;

describe('findCodeOwners', () => {
  it('takes the first file in the order of GitHub', () => {
    expect(ownersOf({ 'docs/CODEOWNERS': '* @docs' })).toEqual(['@docs']);
    expect(ownersOf({ 'docs/CODEOWNERS': '* @docs', CODEOWNERS: '* @root' })).toEqual(['@root']);
    expect(ownersOf({ 'docs/CODEOWNERS': '* @docs', CODEOWNERS: '* @root', '.github/CODEOWNERS': '* @github' })).toEqual(['@github']);
  });

  it('takes the first file in the order of GitLab, where the repository lies there', () => {
    expect(ownersOf({ '.gitlab/CODEOWNERS': '* @gitlab' })).toEqual(['@gitlab']);
    expect(ownersOf({ '.gitlab/CODEOWNERS': '* @gitlab', 'docs/CODEOWNERS': '* @docs' })).toEqual(['@docs']);
    expect(ownersOf({ '.gitlab/CODEOWNERS': '* @gitlab', 'docs/CODEOWNERS': '* @docs', CODEOWNERS: '* @root' })).toEqual(['@root']);
  });

  it('reads as the forge does whose settings, or whose sections, are there', () => {
    const text = '* @all\n[Shop]\nprod-[eu]/ @operations\n';
    const path = 'prod-e/a.yaml';
    expect(ownersOf({ CODEOWNERS: text }, path)).toEqual(['@all', '@operations']);
    expect(ownersOf({ CODEOWNERS: '* @all\napps @operations', '.gitlab-ci.yml': '' })).toEqual(['@all']);
    expect(ownersOf({ CODEOWNERS: text, '.github/dependabot.yml': '' }, path)).toEqual(['@all']);
  });

  it('finds none where there is none, or more of it than GitHub reads', () => {
    expect(ownersOf({ 'CODEOWNERS.md': '* @a' })).toBeUndefined();
    expect(ownersOf({ CODEOWNERS: `* @a\n${'#'.repeat(3_000_000)}` })).toBeUndefined();
  });
});
