import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyTag, normalizeImageName, parseImageReference, type TagClass } from '../../../src/model/kubernetes/image-reference.ts';

const SHA256 = `sha256:${'0a'.repeat(32)}`;
const SHA512 = `sha512:${'f'.repeat(128)}`;

describe('an image reference', () => {
  it.each<[string, string, string | undefined, string | undefined]>([
    ['checkout', 'checkout', undefined, undefined],
    ['shop/checkout:1.4.0', 'shop/checkout', '1.4.0', undefined],
    [`shop/checkout@${SHA256}`, 'shop/checkout', undefined, SHA256],
    [`shop/checkout:1.4.0@${SHA256}`, 'shop/checkout', '1.4.0', SHA256],
    [`shop/checkout@${SHA512}`, 'shop/checkout', undefined, SHA512],
    ['registry.shop.example:5000/checkout:1.4.0', 'registry.shop.example:5000/checkout', '1.4.0', undefined],
    ['registry.shop.example:5000/checkout', 'registry.shop.example:5000/checkout', undefined, undefined],
    ['registry.shop.example:5000', 'registry.shop.example', '5000', undefined],
    ['localhost/shop/checkout:dev', 'localhost/shop/checkout', 'dev', undefined],
    ['[::1]:5000/checkout:dev', '[::1]:5000/checkout', 'dev', undefined],
    ['shop/check__out/web-ui.v2:x', 'shop/check__out/web-ui.v2', 'x', undefined],
    ['shop/checkout:Release_1.4', 'shop/checkout', 'Release_1.4', undefined],
    [`shop/checkout:${'a'.repeat(128)}`, 'shop/checkout', 'a'.repeat(128), undefined],
  ])('%s', (text, name, tag, digest) => {
    expect(parseImageReference(text)).toEqual({ name, tag, digest, tagStart: tag === undefined ? undefined : name.length + 1 });
  });

  it.each([
    '',
    ':1.4.0',
    'checkout:',
    'checkout@',
    'Checkout:1.4.0',
    'shop//checkout',
    'shop/checkout-:1',
    'docker://shop/checkout:1',
    'https://shop.example/checkout',
    'shop/checkout:${TAG}',
    '{{ .Values.image }}',
    'shop/checkout:1 .4',
    `shop/checkout:${'a'.repeat(129)}`,
    'shop/checkout@sha256:0a0a',
    '0a'.repeat(32),
    `${'shop/'.repeat(51)}checkout`,
    ' shop/checkout',
    'shop/checkout\n',
  ])('is none: %j', (text) => {
    expect(parseImageReference(text)).toBeUndefined();
  });

  it('is read back as it was put together', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}(?:[._-][a-z0-9]{1,6}){0,2}$/);
    const tags = fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: undefined });
    const digests = fc.option(fc.stringMatching(/^sha256:[0-9a-f]{64}$/), { nil: undefined });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), tags, digests, (parts, tag, digest) => {
        const name = parts.join('/');
        const text = `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
        expect(parseImageReference(text)).toEqual({ name, tag, digest, tagStart: tag === undefined ? undefined : name.length + 1 });
      }),
    );
  });

  it('is decided upon in linear time', () => {
    const start = performance.now();
    for (const text of [`${'a-'.repeat(50_000)}:`, `${'a.'.repeat(50_000)}/`, `${'a/'.repeat(50_000)}A`]) expect(parseImageReference(text)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('the name of an image', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx'],
    ['shop/checkout', 'docker.io/shop/checkout'],
    ['docker.io/shop/checkout', 'docker.io/shop/checkout'],
    ['registry.shop.example/checkout', 'registry.shop.example/checkout'],
    ['registry:5000/checkout', 'registry:5000/checkout'],
    ['localhost/checkout', 'localhost/checkout'],
  ])('%s is %s', (name, expected) => {
    expect(normalizeImageName(name)).toBe(expected);
    expect(normalizeImageName(expected)).toBe(expected);
  });
});

describe('a tag', () => {
  it.each<[TagClass, readonly string[]]>([
    [
      'mutable',
      [
        ...'latest main master trunk head dev develop development nightly edge canary unstable testing stable current next lts mainline beta alpha rc snapshot'.split(
          ' ',
        ),
        ...'release prod production staging qa uat preprod Latest MAIN'.split(' '),
        'latest-alpine',
        'checkout-latest',
        'stable-alpine',
        '1.4.0-SNAPSHOT',
        '1.4-snapshot',
        'pr-12',
        'pr-1207',
        'feature-new-cart',
        'feat-cart',
        'branch-main',
        'hotfix-cart',
      ],
    ],
    ['floating', ['1', 'v1', '16', '16-alpine', 'v2-slim', '8-jdk', 'ubi', 'jammy', 'bookworm-slim', '1.2.x']],
    [
      'release',
      [
        '1.4.0',
        'v1.4.0',
        '1.4.0-alpine3.20',
        '1.4.0-rc.1',
        '1.4.0_build7',
        '2026.11.3',
        '24.04.1',
        '1.4',
        '16.2',
        '3.9-slim',
        'v0.12',
        '20261103',
        '20261103-a1',
        '2026110312',
        '0a1b2c3',
        'sha-0a1b2c3',
        'main-0a1b2c3d',
        'pr-12-0a1b2c3d',
        '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
        'feature-cart-20261103',
        'build-417',
        'b417',
        '1417',
        'checkout-1.4.0',
      ],
    ],
    ['opaque', ['set-by-overlay', 'TBA', 'eu', 'v', 'checkout', 'x86']],
  ])('%s', (expected, tags) => {
    expect(tags.filter((tag) => classifyTag(tag) !== expected).map((tag) => `${tag}: ${classifyTag(tag)}`)).toEqual([]);
  });

  it('of numbers with three parts or more is always a release', () => {
    const number = fc.integer({ min: 0, max: 9999 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 3, maxLength: 4 }), fc.constantFrom('', 'v'), (parts, v) => {
        expect(classifyTag(v + parts.join('.'))).toBe('release');
      }),
    );
  });

  it('is read the same in any case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,20}$/), (tag) => {
        expect(classifyTag(tag.toUpperCase())).toBe(classifyTag(tag.toLowerCase()));
      }),
    );
  });
});
