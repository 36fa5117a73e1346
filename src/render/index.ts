import type { VariantSource } from '../model/discovery.ts';
import type { RenderResult } from '../model/render-result.ts';
import { createKustomizeRenderer } from './kustomize/renderer.ts';
import { createPlainRenderer } from './plain.ts';
import type { Renderer, RenderOptions } from './renderer.ts';
import { valuesOnly } from './values-only.ts';

/** The renderers of one run. */
export interface Renderers {
  readonly kustomize: Renderer;
  readonly plain: Renderer;
  /** The one that knows most about a folder; undefined where there is nothing to render. */
  rendererFor(folder: string): Renderer | undefined;
  render(source: VariantSource): RenderResult;
}

/** Makes the renderers of one run; they share what they have read and built. */
export function createRenderers(options: RenderOptions): Renderers {
  const kustomize = createKustomizeRenderer(options);
  const plain = createPlainRenderer(options);
  const specificFirst = [kustomize, plain];
  return {
    kustomize,
    plain,
    rendererFor: (folder) => specificFirst.find((renderer) => renderer.detects(folder)),
    render: (source) => {
      if (source.renderer === 'helm') return valuesOnly(options.workspace, source);
      return (source.renderer === 'kustomize' ? kustomize : plain).render(source.root);
    },
  };
}
