import { SourceFile } from '../../text/source-file.ts';
import { mapEntries, mapItems } from '../../tree/edit.ts';
import { childOf, type Entry, type Mapping, type Node } from '../../tree/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { analyse } from '../text-traits.ts';

/**
 * The object with its folded texts (`>`) as they come out of kustomize, which writes and reads every object once on
 * the way. Its writer looks at the first character where it should look at the next line, so that lines which are
 * indented further get a blank line before them.
 */
export function refolded(object: Mapping): Mapping {
  if (!holdsFolded(object)) return object;
  return mapEntries(object, (value, { key }) =>
    key.text === 'metadata' && value.kind === 'mapping' ? mapEntries(value, unlessAnnotations) : unlessSame(value),
  );
}

/** Rarely anything is. */
function holdsFolded(node: Node): boolean {
  if (node.kind === 'scalar') return node.style === 'folded';
  return node.kind === 'sequence' ? node.items.some(holdsFolded) : node.entries.some(({ value }) => holdsFolded(value));
}

/** Annotations are taken out and put back as plain texts. */
function unlessAnnotations(value: Node, { key }: Entry): Node {
  return key.text === 'annotations' ? value : unlessSame(value);
}

function refoldedTree(node: Node): Node {
  if (node.kind === 'scalar') return node.style === 'folded' ? { ...node, text: rewritten(node.text) } : node;
  return node.kind === 'mapping' ? mapEntries(node, (value) => unlessSame(value)) : mapItems(node, (item) => unlessSame(item));
}

function unlessSame(node: Node): Node {
  const result = refoldedTree(node);
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
