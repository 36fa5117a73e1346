import type { Node } from './node.ts';
import { entryOf } from './node.ts';

/** The way from the root of a manifest to one of its nodes: keys of mappings, indexes of sequences. */
export type FieldPath = readonly (string | number)[];

/** `spec.template.spec.containers[0].image`; keys that hold dots or brackets are quoted: `data["app.properties"]`. */
export function formatFieldPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[^.[\]"\s]+$/.test(step)) text += text ? `.${step}` : step;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** The inverse of `formatFieldPath`. Returns undefined for text that is no path. */
export function parseFieldPath(text: string): FieldPath | undefined {
  const path: (string | number)[] = [];
  const token = /\.?([^.[\]"\s]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) return undefined;
    const [whole, key, index, quoted] = match;
    if (key !== undefined) {
      if (whole.startsWith('.') !== at > 0) return undefined;
      path.push(key);
    } else if (index !== undefined) path.push(Number(index));
    else {
      const name = unquoted(quoted ?? '');
      if (name === undefined) return undefined;
      path.push(name);
    }
  }
  return path;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    // Not every backslash makes an escape of JSON.
    return undefined;
  }
}

/** The node at a path, or undefined where the path leads nowhere. */
export function nodeAt(node: Node | undefined, path: FieldPath): Node | undefined {
  let at = node;
  for (const step of path) {
    if (at?.kind === 'mapping') at = entryOf(at, String(step))?.value;
    else if (at?.kind === 'sequence' && typeof step === 'number') at = at.items[step];
    else return undefined;
    if (!at) return undefined;
  }
  return at;
}
