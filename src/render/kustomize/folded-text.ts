import { SourceFile } from '../../text/source-file.ts';
import { mapEntries, mapItems } from '../../tree/edit.ts';
import { childOf, type Node } from '../../tree/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { analyse } from '../text-traits.ts';

const known = new WeakMap<Node, Node>();

/**
 * The tree with its folded texts (`>`) as they come out of kustomize, which writes and reads every object once on
 * the way. Its writer looks at the first character where it should look at the next line, so that lines which are
 * indented further get a blank line before them.
 */
export function refolded<N extends Node>(node: N): N {
  if (node.kind === 'scalar') return (node.style === 'folded' ? { ...node, text: rewritten(node.text) } : node) as N;
  const before = known.get(node);
  if (before) return before as N;
  const result = node.kind === 'mapping' ? mapEntries(node, (value) => unlessSame(value)) : mapItems(node, (item) => unlessSame(item));
  known.set(node, result);
  return result as N;
}

function unlessSame(node: Node): Node {
  const result = refolded(node);
  return node.kind === 'scalar' && result.kind === 'scalar' && node.text === result.text ? node : result;
}

function rewritten(text: string): string {
  if (!text.trimEnd().includes('\n') || !analyse(text).allowsBlock) return text;
  const lead = /^[ \n]/.test(text) ? '2' : '';
  const end = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const { documents } = parseYaml(new SourceFile('folded.yaml', `text: >${lead}${end}\n${folded(text)}\n`));
  const value = childOf(documents[0]?.root, 'text');
  return value?.kind === 'scalar' ? value.text : text;
}

/** The lines that go-yaml v3 writes. */
function folded(text: string): string {
  // The fault: what decides is how the whole text begins.
  const doubles = text !== '' && !/^[\s]/.test(text);
  let result = '';
  let atStart = true;
  let indented = true;
  for (const character of text.replace(/\n$/, '')) {
    if (character === '\n') {
      if (!atStart && !indented && doubles) result += '\n';
      result += '\n';
      atStart = true;
      continue;
    }
    if (atStart) {
      result += '  ';
      indented = character === ' ' || character === '\t';
    }
    result += character;
    atStart = false;
  }
  return result;
}
