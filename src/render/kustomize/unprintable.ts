import type { RenderProblem } from '../../model/render-result.ts';
import type { Mapping, Node, Scalar } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';

/** What go-yaml v2 does not read: the output goes through JSON, where these stand as they are. */
const FORBIDDEN = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** Values of objects in which nothing was found; nearly all are. Overlays share these: to note what is in them costs more than it saves. */
const clean = new WeakSet<Node>();

/** What cannot be printed: keys that are no strings, numbers that JSON does not have, some control characters. */
export function unprintable(object: Mapping): readonly RenderProblem[] {
  const found: RenderProblem[] = [];
  for (const { key, value } of object.entries) {
    checkKey(key, found);
    if (clean.has(value)) continue;
    const before = found.length;
    collect(value, found);
    if (value.kind !== 'scalar' && found.length === before) clean.add(value);
  }
  return found;
}

function collect(node: Node, found: RenderProblem[]): void {
  if (node.kind === 'scalar') {
    checkScalar(node, found);
    return;
  }
  if (node.kind === 'sequence') for (const item of node.items) collect(item, found);
  else {
    for (const { key, value } of node.entries) {
      checkKey(key, found);
      collect(value, found);
    }
  }
}

function checkKey(key: Scalar, found: RenderProblem[]): void {
  if (key.style === 'plain' && scalarValue(key).type !== 'string') found.push(flaw(`the key "${key.text}" is not a string`, key));
}

function checkScalar(node: Scalar, found: RenderProblem[]): void {
  if (FORBIDDEN.test(node.text)) found.push(flaw('the text holds a control character that kustomize cannot print', node));
  if (node.style !== 'plain' || !ENDLESS.test(node.text)) return;
  const { type, value } = scalarValue(node);
  if (type === 'float' && !Number.isFinite(value)) found.push(flaw(`"${node.text}" is a number that JSON does not have`, node));
}

/** Only these are floats without a value. */
const ENDLESS = /^[-+]?\.(?:inf|nan)$/i;

function flaw(message: string, { origin }: Scalar): RenderProblem {
  return { cause: 'yaml-error', message, origin, rule: 'render-error' };
}
