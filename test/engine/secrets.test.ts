import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { REPORTERS } from '../../src/report/index.ts';
import { lintTree, type Tree, yaml } from '../support/rule-tester.ts';
import { everywhere } from './rules.ts';

const SECRET = /hunter\d/;

/** All that a person may get to see of a run, whatever the findings are. */
async function outputsOf(tree: Tree): Promise<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const [set, used] of [['everywhere', [everywhere]] as const, ['rules', rules] as const]) {
    const result = await lintTree(tree, used);
    for (const [name, load] of REPORTERS) {
      outputs[`${name} of ${set}`] = (await load())(result, { color: false, width: 200, verbose: true, quiet: false });
    }
  }
  return outputs;
}

const overlay = (text: string, more: Tree = {}): Tree => ({ 'overlays/prod/kustomization.yaml': text, ...more });
const plain = (text: string, more: Tree = {}): Tree => ({ 'environments/prod/ledger/app.yaml': text, ...more });
const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ledger\ndata:\n${data}`;

describe('no output shows', () => {
  it.each<[string, Tree]>([
    [
      'the values of a Secret',
      plain(yaml`
        apiVersion: v1
        kind: Secret
        metadata:
          name: ledger
        data:
          password: hunter2
          # before: hunter1
          key: |
            hunter3
            hunter4
        stringData: { user: "hunter5", token: 'hunter6' }
      `),
    ],
    ['credentials in addresses of bases', overlay('resources: ["https://deploy:hunter2@git.example/base?ref=main", "https://hunter3@git.example/b//c"]\n')],
    ['credentials in addresses of components', overlay('components: ["https://deploy:hunter2@git.example/base?ref=main"]\n')],
    ['credentials in addresses of files', overlay('patches: [{ path: "https://deploy:hunter2@git.example/patch.yaml" }]\n')],
    ['credentials in values', plain(configMap('  url: postgres://shop:hunter2@db/shop\n'))],
    [
      'those of a Secret in a list, and in JSON',
      {
        ...plain(
          'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: { name: ledger }\n    data:\n      password: hunter2\n',
        ),
        'environments/prod/checkout/secret.json':
          '{\n  "apiVersion": "v1", "kind": "Secret",\n  "metadata": { "name": "checkout" },\n  "data": { "password": "hunter3" }\n}\n',
        'environments/prod/fraud/secrets.yaml': 'apiVersion: v1\nkind: SecretList\nitems:\n  - metadata: { name: fraud }\n    data:\n      password: hunter4\n',
      },
    ],
    [
      'a value that a second key put aside',
      plain('apiVersion: v1\nkind: Secret\nmetadata:\n  name: ledger\ndata:\n  password: hunter2\n  user: sam\n  password: hunter3\n'),
    ],
    [
      'those of a file that cannot be read',
      plain('apiVersion: v1\nkind: Secret\nmetadata:\n  name: ledger\nstringData:\n  password: hunter2\n  key: |\n    hunter3\n bad: [\n  - hunter4\n'),
    ],
    [
      'what generators are given',
      overlay('secretGenerator:\n  - name: ledger\n    literals:\n      - password=hunter2\n      - "key=hunter3"\n      - user=sam\n'),
    ],
    [
      'the files that generators read',
      overlay('secretGenerator:\n  - name: ledger\n    envs: [secret.env]\n    files: [tls=key.pem, sub/ca.yaml]\n  - name: old\n    env: old.env\n', {
        'overlays/prod/secret.env': '# the password\nPASSWORD=hunter2\nUSER=hunter3\n',
        'overlays/prod/old.env': 'PASSWORD=hunter4\n',
        'overlays/prod/key.pem': 'BEGIN\nhunter5\nEND\n',
        'overlays/prod/sub/ca.yaml': 'ca: hunter6\n',
      }),
    ],
    [
      'patches of Secrets, in files and in texts',
      overlay(
        yaml`
          resources: [secret.yaml]
          patches:
            - path: patch.yaml
            - path: operations.yaml
              target: { kind: Secret }
            - target: { kind: Secret, name: ledger }
              patch: |-
                - op: replace
                  path: /data/password
                  value: hunter5
            - target: { kind: Secret, name: ledger }
              patch: |-
                metadata:
                  name: ledger
                stringData:
                  password: hunter6
          patchesStrategicMerge:
            - |-
              apiVersion: v1
              kind: Secret
              metadata:
                name: ledger
              data:
                password: hunter7
        `,
        {
          'overlays/prod/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: ledger\ndata:\n  password: hunter2\n',
          'overlays/prod/patch.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: ledger\ndata:\n  password: hunter3\n',
          'overlays/prod/operations.yaml': '- op: add\n  path: /data/token\n  value: hunter4\n',
        },
      ),
    ],
    [
      'patches on one line, whatever the quotes',
      overlay(
        yaml`
          resources: [secret.yaml]
          patches:
            - patch: '[{"op":"replace","path":"/data/password","value":"hunter2"}]'
              target: { kind: Secret }
            - patch: "[{\"op\":\"replace\",\"path\":\"/data/password\",\"value\":\"hunter3\"}]"
              target: { kind: Secret }
            - { patch: 'data: { password: hunter4 }', target: { kind: Secret } }
          patchesJson6902:
            - patch: '[{"op":"replace","path":"","value":{"data":{"password":"hunter5"}}}]'
              target: { version: v1, kind: Secret, name: ledger }
          patchesStrategicMerge:
            - '{ apiVersion: v1, kind: Secret, metadata: { name: ledger }, stringData: { password: hunter6 } }'
        `,
        { 'overlays/prod/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: ledger\n' },
      ),
    ],
    [
      'keys that are declared secret, wherever they stand',
      {
        '.gitopsrc': 'secretKeys: ["*_TOKEN", "*password*"]\n',
        ...plain(
          `${configMap('  SHOP_TOKEN: hunter2\n  db.password: |\n    hunter3\n  USER: sam\n')}---\n${yaml`
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: ledger
            spec:
              template:
                spec:
                  containers:
                    - name: ledger
                      image: shop/ledger:1.0.0
                      env:
                        - name: SHOP_TOKEN
                          value: hunter4
                        - { value: hunter5, name: OLD_PASSWORD }
          `}`,
        ),
        'environments/prod/fraud/app.yaml': configMap('  A_TOKEN: hunter6\n  A_TOKEN: hunter7\n'),
        'environments/prod/broken/app.yaml': `${configMap('  A_TOKEN: hunter8\n')} b: [\n`,
      },
    ],
    [
      'secret keys of other generators and patches',
      {
        '.gitopsrc': 'secretKeys: ["*_TOKEN"]\n',
        ...overlay(
          'configMapGenerator:\n  - name: ledger\n    literals: [SHOP_TOKEN=hunter2, USER=sam]\n    envs: [shop.env]\npatches:\n  - target: { kind: ConfigMap }\n    patch: |-\n      - op: add\n        path: /data/OLD_TOKEN\n        value: hunter4\n',
          { 'overlays/prod/shop.env': 'A_TOKEN=hunter3\nUSER=sam\n' },
        ),
      },
    ],
  ])('%s', async (_, tree) => {
    const bare = { ...(await lintTree(tree, [...rules, everywhere])), secrets: new Map() };
    const stylish = await REPORTERS.get('stylish')?.();
    expect(stylish?.(bare, { color: false, width: 200, verbose: true, quiet: false }), 'there is something to hide').toMatch(SECRET);
    for (const [name, text] of Object.entries(await outputsOf(tree))) expect.soft(SECRET.exec(text)?.[0], name).toBeUndefined();
  });

  it('more than that: names, keys and what is no secret stay in sight', async () => {
    const outputs = await outputsOf({
      '.gitopsrc': 'secretKeys: ["*_TOKEN"]\n',
      ...plain(`${configMap('  SHOP_TOKEN: hunter2\n  USER: sam\n')}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\ndata:\n  password: hunter3\n`),
    });
    const shown = outputs['stylish of everywhere'] ?? '';
    expect(shown).toMatch(/SHOP_TOKEN: •••/);
    expect(shown).toMatch(/USER: sam/);
    expect(shown).toMatch(/name: keys/);
    expect(shown).toMatch(/password: •••/);
  });
});
