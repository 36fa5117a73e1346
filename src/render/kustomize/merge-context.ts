import type { Write } from '../../model/render-result.ts';
import type { Node } from '../../tree/node.ts';
import type { MergeSchema, MergeTables } from './merge-schema.ts';
import { isNullNode } from './writing.ts';

/** What a merge carries with it: which lists merge, and what the patch is found to write. */
export interface MergeContext {
  readonly tables: MergeTables;
  readonly writes: Write[];
}

/** The outcome of a merge; `fromTarget` tells that the target's node was kept, changed or not. */
export interface Merged {
  readonly node: Node | undefined;
  readonly fromTarget: boolean;
}

/** Where in an object a merge is. */
export interface Place {
  /** The names of the object stand here: they only say which object is meant. */
  readonly identity?: boolean;
  readonly inMetadata?: boolean;
  /** Keys by which the items of the enclosing list are told apart. */
  readonly mergeKeys?: readonly string[] | undefined;
}

/** Merges two nodes, either of which may be missing. */
export type MergeNodes = (target: Node | undefined, patch: Node | undefined, schema: MergeSchema | undefined, context: MergeContext, place?: Place) => Merged;

/** Not there, or null. */
export function isMissing(node: Node | undefined): boolean {
  return !node || isNullNode(node);
}

/** Notes every leaf of a tree that a patch brings along. */
export function noteLeaves(node: Node, context: MergeContext): void {
  if (node.kind === 'mapping' && node.entries.length > 0) for (const { value } of node.entries) noteLeaves(value, context);
  else if (node.kind === 'sequence' && node.items.some((item) => item.kind === 'mapping')) for (const item of node.items) noteLeaves(item, context);
  else if (!isNullNode(node)) context.writes.push({ origin: node.origin, changed: true });
}
