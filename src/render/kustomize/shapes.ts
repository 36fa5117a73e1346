/** What a field of a kustomization may hold. */
export type Shape =
  | 'string'
  | 'bool'
  | 'int'
  | 'any'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

const STRINGS: Shape = { list: 'string' };
const STRING_MAP: Shape = { map: 'string' };

const GVK = { group: 'string', version: 'string', kind: 'string' } as const;
const SELECTOR: Shape = { fields: { ...GVK, name: 'string', namespace: 'string', annotationSelector: 'string', labelSelector: 'string' } };
const FIELD_SPEC: Shape = { fields: { ...GVK, path: 'string', create: 'bool' } };
const FIELD_OPTIONS: Shape = { fields: { delimiter: 'string', index: 'int', encoding: 'string', create: 'bool' } };

const PATCH: Shape = {
  fields: { path: 'string', patch: 'string', target: SELECTOR, options: { fields: { allowNameChange: 'bool', allowKindChange: 'bool' } } },
};

const IMAGE: Shape = { fields: { name: 'string', newName: 'string', tagSuffix: 'string', newTag: 'string', digest: 'string' } };

const GENERATOR_OPTIONS: Shape = { fields: { labels: STRING_MAP, annotations: STRING_MAP, disableNameSuffixHash: 'bool', immutable: 'bool' } };

const GENERATOR = {
  namespace: 'string',
  name: 'string',
  behavior: 'string',
  literals: STRINGS,
  files: STRINGS,
  envs: STRINGS,
  env: 'string',
  options: GENERATOR_OPTIONS,
} as const;

const HELM_CHART: Shape = {
  fields: {
    name: 'string',
    version: 'string',
    repo: 'string',
    releaseName: 'string',
    namespace: 'string',
    additionalValuesFiles: STRINGS,
    valuesFile: 'string',
    valuesInline: { map: 'any' },
    valuesMerge: 'string',
    includeCRDs: 'bool',
    skipHooks: 'bool',
    apiVersions: STRINGS,
    kubeVersion: 'string',
    nameTemplate: 'string',
    skipTests: 'bool',
    debug: 'bool',
    devel: 'bool',
  },
};

const OLD_HELM_CHART: Shape = {
  fields: {
    chartName: 'string',
    chartVersion: 'string',
    chartRepoUrl: 'string',
    chartHome: 'string',
    chartRepoName: 'string',
    helmBin: 'string',
    helmHome: 'string',
    values: 'string',
    valuesLocal: { map: 'any' },
    valuesMerge: 'string',
    releaseName: 'string',
    releaseNamespace: 'string',
    extraArgs: STRINGS,
  },
};

/** One item of a file of replacements. */
export const REPLACEMENT_SHAPE = {
  fields: {
    source: { fields: { ...GVK, name: 'string', namespace: 'string', fieldPath: 'string', options: FIELD_OPTIONS } },
    sourceValue: 'string',
    targets: { list: { fields: { select: SELECTOR, reject: { list: SELECTOR }, fieldPaths: STRINGS, options: FIELD_OPTIONS } } },
  },
} as const satisfies Shape;

/** The fields of a kustomization file, as kustomize v5.8 knows them. */
export const KUSTOMIZATION_SHAPE: Shape = {
  fields: {
    apiVersion: 'string',
    kind: 'string',
    metadata: { fields: { name: 'string', namespace: 'string', labels: STRING_MAP, annotations: STRING_MAP } },
    openapi: STRING_MAP,
    namePrefix: 'string',
    nameSuffix: 'string',
    namespace: 'string',
    commonLabels: STRING_MAP,
    labels: {
      list: {
        fields: {
          pairs: STRING_MAP,
          includeSelectors: 'bool',
          includeTemplates: 'bool',
          includeVolumeClaimTemplates: 'bool',
          fields: { list: FIELD_SPEC },
        },
      },
    },
    commonAnnotations: STRING_MAP,
    patchesStrategicMerge: STRINGS,
    patchesJson6902: { list: PATCH },
    patches: { list: PATCH },
    images: { list: IMAGE },
    imageTags: { list: IMAGE },
    replacements: { list: { fields: { ...REPLACEMENT_SHAPE.fields, path: 'string' } } },
    replicas: { list: { fields: { name: 'string', count: 'int' } } },
    vars: {
      list: {
        fields: {
          name: 'string',
          objref: { fields: { apiVersion: 'string', ...GVK, name: 'string', namespace: 'string' } },
          fieldref: { fields: { fieldPath: 'string' } },
        },
      },
    },
    sortOptions: { fields: { order: 'string', legacySortOptions: { fields: { orderFirst: STRINGS, orderLast: STRINGS } } } },
    resources: STRINGS,
    components: STRINGS,
    crds: STRINGS,
    bases: STRINGS,
    configMapGenerator: { list: { fields: GENERATOR } },
    secretGenerator: { list: { fields: { ...GENERATOR, type: 'string' } } },
    helmGlobals: { fields: { chartHome: 'string', configHome: 'string' } },
    helmCharts: { list: HELM_CHART },
    helmChartInflationGenerator: { list: OLD_HELM_CHART },
    generatorOptions: GENERATOR_OPTIONS,
    configurations: STRINGS,
    generators: STRINGS,
    transformers: STRINGS,
    validators: STRINGS,
    buildMetadata: STRINGS,
    inventory: 'any',
  },
};

const NAME_REFERENCE: Shape = { fields: { ...GVK, fieldSpecs: { list: FIELD_SPEC } } };
const FIELD_SPECS: Shape = { list: FIELD_SPEC };

/** A file named under `configurations`. */
export const CONFIGURATION_SHAPE: Shape = {
  fields: {
    namePrefix: FIELD_SPECS,
    nameSuffix: FIELD_SPECS,
    namespace: FIELD_SPECS,
    labels: FIELD_SPECS,
    commonLabels: FIELD_SPECS,
    templateLabels: FIELD_SPECS,
    volumeClaimTemplateLabels: FIELD_SPECS,
    commonAnnotations: FIELD_SPECS,
    nameReference: { list: NAME_REFERENCE },
    varReference: FIELD_SPECS,
    images: FIELD_SPECS,
    replicas: FIELD_SPECS,
  },
};
