import { compareText } from '../../text/location.ts';
import type { Node, Scalar } from '../../tree/node.ts';
import { type ScalarValue, scalarValue } from '../../tree/scalar-value.ts';

/** A value as Go prints it with `%v`. Numbers that come from YAML or JSON are floats to Argo CD. */
export function goText(node: Node): string {
  if (node.kind === 'sequence') return `[${node.items.map(goText).join(' ')}]`;
  if (node.kind === 'mapping') {
    const entries = node.entries.map(({ key, value }) => [key.text, goText(value)] as const);
    return `map[${entries
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, text]) => `${key}:${text}`)
      .join(' ')}]`;
  }
  const { type, value } = valueIn(node);
  if (type === 'null') return '<nil>';
  return type === 'int' || type === 'float' ? floatText(Number(value)) : String(value);
}

/** A scalar as Argo CD reads it. Words such as `yes` count as texts: in what kustomize makes they are quoted by then. */
export function valueIn(node: Scalar): ScalarValue {
  const value = scalarValue(node, 'kubectl');
  return value.type === 'bool' && !/^(?:true|false)$/i.test(node.text) ? { type: 'string', value: node.text } : value;
}

/** As `strconv.FormatFloat(value, 'g', -1, 64)`, but for what no JSON holds. */
function floatText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
