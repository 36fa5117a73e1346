import { isNothing } from '../../functions/go/types.ts';
import { type GoFunction, type Text, text } from '../../value.ts';
import { isPrintable } from '../characters.ts';
import { sprint } from '../format/print.ts';
import { mapParts } from '../format/text-builder.ts';

const HTML: Readonly<Record<string, string>> = { '\0': '\ufffd', '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const JS: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D' };

/** `html`, `js` and `urlquery` of Go's text/template/funcs.go: they escape what their arguments print. */
export const ESCAPERS: Readonly<Record<string, GoFunction>> = {
  html: (args) => mapParts(printedArguments(args), (part) => part.replaceAll(/[\0"'&<>]/g, (sign) => HTML[sign] ?? sign)),
  js: (args) => mapParts(printedArguments(args), (part) => part.replaceAll(/[\\'"<>&=\x00-\x1f]|[^\x00-\x7f]/gu, escapeForJs)),
  urlquery: (args) => mapParts(printedArguments(args), escapeForQuery),
};

function printedArguments(args: Parameters<GoFunction>[0]): Text {
  return sprint(args.map((value) => (isNothing(value) ? text('<no value>') : value)));
}

function escapeForJs(sign: string): string {
  const known = JS[sign];
  if (known !== undefined) return known;
  const code = sign.codePointAt(0) ?? 0;
  return code >= 0x80 && isPrintable(sign) ? sign : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function escapeForQuery(part: string): string {
  // A lone surrogate has no encoding.
  const wellFormed = part.replaceAll(/\p{Surrogate}/gu, '\ufffd');
  return encodeURIComponent(wellFormed)
    .replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
