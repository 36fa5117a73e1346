import { compareText } from '../../../text/location.ts';
import type { Origin, Scalar } from '../../../tree/node.ts';
import type { ParameterSet } from '../parameters.ts';
import { type Pieces, piecesOf } from '../pieces.ts';
import type { Remarks } from '../remarks.ts';
import { evaluate, type Scope, settled } from './evaluate.ts';
import { noteSource, sourceOf } from './json-source.ts';
import { type Block, type Item, parseTemplate } from './parse.ts';
import { notFollowed, TemplateError } from './template-error.ts';
import { isTrue, type Known, makerAt, printed, UNKNOWN, type Value } from './values.ts';

/** As many pieces a template may be made of: loops within loops grow fast. */
const MAX_PIECES = 10_000;

/** What is written while a template is filled. */
interface Output {
  readonly template: Scalar;
  readonly pieces: Pieces;
  /** Who decided of a stretch whether it is there. */
  readonly weak: Origin[];
  readonly remarks: Remarks;
}

/**
 * Fills a Go template. What only a cluster knows stays as it is written, a block as a whole; so does what Go refuses,
 * which is a problem, and what is not followed, which is a gap. A text without actions is given back as it is.
 */
export function fillGoTemplate(template: Scalar, set: ParameterSet, isStrict: boolean, remarks: Remarks): Scalar {
  const output: Output = { template, pieces: piecesOf(template), weak: [], remarks };
  try {
    const items = parsed(template);
    run(items, scopeOf(set, isStrict, template.origin), output);
    const filled = output.pieces.finish(output.weak);
    const source = output.pieces.only && sourceOf(output.pieces.only);
    if (source) noteSource(filled, source);
    return filled;
  } catch (error) {
    note(error, output);
    return template;
  }
}

const templates = new WeakMap<Scalar, readonly Item[]>();

function parsed(template: Scalar): readonly Item[] {
  const known = templates.get(template);
  if (known) return known;
  const items = parseTemplate(template.text);
  templates.set(template, items);
  return items;
}

function scopeOf(set: ParameterSet, isStrict: boolean, origin: Origin): Scope {
  const make = makerAt(origin);
  const dot = { ...make.map([...set.values]), path: [] };
  return { set, isStrict, dot, variables: new Map([['$', dot]]), make, origin, reads: [] };
}

function note(error: unknown, { template, remarks }: Output): void {
  if (!(error instanceof TemplateError)) throw error;
  if (error.isGap) remarks.gap(error.message, template.origin);
  else remarks.problem(`the template is refused: ${error.message}`, template.origin);
}

function run(items: readonly Item[], scope: Scope, output: Output): void {
  let current = scope;
  for (const item of items) {
    if (output.pieces.count > MAX_PIECES) throw notFollowed('a template of this size');
    if (item.type === 'text') output.pieces.copy(item.start, item.end);
    else if (item.type === 'action') current = act(item, current, output);
    else runBlock(item, current, output);
  }
}

/** Writes what an action gives, or sets its variable: then what follows sees that. */
function act({ pipe, start, end }: Extract<Item, { type: 'action' }>, scope: Scope, output: Output): Scope {
  const value = attempt(() => evaluate(pipe, scope), output);
  const [variable] = pipe.variables;
  if (variable !== undefined) return withVariables(scope, [[variable, value]]);
  const isWhole = value !== UNKNOWN && (value.node?.kind === 'scalar' || settled(value, scope) !== UNKNOWN);
  if (value !== UNKNOWN && isWhole) output.pieces.write(printed(value, scope.origin));
  else output.pieces.copy(start, end);
  return scope;
}

/** What goes wrong is noted, and counts as unknown. */
function attempt(step: () => Value, output: Output): Value {
  try {
    return step();
  } catch (error) {
    note(error, output);
    return UNKNOWN;
  }
}

function runBlock(block: Block, scope: Scope, output: Output): void {
  const { type, pipe, body, otherwise, start, end } = block;
  const reads: Origin[] = [];
  const value = attempt(() => settled(evaluate(pipe, { ...scope, reads }), scope), output);
  if (value === UNKNOWN) {
    output.pieces.copy(start, end);
    return;
  }
  output.weak.push(...reads);
  if (!isTrue(value)) run(otherwise, scope, output);
  else if (type === 'range') loop(block, value, scope, output);
  else {
    const [variable] = pipe.variables;
    const inner = variable === undefined ? scope : withVariables(scope, [[variable, value]]);
    run(body, type === 'with' ? { ...inner, dot: value } : inner, output);
  }
}

function loop({ pipe, body }: Block, list: Known, scope: Scope, output: Output): void {
  const [first, second] = pipe.variables;
  for (const { key, item } of rounds(list, scope)) {
    const names: [string, Value][] = [];
    if (second !== undefined && first !== undefined) names.push([first, key], [second, item]);
    else if (first !== undefined) names.push([first, item]);
    run(body, { ...withVariables(scope, names), dot: item }, output);
  }
}

function rounds({ node, path }: Known, { make }: Scope): { readonly key: Known; readonly item: Known }[] {
  if (node?.kind === 'sequence') return node.items.map((item, index) => ({ key: make.integer(index), item: { node: item } }));
  if (node?.kind !== 'mapping') throw notFollowed('a loop over what is no list');
  return [...node.entries]
    .sort((a, b) => compareText(a.key.text, b.key.text))
    .map(({ key, value }) => ({ key: make.text(key.text), item: { node: value, path: path && [...path, key.text] } }));
}

function withVariables(scope: Scope, variables: readonly (readonly [string, Value])[]): Scope {
  return { ...scope, variables: new Map([...scope.variables, ...variables]) };
}
