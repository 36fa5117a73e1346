import type { Mapping, Node } from '../../../tree/node.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import type { Language } from '../language.ts';
import type { ParameterSet } from '../parameters.ts';
import type { Remarks } from '../remarks.ts';

/** What generators read, and whom they tell. */
export interface GeneratorContext {
  readonly workspace: Workspace;
  /** Whether a URL is that of the repository. */
  readonly isHere: (repoURL: string) => boolean;
  readonly language: Language;
  readonly remarks: Remarks;
  /** Reads an entry of a generator that combines others. */
  nested(entry: Node): readonly ParameterSet[];
  /** Takes a pattern that matches nothing. */
  unmatched(pattern: Node): void;
}

/** Reads one kind of generator: its settings become sets of parameters, one for each application, in Argo CD's order where that is known. */
export type Generator = (spec: Mapping, context: GeneratorContext) => readonly ParameterSet[];

/** No more sets are looked at than this. */
export const MAX_SETS = 2_000;
