import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { resolveSettings } from '../../src/config/settings.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { plainOf } from '../../src/tree/plain.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { readSettings } from './read-settings.ts';

const example = readFileSync('.gitopsrc.example', 'utf8');
const schema = JSON.parse(readFileSync('schemas/gitopsrc.schema.json', 'utf8')) as { readonly properties: Readonly<Record<string, object>> };
const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false }).compile(schema);
const plain = (text: string) => plainOf(parseYaml(new SourceFile('.gitopsrc', text)).documents[0]?.root as never);

/** The example with all that is offered in comments. */
const uncommented = example
  .split('\n')
  .filter((line) => !/^# (?!(?: {2}|\w+: |\w+:$))/.test(line))
  .map((line) => line.replace(/^# /, ''))
  .join('\n');

describe('.gitopsrc.example', () => {
  it('changes nothing as it is', async () => {
    const { declaration, rules: set, ...settings } = await readSettings(example, rules);
    const { declaration: _, rules: __, ...defaults } = resolveSettings([]);
    expect(JSON.stringify(settings)).toBe(JSON.stringify(defaults));
    expect([declaration.environments, declaration.apps]).toEqual([[], []]);
    expect(Object.keys(set).sort()).toEqual(rules.map(({ id }) => id).sort());
    expect(Object.values(set).flatMap((setting) => (typeof setting === 'object' ? (setting.severity ?? []) : setting))).toEqual([]);
  });

  it('is valid with all that it offers, and offers every option', async () => {
    const { declaration } = await readSettings(uncommented, rules);
    expect(declaration.environments.map(({ name }) => name)).toEqual(['dev', 'staging', 'prod-eu']);
    expect(Object.keys(plain(uncommented) as object).sort()).toEqual(Object.keys(schema.properties).sort());
    for (const option of [
      'tier',
      'promotesFrom',
      'kubeVersion',
      'labels',
      'path',
      'chart',
      'values',
      'files',
      'tiers',
      'apps',
      'paths',
      'environments',
      'variable',
      'resource',
      'until',
      'reason',
      'owner',
    ])
      expect(uncommented).toContain(`${option}:`);
  });
});

describe('schemas/gitopsrc.schema.json', () => {
  it.each([
    ['what the example offers', uncommented],
    [
      'a configuration of all kinds',
      `
environments:
  dev: { tier: dev }
  prod-us: { promotesFrom: [dev], labels: { region: us } }
apps:
  - path: shop/{app}/{env}
  - { chart: "charts/{app}", values: ["envs/{env}/values.yaml"] }
rules:
  mutable-image-tag: { severity: warning }
  unpinned-image: "off"
overrides:
  - { environments: [dev], rules: { mutable-image-tag: "off", unpinned-image: { severity: info } } }
exceptions:
  - { rule: unpinned-image, app: "check*", until: "2027-01-31", reason: a hotfix }
differences:
  - { kind: ConfigMap, key: "*_URL", must: differ }
checks: []
`,
    ],
  ])('accepts %s', (_, text) => {
    validate(plain(text));
    expect(validate.errors).toBeNull();
  });

  it.each([
    'presets: strict',
    'environments: { dev: { tier: development } }',
    'apps: [{}]',
    'rules: { no-such-rule: error }',
    'overrides: [{ tiers: [prod] }]',
    'overrides: [{ rules: { unpinned-image: { options: {} } } }]',
    'exceptions: [{ rule: unpinned-image }]',
    'exceptions: [{ rule: no-such-rule, reason: a hotfix }]',
    'exceptions: [{ rule: unpinned-image, reason: a hotfix, until: "tomorrow" }]',
    'externals: [{ environments: [dev] }]',
    'externals: [{ variable: CLUSTER_NAME, kind: Secret }]',
  ])('refuses %s', (text) => {
    expect(validate(plain(text))).toBe(false);
  });

  it('describes each option for editors, however deep', () => {
    const undescribed = (node: unknown, path: string): string[] => {
      if (typeof node !== 'object' || node === null) return [];
      return Object.entries(node).flatMap(([key, value]) => {
        const own = key === 'properties' ? Object.entries(value as Readonly<Record<string, { readonly description?: string }>>) : [];
        const bare = own.filter(([, property]) => !property.description).map(([name]) => `${path}/${name}`);
        return key === 'examples' ? [] : [...bare, ...undescribed(value, `${path}/${key}`)];
      });
    };
    expect(undescribed(schema, '')).toEqual([]);
  });
});
