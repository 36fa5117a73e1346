import { baseOf } from '../text/path.ts';
import { SourceFile } from '../text/source-file.ts';
import { type Mapping, mapping, type Node, type Origin, type Scalar, scalar, sequence } from '../tree/node.ts';
import { writtenSlice } from '../tree/slice.ts';
import { parseYaml } from '../yaml/parse.ts';
import { type LineFormat, readSettingsLines } from './settings-lines.ts';

type Format = LineFormat | 'yaml';

const byText = new WeakMap<Scalar, { readonly name: string; readonly root: Mapping | undefined }>();
const byFile = new WeakMap<SourceFile, Mapping | undefined>();

/**
 * The settings that a text holds, such as the value of `application.yaml` in a ConfigMap: YAML, JSON, properties, dotenv, INI
 * or TOML, by its name and its form. Each node has its true place in the file that the text stands in. Undefined where it
 * is no such text, or not to be read.
 */
export function payloadOf(name: string, text: Scalar): Mapping | undefined {
  const known = byText.get(text);
  if (known?.name === name) return known.root;
  const root = read(name, text);
  byText.set(text, { name, root });
  return root;
}

/** The settings that a file holds. */
export function payloadOfFile(file: SourceFile): Mapping | undefined {
  if (!byFile.has(file)) {
    const origin: Origin = { file, start: 0, end: file.text.length, how: 'written', precision: 'exact' };
    byFile.set(file, read(baseOf(file.path), scalar(file.text, 'literal', origin), 'env'));
  }
  return byFile.get(file);
}

/** `fallback` is the form of lines with one sign each where the name does not tell. */
function read(name: string, text: Scalar, fallback: LineFormat = 'properties'): Mapping | undefined {
  const format = formatOf(name, text.text, fallback);
  if (!format) return undefined;
  const file = new SourceFile(text.origin.file.path, text.text, text.origin.file.encoding, text.origin.file.tree);
  const root = format === 'yaml' ? yamlIn(file) : format === 'env' ? envIn(file) : readSettingsLines(file, format);
  return root && root.entries.length > 0 ? (relocated(root, text) as Mapping) : undefined;
}

const BY_ENDING: readonly (readonly [RegExp, Format])[] = [
  [/\.(?:ya?ml|json)$/i, 'yaml'],
  [/\.properties$/i, 'properties'],
  [/(?:^|\.)env(?:$|[-_.])/, 'env'],
  [/\.(?:ini|toml)$/i, 'ini'],
];
/** Texts that show what could be set. */
const EXAMPLE = /^_|(?:^|[-_.])(?:example|sample)s?(?:$|[-_.])/i;
/** Programs, pages, certificates, and the languages of single tools. */
const OTHER = /\.(?!(?:conf|cfg|cnf|config|settings?|data|txt)$)[a-z][a-z\d]{0,6}$/i;
const ASSIGNMENTS = /^(?:\s*(?:#.*)?\n)*(?:[A-Za-z_][\w.-]*[^\S\n]*=.*(?:\n\s*(?:#.*)?)*(?:\n|$))+$/;
const SECTIONS = /^(?:\s*(?:[#;].*)?\n)*\[[\w."' :/-]+\]\s*\n(?:.*\n)*?\s*[\w.-]+\s*=/;
/** A key of YAML at the start of a line, and more of them below: prose has no such thing. */
const YAML_KEYS = /^(?:---\s*\n|\s*#.*\n|\s*\n)*["']?[\w./-]+["']?:(?:\s|$)/;

function formatOf(name: string, text: string, fallback: LineFormat): Format | undefined {
  if (EXAMPLE.test(name)) return undefined;
  const ending = BY_ENDING.find(([pattern]) => pattern.test(name))?.[1];
  if (ending) return ending;
  // A single line of a ConfigMap is a value.
  if (OTHER.test(name) || (fallback === 'properties' && !/\n\s*\S/.test(text))) return undefined;
  if (ASSIGNMENTS.test(text)) return fallback;
  if (SECTIONS.test(text)) return 'ini';
  return YAML_KEYS.test(text) || /^\s*\{\s*["}]/.test(text) ? 'yaml' : undefined;
}

/** Some readers of dotenv files take a colon for the sign, too: then it is YAML. A name alone is a setting beside others only. */
function envIn(file: SourceFile): Mapping | undefined {
  return (file.text.includes('=') ? readSettingsLines(file, 'env') : undefined) ?? yamlIn(file);
}

/** The first document, if it is the only one and a mapping. */
function yamlIn(file: SourceFile): Mapping | undefined {
  const { documents } = parseYaml(file);
  const roots = documents.flatMap(({ root }) => root ?? []);
  const [root] = roots;
  return roots.length === 1 && root?.kind === 'mapping' ? root : undefined;
}

function relocated(node: Node, text: Scalar): Node {
  const origin = writtenSlice(text, node.origin.start, node.origin.end) ?? authorOf(text, node.origin.start) ?? unplaced(text);
  if (node.kind === 'scalar') return { ...node, origin };
  if (node.kind === 'sequence')
    return sequence(
      node.items.map((item) => relocated(item, text)),
      origin,
    );
  return mapping(
    node.entries.map(({ key, value }) => {
      const inner = relocated(value, text);
      return { key: { ...key, origin: writtenSlice(text, key.origin.start, key.origin.end) ?? leafOf(inner) }, value: inner };
    }),
    origin,
  );
}

/** Whoever wrote what begins at an offset, behind a quote or not. */
function authorOf(text: Scalar, start: number): Origin | undefined {
  const part = text.parts?.find((candidate) => candidate.start <= start && start < candidate.end);
  return part && /^["']?$/.test(text.text.slice(part.start, start)) ? part.origin : undefined;
}

/** Where the text cannot be followed to its lines, all of it. What a template prints may come from many files. */
function unplaced({ origin }: Scalar): Origin {
  return { ...origin, precision: /^helm/.test(origin.how) ? 'file' : 'entry' };
}

/** A key that a template prints stands beside its value. */
function leafOf(node: Node): Origin {
  const first = node.kind === 'mapping' ? node.entries[0]?.value : node.kind === 'sequence' ? node.items[0] : undefined;
  if (first) return leafOf(first);
  return node.origin.precision === 'exact' ? { ...node.origin, precision: 'entry' } : node.origin;
}
