import { type Call, type GoFunction, type Host, type Int, type MapValue, NIL, TemplateFailure, type Text, type Value } from '../value.ts';
import { authorsOf } from './go/texts.ts';
import { goTypeOf } from './go/types.ts';

/** How one argument is checked and read. `type` is Go's name, for messages. */
export interface Parameter<T> {
  readonly type: string;
  /** Undefined for what Go would refuse. */
  read(value: Value): T | undefined;
}

type Arguments<P extends readonly Parameter<unknown>[]> = { [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

/** A function and what it takes. `compile` makes a `GoFunction` of it. */
export interface Definition {
  readonly parameters: readonly Parameter<unknown>[];
  readonly rest: Parameter<unknown> | undefined;
  readonly body: (args: readonly unknown[], rest: readonly unknown[], call: Call) => Value;
}

/** The functions of one file, by name. */
export type Family = Readonly<Record<string, Definition>>;

/** A function of a fixed number of arguments. */
export function fn<const P extends readonly Parameter<unknown>[]>(parameters: P, body: (args: Arguments<P>, call: Call) => Value): Definition {
  return { parameters, rest: undefined, body: (args, _rest, call) => body(args as Arguments<P>, call) };
}

/** A function that takes any number of further arguments. */
export function variadic<const P extends readonly Parameter<unknown>[], R>(
  parameters: P,
  rest: Parameter<R>,
  body: (args: Arguments<P>, rest: readonly R[], call: Call) => Value,
): Definition {
  return { parameters, rest, body: (args, others, call) => body(args as Arguments<P>, others as readonly R[], call) };
}

/** text/template's `evalCall`: checks the number of arguments and the type of each, then calls. */
export function compile(name: string, { parameters, rest, body }: Definition): GoFunction {
  const wanted = parameters.length;
  return (args, call) => {
    if (args.length < wanted || (!rest && args.length > wanted)) {
      const number = rest ? `at least ${wanted}` : String(wanted);
      throw new TemplateFailure(`wrong number of args for ${name}: want ${number} got ${args.length}`);
    }
    const fixed: unknown[] = [];
    for (let index = 0; index < wanted; index += 1) fixed.push(readAs(parameters[index] as Parameter<unknown>, args[index] ?? NIL));
    return body(fixed, rest ? args.slice(wanted).map((value) => readAs(rest, value)) : [], call);
  };
}

function readAs<T>(parameter: Parameter<T>, value: Value): T {
  const read = parameter.read(value);
  if (read !== undefined) return read;
  if (value.kind === 'none') throw new TemplateFailure(`invalid value; expected ${parameter.type}`);
  throw new TemplateFailure(`wrong type for value; expected ${parameter.type}; got ${value.kind === 'nil' ? ANY.type : goTypeOf(value)}`);
}

/** `interface{}`: anything. */
export const ANY: Parameter<Value> = { type: 'interface {}', read: (value) => (value.kind === 'none' ? { kind: 'nil', origins: value.origins } : value) };

/** `string`. */
export const STRING: Parameter<Text> = { type: 'string', read: (value) => (value.kind === 'string' ? value : undefined) };

/** `bool`. */
export const BOOL: Parameter<boolean> = { type: 'bool', read: (value) => (value.kind === 'bool' ? value.value : undefined) };

/** `int`, with its authors. An int64 is none. */
export const INT_VALUE: Parameter<Int> = { type: 'int', read: (value) => (value.kind === 'int' && value.goType === undefined ? value : undefined) };

/** `int`, as a number. */
export const INT: Parameter<number> = {
  type: 'int',
  read(value) {
    const int = INT_VALUE.read(value);
    return int && Number(int.value);
  },
};

/** Literals without a point are floats too where a float is asked for. */
export const FLOAT: Parameter<number> = {
  type: 'float64',
  read: (value) => (value.kind === 'float' || value.kind === 'int' ? Number(value.value) : undefined),
};

const PLAIN_MAP = 'map[string]interface {}';

/** `map[string]interface{}`, and named types of such maps, as `.Values` has one. The nil of a variable or a pipeline is a nil map; that of a field has no such type. */
export const MAP: Parameter<MapValue> = {
  type: PLAIN_MAP,
  read(value) {
    if (value.kind === 'none') return { kind: 'map', entries: new Map(), origins: authorsOf(value), isNil: true };
    if (value.kind !== 'map') return undefined;
    return value.goType === undefined || value.goType === PLAIN_MAP || !value.goType.startsWith('map[') ? value : undefined;
  },
};

/** What a function that was given a map gives back of it: the same entries, but the name of its type is lost. */
export function asPlainMap(value: MapValue): MapValue {
  return value.goType === undefined || value.goType === PLAIN_MAP ? value : { ...value, goType: undefined };
}

/** `[]interface{}`. The nil of a variable or a pipeline is a nil slice; that of a field has no such type. */
export const LIST: Parameter<readonly Value[]> = {
  type: '[]interface {}',
  read(value) {
    if (value.kind === 'none') return [];
    return value.kind === 'list' && value.goType === undefined ? value.items : undefined;
  },
};

/** An object of a type that only functions make: a time, a certificate. */
export function hostOf<T extends Host>(type: string, isSuch: (value: Host) => value is T): Parameter<T> {
  return { type, read: (value) => (value.kind === 'host' && isSuch(value) ? value : undefined) };
}
