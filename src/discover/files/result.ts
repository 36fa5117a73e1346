import type { Reading } from '../reading.ts';

/** What the names of files say of environments. */
export interface FilesResult {
  readonly readings: readonly Reading[];
  /** Folders of the charts that are deployed by these readings. */
  readonly charts: readonly string[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}
