import { type Additions, addsAnything } from '../model/additions.ts';
import type { VariantSource } from '../model/discovery.ts';
import type { RenderResult } from '../model/render-result.ts';
import type { HelmOptions, HelmRenderer } from './helm/renderer.ts';
import { createKustomizeRenderer } from './kustomize/renderer.ts';
import { createPlainRenderer } from './plain.ts';
import type { Renderer, RenderOptions } from './renderer.ts';
import { settingsOnly } from './settings-only.ts';
import { valuesOnly } from './values-only.ts';

/** What renderers are made of. */
export interface RenderersOptions extends RenderOptions {
  /** Makes the renderer of charts, which is large: whoever has charts hands it in. Without it, of a release only the values are read. */
  readonly createHelm?: ((options: HelmOptions) => HelmRenderer) | undefined;
}

/** The renderers of one run. */
export interface Renderers {
  readonly kustomize: Renderer;
  readonly plain: Renderer;
  /** The one that knows most about a folder; undefined where there is nothing to render. */
  rendererFor(folder: string): Renderer | undefined;
  /** Renders each source once. */
  render(source: VariantSource): RenderResult;
  /** Whether a folder holds manifests that no other renderer makes. */
  holdsManifests(folder: string): boolean;
}

/** Makes the renderers of one run; they share what they have read and built. */
export function createRenderers({ createHelm, ...options }: RenderersOptions): Renderers {
  const kustomize = createKustomizeRenderer({ ...options, inflate: (inflation) => helm?.inflate(inflation) });
  const plain = createPlainRenderer(options);
  const helm = createHelm?.({ ...options, postRender: (resources, additions) => kustomize.renderOver(resources, additions) });
  const specificFirst = [kustomize, plain];
  const asTheyStand = new Map<string, RenderResult>();
  const withAdditions = new WeakMap<Additions, Map<string, RenderResult>>();
  return {
    kustomize,
    plain,
    rendererFor: (folder) => specificFirst.find((renderer) => renderer.detects(folder)),
    render: (source) => {
      const { additions } = source;
      const known = additions ? (withAdditions.get(additions) ?? new Map<string, RenderResult>()) : asTheyStand;
      if (additions) withAdditions.set(additions, known);
      const key = [
        source.renderer,
        source.root,
        source.kubeVersion ?? '',
        ...(source.values ?? []),
        source.helm ? (source.key ?? '') : '',
        source.isAbroad ? 'abroad' : '',
      ].join('\0');
      const result = known.get(key) ?? renderSource(source);
      known.set(key, result);
      return result;
    },
    holdsManifests: (folder) => plain.detects(folder),
  };

  function renderSource(source: VariantSource): RenderResult {
    const { root, additions } = source;
    if (source.renderer === 'helm') return (source.isAbroad ? undefined : helm?.render(source)) ?? valuesOnly(options.workspace, source);
    if (source.renderer === 'files') return settingsOnly(options.workspace, source);
    if (source.renderer === 'kustomize') return kustomize.render(root, additions);
    if (!additions || !addsAnything(additions)) return plain.render(root, additions);
    const files = plain.manifestsOf(root, additions.directory).map((path) => path.slice(root ? root.length + 1 : 0));
    return { ...kustomize.renderFiles(root, files, additions), renderer: 'plain' };
  }
}
