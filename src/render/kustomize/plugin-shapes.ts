import { KUSTOMIZATION_SHAPE, type Shape } from './shapes.ts';

const KUSTOMIZATION = (KUSTOMIZATION_SHAPE as { readonly fields: Readonly<Record<string, Shape>> }).fields;

function itemOf(field: string): Shape {
  return (KUSTOMIZATION[field] as { readonly list: Shape }).list;
}

function fieldsOf(field: string): Readonly<Record<string, Shape>> {
  return (itemOf(field) as { readonly fields: Readonly<Record<string, Shape>> }).fields;
}

const FIELD_SPECS = (fieldsOf('labels') as { readonly fields: Shape }).fields;
const STRING_MAP: Shape = { map: 'string' };
const HEADER: Readonly<Record<string, Shape>> = { apiVersion: 'string', kind: 'string', metadata: 'any' };

/** What the configurations of built-in generators and transformers hold. Other fields are not looked at. */
export const PLUGIN_SHAPES: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  ConfigMapGenerator: { ...HEADER, ...fieldsOf('configMapGenerator') },
  SecretGenerator: { ...HEADER, ...fieldsOf('secretGenerator') },
  IAMPolicyGenerator: {
    ...HEADER,
    cloud: 'string',
    kubernetesService: { fields: { namespace: 'string', name: 'string' } },
    serviceAccount: { fields: { name: 'string', projectId: 'string' } },
  },
  HelmChartInflationGenerator: { ...HEADER, chartHome: 'string', configHome: 'string', ...fieldsOf('helmCharts') },
  AnnotationsTransformer: { ...HEADER, annotations: STRING_MAP, fieldSpecs: FIELD_SPECS },
  LabelTransformer: { ...HEADER, labels: STRING_MAP, fieldSpecs: FIELD_SPECS },
  NamespaceTransformer: { ...HEADER, fieldSpecs: FIELD_SPECS, unsetOnly: 'bool', setRoleBindingSubjects: 'string' },
  PrefixTransformer: { ...HEADER, prefix: 'string', fieldSpecs: FIELD_SPECS },
  SuffixTransformer: { ...HEADER, suffix: 'string', fieldSpecs: FIELD_SPECS },
  PrefixSuffixTransformer: { ...HEADER, prefix: 'string', suffix: 'string', fieldSpecs: FIELD_SPECS },
  ImageTagTransformer: { ...HEADER, imageTag: itemOf('images'), fieldSpecs: FIELD_SPECS },
  ReplicaCountTransformer: { ...HEADER, replica: itemOf('replicas'), fieldSpecs: FIELD_SPECS },
  PatchTransformer: { ...HEADER, ...fieldsOf('patches') },
  PatchJson6902Transformer: { ...HEADER, target: fieldsOf('patches')['target'] ?? 'any', path: 'string', jsonOp: 'string' },
  PatchStrategicMergeTransformer: { ...HEADER, paths: { list: 'string' }, patches: 'string' },
  ReplacementTransformer: { ...HEADER, replacements: KUSTOMIZATION['replacements'] ?? 'any' },
  ValueAddTransformer: {
    ...HEADER,
    value: 'string',
    targetFilePath: 'string',
    targets: { list: { fields: { selector: fieldsOf('patches')['target'] ?? 'any', fieldPath: 'string', filePathPosition: 'int' } } },
  },
  HashTransformer: HEADER,
};
