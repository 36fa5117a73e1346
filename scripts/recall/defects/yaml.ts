import type { Kind } from '../case.ts';
import { insertBehind, rewrite, textAt } from '../edit.ts';
import { at } from './at.ts';

export const YAML: readonly Kind[] = [
  at(
    'config key twice',
    'config',
    (mark, { files }) => {
      const [line = ''] = textAt(files, mark);
      return {
        files: insertBehind(files, mark, [line]),
        expected: [{ rule: 'duplicate-key', path: mark.path, line: mark.line + 1 }],
      };
    },
    ({ path }, { files }) => /kind: ConfigMap|^image:/m.test(files[path] ?? ''),
  ),
  at('namespace twice', 'namespace', (mark, { files }) => ({
    files: insertBehind(files, mark, ['namespace: shop']),
    expected: [{ rule: 'duplicate-key', path: mark.path, line: mark.line + 1 }],
  })),
  at('replicas twice', 'replicas', (mark, { files }) => ({
    files: insertBehind(files, mark, ['  replicas: 7']),
    expected: [{ rule: 'duplicate-key', path: mark.path, line: mark.line + 1 }],
  })),
  at(
    'text with a colon and no quotes',
    'config',
    (mark, { files }) => ({
      files: rewrite(files, mark, (line) => line.replace(/: .*/, ': Note: see the runbook')),
      expected: [{ rule: 'syntax-error', path: mark.path, line: mark.line }],
    }),
    ({ path }, { files }) => /kind: ConfigMap/.test(files[path] ?? ''),
  ),
  at('tab instead of blanks', 'replicas', (mark, { files }) => ({
    files: rewrite(files, mark, (line) => line.replace('  ', '\t')),
    expected: [{ rule: 'syntax-error', path: mark.path, line: mark.line }],
  })),
  at('bracket left open', 'namespace', (mark, { files }) => ({
    files: insertBehind(files, mark, ['commonAnnotations: {team: shop']),
    expected: [{ rule: 'syntax-error', path: mark.path, line: mark.line + 1 }],
  })),
];
