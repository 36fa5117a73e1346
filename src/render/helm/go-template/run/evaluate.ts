import { NONE, type Value } from '../../value.ts';
import { firstAuthors } from '../authors.ts';
import { BUILTINS } from '../builtins/builtins.ts';
import type { Command, Operand, Pipe, Placed } from '../parse/ast.ts';
import { isTrue } from '../truth.ts';
import { callOf, given, settled } from './calls.ts';
import { type Arguments, followFields } from './fields.ts';
import { type Frame, failAt, spendStep, type Variable } from './frame.ts';

/** The value of a pipeline, as Go's text/template/exec.go. Variables that it declares stay until the frame drops them. */
export function evaluatePipe(frame: Frame, dot: Value, pipe: Pipe): Value {
  const { commands, variables } = pipe;
  const { progress } = frame.run;
  const isKept = variables.length > 0;
  let value: Value | undefined;
  for (let index = 0; index < commands.length; index += 1) {
    const isCarried = isKept || isCarrier(frame, commands[index + 1]?.operands[0]);
    if (isCarried) progress.carried += 1;
    value = settled(evaluateCommand(frame, dot, commands[index] as Command, value));
    if (isCarried) progress.carried -= 1;
  }
  const result = value ?? NONE;
  for (const name of pipe.variables) {
    if (pipe.isAssignment) assign(frame, pipe, name, result);
    else frame.variables.push({ name, value: result });
  }
  return result;
}

/** Gives the innermost variable of a name another value. */
export function assign(frame: Frame, node: Placed, name: string, value: Value): void {
  variableOf(frame, node, name).value = value;
}

/** To the parser a variable exists from its name on, and so within its own declaration. */
function variableOf(frame: Frame, node: Placed, name: string): Variable {
  const { variables } = frame;
  for (let index = variables.length - 1; index >= 0; index -= 1) {
    const variable = variables[index];
    if (variable?.name === name) return variable;
  }
  return failAt(frame, node, `undefined variable: ${name}`);
}

/** `piped` is the value of the command before it, its last argument. */
function evaluateCommand(frame: Frame, dot: Value, { operands }: Command, piped: Value | undefined): Value {
  spendStep(frame);
  const [first] = operands;
  if (first.kind === 'function') return callWith(frame, dot, first, operands, piped);
  const args: Arguments = operands.length > 1 || piped ? () => argumentsOf(frame, dot, operands, piped) : undefined;
  switch (first.kind) {
    case 'field':
      return followFields(frame, dot, first.names, first, args);
    case 'chain':
      return followFields(frame, evaluateOperand(frame, dot, first.base), first.names, first, args);
    case 'variable':
      if (first.names.length > 0) return followFields(frame, variableOf(frame, first, first.name).value, first.names, first, args);
  }
  if (args) failAt(frame, first, "can't give argument to non-function");
  if (first.kind === 'nil') failAt(frame, first, 'nil is not a command');
  return evaluateOperand(frame, dot, first);
}

/** What is missing among the arguments of a carrier may be made up for. */
function callWith(frame: Frame, dot: Value, operand: FunctionOperand, operands: readonly Operand[], piped: Value | undefined): Value {
  const { progress } = frame.run;
  const isDecider = isShortCircuit(frame, operand.name);
  const isCarried = operands.length > 1 && (isDecider ? progress.consulted === undefined : isCarrier(frame, operand));
  if (isCarried) progress.carried += 1;
  if (isDecider) {
    const value = decide(frame, dot, operand, operands, piped);
    if (isCarried) progress.carried -= 1;
    return value;
  }
  const args = argumentsOf(frame, dot, operands, piped);
  if (isCarried) progress.carried -= 1;
  return callFunction(frame, operand, args);
}

function isCarrier({ run }: Frame, operand: Operand | undefined): boolean {
  return operand?.kind === 'function' && run.scope.watch?.carriers.has(operand.name) === true;
}

function argumentsOf(frame: Frame, dot: Value, operands: readonly Operand[], piped: Value | undefined): readonly Value[] {
  const args: Value[] = [];
  for (let index = 1; index < operands.length; index += 1) args.push(evaluateOperand(frame, dot, operands[index] as Operand));
  if (piped) args.push(piped);
  return args;
}

function evaluateOperand(frame: Frame, dot: Value, operand: Operand): Value {
  switch (operand.kind) {
    case 'dot':
      return dot;
    case 'nil':
      return NONE;
    case 'literal':
      return operand.value;
    case 'overflow':
      return failAt(frame, operand, `${operand.written} overflows int`);
    case 'field':
      return followFields(frame, dot, operand.names, operand, undefined);
    case 'variable':
      return followFields(frame, variableOf(frame, operand, operand.name).value, operand.names, operand, undefined);
    case 'chain':
      return followFields(frame, evaluateOperand(frame, dot, operand.base), operand.names, operand, undefined);
    case 'pipe':
      return evaluatePipe(frame, dot, operand);
    case 'function':
      return isShortCircuit(frame, operand.name) ? decide(frame, dot, operand, [operand], undefined) : callFunction(frame, operand, []);
  }
}

type FunctionOperand = Operand & { readonly kind: 'function' };

function callFunction(frame: Frame, operand: FunctionOperand, args: readonly Value[]): Value {
  const { name } = operand;
  const apply = frame.run.scope.functions.get(name) ?? BUILTINS.get(name);
  if (!apply) return failAt(frame, operand, `"${name}" is not a defined function`);
  const { watch } = frame.run.scope;
  if (watch && !watch.carriers.has(name)) for (const arg of args) watch.taken(arg);
  return given(frame, operand, name, apply, args, callOf(frame));
}

function isShortCircuit({ run }: Frame, name: string): boolean {
  return (name === 'and' || name === 'or') && !run.scope.functions.has(name);
}

/** `and` and `or` give the argument that decides, and evaluate none behind it. */
function decide(frame: Frame, dot: Value, operand: FunctionOperand, operands: readonly Operand[], piped: Value | undefined): Value {
  const { name } = operand;
  let value = piped;
  for (let index = 1; index < operands.length; index += 1) {
    const argument = evaluateOperand(frame, dot, operands[index] as Operand);
    frame.run.progress.consulted?.push(...firstAuthors(argument));
    if (isTrue(argument) === (name === 'or')) return argument;
    value = piped ?? argument;
  }
  return value ?? failAt(frame, operand, `wrong number of args for ${name}: want at least 1 got 0`);
}
