import { jsonAt } from '../chart/json-value.ts';
import { list, map, NIL, TemplateFailure, type Text, text, type Value } from '../value.ts';
import { type JsonStyle, writeJson } from './formats/json-writer.ts';
import { ANY, type Definition, type Family, fn, STRING } from './signature.ts';
import { errorList, errorMap, jsonKind } from './yaml.ts';

/** The one value of a text, or what is wrong with it. */
function readJson(source: Text): Value | string {
  const read = jsonAt(source, 0);
  const [next] = source.text.slice(read?.end ?? 0).replace(/^[ \t\r\n]+/, '');
  if (read && next === undefined) return read.value;
  if (next === undefined) return 'unexpected end of JSON input';
  if (read) return `invalid character ${characterName(next)} after top-level value`;
  // Where exactly an object or list goes wrong is not looked for.
  return /["[{\d\-tfn]/.test(next) ? 'invalid character in JSON' : `invalid character ${characterName(next)} looking for beginning of value`;
}

/** A character as Go's messages quote it, which look at bytes. */
function characterName(character: string): string {
  const byte = Buffer.from(character, 'utf8').toString('latin1').charAt(0);
  return byte === "'" ? "'\\''" : `'${byte}'`;
}

function fromJson(source: Text): Value {
  const value = readJson(source);
  if (typeof value === 'string') return errorMap(value, source);
  if (value.kind === 'map') return value;
  if (value.kind === 'nil') return { ...map(), isNil: true };
  return errorMap(`json: cannot unmarshal ${jsonKind(value)} into Go value of type map[string]interface {}`, source);
}

function fromJsonArray(source: Text): Value {
  const value = readJson(source);
  if (typeof value === 'string') return errorList(value, source);
  if (value.kind === 'list') return value;
  if (value.kind === 'nil') return { ...list([]), isNil: true };
  return errorList(`json: cannot unmarshal ${jsonKind(value)} into Go value of type []interface {}`, source);
}

function mustFromJson(source: Text): Value {
  const value = readJson(source);
  if (typeof value === 'string') throw new TemplateFailure(value);
  return value.kind === 'nil' ? { ...NIL, origins: value.origins } : value;
}

function writing(style: JsonStyle): Definition {
  return fn([ANY], ([value]) => writeJson(value, style) ?? text(''));
}

function mustWrite(style: JsonStyle): Definition {
  return fn([ANY], ([value]) => {
    const written = writeJson(value, style);
    if (written) return written;
    throw new TemplateFailure('json: unsupported value');
  });
}

const RAW: JsonStyle = { escapesHtml: false };
const PRETTY: JsonStyle = { isPretty: true };

/** Sprig's functions of JSON, some of which Helm has of its own. */
export const JSON_FUNCTIONS: Family = {
  toJson: writing({}),
  mustToJson: mustWrite({}),
  toPrettyJson: writing(PRETTY),
  mustToPrettyJson: mustWrite(PRETTY),
  toRawJson: mustWrite(RAW),
  mustToRawJson: mustWrite(RAW),
  fromJson: fn([STRING], ([source]) => fromJson(source)),
  fromJsonArray: fn([STRING], ([source]) => fromJsonArray(source)),
  mustFromJson: fn([STRING], ([source]) => mustFromJson(source)),
};
