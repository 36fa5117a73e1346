import { harmless, type Kind } from '../case.ts';
import { insertBehind, marksOf, replaceLines, rewrite, without } from '../edit.ts';
import type { Files, Mark, Repository } from '../repository.ts';
import { everywhere, isLastAlone, isYaml, once, upwards, writing } from './edits.ts';

const hasDigest = (mark: Mark, { files }: Repository) => (files[mark.path] ?? '').split(/\r?\n/)[mark.line - 1]?.includes('@') === true;
/** Older than what is there, or such that nothing tells. */
const VERSIONS = ['0.2.3-alpine', '0.2.3', 'v0.2.3', '0.2.3-rc.1', '1f0c2f4b9f6c1e0a6f4e3d2c1b0a998877665544'];

const isFirst = ({ env }: Mark, { stages }: Repository) => stages[0]?.name === env;

export const HARMLESS_IMAGES: readonly Kind[] = [
  once(
    'another version in an override',
    'new-tag',
    writing((line, _, draw) => line.replace(/: .*/, `: ${draw.one(VERSIONS)}`)),
    isLastAlone,
  ),
  once(
    'next version in the first environment',
    'new-tag',
    writing((line) => line.replace(/: .*/, ': 41.0.1')),
    isFirst,
  ),
  once(
    'another version of an image',
    'image',
    writing((line, _, draw) => line.replace(/:[^:]*$/, `:${draw.one(VERSIONS)}`)),
    (mark, repository) => !hasDigest(mark, repository) && isLastAlone(mark, repository),
  ),
  once(
    'moving tag in dev',
    'new-tag',
    writing((line) => line.replace(/: .*/, ': latest')),
    ({ env }) => env?.startsWith('dev') === true,
  ),
  once(
    'moving tag under a digest',
    'image',
    writing((line) => line.replace(/:[\d.]+@/, ':latest@')),
    hasDigest,
  ),
  once(
    'image whose tag only the overlays know',
    'image',
    writing((line) => line.replace(/:[^:]*$/, '')),
    (mark, repository) => {
      const overrides = marksOf(repository, 'image-override', mark.name);
      return mark.env === undefined && overrides.length === repository.stages.length;
    },
  ),
];

export const HARMLESS_REFERENCES: readonly Kind[] = [
  once('optional ConfigMap that nobody defines', 'config-ref', (files, mark) =>
    insertBehind(files, mark, ['            - configMapRef:', '                name: local-settings', '                optional: true']),
  ),
  once('Secret that is made elsewhere', 'config-ref', (files, mark) =>
    insertBehind(files, mark, ['            - secretRef:', '                name: payment-gateway-login']),
  ),
  harmless('ConfigMap renamed with its uses', (repository, draw) => {
    const uses = marksOf(repository, 'config-ref');
    if (uses.length === 0) return undefined;
    const { app } = draw.one(uses);
    const names = ['config-ref', 'generator', 'object-name']
      .flatMap((what) => marksOf(repository, what))
      .filter((mark) => mark.app === app && !mark.name.startsWith('Deployment/'));
    const renamed = names.reduce((files, mark) => rewrite(files, mark, (line) => line.replace(`${app}-config`, `${app}-settings`)), repository.files);
    // A patch has the name of its object, too, and variables name it.
    return Object.fromEntries(
      Object.entries(renamed).map(([path, text]) => [
        path,
        path.endsWith('config-patch.yaml') ? text.replace(`name: ${app}-config`, `name: ${app}-settings`) : text,
      ]),
    );
  }),
];

