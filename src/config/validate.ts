import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { ConfigError } from '../errors.ts';
import type { Rule } from '../rule/rule.ts';
import { nearestWord } from '../text/nearest-word.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Node } from '../tree/node.ts';
import { configSchema } from './schema.ts';
import { wordingOf } from './wording.ts';

/** What rules share in the schema is compiled once, and not for each rule anew: that is most of the time. */
const OPTIONS = { allErrors: true, allowUnionTypes: true, verbose: true, inlineRefs: false } as const;

/** Nested files are held against the same schema. */
const compiled = new WeakMap<readonly Rule[], ValidateFunction>();

/** What of a configuration does not follow the schema, a mistake a place. */
export function validateConfig(config: object, root: Node, file: SourceFile, rules: readonly Rule[]): ConfigError[] {
  const validate = compiled.get(rules) ?? new Ajv(OPTIONS).compile(configSchema(rules));
  compiled.set(rules, validate);
  if (validate(config)) return [];
  return tellingOf(validate.errors ?? []).map((error) => wordingOf(error, root, file));
}

/** Where a value has several alternatives, each of them complains: the complaints at one umbrella are one. */
function tellingOf(errors: readonly ErrorObject[]): ErrorObject[] {
  const umbrellas = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  const isUnder = (error: ErrorObject, umbrella: ErrorObject) =>
    error.schemaPath.startsWith(`${umbrella.schemaPath}/`) && `${error.instancePath}/`.startsWith(`${umbrella.instancePath}/`);
  const outer = umbrellas.filter((umbrella) => !umbrellas.some((other) => isUnder(umbrella, other)));
  const alone = errors.filter((error) => !outer.some((umbrella) => error === umbrella || isUnder(error, umbrella)));
  const found = [...alone, ...outer.flatMap((umbrella) => deepest([umbrella, ...errors.filter((error) => isUnder(error, umbrella))]))];
  return found.filter((error) => !isExplained(error, found));
}

/** What is missing may be there under a name that is not known. */
function isExplained({ keyword, instancePath, params }: ErrorObject, all: readonly ErrorObject[]): boolean {
  const unknown = all.filter((other) => other.keyword === 'additionalProperties' && other.instancePath === instancePath);
  if (keyword === 'oneOf' || keyword === 'anyOf') return unknown.length > 0;
  return keyword === 'required' && unknown.some((other) => nearestWord(String(other.params['additionalProperty']), [String(params['missingProperty'])]));
}

/** Of the errors of several alternatives, the deepest are those that the writer meant. */
function deepest(errors: readonly ErrorObject[]): ErrorObject[] {
  const weights: Readonly<Record<string, number>> = { additionalProperties: 4, enum: 3, type: 2, oneOf: 1, required: -2, anyOf: -1 };
  const weight = ({ instancePath, keyword }: ErrorObject) => instancePath.split('/').length * 8 + (weights[keyword] ?? 0);
  const most = Math.max(...errors.map(weight));
  const heaviest = errors.filter((error) => weight(error) === most);
  return heaviest.every(({ keyword }) => keyword === 'additionalProperties') ? heaviest : heaviest.slice(0, 1);
}
