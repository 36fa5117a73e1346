import { describe, expect, it } from 'vitest';
import { inShort, placesIn } from './orders.ts';

/** A step of each line: `env In dev staging; region NotIn eu`. */
function applicationSet(lines: readonly string[], type = 'RollingSync'): string {
  const steps = lines.map((line) => {
    const expressions = line.split('; ').map((expression) => {
      const [key, operator, ...values] = expression.split(' ');
      return `            - { key: ${key}, operator: ${operator}, values: [${values.map((value) => `"${value}"`).join(', ')}] }\n`;
    });
    return `        - matchExpressions:\n${expressions.join('')}`;
  });
  const head =
    "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: shop }\nspec:\n  template: { metadata: { name: '{{.path.basename}}' } }\n";
  return `${head}  strategy:\n    type: ${type}\n    rollingSync:\n      steps:\n${steps.join('')}`;
}

describe('RollingSync', () => {
  it('goes from step to step; values of one step are side by side', () => {
    const tree = { 'argo/shop.yaml': applicationSet(['envLabel In dev', 'envLabel In qa staging', 'envLabel In prod-eu prod-us']) };
    expect(inShort(tree)).toEqual(['ApplicationSet RollingSync steps: dev, qa < dev, staging < dev, prod-eu < qa staging, prod-us < qa staging']);
    expect(placesIn(tree)[0]).toBe('argo/shop.yaml:11 "dev"');
  });

  it.each([
    ['the label of the environment beside others', ['region In eu; env In dev', 'region In eu; env In prod', 'region In us; env In prod'], 'dev, prod < dev'],
    ['a label of any name, by its values', ['rank In dev', 'rank In prod'], 'dev, prod < dev'],
    ['an environment of its own name, by its label', ['example.com/environment In aurora', 'example.com/environment In borealis'], 'aurora, borealis < aurora'],
    ['steps that say what they are not', ['env In dev', 'env NotIn dev prod', 'env In prod'], 'dev, prod < dev'],
  ])('reads %s', (_, lines, expected) => {
    expect(inShort({ 'shop.yaml': applicationSet(lines) })).toEqual([`ApplicationSet RollingSync steps: ${expected}`]);
  });

  it.each([
    ['another type of strategy', applicationSet(['env In dev', 'env In prod'], 'AllAtOnce')],
    ['regions', applicationSet(['region In us-east-1', 'region In eu-west-1'])],
    ['numbers', applicationSet(['stage In 1', 'stage In 2'])],
    ['rings', applicationSet(['env-ring In ring-0', 'env-ring In ring-1'])],
    ['parts of a rollout', applicationSet(['rollout In canary', 'rollout In early', 'rollout In general'])],
    ['values that are filled in later', applicationSet(['env In dev', 'env In {{.name}}'])],
    ['no steps', applicationSet([])],
    ['another kind', applicationSet(['env In dev']).replace('kind: ApplicationSet', 'kind: ApplicationSetView')],
    ['another group', applicationSet(['env In dev']).replace('argoproj.io/', 'example.com/')],
    ['a template', applicationSet(['env In dev']).replace('name: shop', 'name: {{ .Values.name }}')],
  ])('%s give no order', (_, text) => {
    expect(inShort({ 'shop.yaml': text })).toEqual([]);
  });
});
