import rule from '../../rules/fragile-index-patch/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { deployment, kustomization } from './shop.ts';

const IMAGE = 'image: registry.shop.example/checkout:1.14.0\nenv:\n  - name: LOG_LEVEL\n    value: info\nargs: [--port, "8080"]\n';

/** An overlay that patches the Deployment `checkout` with the given operations, under the preset `strict`. */
const patched = (operations: string, more: Tree = {}): Tree => ({
  '.gitopsrc': 'preset: strict\n',
  'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/checkout/base/deployment.yaml': deployment('checkout', IMAGE),
  'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
    ['../../base'],
    'patches:\n  - path: patch.yaml\n    target: { kind: Deployment, name: checkout }\n',
  ),
  'apps/checkout/overlays/prod/patch.yaml': operations,
  ...more,
});

testRule(rule, {
  valid: {
    'a field that is no list': patched('- { op: add, path: /spec/replicas, value: 4 }\n'),
    'an item of a list whose items have no names': patched('- { op: replace, path: /spec/template/spec/containers, value: [] }\n'),
    'an item that is added at the end': patched(
      '- { op: add, path: /spec/template/spec/volumes, value: [] }\n- { op: add, path: /spec/template/spec/volumes/-, value: { name: cache } }\n',
    ),
    'a key that is a number': patched('- { op: add, path: /metadata/labels, value: {} }\n- { op: add, path: /metadata/labels/0, value: zero }\n'),
    'a strategic merge patch': patched(deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n')),
    'the preset that is not strict': {
      ...patched('- { op: replace, path: /spec/template/spec/containers/0/image, value: shop/checkout:2 }\n'),
      '.gitopsrc': 'preset: recommended\n',
    },
  },
  invalid: {
    'a container by its place': patched(
      '- op: replace\n  path: /spec/template/spec/containers/0/image\n  value: registry.shop.example/checkout:1.14.2 # error: index\n',
    ),
    'a variable by its place': patched('- op: replace\n  path: /spec/template/spec/containers/0/env/0/value\n  value: debug # error: index\n'),
    'an argument of a container by its place: the container is counted': patched(
      '- op: replace\n  path: /spec/template/spec/containers/0/args/1\n  value: "9090" # error: index\n',
    ),
    'an item that is removed': patched('- op: remove\n  path: /spec/template/spec/containers/0/env/0 # error: index\n'),
  },
});
