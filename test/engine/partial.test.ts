import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globbySync } from 'globby';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { lint } from '../../src/engine/lint.ts';
import { oneTree, survey } from '../../src/engine/read-repository.ts';
import type { Finding } from '../../src/model/finding.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function fixture(name: string): Files {
  const cwd = path.resolve('fixtures/repos', name);
  return Object.fromEntries(globbySync('**', { cwd, dot: true, followSymbolicLinks: false }).map((file) => [file, readFileSync(path.join(cwd, file))]));
}

const container = (image: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: ${image}\n`;

/** Two apps on one base, a component that does something for one of them only, tags set by each environment, and files that are not there. */
const SHARED: Files = {
  'base/kustomization.yaml': 'resources: [app.yaml]\nconfigMapGenerator:\n  - name: web\n    literals: [URL=a, URL=b]\n',
  'base/app.yaml': container('shop/web'),
  'components/quiet/kustomization.yaml': 'kind: Component\npatches:\n  - path: patch.yaml\n    target: { kind: Service }\n',
  'components/quiet/patch.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: any\nspec:\n  type: ClusterIP\n',
  'apps/web/overlays/dev/kustomization.yaml': 'resources: [../../../../base]\nconfigMapGenerator: [{ name: settings, literals: [CURRENCY=eur] }]\n',
  'apps/web/overlays/staging/kustomization.yaml':
    'resources: [../../../../base]\nimages: [{ name: shop/web, newTag: latest }]\nconfigMapGenerator: [{ name: settings, literals: [A=b] }]\n',
  'apps/web/overlays/prod/kustomization.yaml':
    'resources: [../../../../base]\ncomponents: [../../../../components/quiet]\nimages: [{ name: shop/web, newTag: latest }]\nconfigMapGenerator: [{ name: settings, literals: [A=b] }]\n',
  'apps/shop/overlays/dev/kustomization.yaml': 'resources: [../../../../base, gone.yaml]\n',
  'apps/shop/overlays/prod/kustomization.yaml': 'resources: [../../../../base]\ncomponents: [../../../../components/quiet]\nnamePrefix: a-\nnamePrefix: b-\n',
  'teams/shop/overlays/prod/kustomization.yaml': 'resources: [service.yaml, gone.yaml]\ncomponents: [../../../../components/quiet]\n',
  'teams/shop/overlays/prod/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  type: [\n',
  'README.md': '# Shop\n',
};

const QUIET_IN_DEV = 'overrides: [{ environments: [dev], rules: { missing-reference: "off", duplicate-key: "off" } }]\n';

const summaryOf = ({ location: { file, span }, related, ...finding }: Finding) => ({
  ...finding,
  at: `${file.path}:${span.start}-${span.end}`,
  related: related.map((place) => `${place.location.file.path}:${place.location.span.start} ${place.message}`),
});

/** What a partial run has to find: what lies in the changed file, or points at it, or is about a variant that reads it. */
const isOf = ({ location, related, variants }: Finding, changed: string, inputs: ReadonlyMap<string, ReadonlySet<string>>): boolean =>
  [location, ...related.map((place) => place.location)].some(({ file }) => file.path === changed) || variants.some((id) => inputs.get(id)?.has(changed));

describe('a run of what one file reaches', () => {
  it.each<[string, () => Files, readonly string[]]>([
    ['shop-kustomize', () => fixture('shop-kustomize'), []],
    ['shop-plain', () => fixture('shop-plain'), []],
    ['broken', () => fixture('broken'), []],
    ['apps that share a base', () => SHARED, ['apps/shop/overlays/dev/gone.yaml', 'teams/shop/overlays/prod/gone.yaml']],
    ['rules that are off in places', () => ({ ...SHARED, '.gitopsrc': QUIET_IN_DEV }), ['apps/shop/overlays/dev/gone.yaml']],
  ])('finds what the full run finds there, under the same fingerprints: %s', async (_, load, deleted) => {
    const workspace = memoryWorkspace(load());
    const { settings } = await loadSettings(workspace, '', rules);
    const run = (changed?: ReadonlySet<string>) => lint({ workspace, folder: '', settings, rules, version: '0.0.0', scope: { changed } });
    const all = (await run()).findings;
    expect(all.length).toBeGreaterThan(3);
    const inputs = new Map((await survey(oneTree(workspace), '', settings)).repository.variants.map((variant) => [variant.id, variant.inputs]));
    let narrowed = 0;
    for (const changed of [...workspace.files(), ...deleted]) {
      const expected = all.filter((finding) => isOf(finding, changed, inputs));
      if (expected.length > 0 && expected.length < all.length) narrowed += 1;
      expect((await run(new Set([changed]))).findings.map(summaryOf), changed).toEqual(expected.map(summaryOf));
    }
    expect(narrowed, 'there are files that reach a part of it').toBeGreaterThan(3);
  });
});
