import rule from '../../rules/version-ahead/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { deployment } from './shop.ts';

const SHA = (letter: string) => `sha256:${letter.repeat(64)}`;
/** The tag that each environment runs; it may end in a mark. */
const tags = (tags: Readonly<Record<string, string>>, name = 'registry.shop.example/checkout'): Tree =>
  Object.fromEntries(
    Object.entries(tags).map(([environment, tag]) => [`environments/${environment}/checkout.yaml`, deployment('checkout', `image: ${name}:${tag}\n`)]),
  );
const chart = (environment: string, version: string): Tree => ({
  [`environments/${environment}/redis.yaml`]: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: redis }
spec:
  chart:
    spec:
      chart: redis
      version: ${version}
      sourceRef: { kind: HelmRepository, name: shop }
`,
});

testRule(rule, {
  valid: {
    'an override before it matches nothing, of which another rule speaks': {
      'apps/checkout/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'apps/checkout/base/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.0.0\n'),
      'apps/checkout/overlays/staging/kustomization.yaml': 'resources: [../../base]\nimages: [{ name: checkout, newTag: 1.2.3 }]\n',
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base]\nimages: [{ name: registry.shop.example/checkout, newTag: 1.2.3 }]\n',
    },
    'all have the same': tags({ dev: '1.2.3', staging: '1.2.3', prod: '1.2.3' }),
    'production is behind': tags({ dev: '1.3.0', staging: '1.2.4', prod: '1.2.3' }),
    'one before has it, another is behind': tags({ dev: '1.2.4', staging: '1.2.3', prod: '1.2.4' }),
    'the letter v changes nothing': tags({ staging: 'v1.2.3', prod: '1.2.3' }),
    'commits have no order': tags({ staging: '9f1c2b7', prod: '5d6e7f8' }),
    'another make': tags({ staging: '1.2.3-alpine', prod: '1.2.4' }),
    'another kind of version': tags({ staging: '1.2.3', prod: '20260714' }),
    'the same digest under another tag': tags({ staging: `1.2.3@${SHA('a')}`, prod: `1.2.4@${SHA('a')}` }),
    'two numbers may be any third': tags({ staging: '1.2', prod: '1.3.1' }),
    'nothing is before it': tags({ prod: '1.2.4', dr: '1.2.3' }),
    'a preview and a laptop count for nothing': tags({ 'pr-12': '1.2.3', kind: '1.2.3', prod: '1.2.4' }),
    'other regions are no way': tags({ 'prod-eu': '1.2.4', 'prod-us': '1.2.3' }),
    'another image': {
      ...tags({ staging: '1.2.3' }),
      ...tags({ prod: '1.2.4' }, 'registry.shop.example/ledger'),
    },
  },
  invalid: {
    'production is ahead': tags({ dev: '1.2.3', staging: '1.2.3', prod: '1.2.4 # error: ahead prod' }),
    'ahead of what is older, and of what is older still': tags({ dev: '1.2.2', staging: '1.2.3 # error: ahead staging', prod: '1.10.0 # error: ahead prod' }),
    'staging is ahead of dev': tags({ dev: '1.2.3', staging: '1.3.0 # error: ahead staging', prod: '1.2.3' }),
    'a release is newer than its candidate': tags({ staging: '1.2.3-rc.1', prod: '1.2.3 # error: ahead prod' }),
    'build numbers': tags({ staging: 'build-99', prod: 'build-100 # error: ahead prod' }),
    'from another registry': {
      ...tags({ staging: '1.2.3' }),
      ...tags({ prod: '1.2.4 # error: ahead prod' }, 'mirror.shop.example/checkout'),
    },
    'two regions, each at its line': tags({ staging: '1.2.3', 'prod-eu': '1.2.4 # error: ahead prod-eu', 'prod-us': '1.2.4 # error: ahead prod-us' }),
    'a chart': { ...chart('staging', '18.1.0'), ...chart('prod', '18.2.0 # error: ahead prod') },
    'an override, at its line': {
      'apps/checkout/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'apps/checkout/base/deployment.yaml': deployment('checkout', 'image: shop/checkout:1.2.3\n'),
      'apps/checkout/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base]\nimages:\n  - name: shop/checkout\n    newTag: 1.2.4 # error: ahead prod\n',
    },
  },
});
