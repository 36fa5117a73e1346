import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../support/cli.ts';
import { yaml } from '../support/rule-tester.ts';

/** A Deployment up to its container, for more lines of it. */
const APP = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: storefront
  spec:
    replicas: 1
    template:
      spec:
        containers:
          - name: storefront
            image: shop/storefront:1.0.0
`;

const TREE = {
  'base/kustomization.yaml':
    'resources: [app.yaml]\nconfigMapGenerator:\n  - name: settings\n    literals: [PAGE_SIZE=24]\nsecretGenerator:\n  - name: login\n    literals: [PASSWORD=hunter2]\n',
  'base/app.yaml': `${APP}          envFrom:\n            - secretRef:\n                name: login\n`,
  'overlays/prod/kustomization.yaml':
    'resources: [../../base]\nnamePrefix: eu-\nreplicas:\n  - name: storefront\n    count: 4\nimages:\n  - name: shop/storefront\n    newTag: 2.0.0\n',
};

const why = (cwd: string, ...words: string[]) => run(['why', 'overlays/prod', ...words], { cwd });

describe('why', () => {
  it('prints who wrote a value, newest first', () => {
    expect(why(folderWith(TREE), 'Deployment/eu-storefront', 'spec.replicas').out).toBe(
      'Deployment/eu-storefront spec.replicas = 4\n  overlays/prod/kustomization.yaml:5:12  replica\n  base/app.yaml:6:13  written  was 1\n',
    );
  });

  it('takes original names, and list items by name; each part of a text has its author', () => {
    const { out } = why(folderWith(TREE), 'Deployment/storefront', 'spec.template.spec.containers[storefront].image');
    expect(out).toMatch(
      /= "shop\/storefront:2\.0\.0"\n {2}base\/app\.yaml:11:18 {2}written {2}"shop\/storefront"\n {2}overlays\/prod\/kustomization\.yaml:8:13 {2}image {2}"2\.0\.0"/,
    );
    expect(why(folderWith(TREE), 'Deployment/storefront', 'metadata.name').out).toMatch(/kustomization\.yaml:2:13 {2}name-prefix {2}"eu-"/);
  });

  it('says where the root fails and what it leaves out, as render does', () => {
    const cwd = folderWith({
      ...TREE,
      'overlays/prod/kustomization.yaml': 'resources: [../../base, gone.yaml, "https://example.com/shop/base?ref=v1"]\n',
    });
    const { out, err, code } = why(cwd, 'Deployment/storefront', 'spec.replicas');
    expect([code, out]).toEqual([0, 'Deployment/storefront spec.replicas = 1\n  base/app.yaml:6:13  written\n']);
    expect(err).toMatch(/^overlays\/prod\/kustomization\.yaml:1:25: .*gone\.yaml.*\n.*:1:36: .*is not fetched\n$/);
    expect(run(['render', 'overlays/prod'], { cwd }).err).toBe(err);
    expect(why(cwd, 'Deployment/shop', 'spec').err.startsWith(err)).toBe(true);
  });

  it('says what there is when something is not', () => {
    const cwd = folderWith(TREE);
    expect(why(cwd, 'Deployment/storefrnt', 'spec')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Did you mean "Deployment\/eu-storefront"\?/) as string,
    });
    expect(why(cwd, 'Deployment/storefront', 'spec.replica')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/has no "spec\.replica"\n\s+Did you mean "replicas"\?/) as string,
    });
  });

  it('shows no secret, nor the hash that tells of one', () => {
    const cwd = folderWith(TREE);
    for (const words of [
      ['render', 'overlays/prod', '--origins', '--format', 'json'],
      ['render', 'overlays/prod', '--origins'],
      ['why', 'overlays/prod', 'Secret/login', 'data'],
    ]) {
      const { code, out } = run(words, { cwd });
      expect(code).toBe(0);
      expect(out).toContain('•••');
      expect(out).not.toMatch(/hunter2|aHVudGVyMg|login-[a-z0-9]{10}/);
    }
  });
});

describe('a secret that is copied elsewhere', () => {
  const env = (name: string, value: string) => `            - name: ${name}\n              value: ${value}\n`;
  const app = `${APP}          env:\n`;
  const at = (name: string) => `spec.template.spec.containers.[name=storefront].env.[name=${name}].value`;
  const copy = (from: string, fieldPath: string, to: string) =>
    `  - source: { kind: Secret, name: ${from}, fieldPath: "${fieldPath}" }\n    targets: [{ select: { kind: Deployment }, fieldPaths: ["${at(to)}"] }]\n`;
  const tree = {
    'app.yaml': `${app}${env('A', 'none')}${env('B', 'none')}${env('C', 'none')}${env('D', 'user:none')}${env('E', '"say $(TOKEN)"')}${env('F', 'open')}${env('G', 'none')}`,
    'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  password: hunter2\n',
    'key.pem': 'hunter3\n',
    'key.bin': Uint8Array.of(0xff, 0xfe, 0x68),
    'kustomization.yaml': `resources: [app.yaml, secret.yaml]
