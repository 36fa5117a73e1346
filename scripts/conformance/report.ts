/** What a part of the conformance run has to say. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  /** A line for each suite, and below it one for each row that failed or was left out. */
  readonly lines: readonly string[];
}
