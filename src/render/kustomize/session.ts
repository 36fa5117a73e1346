import { childOf, itemsOf, type Node, type Scalar } from '../../tree/node.ts';
import type { Inflate } from '../inflation.ts';
import type { RenderOptions } from '../renderer.ts';
import type { Accumulated } from './accumulated.ts';
import type { BuildRecord } from './build-record.ts';
import type { Reader } from './files.ts';
import type { KustomizationFile } from './kustomization.ts';
import { BUILTIN_TABLES, type MergeTables } from './merge-schema.ts';
import type { SortOrder } from './order.ts';

/** A finished base, and what was noted on the way. */
export interface BuiltBase {
  readonly state: Accumulated;
  readonly record: BuildRecord;
  /** The schema that was in force when it was done. */
  readonly schema: SchemaChoice;
}

/** The schema by which patches merge; once a build has chosen one, it stays. */
export interface SchemaChoice {
  readonly tables: MergeTables;
  readonly isChosen: boolean;
}

/** Which notes about itself the root wants in its objects. */
export interface MetadataWishes {
  readonly root: string;
  readonly origins: boolean;
  readonly transformers: boolean;
  readonly managedBy: boolean;
}

/** What one render of one root shares with those of other roots, and what is its own. */
export interface Session {
  readonly workspace: RenderOptions['workspace'];
  /**
   * Bases by folder, as they are with no schema chosen before and no notes wished for: many overlays share one. Those with charts that
   * go where they are told have the namespace in their key.
   */
  readonly built: Map<string, BuiltBase>;
  readonly wishes: MetadataWishes | undefined;
  /** The order of the output where the root has no `sortOptions`. */
  readonly order: SortOrder;
  /** Renders charts that are here; without it, none is. */
  readonly inflate: Inflate | undefined;
  /** Builds one kustomization: bases and components are built like the root. */
  readonly build: (target: Target, start: Accumulated) => Accumulated;
  schema: SchemaChoice;
  /** An object was met of a kind that is not built in: then a schema that is chosen later only adds to the built-in one. */
  metForeignKind: boolean;
}

/** One kustomization being built: what it is, where it stands, who asked for it. */
export interface Target {
  readonly session: Session;
  readonly folder: string;
  readonly kustomization: KustomizationFile;
  readonly record: BuildRecord;
  /** The folders of those that led here, the root first, this one last. */
  readonly chain: readonly string[];
  /** Where charts go that have no namespace of their own: its own, or that of the nearest one that led here. */
  readonly namespace: Scalar | undefined;
}

/** The `namespace` of a kustomization; undefined where it has none. */
export function namespaceOf({ node }: KustomizationFile): Scalar | undefined {
  const namespace = childOf(node, 'namespace');
  return namespace?.kind === 'scalar' && namespace.text !== '' ? namespace : undefined;
}

/** The place from which a kustomization reads. */
export function readerOf({ session, folder, record }: Target): Reader {
  return { workspace: session.workspace, folder, record };
}

/** The texts of a list. */
export function scalarsOf(node: Node, field: string): readonly Scalar[] {
  return itemsOf(node, field).filter((item): item is Scalar => item.kind === 'scalar');
}

export const BUILTIN_SCHEMA: SchemaChoice = { tables: BUILTIN_TABLES, isChosen: false };
