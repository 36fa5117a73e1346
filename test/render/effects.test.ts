import { describe, expect, it } from 'vitest';
import type { RenderResult } from '../../src/model/render-result.ts';
import { build, type Files, placeOf, problemsOf } from './building.ts';

const BASE: Files = {
  'base/kustomization.yaml': 'resources: [storefront.yaml]\nconfigMapGenerator:\n  - name: prices\n    literals: [tax=19]\n',
  'base/storefront.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: web
          image: shop/storefront:1.0
`,
};

/** `field subject: targets, changed of written`. */
function effectsOf({ effects }: RenderResult): string[] {
  return effects.map(({ field, subject, targets, writes, closed, nearMatch }) => {
    const changed = writes.filter((write) => write.changed).length;
    return [`${field} ${subject}: ${targets}, ${changed} of ${writes.length}`, closed ? '' : 'open', nearMatch ? `near ${nearMatch}` : '']
      .filter(Boolean)
      .join(', ');
  });
}

function overlay(text: string, more: Files = {}): RenderResult {
  return build({ ...BASE, ...more, 'prod/kustomization.yaml': `resources: [../base]\n${text}` }, 'prod');
}

describe('effects', () => {
  it('counts the leaves of a patch, and which of them made a difference', () => {
    const result = overlay('patches:\n  - path: p.yaml\n', {
      'prod/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: storefront\nspec:\n  replicas: 2\n  paused: false\n',
    });
    expect(effectsOf(result)).toEqual(['patches Deployment "storefront": 1, 1 of 2']);
    expect(result.effects[0]?.writes.map(({ origin }) => placeOf(origin))).toEqual(['prod/p.yaml:6:13', 'prod/p.yaml:7:11']);
  });

  it('does not take the keys of list items for writes', () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: storefront\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: shop/storefront:1.0\n';
    expect(effectsOf(overlay('patches:\n  - path: p.yaml\n', { 'prod/p.yaml': patch }))).toEqual(['patches Deployment "storefront": 1, 0 of 1']);
  });

  it('names the object that was probably meant', () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: storefrnt\nspec:\n  replicas: 3\n';
    const result = overlay('patches:\n  - path: p.yaml\n', { 'prod/p.yaml': patch });
    expect(effectsOf(result)).toEqual(['patches Deployment "storefrnt": 0, 0 of 0, near Deployment "storefront"']);
    expect(problemsOf(result)).toEqual(['prod/kustomization.yaml:3:5 patch-target ineffective-patch: no object matches the patch for Deployment "storefrnt"']);
  });

  it('says that it cannot know when a base is missing', () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ledger\nspec:\n  replicas: 3\n';
    const result = build({ 'kustomization.yaml': 'resources: [https://example.com/shop/ledger?ref=v1]\npatches:\n  - path: p.yaml\n', 'p.yaml': patch }, '');
    expect(result.status).toBe('partial');
    expect(effectsOf(result)).toEqual(['patches Deployment "ledger": 0, 0 of 0, open']);
  });

  it('selects by target without complaint when nothing matches', () => {
    const result = overlay('patches:\n  - target: { kind: StatefulSet }\n    patch: "[{op: remove, path: /spec/replicas}]"\n');
    expect(result.status).toBe('rendered');
    expect(effectsOf(result)).toEqual(['patches every StatefulSet: 0, 0 of 0']);
  });

  it('counts images, replicas and merged generators', () => {
    const result = overlay(
      'images:\n  - name: shop/storefront\n    newTag: "1.0"\n  - name: shop/other\n    newTag: "9"\nreplicas:\n  - name: storefront\n    count: 2\nconfigMapGenerator:\n  - name: prices\n    behavior: merge\n    literals: [tax=19, tip=1]\n',
    );
    expect(effectsOf(result)).toEqual([
      'configMapGenerator ConfigMap "prices": 1, 1 of 2',
      'replicas "storefront": 1, 0 of 1',
      'images image "shop/storefront": 1, 0 of 1',
      'images image "shop/other": 0, 0 of 0',
    ]);
  });
});
