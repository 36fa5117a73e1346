import { expect, it } from 'vitest';
import { credentialsIn, withoutCredentials } from '../../src/text/credentials.ts';

it.each([
  ['https://deploy:hunter2@git.shop.example/base?ref=v1', 'https://deploy:•••@git.shop.example/base?ref=v1'],
  ['https://ghp_hunter2@git.shop.example/base', 'https://•••@git.shop.example/base'],
  ['a: postgres://shop:hunter2@db:5432/shop\nb: redis://:hunter2@cache', 'a: postgres://shop:•••@db:5432/shop\nb: redis://:•••@cache'],
])('hides the credentials of %j', (text, shown) => {
  expect(withoutCredentials(text)).toBe(shown);
  expect(new Set(credentialsIn(text).map(({ start, end }) => text.slice(start, end).includes('hunter2')))).toEqual(new Set([true]));
});

it.each(['ssh://git@git.shop.example/base', 'git@git.shop.example:shop/base', 'https://git.shop.example:8443/a@b', 'registry.shop.example:5000/web@sha256:ab'])(
  'leaves %j',
  (text) => {
    expect(withoutCredentials(text)).toBe(text);
  },
);
