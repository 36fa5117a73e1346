import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, type Outcome, run } from '../support/cli.ts';
import { yaml } from '../support/rule-tester.ts';

const TREE = {
  'base/kustomization.yaml': 'resources: [app.yaml]\n',
  'base/app.yaml': yaml`
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
    spec:
      replicas: 1
  `,
  'prod/kustomization.yaml': 'resources: [../base]\nreplicas:\n  - name: storefront\n    count: 4\n',
};

const PROD = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: storefront\nspec:\n  replicas: 4\n';
const BASE = PROD.replace('4', '1');

interface Answer {
  readonly out?: string;
  readonly err?: string;
}

/** A program that says what it is told to, by the last folder of the root, and notes how it was called. */
function fakeKustomize(folder: string, answers: Readonly<Record<string, Answer>>): string {
  const file = path.join(folder, 'kustomize');
  writeFileSync(
    file,
    `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const words = process.argv.slice(2);
if (words[0] === 'version') {
  console.log('v5.8.2');
  process.exit(0);
}
appendFileSync(${JSON.stringify(path.join(folder, 'calls'))}, words.join(' ') + '\\n');
const answer = ${JSON.stringify(answers)}[words.at(-1).split('/').at(-1)] ?? { err: 'Error: no such root' };
process.stdout.write(answer.out ?? '');
process.stderr.write(answer.err ?? '');
process.exit(answer.err ? 1 : 0);
`,
  );
  chmodSync(file, 0o755);
  return file;
}

/** Runs the doctor where the fake binary answers so. */
function doctor(tree: Readonly<Record<string, string>>, answers: Readonly<Record<string, Answer>>, ...words: string[]): Outcome {
  return run(['doctor', '--kustomize', fakeKustomize(folderWith({}), answers), ...words], { cwd: folderWith(tree) });
}

describe('doctor', () => {
  it('exits with 0 when both agree, to the byte or in meaning, and prints how often', () => {
    const { code, out, err } = doctor(TREE, { base: { out: BASE }, prod: { out: PROD.replace('replicas: 4', '"replicas": 0x4') } });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe('2 kustomizations, compared with kustomize v5.8.2\n     1 equal to the byte\n     1 equal in meaning\n');
  });

  it('exits with 1 and shows the first difference of each root', () => {
    const { code, out } = doctor(TREE, { base: { out: BASE }, prod: { out: BASE } });
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'prod: Deployment/storefront spec.replicas differs',
        '    gitops-lint: 4',
        '    kustomize:   1',
        '',
        '2 kustomizations, compared with kustomize v5.8.2',
        '     1 equal to the byte',
        '     1 different',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [
      'an object that one lacks',
      { out: `${BASE}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: storefront\n` },
      /Service\/storefront differs\n.*nothing\n.*an object/,
    ],
    ['a field that one lacks', { out: BASE.replace('  replicas: 1\n', '  replicas: 1\n  paused: true\n') }, /spec\.paused differs\n.*nothing\n.*true/],
    ['a refusal of kustomize only', { err: 'Error: no matches for the patch\n' }, /kustomize refuses what gitops-lint renders\n {4}no matches for the patch/],
  ])('tells of %s', (_, answer, message) => {
    const { code, out } = doctor(TREE, { base: answer, prod: { out: PROD } });
    expect(code).toBe(1);
    expect(out).toMatch(message);
  });

  it('takes it for agreement when both refuse, and tells when only gitops-lint does', () => {
    const broken = { 'base/kustomization.yaml': 'resources: [nowhere.yaml]\n' };
    expect(doctor(broken, { base: { err: 'Error: no nowhere.yaml\n' } })).toMatchObject({ code: 0, out: expect.stringMatching(/1 refused by both/) as string });
    const { code, out } = doctor(broken, { base: { out: BASE } });
    expect(code).toBe(1);
    expect(out).toMatch(/gitops-lint refuses what kustomize builds\n.*nowhere\.yaml/);
  });

  it('does not run kustomize for what it would fetch, and names what is missing', () => {
    const binary = fakeKustomize(folderWith({}), {});
    const cwd = folderWith({ 'prod/kustomization.yaml': 'resources: ["https://shop.example/base?ref=v1"]\n' });
    const { code, out } = run(['doctor', '--kustomize', binary], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^prod: remote base "https:\/\/shop\.example\/base\?ref=v1" is not fetched\n\n1 kustomization,.*\n +1 not compared/);
  });

  it('lifts load restrictions only where a root needs that', () => {
    const folder = folderWith({});
    const cwd = folderWith({ ...TREE, 'far/kustomization.yaml': 'resources: [../base/app.yaml]\n' });
    expect(run(['doctor', '--kustomize', fakeKustomize(folder, { base: { out: BASE }, prod: { out: PROD }, far: { out: BASE } })], { cwd }).code).toBe(0);
    const calls = readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n').sort();
    expect(calls).toEqual([
      `build --load-restrictor LoadRestrictionsNone ${cwd}/far`,
      `build --load-restrictor LoadRestrictionsRootOnly ${cwd}/base`,
      `build --load-restrictor LoadRestrictionsRootOnly ${cwd}/prod`,
    ]);
  });

  it('shows no secret: neither a value that differs, nor in what kustomize says', () => {
    const tree = { 'prod/kustomization.yaml': 'secretGenerator:\n  - name: login\n    literals: [PASSWORD=hunter22]\n' };
    const secret = (value: string, hash: string) =>
      `apiVersion: v1\ndata:\n  PASSWORD: ${value}\nkind: Secret\nmetadata:\n  name: login-${hash}\ntype: Opaque\n`;
    for (const answer of [{ out: secret('c3dvcmRmaXNo', 'm5966c92m9') }, { err: 'Error: what is PASSWORD=hunter22?\n' }]) {
      for (const format of ['stylish', 'json']) {
        const { code, out } = doctor(tree, { prod: answer }, '--format', format);
        expect(code).toBe(1);
        expect(out).toContain('•••');
        expect(out).not.toMatch(/hunter22|aHVudGVyMjI|c3dvcmRmaXNo|swordfish|m5966c92m9/);
      }
    }
  });

  it('prints JSON', () => {
    const { out } = doctor(TREE, { base: { out: BASE }, prod: { out: BASE } }, '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      kustomize: { version: 'v5.8.2' },
      roots: [
        { dir: 'base', outcome: 'same' },
        { dir: 'prod', outcome: 'different', difference: { resource: 'Deployment/storefront', path: 'spec.replicas', ours: '4', theirs: '1' } },
      ],
      summary: { same: 1, different: 1, 'both-refuse': 0 },
    });
  });

  it('exits with 2 for what it cannot run, or when there is nothing to compare', () => {
    const cwd = folderWith(TREE);
    writeFileSync(path.join(cwd, 'plain'), 'no program');
    for (const [words, message] of [
      [[], /needs --kustomize/],
      [['--kustomize', './nowhere'], /"\.\/nowhere" cannot be run: there is no such file/],
      [['--kustomize', './plain'], /"\.\/plain" cannot be run: it is not executable/],
      [['--kustomize', fakeKustomize(folderWith({}), {}), '--format', 'sarif'], /prints stylish or json/],
    ] as const) {
      const { code, out, err } = run(['doctor', ...words], { cwd });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(message);
    }
    expect(doctor({ 'readme.txt': 'nothing here' }, {})).toMatchObject({ code: 2, err: expect.stringMatching(/there is no kustomization below/) as string });
  });
});