export const HARMLESS_VALUES: readonly Kind[] = [
  once(
    'value with a default of the chart instead',
    'value',
    (files, mark) => {
      const chart = defaultsBeside(files, mark);
      return chart === undefined ? files : replaceLines({ ...files, [chart]: `${files[chart] ?? ''}host: shop.example\n` }, mark, []);
    },
    ({ name }) => name === 'host',
  ),
  once(
    'value with a default in the template',
    'value',
    (files, mark) => {
      const rest = Object.entries(replaceLines(files, mark, []));
      return Object.fromEntries(rest.map(([path, text]) => [path, text.replace('{{ .Values.host }}', '{{ .Values.host | default "shop.example" }}')]));
    },
    ({ name }) => name === 'host',
  ),
  once(
    'another number',
    'typed',
    writing((line, _, draw) => line.replace(/: .*/, `: ${draw.between(5, 9)}`)),
  ),
  once(
    'number within quotes',
    'typed',
    writing((line) => line.replace(/: (.*)/, ': "$1"')),
  ),
  once(
    'switch the other way',
    'flag',
    writing((line) => line.replace(/: .*/, (value) => (value === ': true' ? ': false' : ': true'))),
  ),
  once('line to refer to', 'typed', (files, mark) => insertBehind(files, mark, ['x-common: &common', '  team: shop'])),
  once('value for all charts', 'typed', (files, mark) => insertBehind(files, mark, ['global:', '  team: shop'])),
  once(
    'another host',
    'value',
    writing((line) => line.replace('.shop.example', '.shop2.example')),
    ({ name }) => name === 'host',
  ),
  everywhere(
    'value dropped with what reads it',
    'value',
    (files, mark) => {
      const rest = Object.entries(replaceLines(files, mark, []));
      return Object.fromEntries(
        rest.map(([path, text]) => [
          path,
          path.endsWith('templates/config.yaml') && path.includes(mark.app)
            ? text.replace('  HOST: {{ .Values.host }}\n', '').replace('  HOST: {{ .Values.host }}\r\n', '')
            : text,
        ]),
      );
    },
    ({ name }) => name === 'host',
  ),
  once(
    'number for a retry more',
    'value',
    writing((line) => line.replace(/: .*/, ': 7')),
    ({ name }) => name === 'payments.retries',
  ),
];

/** The defaults of the chart that a values file belongs to. */
function defaultsBeside(files: Files, { app }: Mark): string | undefined {
  return Object.keys(files).find((path) => path.endsWith(`${app}/values.yaml`));
}

export const HARMLESS_DEPLOYERS: readonly Kind[] = [
  once(
    'path with a slash at its end',
    'path',
    writing((line) => `${line}/`),
  ),
  once(
    'path from the root',
    'path',
    writing((line) => line.replace(/path: (?:\.\/)?/, (found) => (found.endsWith('./') ? 'path: ' : 'path: ./'))),
  ),
  harmless('nothing is deployed from here any more', (repository) => {
    const deployers = [...marksOf(repository, 'deployer'), ...marksOf(repository, 'generators')];
    return deployers.length === 0 ? undefined : without(repository.files, ...deployers.map(({ path }) => path));
  }),
  once('values file that may be missing', 'values-file', (files, mark) =>
    insertBehind(files, mark, ['            - values-overrides.yaml', '          ignoreMissingValueFiles: true']),
  ),
  once('another order of elements', 'element', (files, mark, _, repository) => {
    const all = marksOf(repository, 'element').filter(({ path }) => path === mark.path);
    return all.reduce((edited, element, index) => rewriteElement(edited, element, all.at(-1 - index)?.name ?? ''), files);
  }),
  once(
    'deployer of another name',
    'deployer',
    writing((line) => `${line}-v2`),
  ),
  harmless('remark on an element', (repository, draw) => {
    const elements = marksOf(repository, 'element');
    if (elements.length === 0) return undefined;
    return insertBehind(repository.files, draw.one(upwards(elements)), ['          # more to come']);
  }),
];

function rewriteElement(files: Files, mark: Mark, name: string): Files {
  return replaceLines(files, mark, [`          - env: ${name}`]);
}

export const HARMLESS_YAML: readonly Kind[] = [
  harmless('line ends of another system', ({ files }, draw) => {
    const path = draw.one(Object.keys(files));
    return { ...files, [path]: (files[path] ?? '').replaceAll(/\r?\n/g, '\r\n') };
  }),
  once('beginning of a document', 'head', (files, mark) => insertBehind(files, { ...mark, line: mark.line - 1, lines: 1 }, ['---'])),
  once('the same key in another map', 'pod-label', (files, mark) => insertBehind(files, mark, ['      annotations:', `        app: ${mark.name}`])),
  once(
    'text with a colon within quotes',
    'config',
    writing((line) => line.replace(/: .*/, ': "Note: see the runbook"')),
    (mark, repository) => isYaml(mark, repository) && isText(mark),
  ),
  once('empty line', 'config', (files, mark) => insertBehind(files, mark, ['']), isLastAlone),
];

const isText = ({ name }: Mark) => /SUPPORT_MAIL|QUEUE_NAME|CURRENCY|DATABASE_HOST|LOG_LEVEL/.test(name);
