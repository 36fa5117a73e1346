import { type Origin, scalar } from '../../../tree/node.ts';
import { holdsUnknown, lookUp, type ParameterSet } from '../parameters.ts';
import { entryAt, memberOf } from './container-functions.ts';
import { callFunction, isFunction } from './functions.ts';
import type { Operand, Pipe } from './parse.ts';
import { notFollowed, TemplateError } from './template-error.ts';
import { isTrue, isUnfinished, type Known, type Maker, NIL, required, textIn, UNKNOWN, type Value } from './values.ts';

/** What a stretch of a template sees. */
export interface Scope {
  readonly set: ParameterSet;
  /** `missingkey=error`: what is not there is an error, not `<no value>`. */
  readonly isStrict: boolean;
  readonly dot: Value;
  readonly variables: ReadonlyMap<string, Value>;
  readonly make: Maker;
  /** The origin of what `make` makes. */
  readonly origin: Origin;
  /** Takes the origin of each parameter that is read. */
  readonly reads: Origin[];
}

/** The value of a pipeline. Throws a `TemplateError` where Go refuses it, or where it is not followed. */
export function evaluate({ commands }: Pipe, scope: Scope): Value {
  let value: Value | undefined;
  for (const command of commands) value = commandValue(command, value, scope);
  return value ?? NIL;
}

/** The value as a whole: unknown where a part of it is. */
export function settled(value: Value, { set }: Scope): Value {
  if (value === UNKNOWN || isUnfinished(value)) return UNKNOWN;
  return value.node?.kind === 'mapping' && value.path && holdsUnknown(set, value.path) ? UNKNOWN : value;
}

function commandValue(operands: readonly Operand[], piped: Value | undefined, scope: Scope): Value {
  const [first, ...rest] = operands;
  if (first?.type === 'word' && !isConstant(first.text)) return calledValue(first.text, rest, piped, scope);
  if (!first || rest.length > 0 || piped !== undefined) throw new TemplateError('a value is used like a function');
  if (first.type === 'word' && first.text === 'nil') throw new TemplateError('"nil" is no value of its own');
  return operandValue(first, scope);
}

function isConstant(word: string): boolean {
  return word === 'true' || word === 'false' || word === 'nil';
}

function operandValue(operand: Operand, scope: Scope): Value {
  const { make } = scope;
  switch (operand.type) {
    case 'string':
      return make.text(operand.text);
    case 'number':
      return numberValue(operand.text, scope);
    case 'word':
      if (operand.text === 'nil') return NIL;
      return isConstant(operand.text) ? make.bool(operand.text === 'true') : calledValue(operand.text, [], undefined, scope);
    case 'field':
      return fieldOf(scope.dot, operand.steps, scope);
    case 'variable': {
      const value = scope.variables.get(operand.name);
      if (value === undefined) throw new TemplateError(`undefined variable "${operand.name}"`);
      return fieldOf(value, operand.steps, scope);
    }
    case 'pipe':
      return fieldOf(evaluate(operand.pipe, scope), operand.steps, scope);
  }
}

function numberValue(text: string, { make, origin }: Scope): Value {
  if (/^[-+]?(?:0|[1-9]\d{0,14})$/.test(text)) return make.integer(Number(text));
  if (!/^[-+]?\d+\.\d+$/.test(text)) throw notFollowed(`the number "${text}"`);
  return { node: scalar(text, 'plain', origin) };
}

function fieldOf(value: Value, steps: readonly string[], scope: Scope): Value {
  let current = value;
  for (const [index, step] of steps.entries()) {
    if (current === UNKNOWN || isUnfinished(current)) return UNKNOWN;
    const name = steps.slice(0, index + 1).join('.');
    if (current.node && current.node.kind !== 'mapping') throw new TemplateError(`".${name}" is a field of what has none`);
    const next = entryAt(current, step) ?? absent(current, step, scope);
    if (next === undefined && scope.isStrict) throw new TemplateError(`no parameter ".${name}"`);
    current = next ?? NIL;
  }
  if (current !== UNKNOWN && current.node?.kind === 'scalar') scope.reads.push(current.node.origin);
  return current;
}

