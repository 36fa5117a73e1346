import { embeddedYaml } from '../../render/kustomize/embedded-yaml.ts';
import { pieceOf } from '../../render/kustomize/writing.ts';
import { SourceFile } from '../../text/source-file.ts';
import { mapping, type Node, type Origin, type Part, type Scalar, sequence } from '../../tree/node.ts';
import { parseYaml } from '../../yaml/parse.ts';

/**
 * The text with the line of each stretch for its author, as far as the text stands in the file as it is: in a block after
 * `|`. So its lines are found again when it is filled in.
 */
export function withLines(text: Scalar): Scalar {
  const { file, start, end, precision } = text.origin;
  const raw = file.text.slice(start, end);
  if (text.style !== 'literal' || text.parts || precision !== 'exact') return text;
  const parts: Part[] = [];
  let at = raw.startsWith('|') ? start + raw.indexOf('\n') + 1 : start;
  let offset = 0;
  for (const line of text.text.split(/(?<=\n)/)) {
    const content = line.trim();
    const lineEnd = file.text.indexOf('\n', at) + 1 || file.text.length;
    const found = file.text.slice(at, lineEnd).trim() === content ? file.text.indexOf(content, at) : -1;
    if (found === -1) return text;
    parts.push({ start: offset, end: offset + line.length, origin: { ...text.origin, start: found, end: found + content.length } });
    offset += line.length;
    at = lineEnd;
  }
  return { ...text, parts };
}

/** What a text holds as YAML. */
export interface FilledYaml {
  readonly root: Node | undefined;
  readonly isBroken: boolean;
}

/**
 * Reads YAML that a template became: every value has the authors of its text. A text that nothing was filled into is read
 * where it stands.
 */
export function parseFilled(text: Scalar): FilledYaml {
  if (!text.parts || text.parts.length === 0) {
    const { documents, problem } = embeddedYaml(text);
    return { root: documents[0]?.root, isBroken: problem !== undefined };
  }
  const { documents, problem } = parseYaml(new SourceFile(text.origin.file.path, text.text));
  const root = documents[0]?.root;
  return { root: root && authored(root, text), isBroken: problem !== undefined };
}

function authored(node: Node, text: Scalar): Node {
  const origin = authorAt(text, node.origin.start);
  if (node.kind === 'sequence')
    return sequence(
      node.items.map((item) => authored(item, text)),
      origin,
    );
  if (node.kind === 'scalar') return authoredScalar(node, text, origin);
  const entries = node.entries.map(({ key, value }) => ({ key: authoredScalar(key, text, authorAt(text, key.origin.start)), value: authored(value, text) }));
  return mapping(entries, origin);
}

/** Where the token is the value, each stretch has its own author. */
function authoredScalar(node: Scalar, text: Scalar, origin: Origin): Scalar {
  const quote = node.style === 'single-quoted' || node.style === 'double-quoted' ? 1 : 0;
  const [start, end] = [node.origin.start + quote, node.origin.end - quote];
  if (text.text.slice(start, end) !== node.text || node.text === '') return { ...node, origin };
  return { ...node, origin: authorAt(text, start), parts: pieceOf(text, start, end).parts };
}

function authorAt({ parts, origin }: Scalar, at: number): Origin {
  const author = parts?.find(({ start, end }) => start <= at && at < end)?.origin ?? origin;
  return author === origin ? { ...origin, precision: 'entry' } : author;
}
