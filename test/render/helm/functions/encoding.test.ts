import { describe, expect, it } from 'vitest';
import { shownText } from '../../../../src/render/helm/go-template/format/value.ts';
import type { Host, MapValue, Text } from '../../../../src/render/helm/value.ts';
import { apply, by, itFails, itGives, type Noted, shown, stretches, value } from './calling.ts';

describe('encodings', () => {
  itGives([
    ['b64enc', ['é'], 'w6k='],
    ['b64dec', ['w6k='], 'é'],
    ['b64dec', ['YW\nJj'], 'abc'],
    ['b64dec', ['YW='], 'illegal base64 data at input byte 3'],
    ['b64dec', ['Y*Jj'], 'illegal base64 data at input byte 1'],
    ['b64dec', ['YWI'], 'illegal base64 data at input byte 0'],
    ['b32enc', ['abc'], 'MFRGG==='],
    ['b32dec', ['MFRGG==='], 'abc'],
    ['sha1sum', [''], 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['adler32sum', ['abc'], '38600999'],
    ['urlJoin', [{ host: 'shop.example', path: 'a b', scheme: 'https', userinfo: 'u:p@' }], 'https://u:p%40@shop.example/a%20b'],
    ['clean', ['/a/../b//c/'], '/b/c'],
    ['dir', ['a/b/c'], 'a/b'],
    ['base', ['/'], '/'],
    ['ext', ['a/b.tar.gz'], '.gz'],
    ['isAbs', ['a'], 'false'],
  ]);
  itFails([
    ['urlParse', ['http://a b'], 'invalid character " " in host name'],
    ['urlParse', ['1:2'], 'first path segment in URL cannot contain colon'],
    ['urlJoin', [{ host: 1 }], 'unable to parse host key'],
  ]);

  it('takes addresses apart', () => {
    const parts = apply('urlParse', [by('url', 'HTTPS://user:p%40ss@shop.example:8080/a%20b?q=1#top')]) as MapValue;
    expect(Object.fromEntries([...parts.entries].map(([key, part]) => [key, shownText(part).text]))).toEqual({
      scheme: 'https',
      host: 'shop.example:8080',
      hostname: 'shop.example',
      path: '/a b',
      query: 'q=1',
      opaque: '',
      fragment: 'top',
      userinfo: 'user:p%40ss',
    });
    expect(stretches(parts.entries.get('hostname') as Text)).toEqual(['url:shop.example']);
  });
});

describe('what Helm draws by lot', () => {
  it('is always the same, and noted', () => {
    const noted: Noted = { unknown: [], reads: [] };
    const draw = (name: string, ...args: readonly unknown[]) => shownText(apply(name, args, noted)).text;
    expect(draw('randAlphaNum', 30n)).toMatch(/^[\da-z]{30}$/);
    expect(draw('randNumeric', 3n)).toMatch(/^\d{3}$/);
    expect(draw('randBytes', 3n)).toBe('AAAA');
    expect(draw('randInt', 5n, 9n)).toBe('5');
    expect(draw('uuidv4')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(draw('bcrypt', 'x')).toMatch(/^\$2a\$10\$.{53}$/);
    expect(draw('htpasswd', 'user', 'x')).toMatch(/^user:\$2a\$10\$.{53}$/);
    expect(draw('genPrivateKey', 'ecdsa')).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n[\s\S]*\n-----END EC PRIVATE KEY-----\n$/);
    expect(draw('derivePassword', 1n, 'pin', 'p', 'u', 's')).toMatch(/^\d{4}$/);
    expect(noted.unknown).toEqual(['randAlphaNum', 'randNumeric', 'randBytes', 'randInt', 'uuidv4', 'bcrypt', 'htpasswd', 'genPrivateKey', 'derivePassword']);
  });

  it('certificates have two texts, and can sign others', () => {
    const authority = apply('genCA', ['shop', 365n]);
    const signed = apply('genSignedCert', ['shop', undefined, ['shop.example'], 365n, authority]) as Host;
    expect(shownText(signed.field('Cert') ?? value('')).text).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    expect(shown('kindOf', signed)).toBe('struct');
    expect(() => apply('genSignedCert', ['shop', undefined, [1], 365n, authority])).toThrow('not a string');
    expect(() => apply('genSignedCert', ['shop', undefined, undefined, 365n, {}])).toThrow('expected sprig.certificate');
  });

  it('what was encrypted can be decrypted', () => {
    expect(shown('decryptAES', 'key', apply('encryptAES', ['key', 'ledger']))).toBe('ledger');
    expect(() => apply('decryptAES', ['key', 'AAAA'])).toThrow('cannot be decrypted');
  });
});
