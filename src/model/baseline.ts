import type { SourceFile } from '../text/source-file.ts';
import type { Origin } from '../tree/node.ts';
import type { Tier } from './environment.ts';

/** A finding that somebody accepted when a baseline was written. All but rule, fingerprint, tier and count is for people. */
export interface KnownFinding {
  readonly ruleId: string;
  readonly fingerprint: string;
  /** The highest tier that it was accepted for; undefined where it accused a file, and no variant. */
  readonly tier?: Tier | undefined;
  /** How many there are that agree in all of this. */
  readonly count: number;
  readonly app?: string | undefined;
  readonly resource?: string | undefined;
  readonly path?: string | undefined;
  /** The path of the file that it points at. */
  readonly file: string;
}

/** The findings that were there when somebody began: only what is new fails. */
export interface Baseline {
  readonly file: SourceFile;
  readonly entries: readonly (KnownFinding & { readonly origin: Origin })[];
}
