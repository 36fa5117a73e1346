import { describe, expect, it } from 'vitest';
import { patternsFor } from '../../src/config/propose/patterns.ts';
import { mergeTemplates, templateOf } from '../../src/config/propose/templates.ts';
import { commentText, list, scalar } from '../../src/config/propose/yaml.ts';
import type { Discovery, VariantSource } from '../../src/model/discovery.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { plainOf } from '../../src/tree/plain.ts';
import { parseYaml } from '../../src/yaml/parse.ts';

describe('templates of paths', () => {
  it.each([
    ['apps/checkout/overlays/prod', {}, 'apps/{app}/overlays/{env}'],
    ['clusters/prod/tokyo/checkout', { cluster: 'tokyo' }, 'clusters/{env}/{cluster}/{app}'],
    ['deploy/checkout-prod', {}, 'deploy/{app}-{env}'],
    ['prod/shop-checkout.prod/checkouts', {}, '{env}/shop-{app}.{env}/checkouts'],
    ['product/checkout', {}, 'product/{app}'],
    ['envs/prod/01', { 'not a name': '01' }, 'envs/{env}/01'],
    ['envs/prod/01', { env: '01' }, 'envs/{env}/01'],
  ])('%s', (path, labels, template) => {
    expect(templateOf(path, { app: 'checkout', env: 'prod', labels })).toBe(template);
  });

  it('become one where they differ in one step, as long as that holds', () => {
    const templates = ['teams/red/{app}/{env}', 'teams/blue/{app}/{env}', 'live/red/{env}'];
    expect(mergeTemplates(templates, () => true)).toEqual(['live/red/{env}', 'teams/*/{app}/{env}']);
    expect(mergeTemplates(templates, (template) => !template.includes('*'))).toEqual(['live/red/{env}', 'teams/blue/{app}/{env}', 'teams/red/{app}/{env}']);
  });
});

const variant = (root: string, app: string, environment: string | undefined, more: Partial<VariantSource> = {}): VariantSource => ({
  root,
  app,
  environment,
  labels: {},
  renderer: 'kustomize',
  ...more,
});
const discovery = (...variants: readonly VariantSource[]): Discovery => ({
  environments: [...new Set(variants.flatMap(({ environment }) => environment ?? []))].map((name) => ({
    name,
    tier: 'unknown',
    promotesFrom: [],
    labels: name === 'prod-eu' ? { region: 'eu' } : {},
    evidence: [],
    confidence: 'high',
  })),
  variants,
  leftOut: [],
  assumptions: [],
});

describe('patterns', () => {
  it('need not name what the environment says anyway, nor who deploys', () => {
    const labels = { region: 'eu', deployer: 'shop' };
    expect(patternsFor(discovery(variant('apps/checkout/prod-eu', 'checkout', 'prod-eu', { labels })))).toEqual([{ path: 'apps/{app}/{env}' }]);
  });

  it.each([
    ['an app whose name is two steps', [variant('red/checkout/dev', 'red/checkout', 'dev')]],
    ['a label that is not in the path', [variant('checkout/dev', 'checkout', 'dev', { labels: { cluster: 'tokyo' } })]],
    ['an environment that is not in the path', [variant('apps/checkout', 'checkout', 'dev')]],
    ['an app that is not in the path', [variant('live/dev', 'checkout', 'dev')]],
    ['a folder of two environments', [variant('apps/checkout/dev', 'checkout', 'dev'), variant('apps/checkout/dev', 'checkout', 'test')]],
    ['the root', [variant('', 'checkout', 'dev')]],
    [
      'values files of two environments',
      [variant('charts/checkout', 'checkout', 'dev', { renderer: 'helm', values: ['charts/checkout/dev.yaml', 'charts/checkout/dev-eu.yaml'] })],
    ],
    [
      'shared values that come last',
      [variant('charts/checkout', 'checkout', 'dev', { renderer: 'helm', values: ['charts/checkout/dev.yaml', 'charts/checkout/values.yaml'] })],
    ],
    ['nothing', []],
  ])('are none for %s', (_, variants) => {
    expect(patternsFor(discovery(...variants))).toBeUndefined();
  });

  it('match nothing else: neither what has no environment, nor what is left out, nor a folder above', () => {
    const known = [variant('apps/checkout/dev', 'checkout', 'dev'), variant('apps/ledger/prod', 'ledger', 'prod')];
    expect(patternsFor(discovery(...known))).toEqual([{ path: 'apps/{app}/{env}' }]);
    expect(patternsFor(discovery(...known, variant('apps/tools/mail', 'tools', undefined)))).toBeUndefined();
    expect(patternsFor({ ...discovery(...known), leftOut: [{ name: 'apps/tools/mail', why: 'a base' }] })).toBeUndefined();
    expect(patternsFor(discovery(variant('a/b/dev', 'b', 'dev'), variant('a/b/dev/b/x/dev', 'x', 'dev')))).toEqual([
      { path: 'a/b/{env}/b/{app}/{env}' },
      { path: 'a/{app}/{env}' },
    ]);
  });

  it('tell charts and settings from folders', () => {
    const helm = { renderer: 'helm', values: ['charts/checkout/values.yaml', 'envs/dev/checkout.yaml'] } as const;
    const files = { renderer: 'files', values: ['config/dev.env'] } as const;
    const found = discovery(variant('charts/checkout', 'checkout', 'dev', helm), variant('config', 'config', 'dev', files));
    expect(patternsFor(found)).toEqual([{ chart: 'charts/{app}', values: ['values.yaml', '../../envs/{env}/{app}.yaml'] }, { files: '{app}/{env}.env' }]);
  });

  it('are none where they would be a list', () => {
    const steps = (at: number) => Array.from({ length: at + 1 }, () => `team${at}`).join('/');
    const many = Array.from({ length: 13 }, (_, at) => variant(`${steps(at)}/app${at}/dev`, `app${at}`, 'dev'));
    expect(patternsFor(discovery(...many.slice(1)))).toHaveLength(12);
    expect(patternsFor(discovery(...many))).toBeUndefined();
  });
});

describe('texts as YAML', () => {
  const read = (text: string) => plainOf(parseYaml(new SourceFile('.gitopsrc', text)).documents[0]?.root as never);

  it.each([
    'dev',
    'apps/{app}',
    '{app}/x',
    '*',
    'on',
    'No',
    '1',
    '1.5',
    'null',
    '~',
    '',
    ' ',
    'a b',
    'a: b',
    'a #b',
    '- a',
    '"',
    "'",
    '\\',
    '&a',
    '\t',
    '\u0085',
    '\u2028',
    'ü',
    '😀',
  ])('are read as they are: %j', (text) => {
    expect(read(`- ${scalar(text)}\n- ${list([text, 'x'])}\n`)).toEqual([text, [text, 'x']]);
    expect(read(`${scalar(text)}: { a: ${list([text])} }\n`)).toEqual({ [text]: { a: [text] } });
  });

  it('are not quoted without need', () => {
    expect(['dev', 'prod-eu', 'apps/{app}/overlays/{env}', 'values.yaml'].map(scalar)).toEqual(['dev', 'prod-eu', 'apps/{app}/overlays/{env}', 'values.yaml']);
  });

  it('are one line as comments', () => {
    expect(commentText('a\nb\r\n\u2028c')).toBe('# a b c');
  });
});
