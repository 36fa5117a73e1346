import type { RenderProblem } from '../../model/render-result.ts';
import type { Node, Scalar } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';

/** What go-yaml v2 does not read: the output goes through JSON, where these stand as they are. */
const FORBIDDEN = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

const NOTHING: readonly RenderProblem[] = [];
const known = new WeakMap<Node, readonly RenderProblem[]>();

/** What cannot be printed: keys that are no strings, numbers that JSON does not have, some control characters. */
export function unprintable(node: Node): readonly RenderProblem[] {
  if (node.kind === 'scalar') return unprintableScalar(node);
  const before = known.get(node);
  if (before) return before;
  const children =
    node.kind === 'sequence' ? node.items.map(unprintable) : node.entries.map(({ key, value }) => [...unprintableKey(key), ...unprintable(value)]);
  const found = children.some((problems) => problems.length > 0) ? children.flat() : NOTHING;
  known.set(node, found);
  return found;
}

function unprintableKey(key: Scalar): readonly RenderProblem[] {
  return key.style === 'plain' && scalarValue(key).type !== 'string' ? [flaw(`the key "${key.text}" is not a string`, key)] : NOTHING;
}

function unprintableScalar(node: Scalar): readonly RenderProblem[] {
  if (FORBIDDEN.test(node.text)) return [flaw('the text holds a control character that kustomize cannot print', node)];
  if (node.style !== 'plain') return NOTHING;
  const { type, value } = scalarValue(node);
  return type === 'float' && !Number.isFinite(value) ? [flaw(`"${node.text}" is a number that JSON does not have`, node)] : NOTHING;
}

function flaw(message: string, { origin }: Scalar): RenderProblem {
  return { cause: 'yaml-error', message, origin, rule: 'render-error' };
}
