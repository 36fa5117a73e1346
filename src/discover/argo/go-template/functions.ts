import { isInteger, valueIn } from '../go-text.ts';
import { CONTAINER_FUNCTIONS } from './container-functions.ts';
import { notFollowed, TemplateError } from './template-error.ts';
import { stringOf, TEXT_FUNCTIONS } from './text-functions.ts';
import { boolIn, isNil, isTrue, type Known, type Maker, NIL, required, type TemplateFunction, type Value } from './values.ts';

const CHOICES: Readonly<Record<string, TemplateFunction>> = {
  default: ([fallback, given]) => (given && isTrue(given) ? given : required(fallback, 'default')),
  coalesce: (args) => args.find(isTrue) ?? NIL,
  empty: ([value], make) => make.bool(!isTrue(required(value, 'empty'))),
  not: ([value], make) => make.bool(!isTrue(required(value, 'not'))),
  ternary: ([yes, no, condition]) => required(boolIn(required(condition, 'ternary'), 'ternary') ? yes : no, 'ternary'),
  eq: ([first, ...others], make) => make.bool([required(others[0], 'eq'), ...others].some((other) => areEqual(required(first, 'eq'), other))),
  ne: ([a, b], make) => make.bool(!areEqual(required(a, 'ne'), required(b, 'ne'))),
};

/** The functions by name. `and` and `or` are not among them: they look at no more arguments than they must. */
const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map([
  ...Object.entries({ ...TEXT_FUNCTIONS, ...CONTAINER_FUNCTIONS, ...CHOICES }),
  ['toString', stringOf],
]);

/** Calls a function. Throws a `TemplateError` where Go would refuse the call, or where the function is not followed. */
export function callFunction(name: string, args: readonly Known[], make: Maker): Value {
  const run = FUNCTIONS.get(name);
  if (!run) throw notFollowed(`"${name}" in a template`);
  return run(args, make, name);
}

export function isFunction(name: string): boolean {
  return FUNCTIONS.has(name) || name === 'and' || name === 'or';
}

/** Go compares values of one kind only; whole numbers and floats are two kinds. */
function areEqual(a: Known, b: Known): boolean {
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  const [left, right] = [comparable(a), comparable(b)];
  if (left.kind !== right.kind) throw new TemplateError(`a ${left.kind} is compared with a ${right.kind}`);
  return left.value === right.value;
}

function comparable({ node }: Known): { readonly kind: string; readonly value: string | number | boolean } {
  if (node?.kind !== 'scalar') throw notFollowed('a comparison of lists or maps');
  const { type, value } = valueIn(node);
  if (type === 'int' || type === 'float') return { kind: isInteger(node) ? 'whole number' : 'number', value: Number(value) };
  return typeof value === 'boolean' ? { kind: 'truth value', value } : { kind: 'text', value: String(value) };
}
