import { childOf, itemsOf, type Mapping, type Node, type Scalar, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import type { ReachedFile } from '../repository.ts';
import { isKustomizationPath } from './kustomization.ts';

/** A tag that YAML takes for something else than a text, and that comes out as another one. */
export interface NumericTag {
  readonly node: Scalar;
  readonly kind: 'a number' | 'a boolean';
  /** What a chart prints. */
  readonly printed: string;
}

/** The tags of images in a values file, in the values of a HelmRelease or an Application, or in those of a kustomization's charts. */
export function numericTagsOf(file: ReachedFile): NumericTag[] {
  return file.yaml.documents.flatMap(({ root }) => (root ? valuesIn(root, file) : [])).flatMap((values) => tagsBelow(values, ''));
}

function valuesIn(root: Node, { yaml, variants }: ReachedFile): readonly Node[] {
  const { path } = yaml.file;
  const spec = childOf(root, 'spec');
  if (isKustomizationPath(path)) return itemsOf(root, 'helmCharts').flatMap((chart) => childOf(chart, 'valuesInline') ?? []);
  const kind = textOf(root, 'kind');
  if (kind === 'HelmRelease') return [childOf(spec, 'values') ?? []].flat();
  if (kind === 'Application') return [spec, ...itemsOf(spec, 'sources')].flatMap((holder) => valuesOfSource(childOf(holder, 'source') ?? holder));
  if (kind === 'ApplicationSet') {
    const own = childOf(childOf(spec, 'template'), 'spec');
    return [childOf(own, 'source'), ...itemsOf(own, 'sources')].flatMap(valuesOfSource);
  }
  // Anything else with a kind is an object, whose own type says what its tags are.
  if (root.kind !== 'mapping' || (kind !== undefined && textOf(root, 'apiVersion') !== undefined)) return [];
  const isValues = /values/i.test(path.slice(path.lastIndexOf('/') + 1)) || variants.some(({ renderer }) => renderer === 'helm');
  return isValues ? [root] : [];
}

function valuesOfSource(source: Node | undefined): readonly Node[] {
  const values = childOf(childOf(source, 'helm'), 'valuesObject');
  return values ? [values] : [];
}

const TAG = /^(?:image[-_]?)?tag$|image[-_]?tag$/i;
/** What stands beside the tag of an image. */
const NEIGHBOURS = ['repository', 'registry', 'image', 'imageName', 'pullPolicy', 'imagePullPolicy', 'digest', 'sha', 'hub'];

function tagsBelow(node: Node, above: string): NumericTag[] {
  if (node.kind === 'sequence') return node.items.flatMap((item) => tagsBelow(item, above));
  if (node.kind !== 'mapping') return [];
  return node.entries.flatMap(({ key, value }) => {
    if (value.kind !== 'scalar') return tagsBelow(value, key.text);
    if (!TAG.test(key.text) || !isOfImage(node, key.text, above)) return [];
    const tag = numericTag(value);
    return tag ? [tag] : [];
  });
}

function isOfImage(holder: Mapping, key: string, above: string): boolean {
  return /image/i.test(key) || /image/i.test(above) || NEIGHBOURS.some((name) => childOf(holder, name) !== undefined);
}

/** Helm and Flux read values by way of JSON, where all numbers are floats. */
function numericTag(node: Scalar): NumericTag | undefined {
  const { type, value } = scalarValue(node, 'kubectl');
  if (type === 'bool') return String(value) === node.text ? undefined : { node, kind: 'a boolean', printed: String(value) };
  if (type !== 'int' && type !== 'float') return undefined;
  const printed = printedFloat(Number(value));
  return printed === node.text ? undefined : { node, kind: 'a number', printed };
}

/** As Go prints a float64 by default: from 1e+06 on with an exponent of two digits. */
function printedFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
