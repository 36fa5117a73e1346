import { ConfigError } from '../errors.ts';
import type { Declaration, DeclaredException } from '../model/declaration.ts';
import type { Expectation } from '../model/expectation.ts';
import type { Rule } from '../rule/rule.ts';
import { compareLocations, startOf } from '../text/location.ts';
import type { SourceFile, Span } from '../text/source-file.ts';
import type { Mapping, Node } from '../tree/node.ts';
import { scalarValue } from '../tree/scalar-value.ts';
import { parseYaml } from '../yaml/parse.ts';
import type { Config } from './config.ts';
import { type ConfigPlace, declarationOf, exceptionsOf } from './declare.ts';
import { expectationsOf } from './differences.ts';
import { jsonMistakesIn } from './json.ts';

/** One configuration, read and valid in itself. */
export interface Layer extends ConfigPlace {
  readonly config: Config;
  readonly root: Mapping | undefined;
  readonly file: SourceFile;
  readonly declaration: Declaration;
  readonly exceptions: readonly DeclaredException[];
  readonly expectations: readonly Expectation[];
}

/** Reads one configuration. Throws a `ConfigError` with all that is wrong, each at its place. */
export async function readLayer(file: SourceFile, place: ConfigPlace, rules: readonly Rule[]): Promise<Layer> {
  const root = await mappingOf(file);
  const config = (root ? withoutBlanks(plainOf(root) as Blanks) : {}) as Config;
  // Validation costs more than all else here: an empty file needs none.
  if (root) failWith(await mistakesIn(config, root, file, rules, place));
  return {
    ...place,
    config,
    root,
    file,
    declaration: declarationOf(root, place),
    exceptions: exceptionsOf(root, place),
    expectations: expectationsOf(root, place),
  };
}

async function mistakesIn(config: Config, root: Mapping, file: SourceFile, rules: readonly Rule[], { below }: ConfigPlace): Promise<ConfigError[]> {
  const [{ validateConfig }, { checkConfig }] = await Promise.all([import('./validate.ts'), import('./check.ts')]);
  const mistakes = validateConfig(config, root, file, rules);
  return mistakes.length > 0 ? mistakes : checkConfig(config, root, file, rules, below !== '');
}

/** Throws all of these as one, in the order of their places, a mistake a place; nothing where there are none. */
export function failWith(mistakes: readonly ConfigError[]): void {
  const placed = new Map<string, ConfigError>();
  const ordered = [...mistakes].sort((a, b) => (a.location && b.location ? compareLocations(a.location, b.location) : 0));
  for (const mistake of ordered) {
    const { location, message } = mistake;
    const key = location ? `${location.file.path}\u0000${location.span.start}` : message;
    if (!placed.has(key)) placed.set(key, mistake);
  }
  const [first, ...others] = placed.values();
  if (first) throw new ConfigError(first.message, first.location, first.hint, others);
}

/** The mapping that a configuration is; undefined for an empty file. */
async function mappingOf(file: SourceFile): Promise<Mapping | undefined> {
  failWith(jsonMistakesIn(file).map(({ message, hint, span }) => new ConfigError(message, { file, span }, hint)));
  const { documents, problem } = parseYaml(file);
  if (problem) throw await syntaxError(file, problem.span, problem.reason);
  const [first, second] = documents;
  failWith((first?.duplicates ?? []).map(({ key }) => new ConfigError(`"${key.text}" stands here twice`, { file, span: key.origin })));
  if (second?.root) throw new ConfigError('a configuration is one document', { file, span: second.root.origin });
  const root = first?.root;
  if (!root || (root.kind === 'scalar' && scalarValue(root).type === 'null')) return undefined;
  if (root.kind === 'mapping') return root;
  throw new ConfigError('a configuration is a mapping', startOf(file), 'Write names and values, such as "preset: strict".');
}

/** Text that is no YAML, in the words of the parser that explains best; it is loaded only for this. */
async function syntaxError(file: SourceFile, span: Span, reason: string): Promise<ConfigError> {
  const found = (await import('../yaml/diagnose.ts')).diagnose(file) ?? { span, reason };
  const sign = file.text.charAt(found.span.start);
  const isUnquoted = /^(?:unknown anchor|an unquoted value cannot begin)/.test(found.reason);
  const hint = isUnquoted ? `A text that begins with "${sign}" is written in quotes.` : bracedHint(file, found.span);
  return new ConfigError(found.reason, { file, span: found.span }, hint);
}

/** `path: {app}/base` is a mapping with something behind it. */
function bracedHint(file: SourceFile, { start }: Span): string | undefined {
  const line = file.lineAt(file.positionAt(start).line);
  return /(?:[:[,]|-)\s*\{\w+\}[^\s,\]}]/.test(line) ? 'A text that begins with "{" is written in quotes.' : undefined;
}

/** A node as a plain value. Days stay as they are written. */
function plainOf(node: Node): unknown {
  if (node.kind === 'sequence') return node.items.map(plainOf);
  if (node.kind === 'mapping') return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainOf(value)]));
  const { type, value } = scalarValue(node);
  if (type === 'timestamp') return node.text;
  return typeof value === 'bigint' ? Number(value) : value;
}

type Blanks = Readonly<Record<string, unknown>>;

/** A name with nothing behind it sets nothing; an environment or a rule is named by it all the same. */
function withoutBlanks(config: Blanks): Blanks {
  const named = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inner ?? {}]))
      : value;
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, name === 'environments' || name === 'rules' ? named(value) : value]),
  );
}
