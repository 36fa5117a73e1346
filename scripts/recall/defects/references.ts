import { folderOf } from '../../../src/text/path.ts';
import type { Expected, Kind } from '../case.ts';
import { marksOf, rewrite } from '../edit.ts';
import type { Mark, Repository } from '../repository.ts';
import { at, misspelled, wrongAt } from './at.ts';

/** Another environment than that of a mark, which comes before it. */
export function earlierThan({ env }: Mark, { stages }: Repository): string | undefined {
  const own = stages.find(({ name }) => name === env);
  return own && stages.findLast(({ rank }) => rank < own.rank)?.name;
}

/** All environments that a line reaches, or the one whose file it stands in. */
function reached(rule: string, mark: Mark, { stages }: Repository): Expected {
  const { path, line, env } = mark;
  return { rule, path, line, environments: env === undefined ? stages.map(({ name }) => name).sort() : [env] };
}

export const REFERENCES: readonly Kind[] = [
  at('name of a ConfigMap misspelled where it is used', 'config-ref', (mark, repository) => ({
    files: rewrite(repository.files, mark, misspelled(mark)),
    expected: [reached('dangling-config-reference', mark, repository)],
  })),
  at(
    'name of a ConfigMap changed where it is defined',
    'object-name',
    (mark, repository) => {
      const use = marksOf(repository, 'config-ref', mark.app).find(({ env }) => env === mark.env);
      return (
        use && {
          files: rewrite(repository.files, mark, (line) => line.replace('-config', '-settings')),
          expected: [reached('dangling-config-reference', use, repository)],
        }
      );
    },
    ({ name, env }) => env !== undefined && name.startsWith('ConfigMap/'),
  ),
  at(
    'generated ConfigMap misspelled in the base',
    'generator',
    (mark, repository) => {
      const uses = marksOf(repository, 'config-ref', mark.app);
      const twins = marksOf(repository, 'generator', mark.name);
      const files = twins.reduce((all, twin) => rewrite(all, twin, misspelled(twin)), repository.files);
      return { files, expected: uses.map((use) => reached('dangling-config-reference', use, repository)) };
    },
    ({ env }) => env === undefined,
  ),
  at(
    'overlay on another environment',
    'base-ref',
    (mark, repository) => {
      const earlier = earlierThan(mark, repository);
      const other = marksOf(repository, 'base-ref', mark.name).find(({ env }) => env === earlier);
      if (!other) return undefined;
      const way = wayFrom(folderOf(mark.path), folderOf(other.path));
      return { files: rewrite(repository.files, mark, (line) => line.replace(/- .*/, `- ${way}`)), expected: [wrongAt('cross-environment-base', mark)] };
    },
    (mark, { marks, stages }) => {
      // What both set alike would be set twice, and what both bring would clash.
      const isProduction = stages.some(({ name, isProduction }) => isProduction && name === mark.env);
      return (
        isProduction && !marks.some(({ what, path, env }) => env === mark.env && ((what === 'resource' && path === mark.path) || /config-patch/.test(path)))
      );
    },
  ),
];

/** The way from one folder to another. */
function wayFrom(from: string, to: string): string {
  const [a, b] = [from.split('/'), to.split('/')];
  const shared = a.findIndex((step, index) => step !== b[index]);
  return [...a.slice(shared).map(() => '..'), ...b.slice(shared)].join('/');
}
