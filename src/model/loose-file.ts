import type { Origin } from '../tree/node.ts';
import type { Variant } from './variant.ts';

/** A manifest in the folder of a kustomization, or below it, that nothing includes: no kustomization, no deployer, no script. */
export interface LooseFile {
  /** The first line of its first object. */
  readonly at: Origin;
  /** The kustomization that would have to name it. */
  readonly kustomization: Origin;
  /** The variants whose builds read that kustomization. */
  readonly variants: readonly Variant[];
  /** Why it may lie there on purpose: a comment of a kustomization names it, or its kustomization names nothing at all so far. */
  readonly excuse?: { readonly why: 'commented' | 'empty'; readonly at: Origin } | undefined;
}
