import { SourceFile } from '../../../../text/source-file.ts';
import { type Origin, type Scalar, scalar } from '../../../../tree/node.ts';
import { goFloat } from '../../../go-json.ts';
import { compareKeys } from '../../../key-order.ts';
import { printKey, printScalar } from '../../../print-scalar.ts';
import { formatFloat } from '../../go-template/format/float.ts';
import { TextBuilder } from '../../go-template/format/text-builder.ts';
import type { ListValue, MapValue, Text, Value } from '../../value.ts';
import { checkDepth } from '../go/limits.ts';
import { writtenText } from './scalar-text.ts';

/** How one of Go's writers of YAML differs from the others. */
interface Dialect {
  /** How far the dashes of a list stand behind the key that holds it. */
  readonly dashes: 0 | 2;
  readonly float: (value: number) => string;
}

/** sigs.k8s.io/yaml: by way of JSON to go-yaml v2. */
const PLAIN: Dialect = { dashes: 0, float: goFloat };
/** go-yaml v3 with an indent of two. */
const PRETTY: Dialect = { dashes: 2, float: (value) => formatFloat(value, 'g') };

/** A value as Helm's `toYaml` writes it; undefined for what cannot be written, of which Helm makes a blank text. */
export function writeYaml(value: Value): Text | undefined {
  return write(value, PLAIN);
}

/** A value as Helm's `toYamlPretty` writes it. */
export function writePrettyYaml(value: Value): Text | undefined {
  return write(value, PRETTY);
}

/** A number that JSON does not have. */
const UNWRITABLE = new Error('not to be written');

function write(value: Value, dialect: Dialect): Text | undefined {
  const out = new TextBuilder();
  try {
    const written = asWritten(value);
    // A text that is a document of its own is indented as if it stood under a key.
    if (isCollection(written)) writeCollection(written, 0, { out, dialect, depth: 0 });
    else writeScalar(written, 0, 2, { out, dialect, depth: 0 });
  } catch (error) {
    if (error === UNWRITABLE) return undefined;
    throw error;
  }
  return out.build();
}

interface Writing {
  readonly out: TextBuilder;
  readonly dialect: Dialect;
  readonly depth: number;
}

type Written = Exclude<Value, { kind: 'host' }>;

/** What stands for a value in YAML: objects of Helm become maps and the like. */
function asWritten(value: Value): Written {
  let written = value;
  for (let depth = 0; written.kind === 'host'; depth += 1) {
    checkDepth(depth);
    written = written.plain();
  }
  return written;
}

function isCollection(value: Written): value is MapValue | ListValue {
  return (value.kind === 'map' || value.kind === 'list') && !value.isNil;
}

function isEmpty(value: MapValue | ListValue): boolean {
  return value.kind === 'map' ? value.entries.size === 0 : value.items.length === 0;
}

/** The lines of a collection, the first of which begins where the text has come to. */
function writeCollection(value: MapValue | ListValue, indent: number, writing: Writing): void {
  checkDepth(writing.depth);
  const inner = { ...writing, depth: writing.depth + 1 };
  if (isEmpty(value)) writing.out.write(value.kind === 'map' ? '{}' : '[]', value.origins);
  else if (value.kind === 'map') writeMap(value, indent, inner);
  else writeList(value, indent, inner);
}

function writeMap({ entries }: MapValue, indent: number, writing: Writing): void {
  const { out, dialect } = writing;
  const pad = `\n${' '.repeat(indent)}`;
  let isFirst = true;
  for (const [key, value] of [...entries].sort(([a], [b]) => compareKeys(a, b))) {
    if (!isFirst) out.write(pad);
    isFirst = false;
    const { text, isSimple, width } = printKey(key, indent);
    out.write(isSimple ? `${text}:` : `? ${text}${pad}:`);
    const written = asWritten(value);
    if (isCollection(written) && !isEmpty(written) && isSimple) {
      const nested = written.kind === 'map' ? indent + 2 : indent + dialect.dashes;
      out.write(`\n${' '.repeat(nested)}`);
      writeCollection(written, nested, writing);
    } else {
      // Behind `? key` everything begins in the line of the colon.
      out.write(' ');
      if (isCollection(written)) writeCollection(written, indent + 2, writing);
      else writeScalar(written, isSimple ? indent + width + 2 : indent + 2, indent + 2, writing);
    }
  }
}

function writeList({ items }: ListValue, indent: number, writing: Writing): void {
  const { out } = writing;
  for (const [index, item] of items.entries()) {
    out.write(index === 0 ? '- ' : `\n${' '.repeat(indent)}- `);
    const written = asWritten(item);
    if (isCollection(written)) writeCollection(written, indent + 2, writing);
    else writeScalar(written, indent + 2, indent + 2, writing);
  }
}

/** A scalar that begins in a column; its further lines have an indent. */
function writeScalar(value: Written, column: number, indent: number, { out, dialect }: Writing): void {
  if (value.kind === 'string') {
    const raw = dialect === PRETTY ? prettyText(value.text, indent) : printScalar(textNode(value.text), column, indent);
    out.append(writtenText(raw, value));
  } else if (value.kind === 'float') out.write(writtenFloat(value.value, dialect), value.origins);
  else out.write(value.kind === 'bool' || value.kind === 'int' ? String(value.value) : 'null', value.origins);
}

/** Nothing is folded, and tabs do not keep a text from being a block. */
function prettyText(text: string, indent: number): string {
  // No column is too far right then.
  const print = (shown: string): string => printScalar(textNode(shown), Number.NEGATIVE_INFINITY, indent);
  const block = text.includes('\n') && text.includes('\t') ? print(text.replaceAll('\t', 'x')) : '';
  if (!block.startsWith('|')) return print(text);
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return [block.slice(0, block.indexOf('\n')), ...lines].join('\n');
}

function writtenFloat(value: number, dialect: Dialect): string {
  if (dialect === PRETTY) return Number.isFinite(value) ? dialect.float(value) : Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  if (!Number.isFinite(value)) throw UNWRITABLE;
  return printScalar(scalar(dialect.float(value), 'plain', NOWHERE), 0, 0);
}

/** Printing asks for a node, but not where it stands. */
const NOWHERE: Origin = { file: new SourceFile('', ''), start: 0, end: 0, how: 'helm-template', precision: 'file' };

function textNode(text: string): Scalar {
  return scalar(text, 'double-quoted', NOWHERE);
}
