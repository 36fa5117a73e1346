import { readYaml } from '../../../render/helm/functions/formats/yaml-reader.ts';
import { textFrom } from '../../../render/helm/functions/go/texts.ts';
import { goTypeOf } from '../../../render/helm/functions/go/types.ts';
import { HELM_FUNCTIONS } from '../../../render/helm/functions/registry.ts';
import { ANY, compile, type Definition, fn, STRING, variadic } from '../../../render/helm/functions/signature.ts';
import { BUILTINS } from '../../../render/helm/go-template/builtins/builtins.ts';
import { bool, type Call, type GoFunction, list, map, NIL, TemplateFailure, type Text, text, type Value } from '../../../render/helm/value.ts';
import { normalized, slugified } from '../names.ts';
import { isOpen, isUndecided, UNDECIDED, UNKNOWN } from './open.ts';

/** Thrown by what is called like a function and is none here. Always caught in `fill.ts`. */
export class NotFollowed extends Error {
  /** The name of what is called. */
  readonly called: string;

  constructor(called: string) {
    super(`"${called}" in a template is not followed`);
    this.called = called;
  }
}

/** Of the functions of charts, what Helm adds to Sprig, and what Argo CD takes from it. */
const NOT_OFFERED: ReadonlySet<string> = new Set([
  'include',
  'tpl',
  'required',
  'lookup',
  'getHostByName',
  'fromToml',
  'toToml',
  'mustToToml',
  'mustToYaml',
  'toYamlPretty',
  'fromJsonArray',
]);

const fromJson = HELM_FUNCTIONS.get('mustFromJson');

/** What Argo CD adds, or has otherwise than Helm: applicationset/utils/template_functions.go. */
const OWN: Readonly<Record<string, Definition>> = {
  normalize: fn([STRING], ([name]) => rewritten(name, normalized(name.text))),
  slugify: variadic([], ANY, (_, args) => slug(args)),
  toYaml: fn([ANY], ([value], call) => HELM_FUNCTIONS.get('mustToYaml')?.([value], call) ?? NIL),
  fromYaml: fn([STRING], ([source]) => yamlIn(source, 'map') ?? map()),
  fromYamlArray: fn([STRING], ([source]) => yamlIn(source, 'list') ?? list([])),
  // Sprig's: of whatever type, and nothing for what is no JSON.
  fromJson: fn([STRING], ([source], call) => {
    try {
      return fromJson?.([source], call) ?? NIL;
    } catch (error) {
      if (error instanceof TemplateFailure) return NIL;
      throw error;
    }
  }),
};

function rewritten(source: Text, result: string): Text {
  return result === source.text ? source : textFrom(result, source);
}

/** `slugify [size [smart]] name`. */
function slug(args: readonly Value[]): Value {
  const name = args.at(-1);
  const [size, isSmart] = args.slice(0, -1);
  if (name?.kind !== 'string') throw new TemplateFailure(`wrong type for value; expected string; got ${goTypeOf(name ?? NIL)}`);
  if (size && size.kind !== 'int') throw new TemplateFailure(`wrong type for value; expected int; got ${goTypeOf(size)}`);
  if (isSmart && isSmart.kind !== 'bool') throw new TemplateFailure(`wrong type for value; expected bool; got ${goTypeOf(isSmart)}`);
  return rewritten(name, slugified(name.text, size && Number(size.value), isSmart?.value));
}

function yamlIn(source: Text, kind: 'map' | 'list'): Value | undefined {
  const value = readYaml(source);
  if (typeof value === 'string') throw new TemplateFailure(value);
  if (value.kind === kind) return value;
  if (value.kind === 'nil') return undefined;
  throw new TemplateFailure(`error unmarshaling JSON: a ${kind === 'map' ? 'map' : 'list'} is wanted, and is none`);
}

const PLAIN: ReadonlyMap<string, GoFunction> = new Map(
  [
    ...BUILTINS,
    ...[...HELM_FUNCTIONS].filter(([name]) => !NOT_OFFERED.has(name)),
    ...Object.entries(OWN).map(([name, definition]) => [name, compile(name, definition)] as const),
  ].map(([name, apply]) => [name, careful(apply)]),
);

/** What is done to a value that is not known is not known either. What a clock or chance decides is not followed. */
function careful(apply: GoFunction): GoFunction {
  return (args, call) => (args.some(isUndecided) ? UNKNOWN : apply(args, watched(call)));
}

function watched({ origin, include, tpl, hasTemplate }: Call): Call {
  const noteUnknown = (what: string): never => {
    throw new NotFollowed(what);
  };
  return { origin, include, tpl, hasTemplate, noteUnknown };
}

/** Functions that look into maps of which only a part may be known. */
const ACCESS: Readonly<Record<string, GoFunction>> = {
  // For a key that a map does not have Go gives the zero value, also where a missing field is an error.
  index: ([container = NIL, ...keys], call) => into('index', container, keys, NIL, (inner, rest) => called('index', [inner, ...rest], call)),
  get: ([container = NIL, ...keys], call) => into('get', container, keys, text(''), (inner, rest) => called('get', [inner, ...rest], call)),
  hasKey: ([container = NIL, ...keys], call) => {
    const [key] = keys;
    if (!isOpen(container) || keys.length !== 1) return called('hasKey', [container, ...keys], call);
    const found = memberOf('hasKey', container, key ?? NIL);
    return found === UNKNOWN ? UNKNOWN : bool(found !== undefined);
  },
  /** `dig "a" "b" fallback map`. */
  dig: (args, call) => {
    const [fallback = NIL, container = NIL] = args.slice(-2);
    if (!isOpen(container)) return called('dig', args, call);
    return into('dig', container, args.slice(0, -2), fallback, (inner, rest) => called('dig', [...rest, fallback, inner], call));
  },
};

function called(name: string, args: readonly Value[], call: Call): Value {
  return PLAIN.get(name)?.(args, call) ?? NIL;
}

/** Follows keys through maps that are known in part; `beyond` goes on where one is known. */
function into(name: string, container: Value, keys: readonly Value[], absent: Value, beyond: (inner: Value, rest: readonly Value[]) => Value): Value {
  let value = container;
  for (const [index, key] of keys.entries()) {
    if (!isOpen(value)) return beyond(value, keys.slice(index));
    const next = memberOf(name, value, key);
    if (next === undefined) return absent;
    value = next;
  }
  return value === container && !isOpen(value) ? beyond(value, []) : value;
}

function memberOf(name: string, container: Value, key: Value): Value | undefined {
  if (!isOpen(container) || container === UNKNOWN || isUndecided(key)) return UNKNOWN;
  if (key.kind !== 'string') throw new TemplateFailure(`wrong type for value in ${name}; expected string; got ${goTypeOf(key)}`);
  return container.at(key.text);
}

/** Checks that a template puts in behind what it prints, and behind what it decides by. No template can call them by name. */
export const PRINTED = ' printed';
export const DECIDED = ' decided';

/** All that templates of Argo CD can call: Go's functions, Sprig's without those that look at the machine, and its own. */
export const FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ...PLAIN,
  ...Object.entries(ACCESS),
  [PRINTED, ([value = NIL]) => checked(value, isOpen(value))],
  [DECIDED, ([value = NIL]) => checked(value, isUndecided(value))],
]);

function checked(value: Value, isWrong: boolean): Value {
  if (isWrong) throw UNDECIDED;
  return value;
}

/** Whether a function changes the maps that it is given. */
export function changesMaps(name: string): boolean {
  return name === 'set' || name === 'unset' || /^(?:mustM|m)erge/.test(name);
}
