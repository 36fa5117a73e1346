import type { Kind } from '../case.ts';
import { dropMark, insertBehind, replaceLines, rewrite, textAt } from '../edit.ts';
import type { Files, Mark } from '../repository.ts';
import { everywhere, isLastAlone, isYaml, once, writing } from './edits.ts';

/** A line like that of a mark, of another key. */
function besides(files: Files, mark: Mark, name: string): Files {
  const [line = ''] = textAt(files, mark);
  const added = line.replace(mark.name, name).replace(/([=:] ?)[^"]*("?)$/, '$1on$2');
  return insertBehind(files, mark, [added.replace(/: on/, ': "on"').replace(/: "on""/, ': "on"')]);
}

export const HARMLESS_PARITY: readonly Kind[] = [
  once('key that only production has', 'config', (files, mark, draw) => besides(files, mark, draw.one(['ALERT_CHANNEL', 'FRAUD_CHECK', 'AUDIT'])), isLastAlone),
  everywhere('key added in every environment', 'config', (files, mark) => besides(files, mark, 'NEW_BASKET')),
  everywhere('key dropped from every environment', 'config', dropMark),
  everywhere(
    'key renamed in every environment',
    'config',
    writing((line, mark) => line.replace(mark.name, `SHOP_${mark.name}`)),
  ),
  once('keys in another order', 'config', (files, mark, draw, { marks }) => {
    const other = draw.one(marks.filter(({ what, path, line }) => what === 'config' && path === mark.path && line !== mark.line));
    const [a = '', b = ''] = [textAt(files, mark)[0], textAt(files, other)[0]];
    return replaceLines(replaceLines(files, other, [a]), mark, [b]);
  }),
  once(
    'key within quotes',
    'config',
    writing((line) => line.replace(/(\w+): /, '"$1": ')),
    isYaml,
  ),
  everywhere('variable added in every environment', 'env', (files, mark) => {
    const lines = textAt(files, mark);
    return insertBehind(
      files,
      mark,
      lines.map((line, index) => (index === 0 ? line.replace(mark.name, 'NEW_BASKET') : line)),
    );
  }),
  everywhere('variable dropped from every environment', 'env', dropMark),
  once(
    'variable with another value',
    'env',
    (files, mark) => {
      const at = { ...mark, line: mark.line + mark.lines - 1 };
      return rewrite(files, at, (line) => line.replace(/: .*/, ': "17"'));
    },
    ({ name, lines }) => lines === 2 && /WORKER_THREADS/.test(name),
  ),
  once(
    'variable that only production sets',
    'env',
    (files, mark) => {
      const lines = textAt(files, mark);
      return insertBehind(
        files,
        mark,
        lines.map((line, index) => (index === 0 ? line.replace(mark.name, 'FRAUD_CHECK') : line)),
      );
    },
    isLastAlone,
  ),
  once(
    'variable from a key of the ConfigMap',
    'env',
    (files, mark, draw, { marks }) => {
      const own = marks.filter(({ what, env, app }) => what === 'config' && env === mark.env && app === mark.app);
      const value = { ...mark, line: mark.line + 1 };
      const from = `valueFrom: { configMapKeyRef: { name: ${mark.app}-config, key: ${draw.one(own).name} } }`;
      return rewrite(files, value, (line) => line.replace(/value: .*/, from));
    },
    ({ lines, app }, { marks }) => lines === 2 && marks.some(({ what, name }) => what === 'config-ref' && name === app),
  ),
];
