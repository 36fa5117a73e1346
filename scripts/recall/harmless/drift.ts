import type { Kind } from '../case.ts';
import { marksOf, rewrite } from '../edit.ts';
import { everywhere, isLastAlone, once, writing } from './edits.ts';

/** Shapes of drift that are none. */
export const HARMLESS_DRIFT: readonly Kind[] = [
  everywhere(
    'one host for all',
    'config',
    writing((line) => line.replace(/https:\/\/[\w.-]+/, 'https://sso.shop.example')),
    ({ name }) => name === 'CATALOGUE_URL',
  ),
  once(
    'probe at another pace',
    'probe',
    (files, mark) => rewrite(files, { ...mark, line: mark.line + mark.lines - 1 }, (line) => line.replace(/: .*/, ': 30')),
    isLastAlone,
  ),
  once(
    'more memory in production',
    'memory',
    writing((line) => line.replace(/: .*/, ': 2Gi')),
    (mark, repository) => mark.name === 'limits' && isLastAlone(mark, repository),
  ),
  once(
    'port that moves with its probe and its Service',
    'container-port',
    (files, mark, _, repository) =>
      ['container-port', 'probe-port', 'target-port']
        .flatMap((what) => marksOf(repository, what, mark.name))
        .filter(({ env }) => env === mark.env)
        .reduce((all, twin) => rewrite(all, twin, (line) => line.replace(/: .*/, ': 7777')), files),
    ({ env }) => env !== undefined,
  ),
  once(
    'placeholder in the first environment',
    'config',
    writing((line) => (line.includes('=') ? line.replace(/=[^"]*/, '=TODO') : line.replace(/: .*/, ': TODO'))),
    ({ env, name }, { stages }) => env === stages[0]?.name && name === 'CURRENCY',
  ),
];
