import picomatch from 'picomatch';
import type { Expectation, Expected } from '../model/expectation.ts';
import { itemsOf, type Mapping, type Node, type Scalar, textOf } from '../tree/node.ts';
import type { ConfigPlace } from './declare.ts';
import { compileDifferencePath } from './difference-path.ts';

/** The contract that one valid configuration declares, in its order. */
export function expectationsOf(root: Mapping | undefined, { below }: ConfigPlace): Expectation[] {
  return itemsOf(root, 'differences').flatMap((item) => {
    const expected = expectedOf(item);
    if (!expected) return [];
    const isKind = matcherOf(textOf(item, 'kind'));
    const isName = matcherOf(textOf(item, 'name'));
    const isApp = matcherOf(textOf(item, 'app'));
    const isKey = matcherOf(textOf(item, 'key'));
    const path = textOf(item, 'path');
    const pattern = path === undefined ? undefined : compileDifferencePath(path);
    const isPath = pattern && 'matches' in pattern ? pattern.matches : undefined;
    return {
      expected,
      reason: textOf(item, 'reason'),
      below,
      origin: firstValueOf(item)?.origin ?? item.origin,
      covers: ({ app, kind, name, steps, key }) =>
        (!isKind || isKind(kind)) &&
        (!isName || isName(name)) &&
        (!isApp || isApp(app)) &&
        (!isKey || (key !== undefined && isKey(key))) &&
        (!isPath || isPath(steps)),
    };
  });
}

function expectedOf(item: Node): Expected | undefined {
  const environments = itemsOf(item, 'only').flatMap((name) => (name.kind === 'scalar' ? name.text : []));
  if (environments.length > 0) return { type: 'only', environments };
  const may = textOf(item, 'may');
  if (may !== undefined) return { type: may === 'differ-in-value' ? 'value-may-differ' : 'may-differ' };
  const must = textOf(item, 'must');
  return must === 'same' || must === 'differ' || must === 'not-weaken' ? { type: must } : undefined;
}

/** Names may have a slash: they are names all the same, and no paths. Most of them are no globs, either. */
function matcherOf(glob: string | undefined): ((text: string) => boolean) | undefined {
  if (glob === undefined) return undefined;
  return /^[\w./:-]*$/.test(glob) ? (text) => text === glob : picomatch(glob, { bash: true, dot: true });
}

/** Where a line begins, for findings that point at it. */
function firstValueOf(item: Node): Scalar | undefined {
  return item.kind === 'mapping' ? item.entries[0]?.key : undefined;
}
