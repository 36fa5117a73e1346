import { describe, expect, it } from 'vitest';
import { checkSchemas } from '../../../../src/render/helm/chart/schema.ts';
import { unitValues } from '../../../../src/render/helm/chart/values-layer.ts';
import { chartIn, chartYaml, shown, valuesFile } from './shop.ts';

function check(schema: object | string, given: string, more: Readonly<Record<string, string>> = {}) {
  const chart = chartIn({
    'storefront/Chart.yaml': chartYaml('storefront'),
    'storefront/values.yaml': 'image:\n  tag: v1\n',
    'storefront/values.schema.json': typeof schema === 'string' ? schema : JSON.stringify(schema),
    ...more,
  });
  const { root, values } = unitValues(chart, [valuesFile(given)], { reading: 'helm-3' });
  if (!root) throw new Error('no chart');
  const { problems, gaps } = checkSchemas(root, values);
  return { told: problems.map(({ message, origin }) => [message, shown(origin)]), problems, gaps };
}

const draft7 = 'http://json-schema.org/draft-07/schema#';

describe('checkSchemas', () => {
  it('tells of a value of another type, at its line', () => {
    const schema = { $schema: draft7, properties: { image: { properties: { tag: { type: 'string' } } } } };
    expect(check(schema, 'image:\n  tag: 1.2\n').told).toEqual([['"image.tag" must be string', 'values-prod.yaml:2: 1.2']]);
    expect(check(schema, 'image:\n  tag: "1.2"\n').told).toEqual([]);
  });

  it('tells of a key that is not allowed, at its value', () => {
    const { told, problems } = check({ properties: { image: { additionalProperties: false, properties: { tag: {} } } } }, 'image: { tga: v2 }\n');
    expect(told).toEqual([['"image" must NOT have additional properties ("tga")', 'values-prod.yaml:1: v2']]);
    expect(problems[0]).toMatchObject({ path: ['image', 'tga'], keyword: 'additionalProperties' });
  });

  it('tells of what is missing, where the map is written', () => {
    expect(check({ properties: { image: { required: ['name'] } } }, '').told).toEqual([
      [`"image" must have required property 'name'`, 'storefront/values.yaml:2: v1'],
    ]);
  });

  it('tells patterns apart, and reads them as Go does', () => {
    const schema = { properties: { a: { pattern: '^(?i)x+$' }, b: { pattern: '^[0-9]+m$' }, c: { pattern: '^y$' } } };
    expect(check(schema, 'a: XX\nb: 5m\nc: z\n').told).toEqual([['"c" must match pattern "^y$"', 'values-prod.yaml:3: z']]);
  });

  it('knows the words of 2020-12, of 2019-09 and of draft 4', () => {
    expect(check({ properties: { a: { prefixItems: [{ type: 'string' }] } } }, 'a: [1]\n').told).toHaveLength(1);
    const newer = { $schema: 'https://json-schema.org/draft/2019-09/schema', dependentRequired: { a: ['b'] } };
    expect(check(newer, 'a: 1\n').told).toHaveLength(1);
    const older = { $schema: 'http://json-schema.org/draft-04/schema#', id: 'x', properties: { a: { minimum: 1, exclusiveMinimum: true } } };
    expect(check(older, 'a: 1\n').told).toEqual([['"a" must be > 1', 'values-prod.yaml:1: 1']]);
  });

  it('holds subcharts against their own schema', () => {
    const more = {
      'storefront/charts/ledger/Chart.yaml': chartYaml('ledger'),
      'storefront/charts/ledger/values.schema.json': '{"properties":{"size":{"maximum":3}}}',
    };
    expect(check({}, 'ledger: { size: 4 }\n', more).told).toEqual([['"ledger.size" must be <= 3', 'values-prod.yaml:1: 4']]);
  });

  it('asks nobody for a schema of the web, and says so', () => {
    const { gaps, problems } = check({ properties: { a: { $ref: 'https://schemas.example/a.json' } } }, 'a: 1\n');
    expect(problems).toEqual([]);
    expect(gaps.map(({ message }) => message)).toEqual([expect.stringMatching(/^"storefront\/values\.schema\.json" is not used: /)]);
    expect(check('{', '').gaps[0]?.message).toBe('"storefront/values.schema.json" is not used: it is not JSON');
  });
});
