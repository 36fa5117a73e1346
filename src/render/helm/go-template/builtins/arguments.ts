import { goTypeOf, isNothing } from '../../functions/go/types.ts';
import { TemplateFailure, type Text, type Value } from '../../value.ts';
import { isComplex } from '../complex.ts';

/** Checks the number of arguments, as Go does before it calls a function. */
export function checkCount(name: string, args: readonly Value[], least: number, most: number = Number.POSITIVE_INFINITY): void {
  if (args.length >= least && args.length <= most) return;
  throw new TemplateFailure(`wrong number of args for ${name}: want ${most === least ? '' : 'at least '}${least} got ${args.length}`);
}

/** The argument as the text that it has to be. */
export function textArgument(value: Value): Text {
  if (value.kind === 'string') return value;
  if (isNothing(value)) throw new TemplateFailure('invalid value; expected string');
  throw new TemplateFailure(`wrong type for value; expected string; got ${goTypeOf(value)}`);
}

/** An object of Helm as the map or list that it is to functions which look into it; other values as they are. */
export function inner(value: Value): Value {
  return value.kind === 'host' && !isComplex(value) ? value.plain() : value;
}
