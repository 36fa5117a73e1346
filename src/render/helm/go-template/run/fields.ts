import { goTypeOf } from '../../functions/go/types.ts';
import type { Host, MapValue, Value } from '../../value.ts';
import { NONE } from '../../value.ts';
import type { Placed } from '../parse/ast.ts';
import { zeroOf } from '../zero.ts';
import { callOf, given } from './calls.ts';
import { type Frame, failAt, type Progress } from './frame.ts';
import type { Need } from './scope.ts';

/** The arguments of a field, should it be a method: evaluated only then. Undefined where there are none. */
export type Arguments = (() => readonly Value[]) | undefined;

/**
 * Follows a chain of fields as Go's `evalField`. A missing key is a nil, and asking that for a field is an error, unless it
 * went through a pipeline, a variable or parentheses: then it is nothing, and so are all fields of it.
 */
export function followFields(frame: Frame, receiver: Value, names: readonly string[], node: Placed, args: Arguments): Value {
  let value = receiver;
  const last = names.length - 1;
  for (let index = 0; index <= last; index += 1) value = fieldOf(frame, value, names[index] as string, node, index === last ? args : undefined, index > 0);
  return value;
}

function fieldOf(frame: Frame, receiver: Value, name: string, node: Placed, args: Arguments, isOfMap: boolean): Value {
  switch (receiver.kind) {
    case 'map':
      if (args) failAt(frame, node, `${name} is not a method but has arguments`);
      return keyOf(frame, receiver, name, node);
    case 'host':
      return memberOf(frame, receiver, name, node, args);
    case 'none':
      if (frame.run.scope.missingKey === 'error') failAt(frame, node, `nil data; no entry for key "${name}"`);
      return receiver;
    case 'nil':
      return failAt(frame, node, `nil pointer evaluating interface {}.${name}`);
    default:
      return failAt(frame, node, `can't evaluate field ${name} in type ${isOfMap ? 'interface {}' : goTypeOf(receiver)}`);
  }
}

function keyOf(frame: Frame, from: MapValue, name: string, node: Placed): Value {
  const { missingKey, watch } = frame.run.scope;
  if (watch) watch.asked(from, name, needOf(frame.run.progress));
  const value = from.entries.get(name);
  if (value) return value;
  if (missingKey === 'error') failAt(frame, node, `map has no entry for key "${name}"`);
  return missingKey === 'zero' ? zeroOf(from) : NONE;
}

function needOf({ carried, consulted }: Progress): Need {
  if (carried > 0) return 'none';
  return consulted ? 'condition' : 'output';
}

function memberOf(frame: Frame, host: Host, name: string, node: Placed, args: Arguments): Value {
  const method = host.method(name);
  if (method) return given(frame, node, name, method, args?.() ?? [], callOf(frame));
  const field = host.field(name);
  if (!field) return failAt(frame, node, `can't evaluate field ${name} in type ${host.type}`);
  if (args) failAt(frame, node, `${name} has arguments but cannot be invoked as function`);
  return field;
}
