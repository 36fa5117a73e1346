import { entriesOf, type Mapping, mapping, type Node, scalar } from '../../../tree/node.ts';
import { asText, type ParameterSet } from '../parameters.ts';
import type { GeneratorContext } from './generator.ts';

/** The set with the `values` of a generator, which may be templates of the other parameters, but not of each other. */
export function withValues(set: ParameterSet, spec: Mapping, { language }: GeneratorContext): ParameterSet {
  const entries = entriesOf(spec, 'values').flatMap(({ key, value }) => (value.kind === 'scalar' ? [{ key, value: language.fill(asText(value), set) }] : []));
  if (entries.length === 0) return set;
  const origin = entries[0]?.key.origin ?? spec.origin;
  const added: (readonly [string, Node])[] = language.isGo
    ? [['values', mapping(entries, origin)]]
    : entries.map(({ key, value }) => [`values.${key.text}`, value]);
  return { ...set, values: new Map([...set.values, ...added]) };
}

/** Parameters with names such as `metadata.labels.x`, given as steps: flat, or as trees of a Go template. */
export function placed(parameters: readonly (readonly [readonly string[], Node])[], { language }: GeneratorContext): [string, Node][] {
  if (!language.isGo) return parameters.map(([steps, value]) => [steps.join('.'), value]);
  const trees = new Map<string, Node>();
  for (const [[head = '', ...rest], value] of parameters) trees.set(head, planted(trees.get(head), rest, value));
  return [...trees];
}

function planted(tree: Node | undefined, steps: readonly string[], value: Node): Node {
  const [head, ...rest] = steps;
  if (head === undefined) return value;
  const entries = tree?.kind === 'mapping' ? tree.entries : [];
  const key = scalar(head, 'double-quoted', value.origin);
  const old = entries.find((entry) => entry.key.text === head);
  const others = entries.filter((entry) => entry !== old);
  return mapping([...others, { key, value: planted(old?.value, rest, value) }], value.origin);
}
