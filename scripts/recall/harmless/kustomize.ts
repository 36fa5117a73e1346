import { folderOf } from '../../../src/text/path.ts';
import { harmless, type Kind } from '../case.ts';
import { insertBehind, marksOf, rewrite } from '../edit.ts';
import type { Files } from '../repository.ts';
import { everywhere, isLastAlone, once, writing } from './edits.ts';

const budget = (app: string) =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: ${app}\nspec:\n  maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: ${app}\n`;

function moved(files: Files, from: string, to: string): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path === from ? to : path, text]));
}

export const HARMLESS_KUSTOMIZE: readonly Kind[] = [
  once(
    'patch target by a pattern',
    'target-name',
    writing((line, { name }) => line.replace(name, `${name.slice(0, 4)}.*`)),
  ),
  once('patch target by its kind alone', 'target-name', (files, mark) => rewrite(files, mark, () => '      group: apps')),
  once(
    'patch of another number',
    'override-replicas',
    writing((line, _, draw) => line.replace(/value: .*/, `value: ${draw.between(5, 9)}`)),
  ),
  once('patch of another amount', 'override-memory', (files, mark, draw) =>
    rewrite(files, { ...mark, line: mark.line + 2 }, (line) => line.replace(/: .*/, `: ${draw.between(3, 9)}Gi`)),
  ),
  once('image from a mirror', 'image-override', (files, mark) => insertBehind(files, mark, [`    newName: mirror.shop.example/${mark.name}`])),
  once(
    'second name of an object in a patch',
    'patch-name',
    writing((line, { name }) => line.replace(name, `"${name}"`)),
  ),
  once(
    'sidecar with an image',
    'patch-container',
    (files, mark) => {
      const image = `registry.shop.example/log-shipper:2.1.0@sha256:${'0123456789abcdef'.repeat(4)}`;
      const lines = ['        - name: log-shipper', `          image: ${image}`];
      const file = { ...mark, line: mark.line - 1 };
      const indent = /^ */.exec((files[mark.path] ?? '').split(/\r?\n/)[mark.line - 1] ?? '')?.[0].length ?? 8;
      return insertBehind(
        files,
        { ...file, lines: 1 },
        lines.map((line) => ' '.repeat(Math.max(0, indent - 8)) + line),
      );
    },
    isLastAlone,
  ),
  once('file renamed with its reference', 'resource', (files, mark) => {
    const path = `${folderOf(mark.path)}/${mark.name}`;
    return rewrite(moved(files, path, path.replace('.yaml', '-v2.yaml')), mark, (line) => line.replace('.yaml', '-v2.yaml'));
  }),
  once(
    'manifest that only production includes',
    'base-ref',
    (files, mark) => ({
      ...insertBehind(files, mark, ['  - disruption-budget.yaml']),
      [`${folderOf(mark.path)}/disruption-budget.yaml`]: budget(mark.app),
    }),
    isLastAlone,
  ),
  everywhere('manifest that each environment includes', 'base-ref', (files, mark) => ({
    ...insertBehind(files, mark, ['  - disruption-budget.yaml']),
    [`${folderOf(mark.path)}/disruption-budget.yaml`]: budget(mark.app),
  })),
  once('page beside a kustomization', 'base-ref', (files, mark) => ({
    ...files,
    [`${folderOf(mark.path)}/README.md`]: `# ${mark.app}\n\nAsk the shop team.\n`,
  })),
  once('settings of another tool beside a kustomization', 'base-ref', (files, mark) => ({
    ...files,
    [`${folderOf(mark.path)}/alerts-list.yaml`]: 'alerts:\n  - slow\n  - down\n',
  })),
  once('labels by their new field', 'namespace', (files, mark) => insertBehind(files, mark, ['labels:', '  - pairs:', '      team: shop'])),
  once('annotations for all', 'namespace', (files, mark) => insertBehind(files, mark, ['commonAnnotations:', '  shop.example/team: shop'])),
  everywhere('prefix in every environment', 'namespace', (files, mark) => insertBehind(files, mark, [`namePrefix: ${mark.env}-`])),
  everywhere(
    'component that nobody takes any more',
    'component',
    (files, mark) => {
      const lines = (files[mark.path] ?? '').split(/\r?\n/);
      const from = lines[mark.line - 2]?.startsWith('components') ? mark.line - 1 : mark.line - 2;
      return Object.fromEntries(
        Object.entries(files)
          .filter(([path]) => !path.startsWith('components/'))
          .map(([path, text]) => [path, path === mark.path ? lines.filter((_, index) => index < from - 1 || index >= mark.line).join('\n') : text]),
      );
    },
    (_, repository) => new Set(marksOf(repository, 'component').map(({ app }) => app)).size === 1,
  ),
  harmless('remark above a field', (repository, draw) => {
    const fields = marksOf(repository, 'field');
    if (fields.length === 0) return undefined;
    const mark = draw.one(fields);
    return insertBehind(repository.files, { ...mark, line: mark.line - 1, lines: 1 }, ['# the order of these does not matter']);
  }),
];
