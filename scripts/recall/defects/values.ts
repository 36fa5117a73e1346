import type { Kind } from '../case.ts';
import { insertBehind, marksOf, rewrite } from '../edit.ts';
import type { Mark } from '../repository.ts';
import { isRehearsal } from '../stages.ts';
import { at, wrongAt } from './at.ts';
import { losing, misspelling } from './parity.ts';

const lastWord = ({ name }: Mark) => name.split('.').at(-1) ?? name;

export const VALUES: readonly Kind[] = [
  losing('value dropped', 'value', 'missing-value', (files, mark) => rewrite(files, mark, (line) => line.replace(/\S/, '# $&'))),
  losing('value left empty', 'value', 'missing-value', (files, mark) => rewrite(files, mark, (line) => line.replace(/: .*/, ': ""')), {
    isMeant: ({ env }) => isRehearsal(env),
  }),
  misspelling('value misspelled', 'value', 'missing-value'),
  at(
    'value with a default misspelled',
    'typed',
    (mark, { files }) => ({
      files: rewrite(files, mark, (line) => line.replace('replicas', 'replcas')),
      expected: [wrongAt('unknown-value', mark)],
    }),
    ({ env }) => isRehearsal(env),
  ),
  at(
    'value that the chart does not know',
    'typed',
    (mark, { files }, draw) => ({
      files: insertBehind(files, mark, [draw.one(['autoscale: true', 'logFormat: json', 'pullPolicy: Always'])]),
      expected: [wrongAt('unknown-value', { ...mark, line: mark.line + 1 })],
    }),
    ({ env }) => isRehearsal(env),
  ),
  at(
    'number written as a text',
    'typed',
    (mark, { files }) => ({
      files: rewrite(files, mark, (line) => line.replace(/: .*/, ': many')),
      expected: [wrongAt('mismatched-value-type', mark)],
    }),
    ({ env }, { stages }) => isRehearsal(env) && stages.length > 2,
  ),
  at(
    'switch within quotes',
    'flag',
    (mark, { files }) => ({
      files: rewrite(files, mark, (line) => line.replace(/: .*/, ': "false"')),
      expected: [wrongAt('mismatched-value-type', mark)],
    }),
    ({ env }) => isRehearsal(env),
  ),
  at(
    'address replaced by a number',
    'value',
    (mark, { files }) => ({
      files: rewrite(files, mark, (line) => line.replace(/: .*/, ': 8080')),
      expected: [wrongAt('mismatched-value-type', mark)],
    }),
    ({ env, name }, { stages }) => lastWord({ name } as Mark) === 'url' && isRehearsal(env) && stages.length > 2,
  ),
  at(
    'map where the chart has a value',
    'typed',
    (mark, { files }) => ({
      files: rewrite(files, mark, () => 'replicas: { count: 3 }'),
      expected: [wrongAt('mismatched-value-type', mark)],
    }),
    ({ env }, repository) => isRehearsal(env) && marksOf(repository, 'typed').length > 0,
  ),
];
