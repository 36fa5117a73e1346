import { SourceFile } from '../../text/source-file.ts';
import { sameMeaning } from '../../tree/equality.ts';
import type { Scalar } from '../../tree/node.ts';
import { parseYaml, parseYamlAt, type YamlDocument, type YamlFile } from '../../yaml/parse.ts';
import { originAs, relocated } from './writing.ts';

const known = new WeakMap<Scalar, YamlFile>();

/**
 * The YAML that a scalar holds, such as an inline patch. Its nodes have their true places in the file wherever the
 * text stands there as it is, as in a block after `|`; else the place of the scalar, with precision `entry`.
 */
export function embeddedYaml(node: Scalar): YamlFile {
  let yaml = known.get(node);
  if (!yaml) {
    yaml = parse(node);
    known.set(node, yaml);
  }
  return yaml;
}

function parse(node: Scalar): YamlFile {
  const plain = parseYaml(new SourceFile(node.origin.file.path, node.text));
  const { file } = node.origin;
  if (plain.problem) return { ...plain, file, problem: { ...plain.problem, span: { start: node.origin.start, end: node.origin.end } } };
  const exact = node.origin.precision === 'exact' ? verbatim(node) : undefined;
  if (exact && agrees(plain, exact)) return { file, documents: exact };
  const origin = { ...originAs(node.origin, 'written'), precision: 'entry' as const };
  return { file, documents: plain.documents.map((document) => ({ ...document, file, root: document.root && relocated(document.root, origin) })) };
}

/** Reads the lines of the file itself; undefined where they are not the text of the scalar. */
function verbatim(node: Scalar): readonly YamlDocument[] | undefined {
  const { file, start, end } = node.origin;
  const raw = file.text.slice(start, end);
  if (node.style === 'literal') {
    const body = raw.startsWith('|') ? raw.indexOf('\n') + 1 : 0;
    return parseChunks(file, raw.slice(body), start + body);
  }
  if (node.style === 'plain') return raw === node.text ? parseYamlAt(file, raw, start).documents : undefined;
  const inner = raw.slice(1, -1);
  return inner === node.text ? parseYamlAt(file, inner, start + 1).documents : undefined;
}

/** Indented document markers are none to a YAML reader: each part is read by itself. */
function parseChunks(file: SourceFile, text: string, at: number): readonly YamlDocument[] | undefined {
  const indent = /^(?: *\n)*( *)/.exec(text)?.[1] ?? '';
  const documents: YamlDocument[] = [];
  let from = 0;
  const marker = new RegExp(`^${indent}---[^\\S\\n]*(?:#[^\\n]*)?$`, 'gm');
  const ends = [...text.matchAll(marker)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  for (const { start, end } of [...ends, { start: text.length, end: text.length }]) {
    const chunk = parseYamlAt(file, text.slice(from, start), at + from);
    if (chunk.problem) return undefined;
    documents.push(...chunk.documents);
    from = end;
  }
  return documents;
}

function agrees(plain: YamlFile, exact: readonly YamlDocument[]): boolean {
  const [a, b] = [plain.documents, exact].map((documents) => documents.flatMap(({ root }) => (root ? [root] : [])));
  return a !== undefined && b !== undefined && a.length === b.length && a.every((root, index) => sameMeaning(root, b[index]));
}
