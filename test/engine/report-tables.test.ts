import { describe, expect, it } from 'vitest';
import { lint } from '../../src/engine/lint.ts';
import type { ParityTable } from '../../src/model/parity.ts';
import type { ReportTables } from '../../src/model/report-tables.ts';
import { lintTree, optionsFor, type Tree } from '../support/rule-tester.ts';

async function tablesOf(tree: Tree): Promise<ReportTables> {
  const { tables } = await lintTree(tree, []);
  if (!tables) throw new Error('a run has tables');
  return tables();
}

/** `missing ConfigMap/x KEY: 1 | A 2 | missing 1`, as a person would read it. */
function linesOf({ rows }: ParityTable): string[] {
  return rows.map(({ state, resource, key, cells }) => {
    const shown = cells.map(({ values, missing, absent, unknown }) =>
      [
        ...values.map(({ form, text }) => `${'ABC'[form]} ${text}`.trim()),
        missing ? `missing ${missing}` : '',
        absent ? `absent ${absent}` : '',
        unknown ? `unknown ${unknown}` : '',
      ]
        .filter(Boolean)
        .join(', '),
    );
    return `${state} ${resource} ${key}: ${shown.join(' | ')}`;
  });
}

const plain = (environment: string, text: string, name = 'app.yaml'): Tree => ({ [`environments/${environment}/ledger/${name}`]: text });
const map = (data: string, name = 'ledger') => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n${data}`;
const pod = (env: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ledger }\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: a:1\n          env:\n${env}`;

async function parity(...trees: Tree[]): Promise<string[]> {
  const [table] = (await tablesOf(Object.assign({}, ...trees) as Tree)).parity;
  return table ? linesOf(table) : [];
}

describe('the settings of an app across environments', () => {
  it('are missing, different or the same; the name of the environment makes none differ', async () => {
    const dev = plain('dev', map('  LEVEL: debug\n  URL: https://dev.shop.example\n  SAME: a\n  DEV: x\n'));
    const prod = plain('prod', map('  LEVEL: info\n  URL: https://prod.shop.example\n  SAME: a\n'));
    expect(await parity(dev, prod)).toEqual([
      'differs ConfigMap/ledger LEVEL: A debug | B info',
      'same ConfigMap/ledger URL: A | A',
      'same ConfigMap/ledger SAME: A | A',
      'missing ConfigMap/ledger DEV: A x | missing 1',
    ]);
  });

  it('are one row where the object or a text is missing as a whole, and then not missing one by one', async () => {
    const text = '  app.yaml: |\n    db:\n      host: a\n      port: 1\n    mail: b\n';
    const dev = plain('dev', `${map(text)}---\n${map('  A: a\n  B: b\n', 'extra')}`);
    const prod = plain('prod', map('  app.yaml: |\n    mail: b\n    log: c\n'));
    expect(await parity(dev, prod)).toEqual([
      'missing ConfigMap/ledger app.yaml: db: A 2 keys | missing 1',
      'same ConfigMap/ledger app.yaml: mail: A | A',
      'missing ConfigMap/ledger app.yaml: log: missing 1 | A c',
      'missing ConfigMap/extra : A 2 keys | missing 1',
      'same ConfigMap/extra A: A | absent 1',
      'same ConfigMap/extra B: A | absent 1',
    ]);
  });

  it('are variables of containers as well, wherever they take their values from', async () => {
    const dev = plain('dev', pod('            - { name: HOST, value: a }\n            - { name: PORT, value: "1" }\n'));
    const prod = plain('prod', pod('            - name: HOST\n              valueFrom: { configMapKeyRef: { name: ledger, key: host } }\n'));
    expect(await parity(dev, prod)).toEqual([
      'differs Deployment/ledger web: HOST: A a | B configMapKeyRef ledger host',
      'missing Deployment/ledger web: PORT: A 1 | missing 1',
    ]);
  });

  it('hide secrets, and their texts in other values', async () => {
    const secret = (text: string) => `---\napiVersion: v1\nkind: Secret\nmetadata: { name: ledger }\nstringData: { password: ${text} }\n`;
    const dev = plain('dev', map('  URL: postgres://app:hunter1@db/x\n  NOTE: for hunter2\n') + secret('hunter2'));
    const prod = plain('prod', map('  URL: postgres://app:hunter3@db/y\n  NOTE: for all\n') + secret('hunter4'));
    const lines = await parity(dev, prod);
    expect(lines.join('\n')).not.toMatch(/hunter/);
    expect(lines).toContain('differs ConfigMap/ledger NOTE: A for ••• | B for all');
    expect(lines).toContain('same Secret/ledger password: A | A');
  });

  it('are not known to be missing where a gap may hide them', async () => {
    const overlay = (more: string): string => `resources: [app.yaml${more}]\n`;
    const lines = await parity(
      { 'apps/ledger/overlays/dev/kustomization.yaml': overlay(''), 'apps/ledger/overlays/dev/app.yaml': map('  A: a\n  B: b\n') },
      { 'apps/ledger/overlays/prod/kustomization.yaml': overlay(', "https://example.com/x//y?ref=v1"'), 'apps/ledger/overlays/prod/app.yaml': map('  A: a\n') },
    );
    expect(lines).toEqual(['same ConfigMap/ledger A: A | A', 'same ConfigMap/ledger B: A | unknown 1']);
  });

  it('are none of an app that is in one environment only, nor of what was not asked for', async () => {
    expect((await tablesOf(plain('dev', map('  A: a\n')))).parity).toEqual([]);
    const options = await optionsFor({ ...plain('dev', map('  A: a\n')), ...plain('prod', map('  B: b\n')) }, []);
    const { tables } = await lint({ ...options, scope: { isEnvironment: (name) => name === 'dev' } });
    expect(tables?.().parity).toEqual([]);
    expect(tables?.().versions).toEqual([]);
  });
});

describe('the other tables', () => {
  const tree: Tree = {
    ...plain('dev', pod('            - { name: A, value: a }\n')),
    ...plain('prod', pod('            - { name: A, value: a }\n').replace('a:1', 'a:latest')),
  };

  it('tell which version is where, with marks', async () => {
    const [line] = (await tablesOf(tree)).versions;
    expect(line).toMatchObject({
      app: 'ledger',
      kind: 'image',
      cells: [
        { environment: 'dev', version: '1', variants: ['ledger@dev'] },
        { environment: 'prod', version: 'latest', marks: ['mutable'] },
      ],
    });
  });

  it('tell which variants read a file', async () => {
    const options = await optionsFor(tree, []);
    const run = await lint(options);
    const file = run.repository.files.find(({ yaml }) => yaml.file.path.includes('/prod/'))?.yaml.file;
    expect(file && run.tables?.().readersOf(file)).toEqual(['ledger@prod']);
  });
});
