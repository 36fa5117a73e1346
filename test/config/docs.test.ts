import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

const PAGE = readFileSync('docs/configuration.md', 'utf8');
const EXAMPLES = [...PAGE.matchAll(/```yaml title="([^"]*\.gitopsrc)"\n(.*?)```/gs)].map(([, path = '', text = '']) => [path, text] as const);

describe('docs/configuration.md', () => {
  it('shows what it tells of', () => {
    expect(EXAMPLES.length).toBeGreaterThan(4);
    expect(EXAMPLES.some(([path]) => path !== '.gitopsrc')).toBe(true);
  });

  it.each(EXAMPLES)('has a %s that is one: %s', async (path, text) => {
    const { settings } = await loadSettings(memoryWorkspace({ [path]: text }), '', rules);
    expect(settings.unused).toEqual([]);
  });

  it('has examples that go together', async () => {
    const first = new Map(EXAMPLES.toReversed());
    await expect(loadSettings(memoryWorkspace(Object.fromEntries(first)), '', rules)).resolves.toBeDefined();
  });
});
