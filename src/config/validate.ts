import { Ajv, type ErrorObject } from 'ajv';
import { ConfigError } from '../errors.ts';
import type { Rule } from '../rule/rule.ts';
import { nearestWord } from '../text/nearest-word.ts';
import type { SourceFile, Span } from '../text/source-file.ts';
import type { Node } from '../tree/node.ts';
import { entryOf } from '../tree/node.ts';
import type { Config } from './config.ts';
import { configSchema } from './schema.ts';

/** Holds a configuration against its schema, and its names against each other. Throws a `ConfigError` at the first mistake. */
export function validateConfig(config: Config, root: Node, file: SourceFile, rules: readonly Rule[]): void {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(configSchema(rules));
  if (!validate(config)) throw configError(mostTelling(validate.errors ?? []), root, file);
  const environments = config.environments ?? {};
  for (const name of Object.keys(environments)) {
    const { span } = placeOf(root, `/environments/${escapeStep(name)}/promotesFrom`);
    for (const from of sourcesOf(environments, name)) {
      if (Object.hasOwn(environments, from)) continue;
      throw new ConfigError(`"${name}" is promoted from "${from}", which is not declared`, { file, span }, suggestion(from, Object.keys(environments)));
    }
    if (leadsTo(environments, name, name)) throw new ConfigError(`"${name}" is promoted from itself, in a circle`, { file, span });
  }
}

type Environments = NonNullable<Config['environments']>;

function sourcesOf(environments: Environments, name: string): readonly string[] {
  const { promotesFrom = [] } = (Object.hasOwn(environments, name) && environments[name]) || {};
  return typeof promotesFrom === 'string' ? [promotesFrom] : promotesFrom;
}

function leadsTo(environments: Environments, from: string, goal: string, seen = new Set<string>()): boolean {
  return sourcesOf(environments, from).some((next) => {
    if (next === goal) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    return leadsTo(environments, next, goal, seen);
  });
}

/** Of the errors of several alternatives, the deepest is the one that the writer meant. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const weights: Readonly<Record<string, number>> = { additionalProperties: 4, enum: 3, type: 2, oneOf: 1, anyOf: -2 };
  const weight = ({ instancePath, keyword }: ErrorObject) => instancePath.split('/').length * 8 + (weights[keyword] ?? 0);
  return [...errors].sort((a, b) => weight(b) - weight(a))[0];
}

function configError(error: ErrorObject | undefined, root: Node, file: SourceFile): ConfigError {
  if (!error) return new ConfigError('the configuration does not follow its schema');
  const { keyword, instancePath, params, parentSchema, data } = error;
  const steps = instancePath.split('/').slice(1).map(unescapeStep);
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
    const { span } = placeOf(root, `${instancePath}/${escapeStep(key)}`, 'key');
    const isRule = steps.at(-1) === 'rules';
    return new ConfigError(isRule ? `there is no rule "${key}"` : `unknown setting "${key}"`, { file, span }, suggestion(key, known));
  }
  const name = nameOf(steps);
  const { span } = placeOf(root, instancePath);
  const fail = (message: string, hint?: string) => new ConfigError(message, { file, span }, hint);
  switch (keyword) {
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
      const near = nearestWord(String(data), allowed);
      return fail(`${name} must be one of ${allowed.join(', ')}`, near === undefined ? undefined : `Did you mean "${near}"?`);
    }
    case 'required':
      return fail(`"${String(params['missingProperty'])}" is missing`);
    case 'dependencies':
      return fail(`"${String(params['property'])}" needs "${String(params['missingProperty'])}" beside it`);
    case 'oneOf': {
      const choices = (parentSchema as { oneOf: readonly { required: readonly [string] }[] }).oneOf.map(({ required }) => `"${required[0]}"`);
      return fail(`${name} has exactly one of ${choices.join(', ')}`);
    }
    case 'minLength':
      return fail(`${name} must not be empty`);
    case 'type': {
      const isUnquoted = params['type'] === 'string' && (typeof data === 'number' || typeof data === 'boolean');
      return fail(
        `${name} must be ${article(String(params['type']))}`,
        isUnquoted ? `Write it in quotes: "${file.text.slice(span.start, span.end)}".` : undefined,
      );
    }
    default:
      return fail(`${name} ${error.message ?? 'is not allowed'}`);
  }
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

function suggestion(word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  return known.length > 0 && known.length <= 24 ? `Known are ${known.join(', ')}.` : 'See docs/configuration.md for what there is.';
}

function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The place of a JSON pointer: of the value, or of its key. Where it leads nowhere, its nearest ancestor. */
function placeOf(root: Node, pointer: string, part: 'value' | 'key' = 'value'): { span: Span } {
  let node = root;
  let span: Span = root.origin;
  for (const step of pointer.split('/').slice(1).map(unescapeStep)) {
    const entry = node.kind === 'mapping' ? entryOf(node, step) : undefined;
    const next = entry?.value ?? (node.kind === 'sequence' ? node.items[Number(step)] : undefined);
    if (!next) break;
    node = next;
    span = entry && (part === 'key' || next.kind !== 'scalar') ? entry.key.origin : next.origin;
  }
  return { span: { start: span.start, end: span.end } };
}
