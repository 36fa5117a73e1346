import type { Gap, RenderProblem } from '../../../model/render-result.ts';
import { SourceFile } from '../../../text/source-file.ts';
import type { Node, Origin, Scalar } from '../../../tree/node.ts';
import { parseYaml, type YamlFile } from '../../../yaml/parse.ts';
import { embeddedYaml } from '../../kustomize/embedded-yaml.ts';
import { isTemplate, notFilledIn } from '../../values-only.ts';
import { withAuthors } from '../documents.ts';
import { concat, type MapValue, map, slice, type Text, text } from '../value.ts';
import type { Reading, ReadValues } from './chart.ts';
import { textOfScalar, ValueRefusal, valueOfNode } from './from-node.ts';
import { copyOf, putOver } from './maps.ts';
import { atNode, atSyntax, failure, inFile } from './problems.ts';
import { applySet, type SetForm } from './strvals.ts';

/** Something that gives values to a unit. `name` is what people call it: the path of a file, `spec.values`. */
export type ValuesSource =
  /** A values file. */
  | { readonly kind: 'file'; readonly name: string; readonly file: SourceFile }
  /** A map within an object, such as `valuesObject` of Argo CD or `spec.values` of a HelmRelease. */
  | { readonly kind: 'map'; readonly name: string; readonly node: Node }
  /** YAML within a text, such as `values: |`. */
  | { readonly kind: 'text'; readonly name: string; readonly node: Scalar }
  /** A line of `--set` or of one of its relatives. */
  | {
      readonly kind: 'set';
      readonly name: string;
      readonly form: SetForm;
      readonly line: Text;
      /** Where the line stands, for mistakes in it. */
      readonly origin: Origin;
      readonly read?: ((path: Text) => Text | undefined) | undefined;
    };

const known: Record<Reading, WeakMap<SourceFile, ReadValues>> = { 'helm-3': new WeakMap(), 'helm-4': new WeakMap() };

/** The values of a file, read once and shared: whoever changes them copies first. */
export function valuesOfFile(file: SourceFile, reading: Reading): ReadValues {
  let read = known[reading].get(file);
  if (!read) {
    read = isTemplate(file) ? { values: map(), problems: [], gaps: [notFilledIn(file)] } : valuesOfYaml(parseYaml(file), inFile(file), reading);
    known[reading].set(file, read);
  }
  return read;
}

/** Puts a source over the values that are there already, which are changed. */
export function applySource(target: MapValue, source: ValuesSource, reading: Reading): Omit<ReadValues, 'values'> {
  if (source.kind === 'set') {
    const reason = applySet(target, source.line, { form: source.form, read: source.read });
    return { problems: reason === undefined ? [] : [failure('other', `"${source.line.text}" is not a line of values: ${reason}`, source.origin)], gaps: [] };
  }
  const read = valuesOfSource(source, reading);
  putOver(target, copyOf(read.values));
  return read;
}

function valuesOfSource(source: Exclude<ValuesSource, { kind: 'set' }>, reading: Reading): ReadValues {
  if (source.kind === 'file') return valuesOfFile(source.file, reading);
  if (source.kind === 'text') return valuesOfYaml(yamlIn(source.node), atNode(source.node), reading);
  const problems: RenderProblem[] = [];
  return { values: valuesOfRoot(source.node, problems), problems, gaps: [] };
}

/** The YAML of a source, document by document, as it is written; nothing of a file that is a template. */
export function rootsOf(source: Exclude<ValuesSource, { kind: 'set' }>, reading: Reading): Node[] {
  if (source.kind === 'map') return [source.node];
  if (source.kind === 'file' && isTemplate(source.file)) return [];
  return rootsIn(source.kind === 'file' ? parseYaml(source.file) : yamlIn(source.node), reading);
}

/** Helm 3 takes the first document of a file, Helm 4 all of them. */
function rootsIn({ documents }: YamlFile, reading: Reading): Node[] {
  return (reading === 'helm-3' ? documents.slice(0, 1) : documents).flatMap(({ root }) => root ?? []);
}

/** The YAML within a text: a template may have put it together of the values of many lines. */
function yamlIn(node: Scalar): YamlFile {
  if (!node.parts) return embeddedYaml(node);
  const yaml = parseYaml(new SourceFile(node.origin.file.path, node.text));
  return yaml.problem ? embeddedYaml(node) : withAuthors(yaml, textOfScalar(node), atNode(node));
}

function valuesOfYaml(yaml: YamlFile, whole: Origin, reading: Reading): ReadValues {
  const { file, problem } = yaml;
  if (problem)
    return {
      values: map(),
      problems: [failure('yaml-error', problem.reason, whole.precision === 'file' ? atSyntax(file, problem) : whole, 'syntax-error')],
      gaps: [],
    };
  const problems: RenderProblem[] = [];
  const gaps: Gap[] = [];
  const values = map();
  for (const root of rootsIn(yaml, reading)) putOver(values, valuesOfRoot(root, problems));
  return { values, problems, gaps };
}

function valuesOfRoot(root: Node, problems: RenderProblem[]): MapValue {
  try {
    const value = valueOfNode(root);
    if (value.kind === 'map') return value;
    if (value.kind !== 'nil') problems.push(failure('other', 'values are a mapping', atNode(root)));
  } catch (error) {
    if (!(error instanceof ValueRefusal)) throw error;
    problems.push(failure('other', error.message, error.origin));
  }
  return map();
}

/** A parameter of Argo CD: its commas do not part it, unless it is a list. (Argo CD, `util/helm`, `cleanSetParameters`.) */
export function argoParameter(name: Scalar, value: Scalar, isString: boolean): ValuesSource {
  const isList = value.text.startsWith('{') && value.text.endsWith('}');
  const written = textOfScalar(value);
  const line = concat([textOfScalar(name), text('='), isList ? written : escapedCommas(written)]);
  return { kind: 'set', name: name.text, form: isString ? 'set-string' : 'set', line, origin: atNode(value) };
}

function escapedCommas(written: Text): Text {
  const parts: Text[] = [];
  let from = 0;
  for (const { index } of written.text.matchAll(/(?<!\\),/g)) {
    parts.push(slice(written, from, index), text('\\'));
    from = index;
  }
  return concat([...parts, slice(written, from)]);
}
