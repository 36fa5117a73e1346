import type { RenderOptions } from '../renderer.ts';
import type { Accumulated } from './accumulated.ts';
import type { BuildRecord } from './build-record.ts';
import { BUILTIN_TABLES, type MergeTables } from './merge-schema.ts';

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
  /** Bases by folder and schema: many overlays share one. */
  readonly built: Map<string, BuiltBase>;
  readonly wishes: MetadataWishes | undefined;
  schema: SchemaChoice;
}

export const BUILTIN_SCHEMA: SchemaChoice = { tables: BUILTIN_TABLES, isChosen: false };
