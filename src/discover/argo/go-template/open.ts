import type { Host, Value } from '../../../render/helm/value.ts';
import { isResolved } from '../fill.ts';

/**
 * A value of which only others know all: a parameter that a cluster fills in, or a map with such parameters in it. It
 * passes through variables and gives its fields; whatever else is done with it throws `UNDECIDED`.
 */
export interface Open extends Host {
  /** What is under a key: `UNKNOWN` where others may know, undefined where there is nothing. */
  at(key: string): Value | undefined;
}

/** Thrown where the outcome hangs on what is not known, and always caught in `fill.ts`. One for all, as there are many, and each is dear. */
export const UNDECIDED = new Error('the outcome is not known');

/** `absent` is what a field is that is not there. */
export function open(at: (key: string) => Value | undefined, absent: (key: string) => Value): Open {
  return {
    kind: 'host',
    // To Go's `if` and `range` it has to be something that they look into.
    type: 'map[string]interface {}',
    at,
    field: (name) => at(name) ?? absent(name),
    method: () => undefined,
    plain: refuse,
  };
}

function refuse(): never {
  throw UNDECIDED;
}

/** What is not known at all. */
export const UNKNOWN: Open = open(() => UNKNOWN, refuse);

export function isOpen(value: Value | undefined): value is Open {
  return value?.kind === 'host' && 'at' in value;
}

/** Whether a value is not known as a whole: a text with something in it that is yet to be filled in is neither. */
export function isUndecided(value: Value | undefined): boolean {
  return isOpen(value) || (value?.kind === 'string' && !isResolved(value.text));
}
