import type { Discovery, VariantSource } from '../model/discovery.ts';
import { compareEnvironments, type Environment } from '../model/environment.ts';
import { isComplete, type RenderResult } from '../model/render-result.ts';
import { type App, ResourceSet, type Variant } from '../model/variant.ts';
import { groupBy } from '../text/group-by.ts';
import { compareText } from '../text/location.ts';
import { nameIn } from '../text/source-file.ts';

/** The environment of what nothing places: it is checked, and compared with nothing. */
export const NO_ENVIRONMENT: Environment = { name: '', tier: 'unknown', promotesFrom: [], labels: {} };

/** Renders what was discovered, and puts the variants of each app side by side. Apps are sorted by name. */
export function renderVariants(discovery: Pick<Discovery, 'environments' | 'variants'>, render: (source: VariantSource) => RenderResult): App[] {
  const environments = new Map(discovery.environments.map((environment) => [environment.name, environment]));
  const ids = variantIdsOf(discovery.variants);
  return [...groupBy(discovery.variants, ({ app }) => app)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, sources]) => {
      const variants: Variant[] = [];
      const app: App = { name, variants };
      for (const source of sources) {
        const environment = (source.environment !== undefined && environments.get(source.environment)) || NO_ENVIRONMENT;
        variants.push(variantOf(app, ids.get(source) ?? name, environment, source, render(source)));
      }
      variants.sort((a, b) => compareEnvironments(a.environment, b.environment) || compareText(a.id, b.id));
      return app;
    });
}

function variantOf(app: App, id: string, environment: Environment, source: VariantSource, result: RenderResult): Variant {
  return {
    id,
    key: keyOf(source),
    app,
    environment,
    labels: source.labels,
    root: source.root,
    tree: source.tree,
    renderer: source.renderer,
    status: result.status,
    complete: isComplete(result) && result.renderer !== 'files',
    resources: new ResourceSet(result.resources),
    gaps: result.gaps,
    problems: result.problems,
    effects: result.effects,
    charts: result.charts ?? [],
    filledIn: result.filledIn,
    settings: result.settings ?? [],
    unrestricted: result.restrictor === 'none',
    inputs: result.inputs,
  };
}

/** Tells a variant from all others. Keys of discovery are those of one tree. */
export function keyOf({ key, root, tree }: VariantSource): string {
  return nameIn(tree, key ?? root);
}

/** How people call each of some variants: no two alike. */
export function variantIdsOf(sources: readonly VariantSource[]): ReadonlyMap<VariantSource, string> {
  return new Map([...groupBy(sources, ({ app }) => app)].flatMap(([app, own]) => [...idsOf(app, own)]));
}

/** `app@environment`; where that is not unique, followed by the labels that differ, or by the root. */
function idsOf(app: string, sources: readonly VariantSource[]): ReadonlyMap<VariantSource, string> {
  const short = (source: VariantSource) => (source.environment === undefined ? app : `${app}@${source.environment}`);
  const ids = new Map<VariantSource, string>();
  for (const [id, twins] of groupBy(sources, short)) {
    const names = [...new Set(twins.flatMap(({ labels }) => Object.keys(labels)))].filter((name) => new Set(twins.map(({ labels }) => labels[name])).size > 1);
    const long = (source: VariantSource) => [id, ...names.flatMap((name) => source.labels[name] ?? [])].join('/');
    const distinct = new Set(twins.map(long)).size === twins.length;
    for (const source of twins)
      ids.set(source, twins.length === 1 ? id : distinct ? long(source) : `${id}/${source.values?.at(-1) ?? nameIn(source.tree, source.root)}`);
  }
  return ids;
}
