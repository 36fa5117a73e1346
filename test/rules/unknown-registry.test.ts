import { describe, expect, it } from 'vitest';
import rule from '../../rules/unknown-registry/rule.ts';
import { isFromRegistry } from '../../src/model/kubernetes/registries.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { deployment, overlaysOf } from './shop.ts';

/** One image in an environment, and what `.gitopsrc` allows. */
const allowing = (allowed: string, image: string, environment = 'prod'): Tree => ({
  '.gitopsrc': `rules:\n  unknown-registry: { options: { allowed: ${allowed} } }\n`,
  [`environments/${environment}/checkout.yaml`]: deployment('checkout', `image: ${image}\n`),
});

testRule(rule, {
  valid: {
    'nothing is said of registries': { 'environments/prod/checkout.yaml': deployment('checkout', 'image: someone/checkout:1.0\n') },
    'the registry of all': allowing('{ "*": [registry.shop.example] }', 'registry.shop.example/checkout:1.0'),
    'the registry of the tier': allowing('{ prod: [registry.shop.example] }', 'registry.shop.example/checkout:1.0', 'production'),
    'an environment of which nothing is said': allowing('{ prod: [registry.shop.example] }', 'someone/checkout:1.0', 'staging'),
    'text for a later step': allowing('{ "*": [registry.shop.example] }', '${REGISTRY}/checkout:1.0'),
  },
  invalid: {
    'another registry': allowing('{ "*": [registry.shop.example] }', 'quay.io/shop/checkout:1.0 # error: unknown prod'),
    'no registry, which is one': allowing('{ "*": [registry.shop.example] }', 'checkout:1.0 # error: unknown'),
    'the name counts before the tier': allowing(
      '{ prod: [quay.io], prod-eu: [registry.shop.example] }',
      'quay.io/shop/checkout:1.0 # error: unknown',
      'prod-eu',
    ),
    'nothing is allowed': allowing('{ prod: [] }', 'registry.shop.example/checkout:1.0 # error: unknown'),
    'a name that an overlay sets': {
      '.gitopsrc': 'rules:\n  unknown-registry: { options: { allowed: { prod: [registry.shop.example] } } }\n',
      ...overlaysOf(deployment('checkout', 'image: registry.shop.example/checkout:1.0\n'), {
        prod: 'images:\n  - name: registry.shop.example/checkout\n    newName: quay.io/shop/checkout # error: unknown prod\n',
      }),
    },
  },
});

describe('an image of a registry', () => {
  it.each<[string, string, boolean]>([
    ['registry.shop.example/checkout', 'registry.shop.example', true],
    ['registry.shop.example/shop/checkout', 'registry.shop.example/shop', true],
    ['registry.shop.example/shop/checkout', 'registry.shop.example/shop/*', true],
    ['registry.shop.example/shopping/checkout', 'registry.shop.example/shop', false],
    ['registry.shop.example/shop/checkout', 'registry.*.example', true],
    ['eu.registry.example/checkout', '*.registry.example', true],
    ['registry.example/checkout', '*.registry.example', false],
    ['registry.shop.example.evil.example/checkout', 'registry.shop.example', false],
    ['checkout', 'docker.io', true],
    ['checkout', 'docker.io/library', true],
    ['shop/checkout', 'docker.io/library', false],
    ['localhost:5000/checkout', 'localhost:*', true],
    ['aXa/checkout', 'a*a*a', false],
  ])('%s of %s: %s', (name, registry, expected) => {
    expect(isFromRegistry(name, [registry])).toBe(expected);
  });
});
