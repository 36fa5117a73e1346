import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pinEditAt } from '../../src/model/versions/pin-edit.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { SourceFile } from '../../src/text/source-file.ts';

const DIGEST = `sha256:${'3f1c2a9b'.repeat(8)}`;

/** The text with the digest beside the tag, which is the first `1.4.0` unless said otherwise; or why there is none. */
function pinned(text: string, tag = '1.4.0', start = text.indexOf(tag)): string {
  const file = new SourceFile('apps/checkout.yaml', text);
  const edit = pinEditAt({ file, start, end: start + tag.length }, tag);
  return typeof edit === 'string' ? edit : applyEdits(text, [edit.editFor(DIGEST)]).replaceAll(DIGEST, 'DIGEST');
}

describe('a digest behind a reference', () => {
  it.each([
    ['image: shop/checkout:1.4.0\n', 'image: shop/checkout:1.4.0@DIGEST\n'],
    ['image: shop/checkout:1.4.0 # tested\r\nname: x\r\n', 'image: shop/checkout:1.4.0@DIGEST # tested\r\nname: x\r\n'],
    ['image: "registry.shop.example:5000/checkout:1.4.0"', 'image: "registry.shop.example:5000/checkout:1.4.0@DIGEST"'],
    ["image: 'shop/checkout:1.4.0'", "image: 'shop/checkout:1.4.0@DIGEST'"],
    ['{name: a, image: shop/checkout:1.4.0}', '{name: a, image: shop/checkout:1.4.0@DIGEST}'],
    ['{"image":"shop/checkout:1.4.0"}', '{"image":"shop/checkout:1.4.0@DIGEST"}'],
    ['images:\n  - old=shop/checkout:1.4.0\n', 'images:\n  - old=shop/checkout:1.4.0@DIGEST\n'],
    ['image: {{ .Values.repository }}:1.4.0\n', 'image: {{ .Values.repository }}:1.4.0@DIGEST\n'],
    ['values: |\n  image: shop/checkout:1.4.0\n', 'values: |\n  image: shop/checkout:1.4.0@DIGEST\n'],
  ])('%j', (before, after) => {
    expect(pinned(before)).toBe(after);
  });
});

describe('a digest beside newTag', () => {
  it.each([
    ['images:\n  - name: a # why\n    newTag: 1.4.0 # tested\n', 'images:\n  - name: a # why\n    newTag: 1.4.0 # tested\n    digest: DIGEST\n'],
    ['images:\n- newTag: "1.4.0"\n  name: a\n', 'images:\n- newTag: "1.4.0"\n  digest: DIGEST\n  name: a\n'],
    ['images:\r\n- name: a\r\n  newTag: 1.4.0\r\n', 'images:\r\n- name: a\r\n  newTag: 1.4.0\r\n  digest: DIGEST\r\n'],
    ['images:\n- name: a\n  newTag: 1.4.0', 'images:\n- name: a\n  newTag: 1.4.0\n  digest: DIGEST'],
    ["images:\n  - { name: a, newTag: '1.4.0' } # why\n", "images:\n  - { name: a, newTag: '1.4.0', digest: DIGEST } # why\n"],
    ['images: [{newTag: 1.4.0, name: a}]\n', 'images: [{newTag: 1.4.0, digest: DIGEST, name: a}]\n'],
    ['{"images": [{"name": "a", "newTag": "1.4.0"}]}', '{"images": [{"name": "a", "newTag": "1.4.0", "digest": "DIGEST"}]}'],
    ['images:\n- name: a\n  digest: ""\n  newTag: 1.4.0\n', 'images:\n- name: a\n  digest: "DIGEST"\n  newTag: 1.4.0\n'],
  ])('%j', (before, after) => {
    expect(pinned(before)).toBe(after);
  });

  it('not where a digest of another kind stands already, or where the entry is no line of its own', () => {
    expect(pinned('images:\n- name: a\n  newTag: 1.4.0\n  digest: ~\n')).toBe('its digest stands elsewhere');
    expect(pinned('images:\n- name: a\n  newTag: >-\n    1.4.0\n')).toBe('its entry is written in an unusual way');
    expect(pinned('images:\n- name: a\n  ? newTag\n  : 1.4.0\n')).toBe('its entry is written in an unusual way');
  });
});

