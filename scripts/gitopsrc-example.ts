/** Writes `.gitopsrc.example` from the schema of `.gitopsrc`: each option with one line of comment. */
import { NOT_YET } from '../src/config/config.ts';
import { configSchema } from '../src/config/schema.ts';
import type { Rule } from '../src/rule/rule.ts';

interface Option {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

/** What holds when nothing is set stands as it is, all else as a comment to take away. */
export function gitopsrcExample(rules: readonly Rule[]): string {
  const { description, properties } = configSchema(rules) as { readonly description: string; readonly properties: Readonly<Record<string, Option>> };
  const isLater = (name: string) => (NOT_YET as readonly string[]).includes(name);
  const names = Object.keys(properties);
  return [
    `# ${description}.`,
    '# Nothing in here is needed. Copy it to ".gitopsrc", keep what you change, and delete the rest.',
    '# What stands behind a "#" is an example; all else is what holds anyway.',
    ...names.filter((name) => !isLater(name)).flatMap((name) => ['', ...(name === 'rules' ? rulesOf(rules) : optionOf(name, properties[name] ?? {}))]),
    '',
    '# Read, and not acted upon yet.',
    ...names
      .filter(isLater)
      .flatMap((name) => ['', ...optionOf(name, { ...properties[name], examples: properties[name]?.examples ?? [properties[name]?.default] }, true)]),
    '',
  ].join('\n');
}

function optionOf(name: string, { description, examples = [], ...option }: Option, isLater = false): string[] {
  const head = `# ${description ?? name}`;
  if ('default' in option && !isLater) return [head, `${name}: ${flow(option.default)}`];
  return [head, ...block(name, examples[0]).map((line) => `# ${line}`)];
}

function rulesOf(rules: readonly Rule[]): string[] {
  const settingOf = ({ meta: { options } }: Rule) => (options && Object.keys(options.defaults).length > 0 ? `{ options: ${flow(options.defaults)} }` : '{}');
  return [
    '# Each rule as it is: "off", info, warning, error, or { severity: …, options: … }. A severity that is set holds in every tier.',
    'rules:',
    ...rules.flatMap((rule) => [
      `  # ${rule.meta.summary} (${rule.meta.severity}, ${rule.meta.ladder}, ${rule.meta.preset})`,
      `  ${rule.id}: ${settingOf(rule)}`,
    ]),
  ];
}

/** A name and its value, one line for each entry of it. */
function block(name: string, value: unknown): string[] {
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) return [`${name}:`, ...value.map((item) => `  - ${flow(item)}`)];
  const entries = Object.entries(isMapping(value) ? value : {});
  if (entries.some(([, inner]) => isMapping(inner))) return [`${name}:`, ...entries.map(([key, inner]) => `  ${key}: ${flow(inner)}`)];
  return [`${name}: ${flow(value)}`];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in one line of YAML. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isMapping(value)) {
    const entries = Object.entries(value).map(([key, inner]) => `${key}: ${flow(inner)}`);
    return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
  }
  // "off" is quoted: some readers of YAML take it for false.
  return typeof value === 'string' && /^[a-zA-Z_][\w/.-]*$/.test(value) && value !== 'off' ? value : JSON.stringify(value);
}
