/** What a command may know of the world outside. */
export interface Terminal {
  /** Writes to standard output. */
  print(text: string): void;
  /** Writes to standard error. */
  warn(text: string): void;
  /** The current folder. */
  readonly folder: string;
  readonly color: boolean;
  readonly width: number;
}
