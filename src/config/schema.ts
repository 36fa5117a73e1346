import type { Rule } from '../rule/rule.ts';

const TIERS = ['local', 'dev', 'int', 'test', 'uat', 'staging', 'prod', 'ephemeral'];
const SEVERITIES = ['off', 'info', 'warning', 'error'];

const texts = (description: string) => ({ type: 'array', items: { type: 'string', minLength: 1 }, description });
const text = (description: string) => ({ type: 'string', minLength: 1, description });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, additionalProperties: false, ...more });

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
  differences: [{ path: 'spec.replicas', may: 'differ' }],
  exceptions: [{ rule: 'mutable-image-tag', app: 'checkout', until: '2027-01-31', reason: 'a hotfix' }],
  checks: [{ id: 'two-replicas', where: "kind == 'Deployment'", require: 'spec.replicas >= 2', message: 'needs two replicas' }],
  baseline: '.gitops-lint-baseline.json',
};

/** The JSON Schema of `.gitopsrc`, with the options of the given rules woven in. */
export function configSchema(rules: readonly Rule[]): object {
  const ruleSettings = object(Object.fromEntries([...rules].map((rule) => [rule.id, ruleSetting(rule)])), {
    description: 'How rules are set: off, info, warning, error, or { severity, options }',
  });
  const properties: Readonly<Record<string, object>> = {
    environments: {
      type: 'object',
      description: 'The environments, in the order of promotion; learned when absent',
      additionalProperties: object({
        tier: { enum: TIERS, description: 'How close to users it is; learned from the name when absent' },
        promotesFrom: { anyOf: [text('The environment before it'), texts('The environments before it')] },
        kubeVersion: text('The Kubernetes version it runs, such as "1.33"'),
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
    repositories: { type: 'object', additionalProperties: { type: 'string' }, description: 'An environment per repository: its folder, read only' },
    preset: { enum: ['recommended', 'strict'], default: 'recommended', description: 'Which rules are on by default' },
    rules: ruleSettings,
    overrides: {
      type: 'array',
      description: 'Other rule settings for some environments, tiers, apps or paths; later ones win',
      items: object(
        {
          environments: texts('Names of environments'),
          tiers: { type: 'array', items: { enum: TIERS }, description: 'Tiers' },
          apps: texts('Globs of app names'),
          paths: texts('Globs of the path that a finding points at'),
          rules: ruleSettings,
        },
        { required: ['rules'] },
      ),
    },
    differences: { type: 'array', description: 'Which differences between environments are expected; the first match wins', items: { type: 'object' } },
    secretKeys: texts('Globs of keys whose values are never shown'),
    externals: {
      type: 'array',
      description: 'Objects and variables that are made elsewhere',
      items: object({
        kind: text('Such as Secret'),
        name: text('A glob'),
        variable: text('The name of a variable'),
        environments: texts('Where they are made; everywhere when absent'),
      }),
    },
    exceptions: { type: 'array', description: 'Findings that are accepted, with reason and end', items: { type: 'object' } },
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
    ...object(
      Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, name in EXAMPLES ? { ...property, examples: [EXAMPLES[name]] } : property]),
      ),
    ),
  };
}

function ruleSetting(rule: Rule): object {
  const severity = { enum: rule.meta.locked ? SEVERITIES.slice(1) : SEVERITIES };
  return {
    description: rule.meta.summary,
    anyOf: [severity, object({ severity, options: rule.meta.options?.schema ?? object({}) })],
  };
}
