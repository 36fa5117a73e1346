import type { Origin } from '../../tree/node.ts';
import type { LayeredResource, ObjectId } from './layered-resource.ts';
import { EMPTY_CONFIG, type TransformerConfig } from './transformer-config.ts';

/** A var that was declared somewhere below, to be resolved at the root. */
export interface Variable {
  readonly name: string;
  readonly target: Pick<ObjectId, 'gvk' | 'name' | 'namespace'>;
  readonly fieldPath: string;
  readonly origin: Origin;
}

/** What a build has gathered so far. */
export interface Accumulated {
  readonly resources: readonly LayeredResource[];
  readonly config: TransformerConfig;
  readonly variables: readonly Variable[];
}

export const NOTHING: Accumulated = { resources: [], config: EMPTY_CONFIG, variables: [] };
