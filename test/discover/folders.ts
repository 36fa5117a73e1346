import { loadSettings } from '../../src/config/load.ts';
import { fillGoTemplate } from '../../src/discover/argo/go-template/fill.ts';
import { discover } from '../../src/discover/index.ts';
import type { Discovery } from '../../src/model/discovery.ts';
import { createHelmRenderer } from '../../src/render/helm/renderer.ts';
import { createRenderers } from '../../src/render/index.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import type { Tree } from '../support/rule-tester.ts';

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';

/**
 * A repository, told by its folders: `apps/checkout/base` has a kustomization, `overlays/prod < base, ../gateway` builds on
 * others (paths from the root), `Component parts/canary` is of that kind, and what ends in `.yaml` is a manifest.
 */
export function repository(...lines: readonly string[]): Tree {
  return Object.fromEntries(
    lines.map((line) => {
      const [head = '', uses = ''] = line.split(' < ');
      const isComponent = head.startsWith('Component ');
      const folder = head.replace('Component ', '');
      if (/\.(?:ya?ml|json)$/.test(folder)) return [folder, MANIFEST];
      const up = folder ? folder.replaceAll(/[^/]+/g, '..') : '.';
      const resources = uses.split(', ').filter(Boolean);
      const kind = isComponent ? 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n' : '';
      const list = resources.length > 0 ? `resources:\n${resources.map((path) => `  - ${up}/${path}\n`).join('')}` : 'namePrefix: shop-\n';
      return [`${folder ? `${folder}/` : ''}kustomization.yaml`, kind + list];
    }),
  );
}

/** What was found, in short: environments as `name: tier`, variants as `app@environment label=value`. */
export interface Matrix {
  readonly environments: readonly string[];
  readonly variants: readonly string[];
}

export async function discoverIn(tree: Tree | Workspace, scope = ''): Promise<Discovery> {
  const workspace = 'files' in tree && typeof tree.files === 'function' ? (tree as Workspace) : memoryWorkspace(tree as Tree);
  const { settings } = await loadSettings(workspace, scope, []);
  const renderers = createRenderers({ workspace, createHelm: createHelmRenderer, loadRestrictor: 'root', isIgnored: settings.declaration.isIgnored });
  return discover({ workspace, declaration: settings.declaration, renderers: { ...renderers, fillGoTemplate } }, scope).part;
}

export function matrixOf({ environments, variants }: Pick<Discovery, 'environments' | 'variants'>): Matrix {
  return {
    environments: environments.map(({ name, tier }) => `${name}: ${tier}`),
    variants: variants.map(({ app, environment, labels }) => {
      const place = environment === undefined ? app : `${app}@${environment}`;
      return [place, ...Object.entries(labels).map(([label, value]) => `${label}=${value}`)].join(' ');
    }),
  };
}
