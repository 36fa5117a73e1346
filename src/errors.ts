import { firstOf } from './text/first-of.ts';
import type { Location } from './text/location.ts';
import { nearestWord } from './text/nearest-word.ts';

/** The user called the tool in a way that it cannot follow. Printed without a stack; exit code 2. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/** What to tell of an environment or an app that is not among those that are known. */
export function unknownName(what: 'environment' | 'app', name: string, known: readonly string[]): UsageError {
  const names = [...new Set(known)].filter((each) => each !== '');
  const near = nearestWord(name, names);
  const others = names.length > 0 ? `There is ${firstOf(names, 12)}.` : '"gitops-lint environments" shows what was found.';
  return new UsageError(`there is no ${what} "${name}"`, near === undefined ? others : `Did you mean "${near}"?`);
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
