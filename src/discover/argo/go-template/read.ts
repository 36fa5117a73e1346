import type { Origins, Template } from '../../../render/helm/go-template/parse/ast.ts';
import { parseTemplates } from '../../../render/helm/go-template/parse/parser.ts';
import type { ParseSource } from '../../../render/helm/go-template/parse/source.ts';
import type { GoFunction, TemplateFailure, Text } from '../../../render/helm/value.ts';
import { pieceOf } from '../../../render/kustomize/writing.ts';
import type { Scalar } from '../../../tree/node.ts';
import { type Braced, blockEnds, guarded, ownersOf } from './actions.ts';
import { textOf } from './dot.ts';
import { changesMaps, FUNCTIONS, NotFollowed } from './functions.ts';

/** What Argo CD calls a template, among those that it defines. */
export const TEMPLATE_NAME = '';

/** A template that was read, and what is needed to leave out parts of it. */
export interface ReadTemplate {
  /** Those that it defines, and itself. */
  readonly templates: ReadonlyMap<string, Template>;
  /** Why Go refuses it. */
  readonly failure: TemplateFailure | undefined;
  /** All that it calls: what is no function throws `NotFollowed`. */
  readonly functions: ReadonlyMap<string, GoFunction>;
  /** Whether it may change its parameters. */
  readonly changesMaps: boolean;
  /** What is left as it is written where braces cannot be followed. */
  readonly owners: ReadonlyMap<Origins, Braced>;
  /** As it is written, with its authors. */
  written(node: Braced): Text;
}

const templates = new WeakMap<Scalar, ReadTemplate>();

/** Reads a template, once. */
export function readTemplate(template: Scalar): ReadTemplate {
  const known = templates.get(template);
  if (known) return known;
  const source = sourceOf(template);
  const parsed = parseTemplates(source);
  const all = new Map([...parsed.templates].map(([name, one]) => [name, { ...one, nodes: guarded(one.nodes) }]));
  const calls = [...parsed.calls.keys()];
  const strange = calls.filter((name) => !FUNCTIONS.has(name) && name !== 'and' && name !== 'or');
  const ends = blockEnds(template.text);
  const read: ReadTemplate = {
    templates: all,
    failure: parsed.failure,
    functions: strange.length === 0 ? FUNCTIONS : new Map([...FUNCTIONS, ...strange.map((name) => [name, refuseCall(name)] as const)]),
    changesMaps: calls.some(changesMaps),
    owners: ownersOf(all.values(), ends),
    written: ({ start, end }) => source.part(start, ends.get(start) ?? end),
  };
  templates.set(template, read);
  return read;
}

/** The text of a template with the authors that it has, who are those of its parts. */
function sourceOf(template: Scalar): ParseSource {
  const { origin, parts, text } = template;
  const place = (start: number, end: number): Origins => {
    const authors = parts?.filter((part) => part.start < end && part.end > start).map((part) => part.origin) ?? [];
    const [first, ...others] = authors;
    return first ? [first, ...others] : [origin];
  };
  return { name: TEMPLATE_NAME, text, place, part: (start, end) => textOf(pieceOf(template, start, end)) };
}

function refuseCall(name: string): GoFunction {
  return () => {
    throw new NotFollowed(name);
  };
}
