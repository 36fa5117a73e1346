import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { build, fieldOf, problemsOf } from '../render/building.ts';
import { lintTree, type Tree } from '../support/rule-tester.ts';

/** Names that every JavaScript object has: a table that is asked for them carelessly has an answer. */
const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];

const manifest = (kind: string, name: string, rest: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name.toLowerCase().replaceAll('_', '')}\n${rest}`;

/** One app in two environments, in which the name stands wherever a repository may put a word of its own. */
const treeOf = (name: string): Tree => ({
  [`apps/${name}/base/kustomization.yaml`]: `resources: [app.yaml]\nconfigMapGenerator:\n  - name: settings\n    literals: [${name}=1]\nvars:\n  - { name: ${name}, objref: { apiVersion: v1, kind: ${name}, name: own } }\n`,
  [`apps/${name}/base/app.yaml`]: [
    manifest(name, 'own', `spec:\n  ${name}: { a: 1 }\n`),
    manifest('ConfigMap', name, `data:\n  ${name}: "1"\n`),
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels: { ${name}: a }\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: web:1.0.0\n          ${name}: [1]\n`,
  ].join('---\n'),
  ...Object.fromEntries(
    ['dev', name].map((environment) => [
      `apps/${name}/overlays/${environment}/kustomization.yaml`,
      `resources: [../../base]\n${name}: 1\npatches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: { name: web }\n      spec: { ${name}: { a: 1 }, template: { spec: { ${name}: [2], containers: [{ name: web, ${name}: [2] }] } } }\n`,
    ]),
  ),
  '.gitopsrc': `environments:\n  dev: { tier: dev, labels: { ${name}: a } }\n  ${name}: { tier: prod, promotesFrom: dev }\napps:\n  - path: apps/{app}/overlays/{env}\nexternals: [{ kind: ${name} }]\nsecretKeys: [${name}]\n`,
});

describe.each(NAMES)('%s', (name) => {
  it('is a name like any other to a whole run', async () => {
    const result = await lintTree(treeOf(name), rules);
    expect(result.variants.map(({ id }) => id).sort()).toEqual([`${name}@${name}`, `${name}@dev`].sort());
    const errors = result.findings.filter(({ ruleId }) => ruleId === 'render-error');
    expect(errors.map(({ message }) => message)).toEqual([`Unknown field "${name}"`, `Unknown field "${name}"`]);
    expect(result.findings.filter(({ ruleId }) => ruleId === 'deprecated-field').map(({ message }) => message)).toEqual([
      '"vars" is deprecated; "replacements" takes its place',
    ]);
  });

  it('is no kind of kustomization', () => {
    expect(problemsOf(build({ 'kustomization.yaml': `kind: ${name}\nnamePrefix: eu-\n` }))).toEqual([
      `kustomization.yaml:1:7 invalid-kustomization render-error: "${name}" is no kind of kustomization`,
    ]);
  });

  it('is no kind of plugin', () => {
    const plugin = `apiVersion: builtin\nkind: ${name}\nmetadata: { name: own }\nspec: 1\n`;
    const result = build({ 'kustomization.yaml': 'resources: [a.yaml]\ntransformers: [t.yaml]\n', 't.yaml': plugin, 'a.yaml': manifest('ConfigMap', 'a', '') });
    expect(problemsOf(result)).toEqual([]);
    expect(result.gaps.map(({ cause }) => cause)).toEqual(['plugin']);
  });

  it('is no field of a plugin', () => {
    const plugin = `apiVersion: builtin\nkind: PrefixTransformer\nmetadata: { name: own }\nprefix: eu-\n${name}: 1\nfieldSpecs: [{ path: metadata/name }]\n`;
    const result = build({ 'kustomization.yaml': 'resources: [a.yaml]\ntransformers: [t.yaml]\n', 't.yaml': plugin, 'a.yaml': manifest('ConfigMap', 'a', '') });
    expect(problemsOf(result)).toEqual([]);
    expect(fieldOf(result, 'ConfigMap/eu-a', 'metadata.name')).toBe('eu-a');
  });

  it('is no environment unless it is declared', async () => {
    const workspace = memoryWorkspace({ '.gitopsrc': `environments:\n  prod: { promotesFrom: ${name} }\n` });
    await expect(loadSettings(workspace, '', rules)).rejects.toThrow(`"prod" is promoted from "${name}", which is not declared`);
  });

  it('may be declared by a schema', () => {
    const openapi = {
      definitions: {
        [name]: {
          properties: { [name]: { items: {}, 'x-kubernetes-patch-merge-key': 'id', 'x-kubernetes-patch-strategy': 'merge' } },
          'x-kubernetes-group-version-kind': [{ group: 'shop.example', version: 'v1', kind: 'Till' }],
        },
      },
    };
    const till = (items: string) => `apiVersion: shop.example/v1\nkind: Till\nmetadata: { name: a }\n${name}: ${items}\n`;
    const result = build({
      'kustomization.yaml': 'resources: [a.yaml]\nopenapi: { path: schema.json }\npatches: [{ path: patch.yaml }]\n',
      'schema.json': JSON.stringify(openapi),
      'a.yaml': till('[{ id: 1, a: 1 }]'),
      'patch.yaml': till('[{ id: 2, a: 2 }]'),
    });
    expect(problemsOf(result)).toEqual([]);
    expect(fieldOf(result, 'Till/a', name)).toHaveLength(2);
  });
});
