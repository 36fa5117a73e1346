import type { Rule } from '../rule/rule.ts';

const TIERS = ['local', 'dev', 'int', 'test', 'uat', 'staging', 'prod', 'ephemeral'];
const SEVERITIES = ['off', 'info', 'warning', 'error'];

const texts = (description: string, more: object = {}) => ({ type: 'array', items: { type: 'string', minLength: 1 }, ...more, description });
/** A list that narrows something: an empty one would leave nothing. */
const some = (description: string) => texts(description, { minItems: 1 });
const text = (description: string) => ({ type: 'string', minLength: 1, description });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, additionalProperties: false, ...more });

/** As a person writes it: `1.33` or `v1.33.2`. */
const KUBE_VERSION = '^v?\\d+\\.\\d+(\\.\\d+)?$';
const DAY = '^\\d{4}-\\d{2}-\\d{2}$';

/** What a person may write under each name: shown by editors, and in `.gitopsrc.example`. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  environments: {
    dev: { tier: 'dev' },
    staging: { tier: 'staging', promotesFrom: 'dev' },
    'prod-eu': { tier: 'prod', promotesFrom: ['staging'], kubeVersion: '1.33', labels: { region: 'eu' } },
  },
  apps: [
    { path: 'apps/{app}/overlays/{env}' },
    { path: 'clusters/{env}/{cluster}/{app}' },
    { chart: 'charts/{app}', values: ['values.yaml', 'values-{env}.yaml'] },
    { files: 'config/{env}.env' },
  ],
  overrides: [
    { tiers: ['dev'], rules: { 'mutable-image-tag': 'off' } },
    { environments: ['prod-eu'], apps: ['ledger'], paths: ['apps/ledger/**'], rules: { 'unpinned-image': 'error' } },
  ],
  secretKeys: ['*_TOKEN', '*PASSWORD*'],
  externals: [{ kind: 'Secret', name: 'tls-*' }, { kind: 'ConfigMap', name: 'cluster-info', environments: ['prod-eu'] }, { variable: 'CLUSTER_NAME' }],
  ignore: ['**/examples/**'],
  branches: 'env/{env}',
  repositories: { 'prod-eu': '../prod' },
  differences: [
    { path: 'spec.replicas', may: 'differ' },
    { kind: 'ConfigMap', key: '*_HOST', must: 'differ', reason: 'one host per environment' },
    { key: 'DEBUG*', only: ['dev'] },
    { path: 'spec.template.spec.containers[*].resources', must: 'not-weaken' },
    { kind: 'NetworkPolicy', must: 'same' },
  ],
  exceptions: [
    {
      rule: 'mutable-image-tag',
      app: 'checkout',
      environments: ['prod-eu'],
      path: 'apps/checkout/**',
      until: '2027-01-31',
      reason: 'a hotfix for ticket 4711',
      owner: '@payments',
    },
    { rule: 'missing-config-key', resource: 'ConfigMap/checkout', reason: 'the sandbox is for testers only' },
  ],
  checks: [{ id: 'two-replicas', where: "kind == 'Deployment'", require: 'spec.replicas >= 2', message: 'needs two replicas' }],
  baseline: '.gitops-lint-baseline.json',
};

/** The JSON Schema of `.gitopsrc`, with the options of the given rules woven in. */
export function configSchema(rules: readonly Rule[]): object {
  const ids = rules.map(({ id }) => id);
  const settingsOf = (setting: (rule: Rule) => object, description: string) =>
    object(Object.fromEntries(rules.map((rule) => [rule.id, { description: rule.meta.summary, ...setting(rule) }])), { description });
  const properties: Readonly<Record<string, object>> = {
    environments: {
      type: 'object',
      description: 'The environments, in the order of promotion; learned when absent',
      additionalProperties: object({
        tier: { enum: TIERS, description: 'How close to users it is; learned from the name when absent' },
        promotesFrom: { anyOf: [text('The environment before it'), texts('The environments before it')], description: 'What is before it on the way' },
        kubeVersion: { type: 'string', pattern: KUBE_VERSION, description: 'The Kubernetes version it runs, such as "1.33"' },
        labels: { type: 'object', additionalProperties: { type: 'string' }, description: 'What tells it from others of its tier, such as a region' },
      }),
    },
    apps: {
      type: 'array',
      description: 'How a path names app, environment and labels; conventions are used when absent',
      items: object(
        {
          path: text('A folder or values file, such as "apps/{app}/overlays/{env}"'),
          chart: text('The folder of a chart, such as "charts/{app}"'),
          values: texts('Values files of the chart, such as "values-{env}.yaml"'),
          files: text('Plain settings files, such as "config/{env}.env"'),
        },
        { oneOf: [{ required: ['path'] }, { required: ['chart'] }, { required: ['files'] }], dependencies: { values: ['chart'] } },
      ),
    },
    branches: text('An environment per branch, such as "env/{env}"'),
    repositories: {
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1 },
      description: 'An environment per repository: its folder, read only',
    },
    preset: { enum: ['recommended', 'strict'], default: 'recommended', description: 'Which rules are on by default' },
    rules: settingsOf(ruleSetting, 'How rules are set: off, info, warning, error, or { severity, options }'),
    overrides: {
      type: 'array',
      description: 'Other rule settings for some environments, tiers, apps or paths; later ones win',
      items: object(
        {
          environments: some('Names of environments'),
          tiers: { type: 'array', items: { enum: TIERS }, minItems: 1, description: 'Tiers' },
          apps: some('Globs of app names'),
          paths: some('Globs of the path that a finding points at'),
          rules: settingsOf(severityOnly, 'How rules are set there: off, info, warning, error, or { severity }'),
        },
        { required: ['rules'] },
      ),
    },
    differences: {
      type: 'array',
      description: 'Which differences between environments are expected; the first match wins',
      items: object(
        {
          path: text('A field, with all that is below it, such as "spec.template.spec.containers[*].resources"'),
          key: text('A glob of the names of settings, such as "*_HOST"'),
          kind: text('A glob of kinds, such as ConfigMap'),
          name: text('A glob of original names, without prefix, suffix and environment'),
          app: text('A glob of app names; every app when absent'),
          may: { enum: ['differ', 'differ-in-value'], description: 'It may differ, or be missing; in value: it may differ, and not be missing' },
          must: { enum: ['same', 'differ', 'not-weaken'], description: 'It must be the same everywhere, be different in each, or not get weaker on the way' },
          only: some('The environments that alone may have it'),
          reason: text('Why; shown with what breaks it'),
        },
        {
          allOf: [
            { anyOf: ['path', 'key', 'kind', 'name', 'app'].map((name) => ({ required: [name] })) },
            { oneOf: ['may', 'must', 'only'].map((name) => ({ required: [name] })) },
          ],
        },
      ),
    },
    secretKeys: texts('Globs of keys whose values are never shown'),
    externals: {
      type: 'array',
      description: 'Objects and variables that are made elsewhere',
      items: object(
        {
          kind: text('The kind of an object, such as Secret'),
          name: text('A glob of its name'),
          variable: text('The name of a variable, or a glob'),
          environments: some('Where it is made; everywhere when absent'),
        },
        {
          anyOf: [{ required: ['kind'] }, { required: ['name'] }, { required: ['variable'] }],
          not: { anyOf: [{ required: ['variable', 'kind'] }, { required: ['variable', 'name'] }] },
        },
      ),
    },
    exceptions: {
      type: 'array',
      description: 'Findings that are accepted, each with its reason and, better, an end; all that is named must match',
      items: object(
        {
          rule: { ...(ids.length > 0 ? { enum: ids } : text('')), description: 'The rule whose findings are accepted' },
          app: text('A glob of app names; every app when absent'),
          environments: some('Names of the environments in which they are accepted; all when absent'),
          path: text('A glob of the path that a finding points at'),
          resource: text('A glob of the resource that a finding is about, such as "ConfigMap/checkout"'),
          until: { type: 'string', pattern: DAY, description: 'The last day on which it holds, such as 2027-01-31; for good when absent' },
          reason: { type: 'string', pattern: '\\S', description: 'Why; shown with every finding that it keeps quiet' },
          owner: text('Who answers for it, such as "@payments"'),
          version: text('The version that is accepted, of rules that speak of one: of any other the exception says nothing'),
        },
        { required: ['rule', 'reason'] },
      ),
    },
    checks: { type: 'array', description: 'Rules of your own, in CEL', items: { type: 'object' } },
    ignore: texts('Globs of paths that are not looked at'),
    kustomize: object(
      { loadRestrictor: { enum: ['root', 'none'], description: 'Whether files outside of the folder of a kustomization may be read' } },
      { default: { loadRestrictor: 'root' }, description: 'root, or none where kustomizations may read files outside of their folder' },
    ),
    helm: object(
      { version: { enum: [3, 4], description: 'How nulls in chart defaults are read' } },
      { default: { version: 3 }, description: 'Whose reading of nulls in chart defaults counts, 3 or 4' },
    ),
    baseline: text('The file of known findings'),
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: '.gitopsrc',
    description: 'What gitops-lint should know of a repository that it cannot see',
    definitions: sharedSettings(),
    ...object(
      Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, name in EXAMPLES ? { ...property, examples: [EXAMPLES[name]] } : property]),
      ),
    ),
  };
}

