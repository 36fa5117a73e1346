import type { Kind } from '../case.ts';
import { dropMark, insertBehind, marksOf, rewrite, slip, textAt, without } from '../edit.ts';
import { isRehearsal } from '../stages.ts';
import { at, wrongAt } from './at.ts';
import { earlierThan } from './references.ts';

/** Writes the last step of a path that is no parameter with a slip of the pen. */
function slipInPath(line: string): string {
  const last = [...line.matchAll(/(?<![\w{-])[\w-]+(?![\w}:-])/g)].at(-1);
  return last ? line.slice(0, last.index) + slip(last[0]) + line.slice(last.index + last[0].length) : line;
}

export const DEPLOYERS: readonly Kind[] = [
  at(
    'path of a deployer misspelled',
    'path',
    (mark, { files }) => ({
      files: rewrite(files, mark, slipInPath),
      expected: [{ rule: 'broken-source-path', path: mark.path, line: mark.line }],
      // That an address is this very repository, another path of it has to show.
    }),
    ({ path, line }, repository) => marksOf(repository, 'path').some((other) => other.path !== path || other.line !== line),
  ),
  at('values file misspelled', 'values-file', (mark, { files }) => ({
    files: rewrite(files, mark, (line) => line.replace('values', 'vaules')),
    expected: [{ rule: 'missing-values-file', path: mark.path, line: mark.line }],
  })),
  at('values file deleted', 'values-file', (mark, repository, draw) => {
    const { name: env } = draw.one(repository.stages);
    const values = marksOf(repository, 'tag', mark.name).find((other) => other.env === env)?.path ?? '';
    return { files: without(repository.files, values), expected: [{ ...wrongAt('missing-values-file', mark), environments: [env] }] };
  }),
  at('element of a set without a folder', 'element', (mark, repository) => {
    const { files } = repository;
    const [line = ''] = textAt(files, mark);
    const [values] = marksOf(repository, 'values-file', mark.app);
    const edited = insertBehind(files, mark, [line.replace(mark.name, 'perf')]);
    // Of values files the entry of the set is named, one line further down by now.
    if (values) return { files: edited, expected: [{ rule: 'missing-values-file', path: mark.path, line: values.line + 1, environments: ['perf'] }] };
    return { files: edited, expected: [{ rule: 'broken-source-path', path: mark.path, line: mark.line + 1 }] };
  }),
  at(
    'environment lost from a set',
    'element',
    (mark, repository) => {
      const kustomization = marksOf(repository, 'base-ref', mark.app).find(({ env }) => env === mark.name);
      const line = kustomization && marksOf(repository, 'namespace').find(({ path }) => path === kustomization.path);
      if (!kustomization || !line) return undefined;
      return {
        files: dropMark(repository.files, mark),
        expected: [{ rule: 'unmatched-generator', path: kustomization.path, line: 1, environments: [mark.name] }],
      };
    },
    ({ name, app }, { marks }) => isRehearsal(name) && marks.some((other) => other.what === 'element' && other.name === name && other.app !== app),
  ),
  at(
    'deployer lost',
    'deployer',
    (mark, repository) => {
      const kustomization = marksOf(repository, 'base-ref', mark.name).find(({ env }) => env === mark.env);
      if (!kustomization) return undefined;
      const files = without(repository.files, mark.path);
      return { files, expected: [{ rule: 'unmatched-generator', path: kustomization.path, line: 1, environments: mark.env === undefined ? [] : [mark.env] }] };
    },
    (mark, repository) => isRehearsal(mark.env) && marksOf(repository, 'deployer').some(({ env, name }) => env === mark.env && name !== mark.name),
  ),
  at('deployer of one environment at the folder of another', 'path', (mark, repository) => {
    const earlier = earlierThan(mark, repository);
    if (mark.env === undefined || earlier === undefined) return undefined;
    const own = mark.env;
    const other = marksOf(repository, 'path', mark.name).find(({ env }) => env === earlier);
    const text = other && textAt(repository.files, other)[0];
    return text === undefined
      ? undefined
      : { files: rewrite(repository.files, mark, () => text), expected: [{ ...wrongAt('mismatched-destination', mark), environments: [own] }] };
  }),
  at('two deployers of one name', 'deployer', (mark, repository) => {
    const other = marksOf(repository, 'deployer').find(({ env, name }) => env === mark.env && name !== mark.name);
    if (!other) return undefined;
    const files = rewrite(repository.files, mark, (line) => line.replace(mark.name, other.name));
    return { files, expected: [wrongAt('duplicate-owner', mark.path < other.path ? other : mark)] };
  }),
  at('pattern that finds nothing', 'generators', (mark, { files }) => ({
    files: insertBehind(files, mark, [
      '    - git:',
      '        repoURL: https://git.shop.example/config.git',
      '        directories:',
      '          - path: previews/*',
    ]),
    expected: [{ rule: 'unmatched-generator', path: mark.path, line: mark.line + 4 }],
  })),
];
