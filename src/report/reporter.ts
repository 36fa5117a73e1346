import type { Severity } from '../model/finding.ts';
import type { LintResult } from '../model/lint-result.ts';

export interface ReporterOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** What is longer than a line is broken between words; otherwise it stays one line, for programs. */
  readonly wrap?: boolean;
  /** Places become links below this address, such as `file:///home/sam/shop/`, where the terminal makes links. */
  readonly linkBase?: string | undefined;
  /** Leave nothing out. */
  readonly verbose: boolean;
  /** Errors only. */
  readonly quiet: boolean;
  /** No `.gitopsrc` says how the repository is to be read. */
  readonly isLearned?: boolean;
  /** From which severity on a finding fails the run; `error` when absent. */
  readonly failOn?: Severity | undefined;
  /** Where the sources and the log of this run are to be seen. */
  readonly links?: Links | undefined;
}

/** Addresses that a CI knows. */
export interface Links {
  /** What the path of a file and `#L12` is put behind. */
  readonly source?: string | undefined;
  /** The run itself. */
  readonly run?: string | undefined;
}

/** Says in some format what a run found. Pure: it neither prints nor decides the exit code. Ends with a line break. */
export type Reporter = (result: LintResult, options: ReporterOptions) => string;
