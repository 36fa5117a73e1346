import type { Kind } from '../case.ts';
import { dropMark, insertBehind, marksOf, rewrite, without } from '../edit.ts';
import { isRehearsal } from '../stages.ts';
import { at, entryAbove, misspelled, wrongAt } from './at.ts';

export const KUSTOMIZE: readonly Kind[] = [
  at('patch target misspelled', 'target-name', (mark, repository) => ({
    files: rewrite(repository.files, mark, misspelled(mark)),
    expected: [wrongAt('ineffective-patch', entryAbove(repository, mark, 'patch-entry'))],
  })),
  at('patch target of another kind', 'target-kind', (mark, repository, draw) => ({
    files: rewrite(repository.files, mark, (line) => line.replace(mark.name, draw.one(['StatefulSet', 'DaemonSet', 'Rollout']))),
    expected: [wrongAt('ineffective-patch', entryAbove(repository, mark, 'patch-entry'))],
  })),
  at(
    'patch target without a condition',
    'field',
    (mark, { files }) => {
      const patch = ['    patch: |-', '      - op: add', '        path: /metadata/finalizers', '        value: [shop.example/keep]'];
      return {
        files: insertBehind(files, mark, ['  - target: {}', ...patch]),
        expected: [wrongAt('unrestricted-patch-target', { ...mark, line: mark.line + 1 })],
      };
    },
    ({ name, env }) => name === 'patches' && isRehearsal(env),
  ),
  at('image override misspelled', 'image-override', (mark, { files }) => ({
    files: rewrite(files, mark, misspelled(mark)),
    expected: [wrongAt('ineffective-image-override', mark)],
  })),
  at('image override without the registry', 'image-override', (mark, { files }) => ({
    files: rewrite(files, mark, (line) => line.replace(/: .*\//, ': ')),
    expected: [wrongAt('ineffective-image-override', mark)],
  })),
  at(
    'image renamed under its overrides',
    'image',
    (mark, repository) => ({
      files: rewrite(repository.files, mark, (line) => line.replace(`/${mark.name}:`, `/shop/${mark.name}:`)),
      expected: marksOf(repository, 'image-override', mark.name).map((override) => wrongAt('ineffective-image-override', override)),
    }),
    ({ env, name }, repository) => env === undefined && marksOf(repository, 'image-override', name).length > 0,
  ),
  at('replacement target misspelled', 'replacement-target', (mark, repository) => ({
    files: rewrite(repository.files, mark, misspelled(mark)),
    expected: [wrongAt('ineffective-replacement', entryAbove(repository, mark, 'replacement'))],
  })),
  // With the last line that does something, the keys above it have nothing to do either.
  at('override of one line as in the base', 'override-memory', (mark, { files }) => ({
    files: rewrite(files, { ...mark, line: mark.line + 2 }, (line) => line.replace(/memory: .*/, `memory: ${mark.name}`)),
    expected: [wrongAt('redundant-override', mark)],
  })),
  at('patch that sets what the base has', 'override-replicas', (mark, repository) => ({
    files: rewrite(repository.files, mark, (line) => line.replace(/value: .*/, `value: ${mark.name}`)),
    expected: [wrongAt('redundant-override', entryAbove(repository, mark, 'patch-entry'))],
  })),
  at('container of a patch misspelled', 'patch-container', (mark, { files }) => ({
    files: rewrite(files, mark, misspelled(mark)),
    expected: [wrongAt('phantom-list-item', mark)],
  })),
  at('object of a patch misspelled', 'patch-name', (mark, repository) => {
    const file = marksOf(repository, 'patch-file').find(({ env, app, name }) => env === mark.env && app === mark.app && mark.path.endsWith(`/${name}`));
    const entry = file ?? entryAbove(repository, mark, 'patch-entry');
    return { files: rewrite(repository.files, mark, misspelled(mark)), expected: [wrongAt('ineffective-patch', entry)] };
  }),
  at('name of a resource file misspelled', 'resource', (mark, { files }) => ({
    files: rewrite(files, mark, misspelled(mark)),
    expected: [{ rule: 'missing-reference', path: mark.path, line: mark.line }],
  })),
  at('resource file deleted', 'resource', (mark, { files }) => {
    const path = mark.path.replace(/[^/]*$/, mark.name);
    return { files: without(files, path), expected: [{ rule: 'missing-reference', path: mark.path, line: mark.line }] };
  }),
  at('way to the base wrong', 'base-ref', (mark, { files }) => ({
    files: rewrite(files, mark, (line) => line.replace('base', 'bases')),
    expected: [wrongAt('missing-reference', mark)],
  })),
  at('name of a settings file misspelled', 'envs-file', (mark, { files }) => ({
    files: rewrite(files, mark, misspelled(mark)),
    expected: [wrongAt('missing-reference', mark)],
  })),
  at('name of a patch file misspelled', 'patch-file', (mark, { files }) => ({
    files: rewrite(files, mark, misspelled(mark)),
    expected: [wrongAt('missing-reference', mark)],
  })),
  at('component misspelled', 'component', (mark, { files }) => ({
    files: rewrite(files, mark, misspelled(mark)),
    expected: [wrongAt('missing-reference', mark)],
  })),
  at(
    'merge into a generated object that is not there',
    'generator',
    (mark, { files }) => ({ files: rewrite(files, mark, misspelled(mark)), expected: [wrongAt('render-error', mark)] }),
    ({ env }) => env !== undefined,
  ),
  at('deprecated labels', 'namespace', (mark, { files }) => ({
    files: insertBehind(files, mark, ['commonLabels:', '  team: shop']),
    expected: [{ rule: 'deprecated-field', path: mark.path, line: mark.line + 1 }],
  })),
  at(
    'deprecated bases',
    'base-ref',
    (mark, { files }) => ({
      files: rewrite(files, { ...mark, line: mark.line - 1 }, (line) => line.replace('resources:', 'bases:')),
      expected: [{ rule: 'deprecated-field', path: mark.path, line: mark.line - 1 }],
    }),
    (mark, repository) =>
      marksOf(repository, 'field', 'resources').some(({ path, line }) => path === mark.path && line === mark.line - 1) &&
      !marksOf(repository, 'resource').some(({ path }) => path === mark.path),
  ),
  at('remote base without a revision', 'base-ref', (mark, { files }, draw) => ({
    files: insertBehind(files, mark, [`  - https://github.com/shop/alerts//rules${draw.one(['', '?ref=main', '?ref=master'])}`]),
    // What is not here is told, whatever its revision.
    expected: ['unpinned-remote-base', 'unanalysed-input'].map((rule) => wrongAt(rule, { ...mark, line: mark.line + 1 })),
  })),
  at('manifest that nothing includes', 'base-ref', (mark, { files }) => {
    const path = mark.path.replace(/[^/]*$/, 'disruption-budget.yaml');
    const text = `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: ${mark.app}\nspec:\n  minAvailable: 1\n  selector:\n    matchLabels:\n      app: ${mark.app}\n`;
    return { files: { ...files, [path]: text }, expected: [{ rule: 'unreferenced-file', path, line: 1 }] };
  }),
  at(
    'line of a resource lost',
    'resource',
    (mark, repository) => {
      const path = mark.path.replace(/[^/]*$/, mark.name);
      const head = marksOf(repository, 'head').find((other) => other.path === path);
      return head && { files: dropMark(repository.files, mark), expected: [{ rule: 'unreferenced-file', path, line: head.line }] };
    },
    ({ env, name, app }, repository) => env === undefined && name === 'route.yaml' && marksOf(repository, 'replacement', app).length === 0,
  ),
];
