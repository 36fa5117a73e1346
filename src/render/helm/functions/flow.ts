import { bool, type Call, map, NIL, TemplateFailure, type Text, text, type Value } from '../value.ts';
import { authorsOf } from './go/texts.ts';
import { isEmpty, isNothing } from './go/types.ts';
import { ANY, BOOL, type Family, fn, STRING, variadic } from './signature.ts';

/** Helm's `required`: nil and the blank text will not do. */
function required(message: Text, value: Value, call: Call): Value {
  if (!isNothing(value) && !(value.kind === 'string' && value.text === '')) return value;
  return failed(message, call);
}

function failed(message: Text, call: Call): never {
  throw new TemplateFailure(message.text, call.origin);
}

function unknown(what: string, call: Call): Value {
  call.noteUnknown(what);
  return what === 'lookup' ? map([], [call.origin]) : text('');
}

/** Choices, and what leads out of a template: Sprig's defaults.go and Helm's engine. */
export const FLOW: Family = {
  default: variadic([ANY], ANY, ([fallback], [given = NIL]) => (isEmpty(given) ? fallback : given)),
  empty: fn([ANY], ([value]) => bool(isEmpty(value), authorsOf(value))),
  coalesce: variadic([], ANY, (_, values) => values.find((value) => !isEmpty(value)) ?? NIL),
  all: variadic([], ANY, (_, values) => bool(!values.some(isEmpty), authorsOf(...values))),
  any: variadic([], ANY, (_, values) => bool(!values.every(isEmpty), authorsOf(...values))),
  ternary: fn([ANY, ANY, BOOL], ([yes, no, isYes]) => (isYes ? yes : no)),
  required: fn([STRING, ANY], ([message, value], call) => required(message, value, call)),
  fail: fn([STRING], ([message], call) => failed(message, call)),
  include: fn([STRING, ANY], ([name, dot], call) => call.include(name.text, dot)),
  tpl: fn([STRING, ANY], ([source, dot], call) => call.tpl(source, dot)),
  // Without a cluster Helm answers with nothing, too.
  lookup: fn([STRING, STRING, STRING, STRING], (_, call) => unknown('lookup', call)),
  getHostByName: fn([STRING], (_, call) => unknown('getHostByName', call)),
};