/** Of what a map does not have: whether others may know it. */
function absent({ path }: Known, key: string, { set }: Scope): typeof UNKNOWN | undefined {
  return path && lookUp(set, [...path, key]) === UNKNOWN ? UNKNOWN : undefined;
}

function calledValue(name: string, operands: readonly Operand[], piped: Value | undefined, scope: Scope): Value {
  const access = ACCESS.get(name);
  if (!access && !isFunction(name)) throw notAFunction(name, scope);
  const values = function* (): Iterable<Value> {
    for (const operand of operands) yield operandValue(operand, scope);
    if (piped !== undefined) yield piped;
  };
  if (name === 'and' || name === 'or') return firstDecisive(name, values(), scope);
  const all = [...values()];
  if (access) return access(all, scope);
  const args: Known[] = [];
  for (const value of all) {
    const whole = settled(value, scope);
    if (whole === UNKNOWN) return UNKNOWN;
    args.push(whole);
  }
  return callFunction(name, args, scope.make);
}

/** With `goTemplate`, `{{name}}` calls a function: people who switch forget the dot. */
function notAFunction(name: string, { set }: Scope): TemplateError {
  const isParameter = !set.unknown.includes('') && lookUp(set, [name]) !== undefined;
  return isParameter
    ? new TemplateError(`"${name}" is called like a function; a parameter of a Go template has a dot before it`)
    : notFollowed(`"${name}" in a template`);
}

/** `and` and `or` give back the argument that decides, and look at none behind it. */
function firstDecisive(name: 'and' | 'or', values: Iterable<Value>, scope: Scope): Value {
  let last: Value | undefined;
  for (const value of values) {
    last = settled(value, scope);
    if (last === UNKNOWN || isTrue(last) === (name === 'or')) return last;
  }
  if (last === undefined) throw new TemplateError(`"${name}" misses an argument`);
  return last;
}

type Access = (values: readonly Value[], scope: Scope) => Value;

/** Functions that look into a map of which only a part may be known. */
const ACCESS: ReadonlyMap<string, Access> = new Map<string, Access>([
  ['index', ([container, ...steps], scope) => indexed(container, steps, scope)],
  [
    'get',
    ([container, key], scope) => {
      const found = keyed(container, key, scope, 'get');
      return found ?? scope.make.text('');
    },
  ],
  [
    'hasKey',
    ([container, key], scope) => {
      const found = keyed(container, key, scope, 'hasKey');
      return found === UNKNOWN ? UNKNOWN : scope.make.bool(found !== undefined);
    },
  ],
  ['dig', dug],
]);

function indexed(container: Value | undefined, steps: readonly Value[], scope: Scope): Value {
  let current = container ?? NIL;
  for (const step of steps) {
    const key = settled(step, scope);
    if (current === UNKNOWN || isUnfinished(current) || key === UNKNOWN) return UNKNOWN;
    // Go gives the zero value for a key that a map does not have, also where a missing field is an error.
    current = memberOf(current, key) ?? absent(current, textIn(key, 'index'), scope) ?? NIL;
  }
  if (current !== UNKNOWN && current.node?.kind === 'scalar') scope.reads.push(current.node.origin);
  return current;
}

function keyed(container: Value | undefined, key: Value | undefined, scope: Scope, name: string): Value | undefined {
  const step = key === undefined ? undefined : settled(key, scope);
  if (container === UNKNOWN || step === UNKNOWN) return UNKNOWN;
  const map = required(container, name);
  const text = textIn(required(step, name), name);
  if (map.node?.kind !== 'mapping') throw new TemplateError(`"${name}" takes a map, and gets none`);
  return entryAt(map, text) ?? absent(map, text, scope);
}

/** `dig "a" "b" fallback map`. */
function dug(values: readonly Value[], scope: Scope): Value {
  const [fallback, container] = values.slice(-2);
  let current = container;
  for (const key of values.slice(0, -2)) {
    current = keyed(current, key, scope, 'dig');
    if (current === UNKNOWN) return UNKNOWN;
    if (current === undefined) return fallback ?? NIL;
  }
  return current ?? NIL;
}
