import { describe, expect, it } from 'vitest';
import rule from '../../rules/unexpected-tag-format/rule.ts';
import { hasTagForm } from '../../src/model/kubernetes/registries.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { deployment, overlaysOf } from './shop.ts';

/** One image in production, and the options of the rule. */
const expecting = (options: string, image: string): Tree => ({
  '.gitopsrc': `rules:\n  unexpected-tag-format: { options: ${options} }\n`,
  'environments/prod/checkout.yaml': deployment('checkout', `image: ${image}\n`),
});
const RELEASES = '{ formats: { prod: ["#.#.#"] } }';

testRule(rule, {
  valid: {
    'nothing is said of tags': { 'environments/prod/checkout.yaml': deployment('checkout', 'image: shop/checkout:any\n') },
    'the form': expecting(RELEASES, 'shop/checkout:1.14.2'),
    'another environment': expecting('{ formats: { staging: ["#.#.#"] } }', 'shop/checkout:any'),
    'an image of others': expecting('{ formats: { prod: ["#.#.#"] }, images: [registry.shop.example] }', 'postgres:16.4'),
    'no tag': expecting(RELEASES, 'shop/checkout'),
    'text for a later step': expecting(RELEASES, 'shop/checkout:${TAG}'),
  },
  invalid: {
    'another form': expecting(RELEASES, 'shop/checkout:1.15.0-rc.1 # error: unexpected prod'),
    'with a digest': expecting(RELEASES, `shop/checkout:any@sha256:${'0a'.repeat(32)} # error: unexpected`),
    'a tag that an overlay sets': {
      '.gitopsrc': `rules:\n  unexpected-tag-format: { options: ${RELEASES} }\n`,
      ...overlaysOf(deployment('checkout', 'image: shop/checkout:1.0.0\n'), {
        prod: 'images:\n  - name: shop/checkout\n    newTag: main-1a2b3c4 # error: unexpected prod\n',
      }),
    },
  },
});

describe('the form of a tag', () => {
  it.each<[string, string, boolean]>([
    ['1.14.2', '#.#.#', true],
    ['1a14b2', '#.#.#', false],
    ['v1.14.2', '#.#.#', false],
    ['v1.14.2-rc.1', 'v#.#.#-*', true],
    ['release-1', 'release-*', true],
    ['a(b', 'a(b', true],
  ])('%s is %s: %s', (tag, form, expected) => {
    expect(hasTagForm(tag, [form])).toBe(expected);
  });
});
