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
  /** People look at it: what is too long for a line is broken between words. */
  readonly isInteractive?: boolean;
  /** It makes links of what is marked as one. */
  readonly hasLinks?: boolean;
  /** Shows a line on standard error in place of the one before; empty takes it away. Undefined where nobody looks. */
  status?(text: string): void;
}
