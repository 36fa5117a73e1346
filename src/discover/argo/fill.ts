import { mapEntries, mapItems } from '../../tree/edit.ts';
import type { Mapping, Node, Scalar } from '../../tree/node.ts';
import type { ParameterSet } from './parameters.ts';
import { piecesOf } from './pieces.ts';
import type { Remarks } from './remarks.ts';

/** Whether nothing is left in a text to be filled in. */
export function isResolved(text: string): boolean {
  return !text.includes('{{');
}

/**
 * Fills `{{name}}` as Argo CD does without Go templates. A placeholder without a parameter stays as it is written: there
 * as here. A text without placeholders is given back as it is.
 */
export function fillNames(template: Scalar, { values }: ParameterSet, remarks: Remarks): Scalar {
  const { text } = template;
  if (!isTemplated(text)) return template;
  const pieces = piecesOf(template);
  let at = 0;
  for (let open = text.indexOf('{{'); open !== -1; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open + 2);
    if (close === -1) {
      remarks.problem('a "{{" has no "}}"', template.origin);
      return template;
    }
    const value = values.get(text.slice(open + 2, close).trim());
    pieces.copy(at, open);
    if (value?.kind === 'scalar') pieces.write(value);
    else pieces.copy(open, close + 2);
    at = close + 2;
  }
  pieces.copy(at, text.length);
  return pieces.finish();
}

/** Argo CD looks for both ends of a placeholder on one line; only then does it read the text as a template. */
function isTemplated(text: string): boolean {
  if (isResolved(text)) return false;
  return text.split('\n').some((line) => {
    const open = line.indexOf('{{');
    return open !== -1 && line.includes('}}', open + 2);
  });
}

/** The tree with every text in it filled, keys too; the same tree when nothing changes. */
export function filledTree<N extends Node>(node: N, fill: (text: Scalar) => Scalar): N {
  return fillNode(node, fill) as N;
}

function fillNode(node: Node, fill: (text: Scalar) => Scalar): Node {
  if (node.kind === 'scalar') return isResolved(node.text) ? node : fill(node);
  if (node.kind === 'sequence') return mapItems(node, (item) => fillNode(item, fill));
  return filledKeys(
    mapEntries(node, (value) => fillNode(value, fill)),
    fill,
  );
}

function filledKeys(node: Mapping, fill: (text: Scalar) => Scalar): Mapping {
  if (node.entries.every(({ key }) => isResolved(key.text))) return node;
  const entries = node.entries.map((entry) => (isResolved(entry.key.text) ? entry : { ...entry, key: fill(entry.key) }));
  // Of keys that became the same, one is kept.
  return { ...node, entries: [...new Map(entries.map((entry) => [entry.key.text, entry])).values()] };
}
