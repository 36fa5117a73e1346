import { compareText } from '../text/location.ts';
import type { Node } from '../tree/node.ts';
import { scalarValue } from '../tree/scalar-value.ts';

/** The node as Go's encoding/json writes it: compact, keys in byte order. */
export function jsonOf(node: Node): string {
  if (node.kind === 'sequence') return `[${node.items.map(jsonOf).join(',')}]`;
  if (node.kind === 'mapping') {
    const entries = node.entries.map(({ key, value }) => [key.text, `${quoteJson(key.text)}:${jsonOf(value)}`] as const);
    return `{${entries
      .sort(([a], [b]) => compareText(a, b))
      .map(([, json]) => json)
      .join(',')}}`;
  }
  const { type, value } = scalarValue(node);
  if (type === 'float') return goFloat(value);
  return typeof value === 'string' ? quoteJson(value) : String(value);
}

/** A string as Go quotes it: angle brackets, ampersands and line separators are escaped too. */
export function quoteJson(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]|\\[bf]/g, (match) => {
    if (match === '\\b') return '\\u0008';
    if (match === '\\f') return '\\u000c';
    return `\\u${match.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A float as JSON: no exponent between 1e-6 and 1e21. */
export function goFloat(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0' : '0';
  if (size >= 1e-6 && size < 1e21) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const digits = exponent.slice(1);
  return `${mantissa}e${exponent[0]}${size < 1e-6 ? digits : digits.padStart(2, '0')}`;
}
