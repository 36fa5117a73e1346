import type { Expected, Kind } from '../case.ts';
import { marksOf, rewrite } from '../edit.ts';
import type { Mark, Repository } from '../repository.ts';
import { isRehearsal } from '../stages.ts';
import { at, wrongAt } from './at.ts';

const MOVING = ['latest', 'main', 'stable', 'master', 'edge'];

const isDev = ({ env }: Mark) => env === undefined || env.startsWith('dev');
/** Whether an image is named by digest anyway. */
const isPinned = (mark: Mark, { marks, files }: Repository) =>
  marks.some(({ what, path }) => (what === 'digest' || what === 'image-digest') && path === mark.path) ||
  (files[mark.path] ?? '').split(/\r?\n/)[mark.line - 1]?.includes('@') === true;
const isFree = (mark: Mark, repository: Repository) => !isDev(mark) && !isPinned(mark, repository);

const mutable = (mark: Mark): Expected[] => [wrongAt('mutable-image-tag', mark)];

export const IMAGES: readonly Kind[] = [
  at(
    'moving tag in an override',
    'new-tag',
    (mark, { files }, draw) => ({
      files: rewrite(files, mark, (line) => line.replace(/: .*/, `: ${draw.one(MOVING)}`)),
      expected: mutable(mark),
    }),
    isFree,
  ),
  at(
    'moving tag of an image',
    'image',
    (mark, { files }, draw) => ({
      files: rewrite(files, mark, (line) => line.replace(/:[^:]*$/, `:${draw.one(MOVING)}`)),
      expected: mutable(mark),
    }),
    isFree,
  ),
  at(
    'image without a tag',
    'image',
    (mark, { files }) => ({ files: rewrite(files, mark, (line) => line.replace(/:[^:]*$/, '')), expected: mutable(mark) }),
    isFree,
  ),
  at(
    'moving tag in values',
    'tag',
    (mark, { files }, draw) => ({
      files: rewrite(files, mark, (line) => line.replace(/: .*/, `: ${draw.one(MOVING)}`)),
      expected: mutable(mark),
    }),
    isFree,
  ),
  at(
    'tag that moves with each minor version',
    'new-tag',
    (mark, { files }) => ({
      files: rewrite(files, mark, (line) => line.replace(/: (\d+)\..*/, ': "$1"')),
      expected: mutable(mark),
    }),
    (mark, repository) => isFree(mark, repository) && isRehearsal(mark.env),
  ),
  at('digest of an override replaced by a tag', 'digest', (mark, { files }) => ({
    files: rewrite(files, mark, (line) => line.replace(/digest: .*/, 'newTag: 0.9.0')),
    expected: [wrongAt('unpinned-image', mark)],
  })),
  at(
    'digest of an image lost',
    'image',
    (mark, { files }) => ({
      files: rewrite(files, mark, (line) => line.replace(/@.*/, '')),
      expected: [wrongAt('unpinned-image', mark)],
    }),
    (mark, repository) => isPinned(mark, repository) && marksOf(repository, 'digest').length === 0,
  ),
];
