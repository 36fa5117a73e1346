import type { ErrorObject } from 'ajv';
import { ConfigError } from '../errors.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Node } from '../tree/node.ts';
import type { Complaint } from './globs.ts';
import { placeOf, stepsOf } from './place.ts';
import { didYouMean, suggestion } from './suggest.ts';

/** Says an error of the schema for people, at its place. */
export function wordingOf(error: ErrorObject, root: Node, file: SourceFile): ConfigError {
  const steps = stepsOf(error.instancePath);
  if (error.keyword === 'additionalProperties') return unknownName(error, steps, root, file);
  const span = placeOf(root, steps);
  const [message, hint] = sentenceOf(error, steps, file.text.slice(span.start, span.end));
  return new ConfigError(message, { file, span }, hint);
}

function unknownName({ params, parentSchema }: ErrorObject, steps: readonly string[], root: Node, file: SourceFile): ConfigError {
  const key = String(params['additionalProperty']);
  const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
  const location = { file, span: placeOf(root, [...steps, key], 'key') };
  if (key === 'options' && steps[0] === 'overrides') return optionsHoldEverywhere(location);
  const what = steps.at(-1) === 'rules' ? `there is no rule "${key}"` : `unknown setting "${key}"`;
  return new ConfigError(what, location, suggestion(key, known));
}

/** A rule runs once, so what it is told holds for all that it looks at. */
export function optionsHoldEverywhere(location: ConfigError['location']): ConfigError {
  return new ConfigError('"options" of a rule hold for the whole repository', location, 'Set them under "rules" of the .gitopsrc that counts.');
}

/** The message and, where there is something to advise, the hint. `written` is the text at the place. */
function sentenceOf({ keyword, params, parentSchema, data, message }: ErrorObject, steps: readonly string[], written: string): Complaint {
  const name = nameOf(steps);
  switch (keyword) {
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
      if (steps[0] === 'exceptions' && steps.at(-1) === 'rule') return [`there is no rule "${String(data)}"`, suggestion(String(data), allowed)];
      return [`${name} must be one of ${allowed.join(', ')}`, didYouMean(String(data), allowed)];
    }
    case 'required':
      return [`"${String(params['missingProperty'])}" is missing`, HINTS[String(params['missingProperty'])]];
    case 'dependencies':
      return [`"${String(params['property'])}" needs "${String(params['missingProperty'])}" beside it`];
    case 'oneOf':
      return [`${name} has exactly one of ${choicesOf(parentSchema, 'oneOf')}`];
    case 'anyOf':
      return [`${name} needs one of ${choicesOf(parentSchema, 'anyOf')}`];
    case 'not':
      return [`${name} is an object ("kind", "name") or a "variable", not both`, 'Make two entries of it.'];
    case 'minLength':
      return [`${name} must not be empty`];
    case 'minItems':
      return [`${name} must not be empty`, 'Leave it out where nothing is to be narrowed.'];
    case 'pattern':
      return PATTERNS[String(steps.at(-1))] ?? [`${name} ${message ?? 'is not allowed'}`];
    case 'type':
      return [`${name} must be ${article(String(params['type']))}`, typeHint(String(params['type']), data, written)];
    default:
      return [`${name} ${message ?? 'is not allowed'}`];
  }
}

const HINTS: Readonly<Record<string, string>> = { reason: 'Say why: the reason is shown with every finding that it keeps quiet.' };

/** What the patterns of the schema ask for. */
const PATTERNS: Readonly<Record<string, Complaint>> = {
  kubeVersion: ['"kubeVersion" must be a version such as "1.33"'],
  until: ['"until" must be a day', 'Write year, month and day: 2027-01-31.'],
  reason: ['"reason" must not be empty', HINTS['reason']],
};

function choicesOf(schema: unknown, keyword: 'oneOf' | 'anyOf'): string {
  const alternatives = (schema as Readonly<Record<string, readonly { required: readonly [string] }[]>>)[keyword] ?? [];
  return alternatives.map(({ required }) => `"${required[0]}"`).join(', ');
}

/** How to write what was probably meant. */
function typeHint(type: string, data: unknown, written: string): string | undefined {
  if (type === 'string' && (typeof data === 'number' || typeof data === 'boolean')) return `Write it in quotes: "${written}".`;
  if (type === 'string' && typeof data === 'object' && data !== null) return 'A text that begins with a brace or bracket is written in quotes.';
  if (type === 'array' && typeof data === 'string' && !/\n/.test(written)) return `Write it as a list: [${written}].`;
  return undefined;
}

/** `"tier"`, or `an entry of "tiers"`. */
function nameOf(steps: readonly string[]): string {
  const last = steps.at(-1);
  if (last === undefined) return 'this';
  return /^\d+$/.test(last) ? `an entry of "${steps.at(-2) ?? ''}"` : `"${last}"`;
}

function article(type: string): string {
  return { array: 'a list', object: 'a mapping', string: 'a text', boolean: 'true or false', integer: 'a whole number' }[type] ?? `a ${type}`;
}
