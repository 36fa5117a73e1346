import { describe, expect, it } from 'vitest';
import { createKustomizeRenderer } from '../../src/render/kustomize/renderer.ts';
import { formatFieldPath } from '../../src/tree/field-path.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { claimsOf } from '../support/provenance/claims.ts';
import { prove } from '../support/provenance/oracle.ts';
import type { Files } from './building.ts';

const SHOP: Files = {
  'base/kustomization.yaml': `resources: [checkout.yaml, ledger.yaml]
configMapGenerator:
  - name: settings
    literals:
      - CURRENCY=EUR
      - "GREETING='good morning'"
      - |
        HOURS=from eight
        to eight
    envs: [shop.env]
    files: [rules.txt]
secretGenerator:
  - name: login
    literals: [PASSWORD=swordfish]
`,
  'base/shop.env': '# opening hours\nOPEN=08:00\n  CLOSE=20:00\nNOTE="closed on \'Sunday\'"\n',
  'base/rules.txt': 'be kind\nalways\n',
  'base/checkout.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout
  annotations:
    motto: >-
      first come,
      first served
spec:
  replicas: 1
  selector:
    matchLabels: { app: 'checkout' }
  template:
    metadata:
      labels: { app: checkout }
    spec:
      serviceAccountName: ledger
      containers:
        - name: app
          image: registry.shop.example:5000/checkout:1.0
          args: [serve, --account=$(ACCOUNT), "--host=$(ACCOUNT).shop.svc"]
          envFrom:
            - configMapRef: { name: settings }
            - secretRef: { name: login }
          env:
            - name: MODE
              value: demo
            - name: HOST
              value: NAME.NAMESPACE.svc
`,
  'base/ledger.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ledger
automountServiceAccountToken: true
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: till
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects:
  - kind: ServiceAccount
    name: ledger
`,
};

const OVERLAYS: Readonly<Record<string, string>> = {
  'nothing of its own': '',
  'a namespace': 'namespace: shop\n',
  'a prefix and a suffix': 'namePrefix: eu-\nnameSuffix: "-v2"\n',
  labels: 'labels:\n  - pairs: { team: payments, tier: "1" }\n    includeTemplates: true\ncommonLabels:\n  shop: main\n',
  annotations: 'commonAnnotations:\n  owner: till\n',
  'counts of replicas': 'replicas:\n  - name: checkout\n    count: 3\n',
  'a tag': 'images:\n  - name: registry.shop.example:5000/checkout\n    newTag: "2.0"\n',
  'a name and a digest': 'images:\n  - name: registry.shop.example:5000/checkout\n    newName: mirror/checkout\n    digest: sha256:0123\n',
  'a patch in a block': `patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: checkout
        annotations:
          note: |
            two
            lines
      spec:
        replicas: 5
        template:
          spec:
            containers:
              - name: app
                env:
                  - name: MODE
                    value: live
                ports:
                  - containerPort: 8080
`,
  'a patch in a quoted text':
    'patches:\n  - patch: \'{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "checkout"}, "spec": {"replicas": 7, "paused": true}}\'\n',
  'a JSON patch': `patches:
  - target: { kind: Deployment }
    patch: |-
      - op: replace
        path: /spec/replicas
        value: 4
      - { op: add, path: /spec/template/spec/containers/0/command, value: [till, "open"] }
      - op: copy
        from: /spec/replicas
        path: /spec/minReadySeconds
`,
  'a replacement of one part': `namePrefix: eu-
replacements:
  - source: { kind: ServiceAccount, name: ledger }
    targets:
      - select: { kind: Deployment }
        options: { delimiter: '.' }
        fieldPaths: ['spec.template.spec.containers.[name=app].env.[name=HOST].value']
  - source: { kind: Deployment, name: checkout, fieldPath: spec.template.spec.containers.0.image, options: { delimiter: ':', index: 2 } }
    targets:
      - select: { kind: Deployment }
        options: { create: true }
        fieldPaths: [metadata.annotations.version]
`,
  'a var': 'namePrefix: eu-\nvars:\n  - name: ACCOUNT\n    objref: { kind: ServiceAccount, apiVersion: v1, name: ledger }\n',
  'a generator that adds': 'configMapGenerator:\n  - name: settings\n    behavior: merge\n    literals: [CURRENCY=CHF, ROUND=0.05]\n',
};

interface Outcome {
  readonly what: string;
  readonly kind: string;
  readonly why: string | undefined;
  readonly how: string;
}

const known = new Map<string, readonly Outcome[]>();

/** What all claims of an overlay come to. */
function outcomes(overlay: string): readonly Outcome[] {
  const before = known.get(overlay);
  if (before) return before;
  const workspace = memoryWorkspace({ ...SHOP, 'prod/kustomization.yaml': `resources: [../base]\n${overlay}` });
  const result = createKustomizeRenderer({ workspace, loadRestrictor: 'root' }).render('prod');
  expect(result.problems).toEqual([]);
  // Plain lines of the base are tried once.
  const claims = [...claimsOf(result)].filter(({ origin, start }) => overlay === '' || origin.how !== 'written' || start > 0);
  const all = claims.map((claim) => {
    const { kind, why } = prove(workspace, result, claim);
    const id = result.resources[claim.index]?.id;
    return { what: `${id?.kind} ${formatFieldPath(claim.path)} ${claim.start}`, kind, why, how: claim.origin.how };
  });
  known.set(overlay, all);
  return all;
}

describe('a value changes with the place that is said to have written it', () => {
  it.each(Object.entries(OVERLAYS))('under %s', (_, overlay) => {
    const all = outcomes(overlay);
    expect(all.filter(({ kind }) => kind === 'failed')).toEqual([]);
    expect(all.filter(({ kind }) => kind === 'passed' || kind === 'renamed').length).toBeGreaterThan(all.length / 2);
  });

  it('meets every way in which kustomize writes', () => {
    const proved = new Set(
      Object.values(OVERLAYS)
        .flatMap(outcomes)
        .filter(({ kind }) => kind === 'passed')
        .map(({ how }) => how),
    );
    expect([...proved].sort()).toEqual([
      'annotation',
      'generator',
      'image',
      'json-patch',
      'label',
      'name-prefix',
      'name-reference',
      'name-suffix',
      'namespace',
      'patch',
      'replacement',
      'replica',
      'variable',
      'written',
    ]);
  });

  it('is not proved of another place', () => {
    const workspace = memoryWorkspace({ ...SHOP, 'prod/kustomization.yaml': 'resources: [../base]\nreplicas:\n  - name: checkout\n    count: 1\n' });
    const result = createKustomizeRenderer({ workspace, loadRestrictor: 'root' }).render('prod');
    const claims = [...claimsOf(result)];
    const count = claims.find(({ origin }) => origin.how === 'replica');
    const base = workspace.read('base/checkout.yaml');
    if (!count || !base.ok) throw new Error('the repository of the test is not as it should be');
    expect(prove(workspace, result, count).kind).toBe('passed');
    // The base says "1" as well, and does not decide.
    const start = base.file.text.indexOf('replicas: 1') + 'replicas: '.length;
    expect(prove(workspace, result, { ...count, origin: { ...count.origin, file: base.file, start, end: start + 1 } }).kind).toBe('failed');
    expect(prove(workspace, result, { ...count, origin: { ...count.origin, start: count.origin.start - 1 } }).kind).toBe('failed');
  });
});
