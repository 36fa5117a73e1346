/** Since when a version stands at its place, and what stood there before. */
export interface VersionHistory {
  /** The day on which it was written: `2026-03-21`; undefined while it is not committed. */
  readonly since: string | undefined;
  readonly commit: string | undefined;
  readonly author: string | undefined;
  readonly summary: string | undefined;
  /** The pull or merge request that the message names: `#123`, `!45`. */
  readonly request: string | undefined;
  /** The history ends there, as the clone is shallow: it may be older. */
  readonly mayBeOlder: boolean;
  /** What stood there before: where to go back to. */
  readonly previous: string | undefined;
}
