import { list, map, TemplateFailure, type Text, text, type Value } from '../value.ts';
import { readYaml } from './formats/yaml-reader.ts';
import { writePrettyYaml, writeYaml } from './formats/yaml-writer.ts';
import { textFrom } from './go/texts.ts';
import { goKindOf } from './go/types.ts';
import { ANY, type Family, fn, STRING } from './signature.ts';

/** A map with the one key under which Helm's readers put what went wrong. */
export function errorMap(message: string, source: Text): Value {
  return map([['Error', textFrom(message, source)]]);
}

/** The same of those readers that give lists. */
export function errorList(message: string, source: Text): Value {
  return list([textFrom(message, source)]);
}

/** What JSON calls a value, in messages of Go. */
export function jsonKind(value: Value): string {
  const names: Readonly<Record<string, string>> = { map: 'object', slice: 'array', float64: 'number' };
  return names[goKindOf(value)] ?? goKindOf(value);
}

const WRONG = 'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal';

function fromYaml(source: Text): Value {
  const value = readYaml(source);
  if (typeof value === 'string') return errorMap(value, source);
  if (value.kind === 'map') return value;
  if (value.kind === 'nil') return map();
  return errorMap(`${WRONG} ${jsonKind(value)} into Go value of type map[string]interface {}`, source);
}

function fromYamlArray(source: Text): Value {
  const value = readYaml(source);
  if (typeof value === 'string') return errorList(value, source);
  if (value.kind === 'list') return value;
  if (value.kind === 'nil') return list([]);
  return errorList(`${WRONG} ${jsonKind(value)} into Go value of type []interface {}`, source);
}

function mustWrite(written: Text | undefined): Text {
  if (written) return written;
  throw new TemplateFailure('error marshaling into JSON: json: unsupported value');
}

/** Helm's functions of YAML: `pkg/engine/funcs.go`. */
export const YAML: Family = {
  toYaml: fn([ANY], ([value]) => writeYaml(value) ?? text('')),
  mustToYaml: fn([ANY], ([value]) => mustWrite(writeYaml(value))),
  toYamlPretty: fn([ANY], ([value]) => writePrettyYaml(value) ?? text('')),
  fromYaml: fn([STRING], ([source]) => fromYaml(source)),
  fromYamlArray: fn([STRING], ([source]) => fromYamlArray(source)),
};
