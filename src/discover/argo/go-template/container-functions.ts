import { entryOf, type Node } from '../../../tree/node.ts';
import { goText, valueIn } from '../go-text.ts';
import { notFollowed, TemplateError } from './template-error.ts';
import { integerIn, isNil, type Known, listIn, required, type TemplateFunction, textIn } from './values.ts';

/** The functions of lists and maps, and those that count. */
export const CONTAINER_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  first: ([list], _, name) => ({ node: listIn(required(list, name), name)[0] }),
  last: ([list], _, name) => ({ node: listIn(required(list, name), name).at(-1) }),
  initial: ([list], make, name) => make.list(listIn(required(list, name), name).slice(0, -1)),
  rest: ([list], make, name) => make.list(listIn(required(list, name), name).slice(1)),
  reverse: ([list], make, name) => make.list([...listIn(required(list, name), name)].reverse()),
  list: (args, make) => make.list(args.map((arg) => nodeOf(arg))),
  has: ([needle, list], make, name) => {
    if (isNil(required(list, name))) return make.bool(false);
    const text = textIn(required(needle, name), name);
    return make.bool(listIn(required(list, name), name).some((item) => item.kind === 'scalar' && valueIn(item).type === 'string' && item.text === text));
  },
  len: ([value], make, name) => make.integer(lengthOf(required(value, name))),
  int: ([value], make, name) => make.integer(wholeNumber(required(value, name), name)),
  int64: ([value], make, name) => make.integer(wholeNumber(required(value, name), name)),
  atoi: ([value], make, name) => {
    textIn(required(value, name), name);
    return make.integer(wholeNumber(required(value, name), name));
  },
  add: (args, make, name) => make.integer(args.reduce((sum, arg) => sum + wholeNumber(arg, name), 0)),
  add1: ([value], make, name) => make.integer(wholeNumber(required(value, name), name) + 1),
  sub: ([a, b], make, name) => make.integer(wholeNumber(required(a, name), name) - wholeNumber(required(b, name), name)),
};

/** What is at a step into a value: a key of a map, or an index of a list. `undefined` where the map has no such key. */
export function memberOf({ node, path }: Known, step: Known): Known | undefined {
  if (node?.kind === 'sequence') {
    const item = node.items[integerIn(step, 'index')];
    if (!item) throw new TemplateError('"index" goes beyond its list');
    return { node: item };
  }
  if (node?.kind !== 'mapping') throw new TemplateError('"index" takes a list or a map, and gets none');
  return entryAt({ node, path }, textIn(step, 'index'));
}

/** What is under a key of a map; undefined where it has no such key. */
export function entryAt({ node, path }: Known, key: string): Known | undefined {
  const entry = node?.kind === 'mapping' ? entryOf(node, key) : undefined;
  return entry && { node: entry.value, path: path && [...path, key] };
}

function nodeOf({ node }: Known): Node {
  if (!node) throw notFollowed('a list with nothing in it');
  return node;
}

function lengthOf({ node }: Known): number {
  if (node?.kind === 'mapping') return node.entries.length;
  if (node?.kind === 'sequence') return node.items.length;
  if (node && valueIn(node).type === 'string') return new TextEncoder().encode(node.text).length;
  throw new TemplateError('"len" takes a text, a list or a map, and gets none');
}

/** Plain numbers only: Go takes others too, each in a way of its own. */
function wholeNumber({ node }: Known, name: string): number {
  const text = node?.kind === 'scalar' ? goText(node) : '';
  if (!/^-?(?:0|[1-9]\d{0,14})$/.test(text)) throw notFollowed(`"${name}" of what is no plain number`);
  return Number(text);
}
