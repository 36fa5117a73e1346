import { describe, expect, it } from 'vitest';
import { build, fieldOf } from './building.ts';

const STOREFRONT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront
  labels: { team: shop }
spec:
  template:
    spec:
      containers:
      - name: web
        image: shop/web:1
        args: [--open]
        ports: [{ containerPort: 80, protocol: TCP }]
        env: [{ name: MODE, value: "1" }]
      - name: log
        image: shop/log:1
`;

const HEAD = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: storefront\n';

function patched(patch: string, entry = '') {
  return build({ 'kustomization.yaml': `resources: [a.yaml]\npatches:\n- path: p.yaml\n${entry}`, 'a.yaml': STOREFRONT, 'p.yaml': patch });
}

const CONTAINERS = 'spec.template.spec.containers';

/** Behaviour that surprises, and that must surprise in the same way here. */
describe('merging as kustomize does', () => {
  it.each([
    ['touched items come first', 'spec: { template: { spec: { containers: [{ name: log, image: shop/log:2 }] } } }', `${CONTAINERS}[0].name`, 'log'],
    ['new items come first', 'spec: { template: { spec: { containers: [{ name: cache }] } } }', `${CONTAINERS}[0].name`, 'cache'],
    ['lists without a key are replaced', 'spec: { template: { spec: { containers: [{ name: web, args: [--shut] }] } } }', `${CONTAINERS}[0].args`, ['--shut']],
    ['null removes a field', 'spec: { template: { spec: { containers: [{ name: web, args: null }] } } }', `${CONTAINERS}[0].args`, undefined],
    [
      'an item is removed by a directive',
      'spec: { template: { spec: { containers: [{ name: web, $patch: delete }] } } }',
      `${CONTAINERS}`,
      [{ name: 'log', image: 'shop/log:1' }],
    ],
    [
      'a list is replaced by a directive',
      'spec: { template: { spec: { containers: [{ $patch: replace }, { name: till }] } } }',
      `${CONTAINERS}`,
      [{ name: 'till' }],
    ],
    ['an item without its key loses the others', 'spec: { template: { spec: { containers: [{ image: x }] } } }', `${CONTAINERS}`, []],
    [
      'a port without a protocol is not merged',
      'spec: { template: { spec: { containers: [{ name: web, ports: [{ containerPort: 80, name: http }] }] } } }',
      `${CONTAINERS}[0].ports`,
      [{ containerPort: 80, protocol: 'TCP' }],
    ],
    [
      'quotes of the target stay',
      'spec: { template: { spec: { containers: [{ name: web, env: [{ name: MODE, value: 2 }] }] } } }',
      `${CONTAINERS}[0].env[0].value`,
      '2',
    ],
    ['a replacement of the whole object is forgotten', '$patch: replace', `${CONTAINERS}[0].name`, 'web'],
  ])('%s', (_, body, path, value) => {
    const result = patched(`${HEAD}${body}\n`);
    expect(result.problems).toEqual([]);
    expect(fieldOf(result, 'Deployment/storefront', path)).toEqual(value);
  });

  it('deletes a label only when the patch finds its object by name', () => {
    const patch = HEAD.replace('  name: storefront\n', '  name: storefront\n  labels: { team: null }\n');
    expect(fieldOf(patched(patch), 'Deployment/storefront', 'metadata.labels.team')).toBeUndefined();
    expect(fieldOf(patched(patch, '  target: { kind: Deployment }\n'), 'Deployment/storefront', 'metadata.labels.team')).toBe('null');
  });

  it('knows no lists of kinds that are not built in', () => {
    const files = {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml': 'apiVersion: shop.example.com/v1\nkind: Till\nmetadata: { name: till }\nspec: { coins: [{ name: one }, { name: two }] }\n',
      'p.yaml': 'apiVersion: shop.example.com/v1\nkind: Till\nmetadata: { name: till }\nspec: { coins: [{ name: one, count: 3 }] }\n',
    };
    expect(fieldOf(build(files), 'Till/till', 'spec.coins')).toEqual([{ name: 'one', count: 3 }]);
  });
});
