import type { Settings } from '../config/settings.ts';
import { discover } from '../discover/index.ts';
import { unitsOf } from '../discover/units.ts';
import { type OriginRow, originRowsOf } from '../model/origin-row.ts';
import type { RenderResult } from '../model/render-result.ts';
import type { Resource } from '../model/resource.ts';
import { printResources } from '../render/print.ts';
import { compareText } from '../text/location.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { renderersOf } from './renderers.ts';
import { secretPlacesOf } from './secret-places.ts';

/** One root, rendered and printed. */
export interface RootRender {
  readonly result: RenderResult;
  /** What the tool prints; undefined when it would refuse. */
  readonly output: string | undefined;
}

/** Renders one folder, whatever it is. Undefined when there is nothing in it to render. */
export function renderRoot(workspace: Workspace, folder: string, settings: Settings): RootRender | undefined {
  const renderers = renderersOf(workspace, settings);
  const result = renderers.rendererFor(folder)?.render(folder);
  return result && printed(result);
}

/** Every scalar of a render, or of one of its resources, and who wrote it; secrets are masked, whatever way they took. */
export function originsIn({ resources, inputs }: RenderResult, workspace: Workspace, { isSecretKey }: Settings, only?: Resource): OriginRow[] {
  return originRowsOf(resources, { isSecretKey, isSecretPlace: secretPlacesOf(inputs, workspace, isSecretKey) }, only);
}

/** Renders every root below a folder: each kustomization, Components included, and each other unit that is deployed. In the order of their paths. */
export function* rendersBelow(workspace: Workspace, folder: string, settings: Settings): Generator<RootRender> {
  const renderers = renderersOf(workspace, settings);
  const kustomized = unitsOf(workspace, folder, settings.declaration.isIgnored).filter(({ renderer }) => renderer === 'kustomize');
  const deployed = discover({ workspace, declaration: settings.declaration, renderers }, folder).part.variants.filter(
    ({ renderer }) => renderer !== 'kustomize',
  );
  const roots = new Map<string, () => RenderResult>();
  for (const unit of kustomized) roots.set(unit.folder, () => renderers.kustomize.render(unit.folder));
  for (const source of deployed) if (!roots.has(source.root)) roots.set(source.root, () => renderers.render(source));
  for (const [, render] of [...roots].sort(([a], [b]) => compareText(a, b))) yield printed(render());
}

function printed(result: RenderResult): RootRender {
  return { result, output: result.status === 'failed' ? undefined : printResources(result.resources) };
}
