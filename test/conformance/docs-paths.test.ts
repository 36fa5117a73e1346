import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { globbySync } from 'globby';
import { describe, expect, it } from 'vitest';

const DOCUMENTS = globbySync(['*.md', 'docs/**/*.md', 'rules/*/README.md']);
const SCRIPTS = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;

describe.each(DOCUMENTS)('%s', (document) => {
  // Samples of output are not ours to hold to.
  const text = readFileSync(document, 'utf8').replaceAll(/```[\s\S]*?```/g, '');

  it('links to what is there', () => {
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target)) continue;
      expect.soft(existsSync(path.join(path.dirname(document), target)), target).toBe(true);
    }
  });

  it('names files and scripts that exist', () => {
    for (const [, file = ''] of text.matchAll(/`((?:src|test|scripts|docs|schemas|fixtures|\.husky|\.ci)\/[\w./-]+)`/g)) {
      if (document.startsWith('rules/')) continue;
      expect.soft(existsSync(file), file).toBe(true);
    }
    for (const [, name = ''] of text.matchAll(/npm run ([\w:-]+)/g)) expect.soft(SCRIPTS[name], `npm run ${name}`).toBeDefined();
  });
});
