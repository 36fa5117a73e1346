import { childOf, itemsOf, type Mapping, type Node, type Scalar } from '../../../tree/node.ts';
import { isResolved } from '../fill.ts';
import { parseFilled } from '../filled-yaml.ts';
import { valueIn } from '../go-text.ts';
import { asText, openSet, type ParameterSet, parameterSet } from '../parameters.ts';
import type { Remarks } from '../remarks.ts';
import type { Generator, GeneratorContext } from './generator.ts';

/** The elements that stand in the set, and those that `elementsYaml` gives as text. */
export const list: Generator = (spec, context) => {
  const elements = itemsOf(spec, 'elements').flatMap((item) => elementOf(item, context, true));
  const yaml = childOf(spec, 'elementsYaml');
  return yaml?.kind === 'scalar' && yaml.text !== '' ? [...elements, ...fromText(yaml, context)] : elements;
};

function elementOf(item: Node, { language, remarks }: GeneratorContext, isStrict: boolean): ParameterSet[] {
  if (item.kind !== 'mapping') {
    remarks.problem('an element of a list is no mapping', item.origin);
    return [];
  }
  if (language.isGo) return [parameterSet(item.entries.map(({ key, value }) => [key.text, value]))];
  return [parameterSet(flatElement(item, isStrict ? remarks : undefined))];
}

/** Without Go templates an element holds texts, and a map "values" of texts; Argo CD refuses the rest. */
function flatElement(item: Mapping, remarks: Remarks | undefined): [string, Scalar][] {
  return item.entries.flatMap(({ key, value }) => {
    if (key.text !== 'values' || value.kind !== 'mapping') return flatEntry(key.text, value, remarks);
    return value.entries.flatMap((inner) => flatEntry(`values.${inner.key.text}`, inner.value, remarks));
  });
}

function flatEntry(name: string, value: Node, remarks: Remarks | undefined): [string, Scalar][] {
  const isText = value.kind === 'scalar' && valueIn(value).type === 'string';
  if (!isText) remarks?.problem(`the parameter "${name}" of a list is no text, and the set has no "goTemplate: true"`, value.origin);
  return value.kind === 'scalar' ? [[name, asText(value)]] : [];
}

function fromText(yaml: Scalar, context: GeneratorContext): ParameterSet[] {
  if (!isResolved(yaml.text)) {
    context.remarks.gap('"elementsYaml" holds what is not known here', yaml.origin);
    return [openSet([''])];
  }
  const { root, isBroken } = parseFilled(yaml);
  if (isBroken || (root && root.kind !== 'sequence')) context.remarks.problem('"elementsYaml" is no list', yaml.origin);
  return root?.kind === 'sequence' ? root.items.flatMap((item) => elementOf(item, context, false)) : [];
}
