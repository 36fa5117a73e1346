import { complex } from '../../src/render/helm/go-template/complex.ts';
import {
  bool,
  float,
  type GoFunction,
  type Host,
  type Int,
  int,
  list,
  map,
  NIL,
  TemplateFailure,
  type Text,
  text,
  type Value,
} from '../../src/render/helm/value.ts';

const typed = (value: number, goType: string): Int => ({ ...int(value), goType });

/** Checks the arguments of a function of the tests by Go's names of their types; `...` at the end takes any number. */
function taking(types: readonly string[], body: (...args: Value[]) => Value): GoFunction {
  const isVariadic = types.at(-1)?.startsWith('...') ?? false;
  return (args) => {
    if (isVariadic ? args.length < types.length - 1 : args.length !== types.length) throw new TemplateFailure('wrong number of args');
    for (const [index, value] of args.entries()) {
      const type = (types[Math.min(index, types.length - 1)] ?? '').replace('...', '');
      // A literal takes the type that is asked for.
      const own = value.kind === 'int' && type.startsWith('uint') ? (value.goType ?? type) : value.kind;
      if (type !== 'any' && own !== type) throw new TemplateFailure(`wrong type for value; expected ${type}`);
    }
    return body(...args);
  };
}

const host = (type: string, fields: Readonly<Record<string, Value>>, methods: Readonly<Record<string, GoFunction>> = {}, shown?: string): Host => ({
  kind: 'host',
  type,
  field: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
  method: (name) => (Object.hasOwn(methods, name) ? methods[name] : undefined),
  plain: () => map(Object.entries(fields)),
  ...(shown === undefined ? {} : { shown: () => text(shown) }),
});

const strings = (...items: string[]): Value => list(items.map((item) => text(item)));
const ints = (...items: number[]): Value => list(items.map((item) => int(item)));
const textOf = (value: Value | undefined): string => (value?.kind === 'string' ? value.text : '');
const numberOf = (value: Value | undefined): number => (value?.kind === 'int' ? Number(value.value) : 0);

const typeU = (v: string): Host =>
  host('*template.U', { V: text(v) }, { TrueFalse: taking(['bool'], (value) => text(value?.kind === 'bool' && value.value ? 'true' : '')) });

const METHODS: Readonly<Record<string, GoFunction>> = {
  Method0: taking([], () => text('M0')),
  Method1: taking(['int'], (value = NIL) => value),
  Method2: taking(['uint16', 'string'], (number, word) => text(`Method2: ${numberOf(number)} ${textOf(word)}`)),
  Method3: taking(['any'], (value) => text(`Method3: ${value?.kind === 'none' ? '<nil>' : ''}`)),
  GetU: taking([], () => typeU('v')),
  Copy: taking([], () => T),
  MAdd: taking(['int', 'list'], (number, items) => ints(...(items?.kind === 'list' ? items.items : []).map((item) => numberOf(item) + numberOf(number)))),
  MyError: (args) => {
    if (args[0]?.kind === 'bool' && args[0].value) throw new TemplateFailure('my error');
    return bool(false);
  },
};

const INNER = host('*template.T', { X: text('x') }, METHODS);

/** What Go's tests of text/template call `tVal`, as far as values of Helm can be like it. */
export const T: Host = host(
  '*template.T',
  {
    True: bool(true),
    I: int(17),
    U16: typed(16, 'uint16'),
    X: text('x'),
    S: text('xyz'),
    FloatZero: float(0),
    ComplexZero: complex(0, 0),
    U: typeU('v'),
    V0: host('template.V', {}, {}, '<6666>'),
    V1: host('*template.V', {}, {}, '<7777>'),
    V2: host('*template.V', {}, {}, 'nilV'),
    W0: host('template.W', {}, {}, '[888]'),
    W1: host('*template.W', {}, {}, '[999]'),
    W2: host('*template.W', {}, {}, 'nilW'),
    SI: ints(3, 4, 5),
    SIEmpty: list([]),
    SB: list([bool(true), bool(false)]),
    AI: ints(3, 4, 5),
    PAI: ints(3, 4, 5),
    MSI: map([
      ['one', int(1)],
      ['two', int(2)],
      ['three', int(3)],
    ]),
    MSIone: map([['one', int(1)]]),
    MSIEmpty: map(),
    MXI: map([['one', int(1)]]),
    SMSI: list([
      map([
        ['one', int(1)],
        ['two', int(2)],
      ]),
      map([
        ['eleven', int(11)],
        ['twelve', int(12)],
      ]),
    ]),
    Empty0: NIL,
    Empty1: int(3),
    Empty2: text('empty2'),
    Empty3: ints(7, 8),
    Empty4: host('*template.U', { V: text('UinEmpty') }, {}, '{UinEmpty}'),
    NonEmptyInterface: INNER,
    NonEmptyInterfacePtS: strings('a', 'b'),
    Str: host('*bytes.Buffer', {}, {}, 'foozle'),
    Err: host('*errors.errorString', {}, {}, 'erroozle'),
    PI: int(23),
    PS: text('a string'),
    PSI: ints(21, 22, 23),
    UPI: int(23),
    EmptyUPI: NIL,
  },
  METHODS,
);

/** The values of Go's comparison tests. */
export const COMPARED: Value = map([
  ['Uthree', typed(3, 'uint')],
  ['Ufour', typed(4, 'uint')],
  ['NegOne', int(-1)],
  ['Three', int(3)],
  ['Ptr', host('*int', {})],
  ['NilPtr', NIL],
  ['Map', { ...map(), goType: 'map[int]int', isNil: true }],
  ['NonNilMap', { ...map(), goType: 'map[int]int' }],
  ['V1', text('')],
  ['V2', text('')],
  ['Iface1', host('template.fmtStringer', {})],
  ['NilIface', NIL],
]);

const sum = (...args: Value[]): Value => int(args.reduce((total, value) => total + numberOf(value), 0));
const joined =
  (name: string): ((...args: Value[]) => Text) =>
  (...args) =>
    text(`${name}=${args.map(textOf).join('')}`);

/** The functions of Go's tests of text/template. */
export const FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['add', taking(['...int'], sum)],
  ['dddArg', taking(['int', '...string'], (first = NIL) => first)],
  [
    'die',
    () => {
      throw new TemplateFailure('die');
    },
  ],
  ['echo', taking(['any'], (value = NIL) => value)],
  ['makemap', taking(['...string'], (...args) => map(args.flatMap((key, index) => (index % 2 === 0 ? [[textOf(key), args[index + 1] ?? NIL] as const] : []))))],
  ['mapOfThree', taking([], () => map([['three', int(3)]]))],
  ['oneArg', taking(['string'], joined('oneArg'))],
  ['returnInt', taking([], () => int(7))],
  ['stringer', taking(['any'], (value) => (value?.kind === 'host' && value.shown ? value.shown() : text('')))],
  ['twoArgs', taking(['string', 'string'], joined('twoArgs'))],
  ['typeOf', taking(['any'], (value) => text(value?.kind === 'host' ? value.type : value?.kind === 'float' ? 'float64' : (value?.kind ?? '')))],
  ['valueString', taking(['string'], () => text('value is ignored'))],
  ['vfunc', taking(['any', 'any'], () => text('vfunc'))],
  ['zeroArgs', taking([], () => text('zeroArgs'))],
  // What `count` gives is a channel; of that a list is the nearest relative.
  ['count', taking(['int'], (value) => strings(...'abcdefghijklmnop'.slice(0, numberOf(value))))],
]);
