import type { Write } from '../../model/render-result.ts';
import { mapEntries, mapItems, over } from '../../tree/edit.ts';
import { childOf, itemsOf, type Mapping, type Node, type Scalar, type Sequence, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import { goFloat } from '../go-json.ts';
import type { Accumulated, Variable } from './accumulated.ts';
import { isClosed } from './build-record.ts';
import { editField, type FieldSpec, routesFor } from './field-paths.ts';
import { type Gvk, groupVersionOf, gvkOf, isClusterScoped } from './gvk.ts';
import { allIds, type LayeredResource, scopeOf } from './layered-resource.ts';
import { attempt, Refusal } from './refusal.ts';
import type { Target } from './session.ts';
import { lookup, splitFieldPath } from './tree-paths.ts';
import { isNullNode, join, originAs, type Piece, pieceOf, stringScalar } from './writing.ts';

/** Notes the vars of a kustomization and the objects they read from. They are resolved at the root. */
export function declareVars({ kustomization, record }: Target, state: Accumulated): Accumulated {
  let { resources } = state;
  const variables = state.variables.slice();
  for (const item of itemsOf(kustomization.node, 'vars')) {
    attempt(record, item.origin, () => {
      const variable = variableOf(item);
      if (variables.some(({ name }) => name === variable.name)) throw new Refusal('conflict', `there are two vars "${variable.name}"`, item.origin);
      const matches = resources.filter((resource) => isObjectOf(variable, resource));
      if (matches.length > 1) throw new Refusal('conflict', `the var "${variable.name}" could read from several objects`, item.origin);
      variables.push(variable);
      resources = resources.map((resource) => (resource === matches[0] ? { ...resource, vars: [...resource.vars, variable.name] } : resource));
    });
  }
  return { ...state, resources, variables };
}

function variableOf(item: Node): Variable {
  const object = childOf(item, 'objref');
  const api = textOf(object, 'apiVersion');
  const given = { group: textOf(object, 'group') ?? '', version: textOf(object, 'version') ?? '' };
  const gvk: Gvk = { ...given, ...(api ? groupVersionOf(api) : {}), kind: textOf(object, 'kind') ?? '' };
  const target = { gvk, name: textOf(object, 'name') ?? '', namespace: textOf(object, 'namespace') ?? '' };
  return { name: textOf(item, 'name') ?? '', target, fieldPath: textOf(childOf(item, 'fieldref'), 'fieldPath') || 'metadata.name', origin: item.origin };
}

/** Without a namespace the object may be in any. */
function isObjectOf({ target }: Variable, resource: LayeredResource): boolean {
  const { gvk, name, namespace } = target;
  const anywhere = namespace === '' && !isClusterScoped(gvk);
  const scope = scopeOf(gvk, namespace);
  return allIds(resource).some(
    (id) => id.name === name && id.gvk.kind === gvk.kind && id.gvk.version === gvk.version && id.gvk.group === gvk.group && (anywhere || id.scope === scope),
  );
}

/** Puts the values of vars where they are used. Only some fields are looked at. */
export function resolveVars(
  target: Target,
  resources: readonly LayeredResource[],
  variables: readonly Variable[],
  specs: readonly FieldSpec[],
): readonly LayeredResource[] {
  if (variables.length === 0) return resources;
  const values = new Map<string, Scalar>();
  for (const variable of variables) {
    const value = attempt(target.record, variable.origin, () => readValue(variable, resources, target.record.gaps.length > 0));
    if (value) values.set(variable.name, value);
  }
  const uses = new Map<string, Set<LayeredResource>>();
  const result = resources.map((resource) => {
    const replace = (node: Node | undefined): Node => expandNode(node as Node, values, (name) => noteUse(uses, name, resource));
    let { node } = resource;
    for (const route of routesFor(specs, gvkOf(node))) {
      node = attempt(target.record, variables[0]?.origin ?? node.origin, () => editField(node, route, replace)) ?? node;
    }
    return node === resource.node ? resource : { ...resource, node };
  });
  for (const variable of variables) noteEffect(target, variable, uses.get(variable.name)?.size ?? 0);
  return result;
}

function noteUse(uses: Map<string, Set<LayeredResource>>, name: string, resource: LayeredResource): void {
  const users = uses.get(name) ?? new Set();
  users.add(resource);
  uses.set(name, users);
}

function noteEffect({ record }: Target, { name, origin }: Variable, targets: number): void {
  const writes: Write[] = targets > 0 ? [{ origin, changed: true }] : [];
  record.effects.push({ field: 'vars', entry: origin, subject: `var "${name}"`, targets, writes, closed: isClosed(record) });
}

function readValue({ name, fieldPath }: Variable, resources: readonly LayeredResource[], isOpen: boolean): Scalar | undefined {
  const source = resources.find(({ vars }) => vars.includes(name));
  if (!source && isOpen) return undefined;
  if (!source) throw new Refusal('other', `the object that the var "${name}" reads from is not there`);
  const value = lookup(source.node, splitFieldPath(fieldPath.replaceAll(/\[(\d+)\]/g, '.$1')));
  if (!value) throw new Refusal('other', `the object that the var "${name}" reads from has no "${fieldPath}"`);
  // Kustomize has no use for collections: the text stays as it is.
  return value.kind === 'scalar' ? value : undefined;
}

type Values = ReadonlyMap<string, Scalar>;

function isString(node: Node): node is Scalar {
  return node.kind === 'scalar' && scalarValue(node).type === 'string';
}

function expandNode(node: Node, values: Values, use: (name: string) => void): Node {
  if (isNullNode(node)) return node;
  if (node.kind === 'scalar') return isString(node) ? expand(node, values, use) : node;
  if (node.kind === 'mapping') return mapEntries(node satisfies Mapping, (value) => (isString(value) ? expand(value, values, use) : value));
  return mapItems(node satisfies Sequence, (item) => {
    if (!isString(item)) throw new Refusal('other', 'a list in which vars are replaced holds something that is no text', item.origin);
    return expand(item, values, use);
  });
}

/** `$(NAME)` is replaced, `$$` is one dollar, everything else stays. */
function expand(node: Scalar, values: Values, use: (name: string) => void): Scalar {
  const { text } = node;
  if (!text.includes('$')) return node;
  const pieces: Piece[] = [];
  let from = 0;
  const token = /\$(?:\(([^)]*)\)|\$)/gs;
  for (const match of text.matchAll(token)) {
    const name = match[1];
    const value = name === undefined ? undefined : values.get(name);
    if (name !== undefined && !value) continue;
    if (name !== undefined) use(name);
    if (value && match[0] === text) return typed(value, node);
    pieces.push(pieceOf(node, from, match.index));
    if (value) pieces.push(valuePiece(value));
    else pieces.push(pieceOf(node, match.index, match.index + 1));
    from = match.index + match[0].length;
  }
  if (pieces.length === 0) return node;
  pieces.push(pieceOf(node, from));
  const author = pieces.find(({ origin }) => origin.how === 'variable')?.origin ?? node.origin;
  const joined = join(pieces, 'plain', author);
  return over(stringScalar(joined.text, author, joined.parts), node);
}

/** A var that is all of a text keeps its type. */
function typed(value: Scalar, old: Scalar): Scalar {
  const { parts } = valuePiece(value);
  return over({ ...value, parts, replaces: undefined, origin: originAs(value.origin, 'variable') }, old);
}

/** A value with all who wrote it: of a name also its prefix. */
function valuePiece(value: Scalar): Piece {
  const text = formatted(value);
  const parts = text === value.text ? value.parts?.map((part) => ({ ...part, origin: originAs(part.origin, 'variable') })) : undefined;
  return { text, parts, origin: originAs(value.origin, 'variable') };
}

function formatted(node: Scalar): string {
  const { type, value } = scalarValue(node);
  return type === 'float' ? goFloat(value) : String(value);
}