function severityOf(rule: Rule): object {
  return { enum: rule.meta.locked ? SEVERITIES.slice(1) : SEVERITIES };
}

const SEVERITY = 'The severity; it holds in every tier';

/** Most rules are set alike, and share what says how: a schema that repeats it for each takes ten times as long to get ready. */
function ruleSetting(rule: Rule): object {
  if (!rule.meta.options) return { $ref: `#/definitions/${rule.meta.locked ? 'lockedSetting' : 'setting'}` };
  const severity = severityOf(rule);
  const options = { description: OPTIONS, ...rule.meta.options.schema };
  return { anyOf: [severity, object({ severity: { ...severity, description: SEVERITY }, options })] };
}

/** A rule runs once: its options cannot differ from place to place. */
function severityOnly({ meta: { locked } }: Rule): object {
  return { $ref: `#/definitions/${locked ? 'lockedSeverity' : 'severity'}` };
}

const OPTIONS = 'What the rule itself can be told';

function sharedSettings(): object {
  const settings = (severities: readonly string[]) => {
    const severity = { enum: severities };
    const own = { ...severity, description: SEVERITY };
    return {
      setting: { anyOf: [severity, object({ severity: own, options: object({}, { description: OPTIONS }) })] },
      severity: { anyOf: [severity, object({ severity: own })] },
    };
  };
  const [free, locked] = [settings(SEVERITIES), settings(SEVERITIES.slice(1))];
  return { setting: free.setting, severity: free.severity, lockedSetting: locked.setting, lockedSeverity: locked.severity };
}
