import type { Rule } from '../rule/rule.ts';

const TIERS = ['local', 'dev', 'int', 'test', 'uat', 'staging', 'prod', 'ephemeral'];
const SEVERITIES = ['off', 'info', 'warning', 'error'];

const texts = (description: string) => ({ type: 'array', items: { type: 'string', minLength: 1 }, description });
const text = (description: string) => ({ type: 'string', minLength: 1, description });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, additionalProperties: false, ...more });

/** The JSON Schema of `.gitopsrc`, with the options of the given rules woven in. */
export function configSchema(rules: readonly Rule[]): object {
  const ruleSettings = object(Object.fromEntries([...rules].map((rule) => [rule.id, ruleSetting(rule)])), {
    description: 'How rules are set: off, info, warning, error, or { severity, options }',
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: '.gitopsrc',
    description: 'What gitops-lint should know of a repository that it cannot see',
    ...object({
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
        items: {
          anyOf: [
            object({ path: text('A folder or values file, such as "apps/{app}/overlays/{env}"') }, { required: ['path'] }),
            object(
              { chart: text('The folder of a chart, such as "charts/{app}"'), values: texts('Values files in it, such as "values-{env}.yaml"') },
              { required: ['chart'] },
            ),
            object({ files: text('Plain settings files, such as "config/{env}.env"') }, { required: ['files'] }),
          ],
        },
      },
      branches: text('An environment per branch, such as "env/{env}"'),
      repositories: { type: 'object', additionalProperties: { type: 'string' }, description: 'An environment per repository: its folder, read only' },
      preset: { enum: ['recommended', 'strict'], description: 'Which rules are on by default' },
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
      kustomize: object({ loadRestrictor: { enum: ['root', 'none'], description: 'Whether files outside of the folder of a kustomization may be read' } }),
      helm: object({ version: { enum: [3, 4], description: 'How nulls in chart defaults are read' } }),
      baseline: text('The file of known findings'),
    }),
  };
}

function ruleSetting(rule: Rule): object {
  const severity = { enum: rule.meta.locked ? SEVERITIES.slice(1) : SEVERITIES };
  return {
    description: rule.meta.summary,
    anyOf: [severity, object({ severity, options: rule.meta.options?.schema ?? object({}) })],
  };
}
