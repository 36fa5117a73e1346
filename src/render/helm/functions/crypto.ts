import { createCipheriv, createDecipheriv } from 'node:crypto';
import { type Call, type Host, map, TemplateFailure, type Text, text, type Value } from '../value.ts';
import { drawn, pemBlock } from './constants.ts';
import { decodedBytes } from './encoding.ts';
import { textOfBytes } from './go/bytes.ts';
import { textFrom } from './go/texts.ts';
import { type Family, fn, hostOf, INT, LIST, STRING } from './signature.ts';

/** Sprig's `certificate`: a struct of two texts. */
interface Certificate extends Host {
  readonly certificate: { readonly Cert: Text; readonly Key: Text };
}

function certificate(Cert: Text, Key: Text): Certificate {
  return {
    kind: 'host',
    type: 'sprig.certificate',
    certificate: { Cert, Key },
    field: (name) => (name === 'Cert' ? Cert : name === 'Key' ? Key : undefined),
    method: () => undefined,
    plain: () =>
      map([
        ['Cert', Cert],
        ['Key', Key],
      ]),
  };
}

const CERTIFICATE = hostOf('sprig.certificate', (value): value is Certificate => 'certificate' in value);

function generated(what: string, call: Call, key?: Text): Certificate {
  call.noteUnknown(what);
  if (key && !key.text.includes('PRIVATE KEY-----')) throw new TemplateFailure('parsing private key: no PEM data in input');
  return certificate(text(pemBlock('CERTIFICATE'), [call.origin]), key ?? text(pemBlock('RSA PRIVATE KEY'), [call.origin]));
}

/** Names and addresses of a certificate are texts. */
function checkTexts(values: readonly Value[], what: string): void {
  if (values.some(({ kind }) => kind !== 'string')) throw new TemplateFailure(`error ${what}: not a string`);
}

const KEY_TYPES: Readonly<Record<string, string>> = {
  '': 'RSA PRIVATE KEY',
  rsa: 'RSA PRIVATE KEY',
  dsa: 'DSA PRIVATE KEY',
  ecdsa: 'EC PRIVATE KEY',
  ed25519: 'PRIVATE KEY',
};

function privateKey(type: Text, call: Call): Text {
  const block = KEY_TYPES[type.text];
  if (block === undefined) return textFrom(`Unknown type ${type.text}`, type);
  call.noteUnknown('genPrivateKey');
  return text(pemBlock(block), [call.origin]);
}

/** A certificate that the chart brings along, in base64. */
function customCertificate(cert: Text, key: Text): Certificate {
  const [certBytes, keyBytes] = [decodedBytes(cert.text, 'base64'), decodedBytes(key.text, 'base64')];
  if (typeof certBytes === 'number') throw new TemplateFailure('unable to decode base64 certificate');
  if (typeof keyBytes === 'number') throw new TemplateFailure('unable to decode base64 private key');
  const result = certificate(textOfBytes(certBytes, cert), textOfBytes(keyBytes, key));
  if (!result.certificate.Cert.text.includes('-----BEGIN ')) throw new TemplateFailure('unable to decode certificate');
  if (!result.certificate.Key.text.includes('-----BEGIN ')) throw new TemplateFailure('error parsing private key: no PEM data in input');
  return result;
}

const PASSWORDS: Readonly<Record<string, number>> = { maximum: 20, long: 14, medium: 8, short: 4, basic: 8, pin: 4 };

function derivedPassword(type: Text, call: Call): Text {
  const length = PASSWORDS[type.text];
  if (length === undefined) return textFrom(`cannot find password template ${type.text}`, type);
  call.noteUnknown('derivePassword');
  return text(drawn(length, type.text === 'pin' ? 'digits' : 'both'), [call.origin]);
}

/** A key of 32 bytes: the password, cut or filled up with zeros. */
function keyOf(secret: Text): Buffer {
  const key = Buffer.alloc(32);
  key.write(secret.text, 'utf8');
  return key;
}

function encrypted(secret: Text, plain: Text, call: Call): Text {
  if (plain.text === '') return plain;
  call.noteUnknown('encryptAES');
  const start = Buffer.alloc(16);
  const cipher = createCipheriv('aes-256-cbc', keyOf(secret), start);
  return textFrom(Buffer.concat([start, cipher.update(plain.text, 'utf8'), cipher.final()]).toString('base64'), plain);
}

function decrypted(secret: Text, source: Text): Text {
  if (source.text === '') return source;
  const bytes = decodedBytes(source.text, 'base64');
  if (typeof bytes === 'number') throw new TemplateFailure(`illegal base64 data at input byte ${bytes}`);
  try {
    const decipher = createDecipheriv('aes-256-cbc', keyOf(secret), bytes.subarray(0, 16));
    return textOfBytes(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]), source);
  } catch {
    throw new TemplateFailure('the text cannot be decrypted');
  }
}

/** Sprig's crypto.go. What is generated there is a constant here. */
export const CRYPTO: Family = {
  genCA: fn([STRING, INT], (_, call) => generated('genCA', call)),
  genCAWithKey: fn([STRING, INT, STRING], ([, , key], call) => generated('genCAWithKey', call, key)),
  genSelfSignedCert: fn([STRING, LIST, LIST, INT], ([, ips, names], call) => {
    checkTexts(ips, 'parsing ip');
    checkTexts(names, 'processing alternate dns name');
    return generated('genSelfSignedCert', call);
  }),
  genSelfSignedCertWithKey: fn([STRING, LIST, LIST, INT, STRING], ([, , , , key], call) => generated('genSelfSignedCertWithKey', call, key)),
  genSignedCert: fn([STRING, LIST, LIST, INT, CERTIFICATE], ([, ips, names], call) => {
    checkTexts(ips, 'parsing ip');
    checkTexts(names, 'processing alternate dns name');
    return generated('genSignedCert', call);
  }),
  genSignedCertWithKey: fn([STRING, LIST, LIST, INT, CERTIFICATE, STRING], ([, , , , , key], call) => generated('genSignedCertWithKey', call, key)),
  genPrivateKey: fn([STRING], ([type], call) => privateKey(type, call)),
  buildCustomCert: fn([STRING, STRING], ([cert, key]) => customCertificate(cert, key)),
  // It could be told, but takes a tenth of a second each time.
  derivePassword: fn([INT, STRING, STRING, STRING, STRING], ([, type], call) => derivedPassword(type, call)),
  encryptAES: fn([STRING, STRING], ([secret, plain], call) => encrypted(secret, plain, call)),
  decryptAES: fn([STRING, STRING], ([secret, source]) => decrypted(secret, source)),
};
