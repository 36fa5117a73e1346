import type { Action, Node, Origins, Pipe, Template } from '../../../render/helm/go-template/parse/ast.ts';
import { tokensOf } from '../../../render/helm/go-template/parse/lexer.ts';
import type { Text } from '../../../render/helm/value.ts';
import { DECIDED, PRINTED } from './functions.ts';
import { UNKNOWN } from './open.ts';

/** What stands in braces: a single action, or a block up to its end. */
export type Braced = Exclude<Node, { kind: 'text' | 'break' | 'continue' }>;

/** The nodes with a check behind what they print or decide by, which throws for what is not known. */
export function guarded(nodes: readonly Node[]): readonly Node[] {
  return nodes.map((node): Node => {
    if (node.kind === 'action') return node.pipe.variables.length > 0 ? node : { ...node, pipe: withCheck(node.pipe, PRINTED) };
    if (!isBlock(node)) return node;
    return { ...node, pipe: withCheck(node.pipe, DECIDED), body: guarded(node.body), otherwise: guarded(node.otherwise) };
  });
}

function withCheck(pipe: Pipe, name: string): Pipe {
  const { start, end } = pipe;
  return { ...pipe, commands: [...pipe.commands, { operands: [{ kind: 'function', name, start, end }], start, end }] };
}

type Block = Extract<Node, { kind: 'if' | 'with' | 'range' }>;

function isBlock(node: Node): node is Block {
  return node.kind === 'if' || node.kind === 'with' || node.kind === 'range';
}

/** Where a block ends, by where it begins. */
export function blockEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  const tokens = tokensOf(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  for (const [index, { kind, start }] of tokens.entries()) {
    if (kind !== 'left') continue;
    const word = tokens[index + 1]?.kind;
    if (word === 'if' || word === 'with' || word === 'range' || word === 'define' || word === 'block') open.push(start);
    else if (word === 'end') ends.set(open.pop() ?? start, tokens[index + 2]?.end ?? text.length);
  }
  return ends;
}

/** What each pair of braces belongs to, by its origins: `else if` to the block that it continues. */
export function ownersOf(templates: Iterable<Template>, ends: ReadonlyMap<number, number>): ReadonlyMap<Origins, Braced> {
  const owners = new Map<Origins, Braced>();
  const visit = (nodes: readonly Node[], around: Braced | undefined): void => {
    for (const node of nodes) {
      if (node.kind === 'text' || node.kind === 'break' || node.kind === 'continue') continue;
      const owner = isBlock(node) && !ends.has(node.start) ? (around ?? node) : node;
      owners.set(node.origins, owner);
      if (!isBlock(node)) continue;
      visit(node.body, undefined);
      visit(node.otherwise, owner);
    }
  };
  for (const { nodes } of templates) visit(nodes, undefined);
  return owners;
}

/** The nodes with some put out as they are written. What they would set is not known from there on. */
export function withLeft(nodes: readonly Node[], left: ReadonlySet<Braced>, written: (node: Braced) => Text): readonly Node[] {
  return nodes.flatMap((node): readonly Node[] => {
    if (node.kind === 'text' || node.kind === 'break' || node.kind === 'continue') return [node];
    if (!left.has(node)) {
      if (!isBlock(node)) return [node];
      return [{ ...node, body: withLeft(node.body, left, written), otherwise: withLeft(node.otherwise, left, written) }];
    }
    if (node.kind === 'action' && node.pipe.variables.length > 0) return [{ ...node, pipe: unknownPipe(node.pipe) }];
    return [{ kind: 'text', value: written(node) }, ...assignedIn([node]).map((name) => assignment(node, name))];
  });
}

function unknownPipe(pipe: Pipe): Pipe {
  const { start, end } = pipe;
  return { ...pipe, commands: [{ operands: [{ kind: 'literal', value: UNKNOWN, written: '', start, end }], start, end }] };
}

function assignment({ start, end, origins }: Braced, name: string): Action {
  const pipe = unknownPipe({ kind: 'pipe', variables: [name], isAssignment: true, commands: [], start, end });
  return { kind: 'action', pipe, start, end, origins };
}

/** The variables from outside that nodes give another value. */
function assignedIn(nodes: readonly Node[]): readonly string[] {
  const [own, assigned] = [new Set<string>(), new Set<string>()];
  const visit = (node: Node): void => {
    if (node.kind === 'text' || node.kind === 'break' || node.kind === 'continue' || !node.pipe) return;
    for (const name of node.pipe.variables) (node.pipe.isAssignment ? assigned : own).add(name);
    if (isBlock(node)) [...node.body, ...node.otherwise].forEach(visit);
  };
  nodes.forEach(visit);
  return [...assigned].filter((name) => !own.has(name));
}
