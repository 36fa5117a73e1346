import { type FieldSpec, routeOf } from './field-paths.ts';
import { type Gvk, isSelected } from './gvk.ts';
import { compareGvk } from './order.ts';
import { Refusal } from './refusal.ts';
import tables from './tables/field-specs.json' with { type: 'json' };

/** Which fields hold the name of objects of one kind. */
export interface NameReference extends Partial<Gvk> {
  readonly fieldSpecs: readonly FieldSpec[];
}

/** Where the transformers write. `configurations` and `crds` add to it. */
export interface TransformerConfig {
  readonly namespace: readonly FieldSpec[];
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly volumeClaimTemplateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
}

/** The fields of a configuration that hold plain field specs. */
export const SPEC_TABLES = [
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'templateLabels',
  'volumeClaimTemplateLabels',
  'commonAnnotations',
  'images',
  'replicas',
  'varReference',
] as const;

const { _source: _, ...defaults } = tables;

/** What kustomize knows without being told. */
export const DEFAULT_CONFIG: TransformerConfig = defaults;

/** What a build starts with: the defaults come with each kustomization, after those of its bases. */
export const EMPTY_CONFIG: TransformerConfig = {
  ...Object.fromEntries(SPEC_TABLES.map((table) => [table, []])),
  nameReference: [],
} as unknown as TransformerConfig;

/** Adds one configuration to another. Throws a `Refusal` when both name a field but disagree on whether to make it. */
export function mergeConfigs(into: TransformerConfig, more: Partial<TransformerConfig>): TransformerConfig {
  if (into === more) return into;
  if (into === EMPTY_CONFIG && more === DEFAULT_CONFIG) return DEFAULT_CONFIG;
  const merged: { -readonly [K in keyof TransformerConfig]: TransformerConfig[K] } = { ...into };
  for (const table of SPEC_TABLES) merged[table] = mergeSpecs(into[table], more[table] ?? []);
  merged.nameReference = mergeReferences(into.nameReference, more.nameReference ?? []);
  return merged;
}

/** Adds the field specs that are not there yet. The same list when nothing is added. */
export function mergeSpecs(into: readonly FieldSpec[], more: readonly FieldSpec[]): readonly FieldSpec[] {
  if (into === more || more.length === 0) return into;
  const specs = into.slice();
  // In this order, as what is added first decides what counts as there already.
  for (const spec of more) {
    const same = specs.find((known) => known.path === spec.path && isSelected(gvkOfSpec(known), spec));
    if (!same) specs.push(spec);
    else if ((same.create ?? false) !== (spec.create ?? false)) throw new Refusal('conflict', `conflicting field specs for "${spec.path}"`);
  }
  return specs.length === into.length ? into : specs.sort((a, b) => compareGvk(gvkOfSpec(a), gvkOfSpec(b)));
}

function mergeReferences(into: readonly NameReference[], more: readonly NameReference[]): readonly NameReference[] {
  if (into === more || more.length === 0) return into;
  const references = into.slice();
  for (const reference of more) {
    const at = references.findIndex((known) => sameGvk(known, reference));
    const known = references[at];
    if (!known) references.push(reference);
    else references[at] = { ...known, fieldSpecs: mergeSpecs(known.fieldSpecs, reference.fieldSpecs) };
  }
  return references.every((reference, index) => reference === into[index] || reference.fieldSpecs === into[index]?.fieldSpecs) &&
    references.length === into.length
    ? into
    : references;
}

function sameGvk(a: Partial<Gvk>, b: Partial<Gvk>): boolean {
  return (a.group ?? '') === (b.group ?? '') && (a.version ?? '') === (b.version ?? '') && (a.kind ?? '') === (b.kind ?? '');
}

function gvkOfSpec({ group = '', version = '', kind = '' }: FieldSpec): Gvk {
  return { group, version, kind };
}

/** Whether a spec leads to the object's own name. */
export function isNameSpec(spec: FieldSpec): boolean {
  return (
    routeOf(spec)
      .steps.map((step) => step.key)
      .join('/') === 'metadata/name'
  );
}
