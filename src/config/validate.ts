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
  for (const [name, { promotesFrom = [] }] of Object.entries(config.environments ?? {})) {
    for (const from of typeof promotesFrom === 'string' ? [promotesFrom] : promotesFrom) {
      if (config.environments?.[from]) continue;
      const { span } = placeOf(root, `/environments/${escapeStep(name)}/promotesFrom`);
      throw new ConfigError(
        `"${name}" is promoted from "${from}", which is not declared`,
        { file, span },
        suggestion(from, Object.keys(config.environments ?? {})),
      );
    }
  }
}

/** Of the errors of several alternatives, the deepest is the one that the writer meant. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const depth = ({ instancePath, keyword }: ErrorObject) =>
    instancePath.split('/').length * 2 + (keyword === 'additionalProperties' ? 1 : 0) - (keyword === 'anyOf' ? 2 : 0);
  return [...errors].sort((a, b) => depth(b) - depth(a))[0];
}

function configError(error: ErrorObject | undefined, root: Node, file: SourceFile): ConfigError {
  if (!error) return new ConfigError('the configuration does not follow its schema');
  const { keyword, instancePath, params, parentSchema } = error;
  const name = instancePath.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
    const { span } = placeOf(root, `${instancePath}/${escapeStep(key)}`, 'key');
    const isRule = name === 'rules';
    return new ConfigError(isRule ? `there is no rule "${key}"` : `unknown setting "${key}"`, { file, span }, suggestion(key, known));
  }
  const { span } = placeOf(root, instancePath);
  if (keyword === 'enum') {
    const allowed = (params['allowedValues'] as readonly unknown[]).join(', ');
    return new ConfigError(`"${name}" must be one of ${allowed}`, { file, span });
  }
  if (keyword === 'required') return new ConfigError(`"${String(params['missingProperty'])}" is missing`, { file, span });
  if (keyword === 'type') return new ConfigError(`${name ? `"${name}"` : 'this'} must be ${article(String(params['type']))}`, { file, span });
  return new ConfigError(`${name ? `"${name}"` : 'this'} ${error.message ?? 'is not allowed'}`, { file, span });
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

/** The place of a JSON pointer: of the value, or of its key. Where it leads nowhere, its nearest ancestor. */
function placeOf(root: Node, pointer: string, part: 'value' | 'key' = 'value'): { span: Span } {
  let node = root;
  let span: Span = root.origin;
  for (const escaped of pointer.split('/').slice(1)) {
    const step = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    const entry = node.kind === 'mapping' ? entryOf(node, step) : undefined;
    const next = entry?.value ?? (node.kind === 'sequence' ? node.items[Number(step)] : undefined);
    if (!next) break;
    node = next;
    span = entry && (part === 'key' || next.kind !== 'scalar') ? entry.key.origin : next.origin;
  }
  return { span: { start: span.start, end: span.end } };
}
