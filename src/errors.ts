import type { Location } from './text/location.ts';

/** The user called the tool in a way that it cannot follow. Printed without a stack; exit code 2. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/** A mistake in `.gitopsrc`, at its place. Printed without a stack; exit code 2. */
export class ConfigError extends UsageError {
  readonly location: Location | undefined;
  /** Further mistakes that were found with it. */
  readonly others: readonly ConfigError[];

  constructor(message: string, location?: Location, hint?: string, others: readonly ConfigError[] = []) {
    super(message, hint);
    this.name = 'ConfigError';
    this.location = location;
    this.others = others;
  }
}
