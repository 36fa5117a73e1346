import { type Call, type GoFunction, NONE, TemplateFailure, type Value } from '../../value.ts';
import type { Placed } from '../parse/ast.ts';
import { type Frame, spendValue } from './frame.ts';

/** What the functions that a template calls are given: one for all of its actions, which knows the current one. */
export function callOf(frame: Frame): Call {
  const { run } = frame;
  frame.call ??= {
    get origin() {
      return frame.action[0];
    },
    include: (name, dot) => run.include(name, dot, frame),
    tpl: (text, dot) => run.tpl(text, dot, frame),
    hasTemplate: (name) => run.find(name) !== undefined,
    noteUnknown: (what) => run.scope.noteUnknown(what, frame.action[0]),
    noteRead: (from, key) => run.scope.watch?.asked(from, key, 'none'),
  };
  return frame.call;
}

/** What a function gives. What it refuses without a place is refused at `node`. */
export function given(frame: Frame, node: Placed, name: string, apply: GoFunction, args: readonly Value[], call: Call): Value {
  try {
    return spendValue(frame, apply(args, call));
  } catch (error) {
    if (!(error instanceof TemplateFailure) || error.origin) throw error;
    const message = error.message.includes(name) ? error.message : `error calling ${name}: ${error.message}`;
    const failure = new TemplateFailure(message, frame.template.place(node.start, node.end)[0]);
    failure.cause = error;
    throw failure;
  }
}

/** Behind a pipeline, and as the dot of a template, a nil is no longer one that has a place in a map: its fields are nothing, not errors. */
export function settled(value: Value): Value {
  if (value.kind !== 'nil') return value;
  return value.origins.length === 0 ? NONE : { kind: 'none', origins: value.origins };
}
