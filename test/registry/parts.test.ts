import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { challengesIn } from '../../src/registry/challenge.ts';
import { endpointOf } from '../../src/registry/endpoint.ts';

const read = (header: string) => challengesIn(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('a challenge', () => {
  it.each([
    [
      'Bearer realm="https://auth.shop.example/token",service="shop",scope="repository:a/b:pull"',
      [['bearer', { realm: 'https://auth.shop.example/token', service: 'shop', scope: 'repository:a/b:pull' }]],
    ],
    ['BASIC realm=shop', [['basic', { realm: 'shop' }]]],
    [
      'Basic realm="a \\"b\\", c", Bearer realm="x" , service=y',
      [
        ['basic', { realm: 'a "b", c' }],
        ['bearer', { realm: 'x', service: 'y' }],
      ],
    ],
    ['Negotiate', [['negotiate', {}]]],
    [
      'Negotiate, Basic realm="x"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    ['', []],
    ['"', []],
  ])('%j', (header, expected) => {
    expect(read(header)).toEqual(expected);
  });

  it('never hangs, whatever a server sends', () => {
    fc.assert(fc.property(fc.string(), (header) => Array.isArray(challengesIn(header))));
    expect(challengesIn(`Bearer ${'a="\\'.repeat(20_000)}`)).toHaveLength(1);
  });
});

describe('an endpoint', () => {
  it.each([
    ['docker.io/library/nginx', 'docker.io', 'https://registry-1.docker.io/v2/library/nginx'],
    ['registry.shop.example/a/b', 'registry.shop.example', 'https://registry.shop.example/v2/a/b'],
    ['localhost/a', 'localhost', 'http://localhost/v2/a'],
    ['127.0.0.1:5000/a', '127.0.0.1:5000', 'http://127.0.0.1:5000/v2/a'],
    ['[::1]:5000/a', '[::1]:5000', 'http://[::1]:5000/v2/a'],
    ['127.0.0.1.shop.example/a', '127.0.0.1.shop.example', 'https://127.0.0.1.shop.example/v2/a'],
    ['localhost.shop.example/a', 'localhost.shop.example', 'https://localhost.shop.example/v2/a'],
  ])('of %s', (artifact, registry, address) => {
    expect(endpointOf(artifact)).toMatchObject({ registry, address });
  });

  it.each(['shop.example:99999', 'sam@shop.example', 'shop.example?', 'shop.example#', 'shop.example\\x', ''])('needs a host: %j', (host) => {
    expect(() => endpointOf(`${host}/a`)).toThrow(`"${host}" is no host`);
  });
});
