import type { Settings } from '../config/settings.ts';
import { discover, discoverWhole } from '../discover/index.ts';
import { unitsOf } from '../discover/units.ts';
import { type OriginRow, originRowsOf } from '../model/origin-row.ts';
import type { RenderResult } from '../model/render-result.ts';
import type { Resource } from '../model/resource.ts';
import { printResources } from '../render/print.ts';
import { compareText } from '../text/location.ts';
import { joinPath } from '../text/path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { variantIdsOf } from './render-variants.ts';
import { renderersOf, withVersion } from './renderers.ts';
import { secretPlacesOf } from './secret-places.ts';

/** One root, rendered and printed. */
export interface RootRender {
  /** The id of the variant that it is; undefined for a folder that is rendered as it stands. */
  readonly variant?: string | undefined;
  readonly result: RenderResult;
  /** What the tool prints; undefined when it would refuse. */
  readonly output: string | undefined;
}

/** A chart that several variants render, each with its own values: the ids of all of them. */
export interface Choice {
  readonly choices: readonly string[];
}

/**
 * Renders one folder, whatever it is. Undefined when there is nothing in it to render. Of a chart that environments have
 * values for, one of `names`: environments, or ids of variants; with its own values it is rendered where there are no others.
 */
export async function renderRoot(
  workspace: Workspace,
  folder: string,
  settings: Settings,
  names?: readonly string[],
): Promise<RootRender | Choice | undefined> {
  const renderers = await renderersOf(workspace, settings);
  const renderer = renderers.rendererFor(folder);
  const isChart = renderer?.name !== 'kustomize' && workspace.kindOf(joinPath(folder, 'Chart.yaml') ?? '') === 'file';
  if (!isChart) return renderer && printed(renderer.render(folder));
  const { declaration } = settings;
  const { variants } = discoverWhole({ workspace, declaration, renderers }, '');
  const ids = variantIdsOf(variants);
  const own = variants.filter(({ root, renderer: by, isAbroad }) => root === folder && by === 'helm' && !isAbroad);
  if (own.length === 0 && !names) return printed(renderers.render({ app: folder, labels: {}, root: folder, renderer: 'helm' }));
  const meant = own.filter((source) => !names || names.includes(source.environment ?? '') || names.includes(ids.get(source) ?? ''));
  const [only, another] = meant;
  if (!only || another) return { choices: (only ? meant : own).map((source) => ids.get(source) ?? source.app) };
  return { ...printed(renderers.render(withVersion(only, declaration))), variant: ids.get(only) };
}

/** Every scalar of a render, or of one of its resources, and who wrote it; secrets are masked, whatever way they took. */
export function originsIn({ resources, inputs }: RenderResult, workspace: Workspace, { isSecretKey }: Settings, only?: Resource): OriginRow[] {
  return originRowsOf(resources, { isSecretKey, isSecretPlace: secretPlacesOf(inputs, workspace, isSecretKey) }, only);
}

/**
 * Renders every root below a folder, one after the other: each kustomization, Components included, and each other variant
 * that is deployed. In the order of their paths.
 */
export async function rendersBelow(workspace: Workspace, folder: string, settings: Settings): Promise<Iterable<RootRender>> {
  const { declaration } = settings;
  const renderers = await renderersOf(workspace, settings);
  const kustomized = unitsOf(workspace, folder, declaration.isIgnored).flatMap(({ folder: root, renderer }) => (renderer === 'kustomize' ? root : []));
  const { variants } = discover({ workspace, declaration, renderers }, folder).part;
  const ids = variantIdsOf(variants);
  const deployed = variants.filter(({ root, renderer }) => renderer !== 'kustomize' && !kustomized.includes(root));
  const roots = [
    ...kustomized.map((root) => ({ root, variant: undefined, render: () => renderers.kustomize.render(root) })),
    ...deployed.map((source) => ({ root: source.root, variant: ids.get(source), render: () => renderers.render(withVersion(source, declaration)) })),
  ];
  roots.sort((a, b) => compareText(a.root, b.root) || compareText(a.variant ?? '', b.variant ?? ''));
  return renderEach(roots);
}

function* renderEach(roots: Iterable<{ readonly variant: string | undefined; readonly render: () => RenderResult }>): Generator<RootRender> {
  for (const { variant, render } of roots) yield { ...printed(render()), variant };
}

function printed(result: RenderResult): RootRender {
  return { result, output: result.status === 'failed' ? undefined : printResources(result.resources) };
}