describe('a digest in values', () => {
  it.each([
    ['image:\n  tag: 1.4.0 # tested\n', 'image:\n  tag: 1.4.0@DIGEST # tested\n'],
    ['image: { repository: a, tag: "1.4.0" }\n', 'image: { repository: a, tag: "1.4.0@DIGEST" }\n'],
    ['{"imageTag":"1.4.0"}', '{"imageTag":"1.4.0@DIGEST"}'],
    ['image_tag: 1.4.0\r\nx: y\r\n', 'image_tag: 1.4.0@DIGEST\r\nx: y\r\n'],
    ['values: |\n  image:\n    tag: "1.4.0"\n', 'values: |\n  image:\n    tag: "1.4.0@DIGEST"\n'],
    ['image:\n  tag: 1.4.0\n  digest: "" # none yet\n', 'image:\n  tag: 1.4.0\n  digest: "DIGEST" # none yet\n'],
    ["image:\n  digest: ''\n  tag: 1.4.0\n", "image:\n  digest: 'DIGEST'\n  tag: 1.4.0\n"],
    ['image:\n  tag: 1.4.0\n  digest: # none yet\n', 'image:\n  tag: 1.4.0\n  digest: DIGEST # none yet\n'],
  ])('%j', (before, after) => {
    expect(pinned(before)).toBe(after);
  });
});

describe('a tag stays', () => {
  it.each([
    ['appVersion: 1.4.0\n', 'the version of its chart is its tag'],
    ['parameters:\n  - name: image.tag\n    value: 1.4.0\n', 'its tag is a value that is put into the image elsewhere'],
    ['stage: 1.4.0\n', 'its tag is a value that is put into the image elsewhere'],
    ['image: a:1.4.0-rc1\n', 'no tag stands at its place as it is'],
    [`image: a:1.4.0@${DIGEST}\n`, 'no tag stands at its place as it is'],
    ['newTag: 1.4.0 # {"$imagepolicy": "flux-system:checkout:tag"}\n', 'an image policy of Flux writes it'],
    ['image: { tag: 1.4.0 }\nsops:\n  mac: ENC[x]\n', 'SOPS would refuse its file after a change'],
  ])('%j', (text, why) => {
    expect(pinned(text)).toBe(why);
  });

  it('where its file is no UTF-8', () => {
    expect(pinEditAt({ file: new SourceFile('a.yaml', 'image: a:1.4.0\n', 'utf-16'), start: 9, end: 14 }, '1.4.0')).toBe('its file is no UTF-8');
  });
});

describe('whatever stands around it', () => {
  const blank = fc.constantFrom('', ' ', ' # a comment', '\r');
  const quote = fc.constantFrom('', '"', "'");
  const tag = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,8}[a-z0-9]$/);
  const shape = fc.constantFrom(
    (q: string, t: string, b: string) => [`image: ${q}shop/checkout:${t}${q}${b}\n`, `checkout:${t}`] as const,
    (q: string, t: string, b: string) => [`images:\n  - name: a${b}\n    newTag: ${q}${t}${q}${b}\n`, `newTag: ${q}${t}`] as const,
    (q: string, t: string, b: string) => [`images: [{name: a, newTag: ${q}${t}${q}}]${b}\n`, `newTag: ${q}${t}`] as const,
    (q: string, t: string, b: string) => [`image:\n  repository: a${b}\n  tag: ${q}${t}${q}${b}\n`, `tag: ${q}${t}`] as const,
    (q: string, t: string, b: string) => [`image:\n  tag: ${q}${t}${q}${b}\n  digest: ""${b}\n`, `tag: ${q}${t}`] as const,
  );
  const cases = fc.tuple(shape, quote, tag, blank).map(([make, q, t, b]) => ({ made: make(q, t, b), tag: t }));

  it('the text without the digest is the text before, and a tag is pinned once', () => {
    fc.assert(
      fc.property(cases, ({ made: [text, held], tag: name }) => {
        const start = text.indexOf(held) + held.length - name.length;
        const file = new SourceFile('a.yaml', text);
        const edit = pinEditAt({ file, start, end: start + name.length }, name);
        if (typeof edit === 'string') throw new Error(`${JSON.stringify(text)}: ${edit}`);
        const after = applyEdits(text, [edit.editFor(DIGEST)]);
        expect(after.replace(/@?sha256:[0-9a-f]{64}/, '').replace(/\r?\n {4}digest: (?=\r?\n|$)|, digest: (?=\})/, '')).toBe(text);
        const again = pinEditAt({ file: new SourceFile('a.yaml', after), start, end: start + name.length }, name);
        if (edit.form !== 'digest-key') expect(again).toBe('no tag stands at its place as it is');
        else if (held.startsWith('newTag')) expect(again).toBe('its digest stands elsewhere');
      }),
    );
  });
});
