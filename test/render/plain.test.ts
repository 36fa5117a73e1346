import { describe, expect, it } from 'vitest';
import { createRenderers } from '../../src/render/index.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { problemsOf } from './building.ts';

const LEDGER = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ledger\n';

function renderers(files: Readonly<Record<string, string>>) {
  return createRenderers({ workspace: memoryWorkspace(files), loadRestrictor: 'root' });
}

describe('plain folders', () => {
  const files = {
    'shop/ledger.yaml': LEDGER,
    'shop/more/list.yaml': 'kind: List\napiVersion: v1\nitems:\n  - { apiVersion: v1, kind: Secret, metadata: { name: key } }\n',
    'shop/values.yaml': 'replicas: 3\n',
    'shop/built/kustomization.yaml': 'resources: []\n',
    'shop/built/checkout.yaml': LEDGER,
    'shop/chart/Chart.yaml': 'name: redis\n',
    'shop/chart/templates/a.yaml': 'kind: {{ x }}\n',
  };

  it('holds every object below that no other renderer makes', () => {
    const result = renderers(files).plain.render('shop');
    expect(result.status).toBe('rendered');
    expect(result.resources.map(({ id }) => `${id.kind}/${id.name}`)).toEqual(['ConfigMap/ledger', 'Secret/key']);
    expect(result.inputs.has('shop/values.yaml')).toBe(true);
  });

  it('tells of manifests that are no YAML', () => {
    const result = renderers({ 'shop/a.yaml': LEDGER, 'shop/b.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: [\n' }).plain.render('shop');
    expect(problemsOf(result)).toEqual(['shop/b.yaml:4:1 yaml-error syntax-error: unexpected end of the stream within a flow collection']);
    expect(result.resources).toHaveLength(1);
  });

  it('gives way to whoever knows more', () => {
    const found = renderers(files);
    expect(found.rendererFor('shop')?.name).toBe('plain');
    expect(found.rendererFor('shop/built')?.name).toBe('kustomize');
    expect(found.rendererFor('nowhere')).toBeUndefined();
  });
});
