import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImageFault, imageFaultOf } from '../../../src/model/kubernetes/image-fault.ts';

const HEX = '0a'.repeat(32);
const SHA256 = `sha256:${HEX}`;

describe('what is wrong with an image', () => {
  it.each([
    'checkout',
    'shop/checkout:1.4.0',
    'test.com:5000',
    'registry.shop.example:5000/checkout:Release_1.4',
    `shop/checkout:1.4.0@${SHA256}`,
    `shop/checkout@sha512:${'f'.repeat(128)}`,
    `shop/checkout@blake3:${'f'.repeat(40)}`,
    'Registry/checkout:1.4.0',
    '[::1]:5000/checkout:dev',
  ])('is nothing for %s', (text) => {
    expect(imageFaultOf(text)).toBeUndefined();
  });

  it.each([
    'shop/checkout:${TAG}',
    'shop/checkout:$TAG',
    '$(params.image)',
    '{{ .Values.image }}',
    '<image>',
    'docker://shop/checkout:1',
    'ko://shop.example/Checkout',
    'shop/checkout:',
    '/checkout:1.4.0',
    'registry.shop.example//checkout',
    `shop/checkout:@${SHA256}`,
    'shop/checkout@',
    'IMAGE',
    'IMAGE_NAME:IMAGE_TAG',
    'registry.shop.example/APP_NAME:1.4.0',
    'shop/checkout@sha256:DIGEST_OF_BUILD',
    '__IMAGE__',
    '%IMAGE%',
    'shop/checkout@sha256:0a0a…',
    'shop/checkout@sha256:0a0a...',
    ' ',
    '',
  ])('waits for a later step: %j', (text) => {
    expect(imageFaultOf(text)).toBeUndefined();
  });

  it.each<[string, ImageFault['part'], string]>([
    ['Checkout:1.4.0', 'name', 'Checkout'],
    ['registry.shop.example/Checkout:1.4.0', 'name', 'registry.shop.example/Checkout'],
    ['shop/check out:1.4.0', 'name', 'shop/check out'],
    ['shop/checkout-:1', 'name', 'shop/checkout-'],
    ['shop/checkout::1.4.0', 'name', 'shop/checkout:'],
    [`${'shop/'.repeat(51)}checkout`, 'name', `${'shop/'.repeat(51)}checkout`],
    ['shop/checkout:feature+login', 'tag', 'feature+login'],
    ['shop/checkout:-1', 'tag', '-1'],
    ['shop/checkout:1 .4', 'tag', '1 .4'],
    [`shop/checkout:${'a'.repeat(129)}`, 'tag', 'a'.repeat(129)],
    ['shop/checkout@sha256:0a0a', 'digest', 'sha256:0a0a'],
    [`shop/checkout:1@${SHA256}0`, 'digest', `${SHA256}0`],
    [`shop/checkout:1@${SHA256.slice(0, -1)}`, 'digest', SHA256.slice(0, -1)],
    [`shop/checkout@sha256:${HEX.toUpperCase()}`, 'digest', `sha256:${HEX.toUpperCase()}`],
    [`shop/checkout@${HEX}`, 'digest', HEX],
    ['shop/checkout@latest', 'digest', 'latest'],
    [HEX, 'id', HEX],
    [SHA256, 'id', SHA256],
  ])('%s', (text, part, wrong) => {
    const fault = imageFaultOf(text);
    expect(fault && [fault.part, text.slice(fault.start, fault.end)]).toEqual([part, wrong]);
  });

  it('is nothing for whatever the grammar makes', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}(?:[._-][a-z0-9]{1,6}){0,2}$/);
    const host = fc.stringMatching(/^[a-z]{1,8}\.example(?::\d{2,4})?$/);
    const tag = fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: '' });
    const digest = fc.option(fc.stringMatching(/^[0-9a-f]{64}$/), { nil: '' });
    fc.assert(
      fc.property(host, fc.array(part, { minLength: 1, maxLength: 3 }), tag, digest, (registry, parts, named, hex) => {
        const text = `${registry}/${parts.join('/')}${named && `:${named}`}${hex && `@sha256:${hex}`}`;
        expect(imageFaultOf(text)).toBeUndefined();
      }),
    );
  });

  it('is its digest as soon as one digit is missing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), fc.integer({ min: 0, max: 63 }), (hex, at) => {
        expect(imageFaultOf(`shop/checkout:1.4.0@sha256:${hex.slice(0, at)}${hex.slice(at + 1)}`)?.part).toBe('digest');
      }),
    );
  });

  it('is found in no time in a long text', () => {
    const started = performance.now();
    imageFaultOf(`${'a'.repeat(50_000)}@`);
    imageFaultOf(`${'a-'.repeat(25_000)}A`);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
