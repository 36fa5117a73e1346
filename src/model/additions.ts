import type { Entry, Mapping } from '../tree/node.ts';
import type { Substitution } from './substitution.ts';

/** What a deployer adds to the folder that it deploys. Every value keeps its place in the deployer. */
export interface Additions {
  /** Fields as they would stand in the kustomization of that folder: `patches`, `images`, `namespace` and the like. */
  readonly fields: Mapping;
  /** Set on each finished object, and nowhere inside of it. */
  readonly labels: readonly Entry[];
  readonly annotations: readonly Entry[];
  /** What fills in the variables of the finished objects. */
  readonly substitution?: Substitution | undefined;
  /** Which files of a plain folder count; undefined: all of them, those in folders below included. */
  readonly directory?: DirectoryOptions | undefined;
}

/** How a plain folder is read, in the way of Argo CD's `source.directory`. */
export interface DirectoryOptions {
  readonly recurse: boolean;
  /** Globs; a file must match the one, and may not match the other. */
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
}

/** Whether there is anything to add to what the folder itself says. */
export function addsAnything({ fields, labels, annotations, substitution }: Additions): boolean {
  return fields.entries.length > 0 || labels.length > 0 || annotations.length > 0 || substitution !== undefined;
}
