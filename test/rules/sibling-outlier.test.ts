import { describe, expect, it } from 'vitest';
import rule from '../../rules/sibling-outlier/rule.ts';
import { lintTree, type Tree, testRule } from '../support/rule-tester.ts';
import { configMap, deployment, documents, kustomization, overlaysOf } from './shop.ts';

const APP = deployment('checkout', 'image: shop/checkout:1.14.2\nargs: [--region=none]\n', 'priorityClassName: low\n');

const patched = (lines: string) =>
  `patches:\n  - patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: checkout\n      spec:\n${lines}`;

const PAUSED = patched('        minReadySeconds: 30\n');
const PAUSED_MARKED = patched('        minReadySeconds: 30 # error: absent\n');
const URGENT = (name: string, mark = '') => patched(`        template:\n          spec:\n            priorityClassName: ${name}${mark}\n`);

const APP_PAUSED = `${APP}  minReadySeconds: 30\n`;
const ofPreview = (app: string) => app.replace('  name: checkout\n', '  name: checkout\n  namespace: preview\n');
const regions = (all: Readonly<Record<string, readonly string[]>>): Tree =>
  Object.fromEntries(Object.entries(all).map(([name, parts]) => [`environments/${name}/checkout.yaml`, documents(...parts)]));

testRule(rule, {
  valid: {
    'all set it': overlaysOf(APP, { 'prod-ap': PAUSED, 'prod-eu': PAUSED, 'prod-us': PAUSED }),
    'one of two: nobody knows which is right': overlaysOf(APP, { 'prod-eu': PAUSED, 'prod-us': '' }),
    'two of four': overlaysOf(APP, { 'prod-ap': PAUSED, 'prod-au': '', 'prod-eu': PAUSED, 'prod-us': '' }),
    'one alone sets it': overlaysOf(APP, { 'prod-ap': PAUSED, 'prod-eu': '', 'prod-us': '' }),
    'those that set it are of other tiers': overlaysOf(APP, { dev: PAUSED, staging: PAUSED, prod: '' }),
    'the base has it as one of them needs it': overlaysOf(APP.replace('priorityClassName: low', 'priorityClassName: prod-ap-high'), {
      'prod-ap': '',
      'prod-eu': URGENT('prod-eu-high'),
      'prod-us': URGENT('prod-us-high'),
    }),
    'the base has what the others write': overlaysOf(APP, { 'prod-ap': '', 'prod-eu': URGENT('low'), 'prod-us': URGENT('high') }),
    'a list of plain texts': overlaysOf(APP, {
      'prod-ap': '',
      'prod-eu': patched('        template: { spec: { containers: [{ name: checkout, args: [--region=eu] }] } }\n'),
      'prod-us': patched('        template: { spec: { containers: [{ name: checkout, args: [--region=us] }] } }\n'),
    }),
    'it has something else in its place': overlaysOf(APP, {
      'prod-ap': patched('        strategy: { type: Recreate }\n'),
      'prod-eu': PAUSED,
      'prod-us': PAUSED,
    }),
    'a key of a ConfigMap, of which another rule speaks': Object.fromEntries(
      ['prod-ap', 'prod-eu', 'prod-us'].map((name, index) => [
        `environments/${name}/checkout.yaml`,
        configMap('checkout', index === 0 ? 'A: b\n' : 'A: b\nC: d\n'),
      ]),
    ),
    'an override of it hits nothing, of which another rule speaks': overlaysOf(APP, {
      'prod-ap': PAUSED,
      'prod-eu': PAUSED,
      'prod-us': `${PAUSED}    target: { kind: Deployment, name: chekcout }\n`,
    }),
    'one of four does not have the object at all': {
      ...regions({ 'prod-ap': [APP_PAUSED], 'prod-eu': [APP_PAUSED], 'prod-us': [APP], 'prod-au': [configMap('checkout', 'A: b\n')] }),
    },
    'the same name in two namespaces, one of which has its own way': regions({
      'prod-ap': [APP_PAUSED, ofPreview(APP_PAUSED)],
      'prod-eu': [APP_PAUSED, ofPreview(APP_PAUSED)],
      'prod-us': [APP_PAUSED, ofPreview(APP)],
    }),
    'a remote base may set it': {
      ...overlaysOf(APP, { 'prod-ap': PAUSED, 'prod-eu': PAUSED }),
      'apps/checkout/overlays/prod-us/kustomization.yaml': kustomization(['../../base', 'https://github.com/shop/bases//checkout?ref=v1']),
    },
  },

  invalid: {
    'one of three files lacks it': regions({ 'prod-ap': [`${APP_PAUSED.trimEnd()} # error: absent\n`], 'prod-eu': [APP_PAUSED], 'prod-us': [APP] }),
    'one of three lacks it': overlaysOf(APP, { 'prod-ap': PAUSED_MARKED, 'prod-eu': PAUSED, 'prod-us': '' }),
    'one of three clusters lacks it': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': APP,
      'apps/checkout/overlays/prod/cluster-1/kustomization.yaml': kustomization(['../../../base'], PAUSED_MARKED),
      'apps/checkout/overlays/prod/cluster-2/kustomization.yaml': kustomization(['../../../base'], PAUSED),
      'apps/checkout/overlays/prod/cluster-3/kustomization.yaml': kustomization(['../../../base']),
    },
    'one of three keeps what is in the base': overlaysOf(APP, {
      'prod-ap': URGENT('high', ' # error: inherited'),
      'prod-eu': URGENT('higher'),
      'prod-us': '',
    }),
    'two fields from one patch are one mistake': overlaysOf(APP, {
      'prod-ap': patched('        minReadySeconds: 30 # error: absent\n        revisionHistoryLimit: 3\n'),
      'prod-eu': patched('        minReadySeconds: 30\n        revisionHistoryLimit: 3\n'),
      'prod-us': '',
    }),
  },
});

describe('the findings of sibling-outlier', () => {
  it('tell how many do otherwise, and where it belongs', async () => {
    const tree: Tree = overlaysOf(APP, { 'prod-ap': PAUSED, 'prod-eu': PAUSED, 'prod-us': '' });
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        message: 'Of 3 siblings only one does not set "spec.minReadySeconds" of Deployment "checkout"',
        variants: ['checkout@prod-us'],
        comparedWith: ['checkout@prod-ap', 'checkout@prod-eu'],
        related: [{ message: 'it belongs here for prod-us', location: { file: { path: 'apps/checkout/overlays/prod-us/kustomization.yaml' } } }],
      },
    ]);
  });
});
