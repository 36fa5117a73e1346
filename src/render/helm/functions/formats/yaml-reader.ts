import { SourceFile } from '../../../../text/source-file.ts';
import type { Origin } from '../../../../tree/node.ts';
import { parseYaml } from '../../../../yaml/parse.ts';
import { ValueRefusal, valueOfNode } from '../../chart/from-node.ts';
import { slice, type Text, type Value } from '../../value.ts';
import { authorsOf } from '../go/texts.ts';
import { readText } from './scalar-text.ts';

/** The first document of a text as Helm reads YAML, or what is wrong with it in words like those of Go. */
export function readYaml(source: Text): Value | string {
  const file = new SourceFile('text', source.text);
  const { documents, problem } = parseYaml(file);
  if (problem) return `error converting YAML to JSON: yaml: line ${file.positionAt(problem.span.start).line}: ${problem.reason}`;
  const root = documents[0]?.root;
  if (!root) return { kind: 'nil', origins: [] };
  try {
    return relocated(valueOfNode(root), source);
  } catch (error) {
    if (error instanceof ValueRefusal) return `error converting YAML to JSON: ${error.message}`;
    throw error;
  }
}

/** The value with the authors of the text, where it now has places in it. */
function relocated(value: Value, source: Text): Value {
  switch (value.kind) {
    case 'host':
      return value;
    case 'map': {
      const entries = [...value.entries].map(([key, inner]) => [key, relocated(inner, source)] as const);
      return { ...value, entries: new Map(entries), origins: authorsAt(value, source) };
    }
    case 'list':
      return { ...value, items: value.items.map((item) => relocated(item, source)), origins: authorsAt(value, source) };
    case 'string': {
      const place = value.stretches[0]?.origins[0];
      // A blank text has no stretch to tell.
      return place ? asData(readText(slice(source, place.start, place.end), value.text)) : value;
    }
    default:
      return { ...value, origins: authorsAt(value, source) };
  }
}

function authorsAt(value: Exclude<Value, { kind: 'host' | 'string' }>, source: Text) {
  return value.origins.length === 0 ? [] : authorsOf(...value.origins.map(({ start, end }) => slice(source, start, end))).map(ofData);
}

function asData(read: Text): Text {
  return { ...read, stretches: read.stretches.map((stretch) => ({ ...stretch, origins: stretch.origins.map(ofData) })) };
}

/** What is read from a file of the chart that is no template is a value, as those of the values files are. */
function ofData(origin: Origin): Origin {
  return origin.how === 'helm-template' && !/(?:^|\/)templates\//.test(origin.file.path) ? { ...origin, how: 'helm-value' } : origin;
}
