import { describe, expect, it } from 'vitest';
import { build, type Files, placeOf, problemsOf } from './building.ts';

const LEDGER = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ledger\n';

interface Row {
  readonly what: string;
  readonly files: Files;
  readonly folder?: string;
  readonly problems: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    what: 'a file that is not there',
    files: { 'kustomization.yaml': 'resources:\n  - ledgr.yaml\n  - ledger.yaml\n', 'ledger.yaml': LEDGER },
    problems: ['kustomization.yaml:2:5 missing-file missing-reference: "ledgr.yaml" does not exist'],
  },
  {
    what: 'a folder without a kustomization',
    files: { 'kustomization.yaml': 'resources: [base]\n', 'base/ledger.yaml': LEDGER },
    problems: ['kustomization.yaml:1:13 missing-file missing-reference: "base" holds no kustomization file'],
  },
  {
    what: 'a misspelt field',
    files: { 'kustomization.yaml': 'resources: []\nnamePrefx: eu-\n' },
    problems: ['kustomization.yaml:2:1 invalid-kustomization render-error: unknown field "namePrefx"'],
  },
  {
    what: 'a word that YAML 1.1 takes for a boolean',
    files: { 'kustomization.yaml': 'resources: []\nnamespace: n\n' },
    problems: ['kustomization.yaml:2:12 invalid-kustomization render-error: "namespace" must be a string, not a boolean'],
  },
  {
    what: 'an empty kustomization',
    files: { 'kustomization.yaml': 'kind: Kustomization\n' },
    problems: ['kustomization.yaml:1:1 empty-kustomization render-error: the kustomization is empty'],
  },
  {
    what: 'a component among the resources',
    files: { 'kustomization.yaml': 'resources: [extra]\n', 'extra/kustomization.yaml': 'kind: Component\nnamePrefix: eu-\n' },
    problems: ['kustomization.yaml:1:13 invalid-kustomization render-error: "extra" is a Component, which stands under "components"'],
  },
  {
    what: 'a kustomization among the components',
    files: { 'kustomization.yaml': 'components: [extra]\n', 'extra/kustomization.yaml': 'resources: []\n' },
    problems: ['kustomization.yaml:1:14 invalid-kustomization render-error: "extra" is a Kustomization, which stands under "resources"'],
  },
  {
    what: 'a circle',
    files: { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' },
    folder: 'a',
    problems: ['b/kustomization.yaml:1:13 cycle render-error: "../a" leads in a circle'],
  },
  {
    what: 'the same object twice',
    files: { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', 'a.yaml': LEDGER, 'b.yaml': LEDGER },
    problems: ['kustomization.yaml:1:21 conflict render-error: there is already a ConfigMap "ledger"'],
  },
  {
    what: 'text that is no YAML',
    files: { 'kustomization.yaml': 'resources: [ledger.yaml]\n', 'ledger.yaml': 'kind: [\n' },
    problems: ['ledger.yaml:2:1 yaml-error syntax-error: unexpected end of the stream within a flow collection'],
  },
  {
    what: 'a template that was not filled in',
    files: { 'kustomization.yaml': 'resources: [ledger.yaml]\n', 'ledger.yaml': 'kind: {{ kind }}\nname: }\n' },
    problems: ['ledger.yaml:2:7 template syntax-error: bad indentation of a mapping entry'],
  },
  {
    what: 'a key that stands twice',
    files: { 'kustomization.yaml': 'resources: [ledger.yaml]\n', 'ledger.yaml': `${LEDGER}data:\n  open: "8"\n  open: "9"\n` },
    problems: ['ledger.yaml:7:3 yaml-error duplicate-key: the key "open" stands twice'],
  },
  {
    what: 'an object without a name',
    files: { 'kustomization.yaml': 'resources: [ledger.yaml]\n', 'ledger.yaml': 'apiVersion: v1\nkind: ConfigMap\n' },
    problems: ['ledger.yaml:1:1 other render-error: the ConfigMap has no metadata.name'],
  },
  {
    what: 'a file outside of the repository',
    files: { 'kustomization.yaml': 'resources: [../ledger.yaml]\n' },
    problems: ['kustomization.yaml:1:13 load-restrictor render-error: "../ledger.yaml" lies outside of the repository'],
  },
  {
    what: 'files that are no text',
    files: {
      'kustomization.yaml': 'resources: [b.yaml, c.yaml]\n',
      'b.yaml': new Uint8Array([0x61, 0x00, 0x62]),
      'c.yaml': new Uint8Array([0x61, 0xc3, 0x28]),
    },
    problems: [
      'kustomization.yaml:1:13 other render-error: "b.yaml" is not a text file',
      'kustomization.yaml:1:21 other render-error: "c.yaml" is not valid UTF-8',
    ],
  },
  {
    what: 'a generator that merges into nothing',
    files: { 'kustomization.yaml': 'configMapGenerator:\n  - name: ledger\n    behavior: merge\n' },
    problems: ['kustomization.yaml:2:5 generator-merge-conflict render-error: there is no ConfigMap "ledger" to merge'],
  },
  {
    what: 'replicas of nothing',
    files: { 'kustomization.yaml': 'resources: [ledger.yaml]\nreplicas:\n  - name: ledger\n    count: 2\n', 'ledger.yaml': LEDGER },
    problems: ['kustomization.yaml:3:11 patch-target render-error: no Deployment, StatefulSet or ReplicaSet is called "ledger"'],
  },
  {
    what: 'an operation that does not apply',
    files: {
      'kustomization.yaml': 'resources: [ledger.yaml]\npatches:\n  - target: { kind: ConfigMap }\n    path: p.yaml\n',
      'ledger.yaml': LEDGER,
      'p.yaml': '- op: add\n  path: /data/open\n  value: "8"\n',
    },
    problems: ['p.yaml:1:3 patch-target render-error: the object has no "/data/open"'],
  },
  {
    what: 'several mistakes at once',
    files: { 'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [b]\nconfigMapGenerator:\n  - name: ledger\n    envs: [c.env]\n' },
    problems: [
      'kustomization.yaml:1:13 missing-file missing-reference: "a.yaml" does not exist',
      'kustomization.yaml:5:12 missing-file missing-reference: "c.env" does not exist',
      'kustomization.yaml:2:14 missing-file missing-reference: "b" does not exist',
    ],
  },
  {
    what: 'a folder that is no kustomization at all',
    files: { 'ledger.yaml': LEDGER },
    problems: ['kustomization.yaml:1:1 missing-file render-error: "kustomization.yaml" does not exist'],
  },
];

describe('a mistake is a problem at its own place, and the rest is built', () => {
  it.each(ROWS)('$what', ({ files, folder, problems }) => {
    const result = build(files, folder);
    expect(problemsOf(result)).toEqual(problems);
    expect(result.status).toBe('failed');
  });
});

describe('what cannot be rendered leaves a gap', () => {
  it('keeps everything else', () => {
    const result = build({
      'kustomization.yaml':
        'namePrefix: eu-\nresources:\n  - https://example.com/shop/base?ref=v1\n  - ledger.yaml\nhelmCharts:\n  - name: redis\ntransformers:\n  - plugin.yaml\n',
      'ledger.yaml': LEDGER,
      'plugin.yaml': 'apiVersion: shop.example.com/v1\nkind: PriceTagger\nmetadata:\n  name: tags\n',
    });
    expect(result.status).toBe('partial');
    expect(result.problems).toEqual([]);
    expect(result.gaps.map(({ cause, message, origin }) => `${placeOf(origin)} ${cause}: ${message}`)).toEqual([
      'kustomization.yaml:3:5 remote: remote base "https://example.com/shop/base?ref=v1" is not fetched',
      'kustomization.yaml:6:11 helm: chart "redis" is not inflated',
      'plugin.yaml:1:1 plugin: the plugin PriceTagger "tags" is not run',
    ]);
    expect(result.resources.map(({ id }) => id.name)).toEqual(['eu-ledger']);
  });
});

describe('messages name fields and objects, never values', () => {
  const secret = { 'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: ledger\nstringData:\n  password: hunter2\n' };
  const deployment = { 'ledger.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ledger\nspec:\n  replicas: 1\n' };
  const source = 'source: { kind: Secret, name: ledger, fieldPath: stringData.password';
  const target = 'targets: [{ select: { kind: Deployment }, fieldPaths: [spec.replicas] }]';

  it.each<[string, Files, string]>([
    [
      'a literal without a sign',
      { 'kustomization.yaml': 'secretGenerator:\n  - name: ledger\n    literals: [hunter2]\n' },
      'a literal is not of the form key=value',
    ],
    [
      'a literal among the files',
      { 'kustomization.yaml': 'secretGenerator:\n  - name: ledger\n    files: [password=hunter2=]\n' },
      'the entry of the file "password" has more than one "="',
    ],
    [
      'a part that the source of a replacement does not have',
      {
        'kustomization.yaml': `resources: [secret.yaml, ledger.yaml]\nreplacements:\n  - ${source}, options: { delimiter: "/", index: 3 } }\n    ${target}\n`,
        ...secret,
        ...deployment,
      },
      'the source of the replacement has no part 3',
    ],
    [
      'a value that does not fit',
      { 'kustomization.yaml': `resources: [secret.yaml, ledger.yaml]\nreplacements:\n  - ${source} }\n    ${target}\n`, ...secret, ...deployment },
      '"spec.replicas": a text is put where a value of the type int stands',
    ],
  ])('%s', (_, files, message) => {
    expect(build(files).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('a fixed value that a replacement copies', () => {
    const replacement = 'replacements:\n  - sourceValue: hunter2\n    targets: [{ select: { kind: Job }, fieldPaths: [spec] }]\n';
    const { effects } = build({ 'kustomization.yaml': `resources: [ledger.yaml]\n${replacement}`, ...deployment });
    expect(effects.map(({ subject }) => subject)).toEqual(['a fixed value']);
  });
});

describe('files beside the folder', () => {
  const files = { 'prod/kustomization.yaml': 'resources: [../ledger.yaml]\n', 'ledger.yaml': LEDGER };

  it('are read, and it is said that load restrictions must be off', () => {
    const result = build(files, 'prod');
    expect([result.status, result.restrictor]).toEqual(['rendered', 'none']);
  });

  it('are inputs, as are the names under which a kustomization was looked for', () => {
    expect([...build(files, 'prod').inputs].sort()).toEqual(['ledger.yaml', 'prod/Kustomization', 'prod/kustomization.yaml', 'prod/kustomization.yml']);
  });

  it('are inputs even when they are missing', () => {
    expect(build({ 'kustomization.yaml': 'resources: [gone.yaml]\n' }).inputs.has('gone.yaml')).toBe(true);
  });
});