secretGenerator:
  - name: keys
    files: [key.pem, key.bin]
    literals: ["token=hunter\\x34"]
vars:
  - name: TOKEN
    objref: { apiVersion: v1, kind: Secret, name: login }
    fieldref: { fieldPath: stringData.password }
replacements:
${copy('login', 'stringData.password', 'A')}${copy('keys', 'data.[key.pem]', 'B')}${copy('keys', 'data.token', 'C')}${copy('login', 'stringData.password', 'D').replace('] }]', '], options: { delimiter: ":", index: 1 } }]')}${copy('keys', 'data.[key.bin]', 'G')}`,
  };

  it.each([[['render', '.', '--origins', '--format', 'json']], [['render', '.', '--origins']], [['why', '.', 'Deployment/storefront', 'spec']]])(
    'is shown by no way: %j',
    (words) => {
      const { out, err, code } = run(words, { cwd: folderWith(tree) });
      expect([code, err]).toEqual([0, '']);
      expect(out).not.toMatch(/hunter|aHVudGVy|\/\/5o/);
      expect(out.match(/env\[\d\]\.value(?= = "•••"|","value":"•••")/g)).toHaveLength(6);
      expect(out).toMatch(/"open"/);
      expect(out).toMatch(/shop\/storefront/);
      expect(out).toMatch(/"storefront"/);
    },
  );

  it('keeps the names of generated objects in sight, without their hash', () => {
    const cwd = folderWith(tree);
    expect(run(['why', '.', 'Secret/keys', 'metadata.name'], { cwd }).out).toMatch(/^Secret\/keys metadata\.name = "keys"\n/);
    expect(run(['why', '.', 'Secret/kyes', 'data'], { cwd }).err).toMatch(/Did you mean "Secret\/keys"\?/);
    expect(run(['why', '.', 'Ingress/x', 'spec'], { cwd }).err).toMatch(/There is Deployment\/storefront, Secret\/keys, Secret\/login\./);
  });
});

describe('render --origins --format json', () => {
  it('prints a row for each scalar', () => {
    const { out } = run(['render', 'overlays/prod', '--origins', '--format', 'json'], { cwd: folderWith(TREE) });
    const rows = JSON.parse(out) as { resource: string; path: string }[];
    expect(rows.find(({ resource, path }) => resource === 'Deployment/eu-storefront' && path === 'spec.replicas')).toEqual({
      resource: 'Deployment/eu-storefront',
      namespace: '',
      path: 'spec.replicas',
      value: 4,
      parts: [{ start: 0, end: 1, file: 'overlays/prod/kustomization.yaml', line: 5, column: 12, how: 'replica', precision: 'exact' }],
      chain: [{ file: 'base/app.yaml', line: 6, column: 13, how: 'written', precision: 'exact', value: 1 }],
    });
  });
});
