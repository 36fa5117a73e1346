import { compareText } from '../../text/location.ts';
import { SourceFile } from '../../text/source-file.ts';
import type { Mapping, Node, Scalar } from '../../tree/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { jsonOf, quoteJson } from '../go-json.ts';
import { Refusal } from './refusal.ts';
import { editPlaces, lookup, type PlaceEdit } from './tree-paths.ts';

/** Changes a value inside of a text that holds JSON or YAML; undefined when the path does not lead into such a text. */
export function editEmbedded(node: Mapping, steps: readonly string[], edit: PlaceEdit): Mapping | undefined {
  for (let length = 1; length < steps.length; length += 1) {
    const outer = steps.slice(0, length);
    const text = found(node, outer);
    if (text?.kind !== 'scalar') continue;
    const changed = editText(text, steps.slice(length), edit);
    return changed && (editPlaces(node, outer.map(exactly), { edit: () => changed, create: undefined }).node as Mapping);
  }
  return undefined;
}

function found(node: Mapping, steps: readonly string[]): Node | undefined {
  try {
    return lookup(node, steps);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** A condition that was compared as it is, as a pattern for nothing else. */
function exactly(step: string): string {
  const match = /^\[([^=]*)=(.*)\]$/s.exec(step);
  return match ? `[${match[1]}=^['"]?${(match[2] ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"]?$]` : step;
}

function editText(text: Scalar, steps: readonly string[], { edit, create }: PlaceEdit): Scalar | undefined {
  const { documents, problem } = parseYaml(new SourceFile(text.origin.file.path, text.text));
  const root = documents[0]?.root;
  if (problem || !root) return undefined;
  const changes: { readonly old: Node; readonly fresh: Node }[] = [];
  try {
    const noting = (old: Node): Node => {
      const fresh = edit(old);
      changes.push({ old, fresh });
      return fresh;
    };
    const { node, count } = editPlaces(root, steps, { edit: noting, create });
    const author = changes[0]?.fresh.origin;
    if (count === 0 || !author) return undefined;
    const isJson = /^\s*[{[]/.test(text.text);
    const next = isJson ? printJson(node, text.text) : rewritten(text.text, changes);
    return next === undefined ? undefined : { ...text, text: next, parts: undefined, replaces: text, origin: { ...author, precision: 'entry' } };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The text with the tokens of the changed values exchanged: comments and order stay. */
function rewritten(text: string, changes: readonly { readonly old: Node; readonly fresh: Node }[]): string | undefined {
  let result = text;
  for (const { old, fresh } of [...changes].sort((a, b) => b.old.origin.start - a.old.origin.start)) {
    if (old.kind !== 'scalar' || fresh.kind !== 'scalar') return undefined;
    result = result.slice(0, old.origin.start) + token(fresh, old) + result.slice(old.origin.end);
  }
  return result.trim();
}

function token(fresh: Scalar, old: Scalar): string {
  if (old.style === 'single-quoted') return `'${fresh.text.replaceAll("'", "''")}'`;
  return old.style === 'double-quoted' || fresh.style === 'double-quoted' ? JSON.stringify(fresh.text) : fresh.text;
}

/** Compact, or with two blanks an indent if the text was laid out before. */
function printJson(node: Node, before: string): string {
  return before.includes('\n') && before.includes('  ') ? prettyJson(node, '') : jsonOf(node);
}

function prettyJson(node: Node, indent: string): string {
  if (node.kind === 'scalar') return jsonOf(node);
  const inner = `${indent}  `;
  const lines =
    node.kind === 'sequence'
      ? node.items.map((item) => inner + prettyJson(item, inner))
      : [...node.entries]
          .sort((a, b) => compareText(a.key.text, b.key.text))
          .map(({ key, value }) => `${inner}${quoteJson(key.text)}: ${prettyJson(value, inner)}`);
  const [open, close] = node.kind === 'sequence' ? ['[', ']'] : ['{', '}'];
  return lines.length === 0 ? open + close : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
