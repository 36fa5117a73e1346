import type { Node, Origin, Scalar } from '../../../tree/node.ts';
import { scalarValue } from '../../../tree/scalar-value.ts';
import { bool, float, list, map, type Nil, type Stretch, type Text, text, type Value } from '../value.ts';

/** A value that Helm does not take, such as `.inf`. Thrown and caught inside of this folder. */
export class ValueRefusal extends Error {
  readonly origin: Origin;

  constructor(message: string, origin: Origin) {
    super(message);
    this.origin = origin;
  }
}

/**
 * A tree of YAML as Helm gets it, which reads YAML by way of JSON: every number is a float, every key a text, dates are
 * texts. Throws a `ValueRefusal`. (sigs.k8s.io/yaml, `yamlToJSON`.)
 */
export function valueOfNode(node: Node): Value {
  if (node.kind === 'scalar') return valueOfScalar(node);
  const origins = [authorOf(node)];
  if (node.kind === 'sequence') return node.items.length === 0 ? list([], origins) : list(node.items.map(valueOfNode));
  if (node.entries.length === 0) return map([], origins);
  return map(node.entries.map(({ key, value }) => [keyOf(key), valueOfNode(value)] as const));
}

function authorOf({ origin }: Node): Origin {
  return origin.how === 'helm-value' ? origin : { ...origin, how: 'helm-value' };
}

/** Who wrote a scalar: all authors of its parts where it has several. */
function authorsOf(node: Scalar): Origin[] {
  if (!node.parts || node.parts.length === 0) return [authorOf(node)];
  return [...new Set(node.parts.map(({ origin }) => origin))].map((origin) => ({ ...origin, how: 'helm-value' }));
}

function valueOfScalar(node: Scalar): Value {
  const read = scalarValue(node, 'kubectl');
  switch (read.type) {
    case 'null':
      return { kind: 'nil', origins: authorsOf(node) } satisfies Nil;
    case 'bool':
      return bool(read.value, authorsOf(node));
    case 'int':
      return float(Number(read.value), authorsOf(node));
    case 'float':
      if (!Number.isFinite(read.value)) throw new ValueRefusal(`"${node.text}" is no number that JSON knows`, node.origin);
      return float(read.value, authorsOf(node));
    default:
      return read.value === node.text ? textOfScalar(node) : text(read.value, authorsOf(node));
  }
}

/** The text of a scalar as it stands, whatever it means; each part by its author. */
export function textOfScalar(node: Scalar): Text {
  const { parts } = node;
  if (!parts || parts.length === 0) return text(node.text, [authorOf(node)]);
  const stretches = parts.flatMap(({ start, end, origin }): Stretch[] => (start < end ? [{ start, end, origins: [{ ...origin, how: 'helm-value' }] }] : []));
  return { kind: 'string', text: node.text, stretches };
}

/** What JSON makes of a key. */
function keyOf(key: Scalar): string {
  const read = scalarValue(key, 'kubectl');
  if (read.type === 'null') throw new ValueRefusal('null cannot be a key', key.origin);
  return read.type === 'float' ? shortFloat(read.value) : String(read.value);
}

/**
 * The text of a scalar where Go wants a text, such as a version: numbers and booleans are printed, null is none.
 * (sigs.k8s.io/yaml, `convertToJSONableObject`.)
 */
export function stringOfScalar(node: Scalar): Text {
  const read = scalarValue(node, 'kubectl');
  if (read.type === 'null') return text('');
  const printed = read.type === 'float' ? shortFloat(read.value) : String(read.value);
  return printed === node.text ? textOfScalar(node) : text(printed, authorsOf(node));
}

/** A float as `strconv.FormatFloat(value, 'g', -1, 32)` prints it: the few digits that tell it from other floats of 32 bits. */
function shortFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  const short = Math.fround(value);
  if (!Number.isFinite(short)) return short > 0 ? '.inf' : '-.inf';
  let digits = 0;
  while (digits < 8 && Math.fround(Number(short.toExponential(digits))) !== short) digits += 1;
  const [mantissa = '', power = ''] = short.toExponential(digits).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return Number(short.toExponential(digits)).toFixed(Math.max(0, digits - exponent));
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
