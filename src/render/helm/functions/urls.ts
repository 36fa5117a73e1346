import { TextBuilder } from '../go-template/format/text-builder.ts';
import { map, slice, TemplateFailure, type Text, type Value } from '../value.ts';
import { authorsOf, textFrom } from './go/texts.ts';
import { type Family, fn, MAP, STRING } from './signature.ts';

const BLANK = textFrom('');

/** What each part of an address may hold without an escape, beside letters, digits and `-_.~`: Go's net/url. */
const KEPT = { path: '$&+,/:;=@', user: '$&+,;=', host: '!$&\'()*+,;=:[]<>"', fragment: '$&+,/:;=?@!()*' };

function escaped(source: string, part: keyof typeof KEPT): string {
  let result = '';
  for (const byte of Buffer.from(source, 'utf8')) {
    const character = String.fromCharCode(byte);
    const isKept = byte < 0x80 && (/[\w.~-]/.test(character) || KEPT[part].includes(character));
    result += isKept ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result;
}

/** A part without its escapes; itself where it has none. */
function unescaped(source: Text): Text {
  if (!source.text.includes('%')) return source;
  const wrong = /%(?![\da-f]{2}).{0,2}/i.exec(source.text);
  if (wrong) throw refused(`invalid URL escape "${wrong[0]}"`);
  const bytes = source.text.replaceAll(/%([\da-f]{2})|./gisu, (character, code) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : Buffer.from(character).toString('latin1'),
  );
  return textFrom(Buffer.from(bytes, 'latin1').toString('utf8'), source);
}

function refused(reason: string): TemplateFailure {
  return new TemplateFailure(`unable to parse url: ${reason}`);
}

/** The text before a mark and that behind it; nothing behind it where there is no mark. */
function cut(source: Text, mark: string): readonly [Text, Text] {
  const at = source.text.indexOf(mark);
  return at === -1 ? [source, BLANK] : [slice(source, 0, at), slice(source, at + mark.length)];
}

function schemeOf(source: Text): readonly [Text, Text] {
  if (source.text.startsWith(':')) throw refused('missing protocol scheme');
  const scheme = /^[a-z][a-z\d+.-]*(?=:)/i.exec(source.text)?.[0];
  if (scheme === undefined) return [BLANK, source];
  const written = slice(source, 0, scheme.length);
  return [{ ...written, text: scheme.toLowerCase() }, slice(source, scheme.length + 1)];
}

/** Sprig's `urlParse`: Go's `url.Parse`, as a map of texts. */
function parse(source: Text): Value {
  if (/[\0-\x1f\x7f]/.test(cut(source, '#')[0].text)) throw refused('net/url: invalid control character in URL');
  const [address, fragment] = cut(source, '#');
  const [scheme, behind] = schemeOf(address);
  const [rest, query] = cut(behind, '?');
  const parts = { scheme, host: BLANK, hostname: BLANK, path: BLANK, query, opaque: BLANK, fragment: unescaped(fragment), userinfo: BLANK };
  if (!rest.text.startsWith('/')) {
    if (scheme.text !== '') return map(Object.entries({ ...parts, opaque: rest }), authorsOf(source));
    if (/^[^/]*:/.test(rest.text)) throw refused('first path segment in URL cannot contain colon');
  }
  const hasAuthority = rest.text.startsWith('//') && (scheme.text !== '' || !rest.text.startsWith('///'));
  if (!hasAuthority) return map(Object.entries({ ...parts, path: unescaped(rest) }), authorsOf(source));
  const slash = rest.text.indexOf('/', 2);
  const authority = slice(rest, 2, slash === -1 ? rest.text.length : slash);
  const path = slash === -1 ? BLANK : unescaped(slice(rest, slash));
  return map(Object.entries({ ...parts, ...authorityOf(authority), path }), authorsOf(source));
}

function authorityOf(authority: Text): { readonly host: Text; readonly hostname: Text; readonly userinfo: Text } {
  const at = authority.text.lastIndexOf('@');
  const host = hostOf(slice(authority, at + 1));
  const userinfo = at === -1 ? BLANK : userinfoOf(slice(authority, 0, at));
  const name = /^\[([^\]]*)\]/.exec(host.text)?.[1];
  const colon = host.text.lastIndexOf(':');
  if (name !== undefined) return { host, hostname: slice(host, 1, 1 + name.length), userinfo };
  return { host, hostname: colon === -1 ? host : slice(host, 0, colon), userinfo };
}

function hostOf(host: Text): Text {
  const port = host.text.startsWith('[') ? /\](.*)$/.exec(host.text)?.[1] : /:.*$/.exec(host.text)?.[0];
  if (host.text.startsWith('[') && port === undefined) throw refused("missing ']' in host");
  if (port && !/^:\d*$/.test(port)) throw refused(`invalid port "${port}" after host`);
  const wrong = /[ \\^`{|}]/.exec(host.text);
  if (wrong) throw refused(`invalid character "${wrong[0]}" in host name`);
  return unescaped(host);
}

function userinfoOf(source: Text): Text {
  if (!/^[\w.:~!$&'()*+,;=%@-]*$/.test(source.text)) throw refused('net/url: invalid userinfo');
  const [user, secret] = cut(source, ':');
  const written = escaped(unescaped(user).text, 'user') + (source.text.includes(':') ? `:${escaped(unescaped(secret).text, 'user')}` : '');
  return written === source.text ? source : textFrom(written, source);
}

/** Sprig's `urlJoin`: Go's `URL.String`. */
function join(entries: ReadonlyMap<string, Value>): Text {
  const part = (key: string): Text => {
    const value = entries.get(key) ?? BLANK;
    if (value.kind === 'string') return value;
    throw new TemplateFailure(`unable to parse ${key} key, must be of type string, but ${value.kind} found`);
  };
  const [scheme, opaque, host, path, query, fragment] = ['scheme', 'opaque', 'host', 'path', 'query', 'fragment'].map(part) as [
    Text,
    Text,
    Text,
    Text,
    Text,
    Text,
  ];
  const user = part('userinfo');
  const result = new TextBuilder();
  result.append(scheme);
  if (scheme.text !== '') result.write(':');
  if (opaque.text !== '') result.append(opaque);
  else {
    const hasAuthority = scheme.text !== '' || host.text !== '' || user.text !== '';
    if (hasAuthority && (host.text !== '' || path.text !== '' || user.text !== '')) result.write('//');
    if (user.text !== '') {
      result.append(userinfoOf(user));
      result.write('@');
    }
    result.append(inPart(host, 'host'));
    if (path.text !== '' && !path.text.startsWith('/') && host.text !== '') result.write('/');
    if (result.length === 0 && /^[^/]*:/.test(path.text)) result.write('./');
    result.append(path.text === '*' ? path : inPart(path, 'path'));
  }
  if (query.text !== '') result.write('?');
  result.append(query);
  if (fragment.text !== '') result.write('#');
  result.append(inPart(fragment, 'fragment'));
  return result.build();
}

function inPart(source: Text, part: keyof typeof KEPT): Text {
  const written = escaped(source.text, part);
  return written === source.text ? source : textFrom(written, source);
}

/** Sprig's url.go. */
export const URLS: Family = {
  urlParse: fn([STRING], ([source]) => parse(source)),
  urlJoin: fn([MAP], ([{ entries }]) => join(entries)),
};
