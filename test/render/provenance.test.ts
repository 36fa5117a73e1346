import { describe, expect, it } from 'vitest';
import { build, type Files, fieldOf, trail } from './building.ts';

const BASE: Files = {
  'base/kustomization.yaml': 'resources:\n  - checkout.yaml\n  - ledger.yaml\n',
  'base/checkout.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout
spec:
  replicas: 1
  template:
    spec:
      serviceAccountName: ledger
      containers:
        - name: app
          image: shop/checkout:1.0
          env:
            - name: MODE
              value: demo
`,
  'base/ledger.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ledger\n',
};

const IMAGE = 'spec.template.spec.containers[0].image';

interface Row {
  readonly what: string;
  readonly overlay: string;
  readonly more?: Files;
  readonly resource?: string;
  readonly path: string;
  readonly value: unknown;
  readonly origins: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    what: 'a field that nobody touches is written in the base',
    overlay: '',
    path: 'spec.replicas',
    value: 1,
    origins: ['base/checkout.yaml:6:13 written exact'],
  },
  {
    what: 'a namespace comes from the line of the overlay',
    overlay: 'namespace: shop\n',
    path: 'metadata.namespace',
    value: 'shop',
    origins: ['prod/kustomization.yaml:2:12 namespace exact'],
  },
  {
    what: 'of a prefixed name each part has its author',
    overlay: 'namePrefix: eu-\n',
    resource: 'Deployment/eu-checkout',
    path: 'metadata.name',
    value: 'eu-checkout',
    origins: ['prod/kustomization.yaml:2:13 name-prefix exact', 'base/checkout.yaml:4:9 written exact'],
  },
  {
    what: 'of a name with a suffix too',
    overlay: 'nameSuffix: -v2\n',
    resource: 'Deployment/checkout-v2',
    path: 'metadata.name',
    value: 'checkout-v2',
    origins: ['base/checkout.yaml:4:9 written exact', 'prod/kustomization.yaml:2:13 name-suffix exact'],
  },
  {
    what: 'a reference follows the name, and tells who changed it',
    overlay: 'namePrefix: eu-\n',
    resource: 'Deployment/eu-checkout',
    path: 'spec.template.spec.serviceAccountName',
    value: 'eu-ledger',
    origins: ['prod/kustomization.yaml:2:13 name-prefix exact', 'base/ledger.yaml:4:9 written exact', 'base/checkout.yaml:9:27 written exact'],
  },
  {
    what: 'a label comes from its pair',
    overlay: 'labels:\n  - pairs:\n      team: payments\n',
    path: 'metadata.labels.team',
    value: 'payments',
    origins: ['prod/kustomization.yaml:4:13 label exact'],
  },
  {
    what: 'so does one of commonLabels, in the template',
    overlay: 'commonLabels:\n  team: payments\n',
    path: 'spec.template.metadata.labels.team',
    value: 'payments',
    origins: ['prod/kustomization.yaml:3:9 label exact'],
  },
  {
    what: 'an annotation comes from its line',
    overlay: 'commonAnnotations:\n  owner: till\n',
    path: 'metadata.annotations.owner',
    value: 'till',
    origins: ['prod/kustomization.yaml:3:10 annotation exact'],
  },
  {
    what: 'a count of replicas remembers the one before',
    overlay: 'replicas:\n  - name: checkout\n    count: 3\n',
    path: 'spec.replicas',
    value: 3,
    origins: ['prod/kustomization.yaml:4:12 replica exact', 'base/checkout.yaml:6:13 written exact'],
  },
  {
    what: 'of an image only the tag is new',
    overlay: 'images:\n  - name: shop/checkout\n    newTag: "2.0"\n',
    path: IMAGE,
    value: 'shop/checkout:2.0',
    origins: ['base/checkout.yaml:12:18 written exact', 'prod/kustomization.yaml:4:13 image exact'],
  },
  {
    what: 'of an image with a new name the tag is the old one',
    overlay: 'images:\n  - name: shop/checkout\n    newName: mirror/checkout\n',
    path: IMAGE,
    value: 'mirror/checkout:1.0',
    origins: ['prod/kustomization.yaml:4:14 image exact', 'base/checkout.yaml:12:18 written exact'],
  },
  {
    what: 'a patch in a file shows its own lines',
    overlay: 'patches:\n  - path: more.yaml\n',
    more: { 'prod/more.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  replicas: 5\n' },
    path: 'spec.replicas',
    value: 5,
    origins: ['prod/more.yaml:6:13 patch exact', 'base/checkout.yaml:6:13 written exact'],
  },
  {
    what: 'a patch in a block of the kustomization shows the lines there',
    overlay:
      'patches:\n  - target:\n      kind: Deployment\n    patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: any\n      spec:\n        replicas: 5\n',
    path: 'spec.replicas',
    value: 5,
    origins: ['prod/kustomization.yaml:11:19 patch exact', 'base/checkout.yaml:6:13 written exact'],
  },
  {
    what: 'a patch in a quoted text is found to the entry',
    overlay:
      'patches:\n  - target: { kind: Deployment }\n    patch: "apiVersion: apps/v1\\nkind: Deployment\\nmetadata:\\n  name: any\\nspec:\\n  replicas: 5\\n"\n',
    path: 'spec.replicas',
    value: 5,
    origins: ['prod/kustomization.yaml:4:12 patch entry', 'base/checkout.yaml:6:13 written exact'],
  },
  {
    what: 'items of a merged list are followed by their key',
    overlay: 'patches:\n  - path: more.yaml\n',
    more: {
      'prod/more.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          env:\n            - name: MODE\n              value: live\n',
    },
    path: 'spec.template.spec.containers[0].env[0].value',
    value: 'live',
    origins: ['prod/more.yaml:12:22 patch exact', 'base/checkout.yaml:15:22 written exact'],
  },
  {
    what: 'a JSON patch shows the value of its operation',
    overlay: 'patches:\n  - target: { kind: Deployment }\n    patch: |-\n      - op: replace\n        path: /spec/replicas\n        value: 4\n',
    path: 'spec.replicas',
    value: 4,
    origins: ['prod/kustomization.yaml:7:16 json-patch exact', 'base/checkout.yaml:6:13 written exact'],
  },
  {
    what: 'a replacement shows where the value was taken',
    overlay:
      'replacements:\n  - source:\n      kind: ServiceAccount\n      name: ledger\n    targets:\n      - select: { kind: Deployment }\n        fieldPaths: [spec.template.spec.containers.0.env.0.value]\n',
    path: 'spec.template.spec.containers[0].env[0].value',
    value: 'ledger',
    origins: ['base/ledger.yaml:4:9 replacement exact', 'base/checkout.yaml:15:22 written exact'],
  },
  {
    what: 'a var shows where the value was taken',
    overlay: 'vars:\n  - name: ACCOUNT\n    objref: { kind: ServiceAccount, apiVersion: v1, name: ledger }\npatches:\n  - path: more.yaml\n',
    more: {
      'prod/more.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          args: [run, --as=$(ACCOUNT)]\n',
    },
    path: 'spec.template.spec.containers[0].args[1]',
    value: '--as=ledger',
    origins: ['prod/more.yaml:10:23 patch exact', 'base/ledger.yaml:4:9 variable exact'],
  },
];

describe('every value knows the line it comes from', () => {
  it.each(ROWS)('$what', ({ overlay, more, resource = 'Deployment/checkout', path, value, origins }) => {
    const result = build({ ...BASE, ...more, 'prod/kustomization.yaml': `resources: [../base]\n${overlay}` }, 'prod');
    expect(result.problems).toEqual([]);
    expect(fieldOf(result, resource, path)).toBe(value);
    expect(trail(result, resource, path)).toEqual(origins);
  });
});

describe('generated data knows its sources', () => {
  const files: Files = {
    'kustomization.yaml':
      'generatorOptions:\n  disableNameSuffixHash: true\nconfigMapGenerator:\n  - name: ledger\n    literals:\n      - currency="EUR"\n    envs: [shop.env]\n    files: [rules=rules.txt]\n',
    'shop.env': '# opening hours\nOPEN=08:00\n  CLOSE=20:00\n',
    'rules.txt': 'be kind\n',
  };

  it.each([
    ['data.currency', 'EUR', 'kustomization.yaml:6:19 generator exact'],
    ['data.OPEN', '08:00', 'shop.env:2:6 generator exact'],
    ['data.CLOSE', '20:00', 'shop.env:3:9 generator exact'],
    ['data.rules', 'be kind\n', 'rules.txt:1:1 generator file'],
  ])('%s', (path, value, origin) => {
    const result = build(files);
    expect(fieldOf(result, 'ConfigMap/ledger', path)).toBe(value);
    expect(trail(result, 'ConfigMap/ledger', path)).toEqual([origin]);
  });

  it('appends the hash that kustomize appends', () => {
    const result = build({ 'kustomization.yaml': 'configMapGenerator:\n  - name: ledger\n    literals: [currency=EUR]\n' });
    expect(result.resources.map(({ id }) => id.name)).toEqual(['ledger-m5966c92m9']);
    expect(result.resources[0]?.originalId.name).toBe('ledger');
  });
});

describe('sharing', () => {
  it('builds a base once for all of its overlays', () => {
    const files = { ...BASE, 'a/kustomization.yaml': 'resources: [../base]\n', 'b/kustomization.yaml': 'resources: [../base]\nnamePrefix: b-\n' };
    const [one, two] = [build(files, 'a'), build(files, 'b')];
    expect(one.resources).toHaveLength(2);
    expect(two.resources).toHaveLength(2);
  });

  it('leaves alone what an overlay does not change', () => {
    const result = build({ ...BASE, 'prod/kustomization.yaml': 'resources: [../base]\nnamespace: shop\n' }, 'prod');
    expect(result.resources.find(({ id }) => id.kind === 'Deployment')?.node.entries.find(({ key }) => key.text === 'spec')?.value.replaces).toBeUndefined();
  });
});
