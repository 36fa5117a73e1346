import { goTypeOf, isNothing } from '../../functions/go/types.ts';
import { type Text, text, type Value } from '../../value.ts';
import { compareBytes } from '../byte-order.ts';
import { isComplex } from '../complex.ts';
import { type Flags, NO_FLAGS, pad } from './flags.ts';
import { formatFloatVerb, formatInt } from './numbers.ts';
import { escapeText, isRawQuotable } from './quote.ts';
import { appendMapped, firstCharacters, TextBuilder } from './text-builder.ts';

/** A value as Go prints it: `1e+07`, `map[a:1]`, `<nil>`. Texts are taken as they are. */
export function shownText(value: Value): Text {
  if (value.kind === 'string') return value;
  const out = new TextBuilder();
  formatValue(out, value, 'v', NO_FLAGS);
  return out.build();
}

/** Adds a value as a verb of Go's fmt wants it (fmt/print.go); `%!d(string=x)` where the verb is none for its type. */
export function formatValue(out: TextBuilder, value: Value, verb: string, flags: Flags): void {
  if (!isNothing(value)) formatKnown(out, value, verb, flags);
  else if (verb === 'v' || verb === 'T') pad(out, text('<nil>'), flags);
  else out.write(`%!${verb}(<nil>)`);
}

function formatKnown(out: TextBuilder, value: Value, verb: string, flags: Flags): void {
  if (verb === 'T') formatString(out, text(goTypeOf(value)), 's', flags);
  else if (!formatByKind(out, value, verb, flags)) refuse(out, value, verb, flags);
}

/** Whether the verb is one for such a value. */
function formatByKind(out: TextBuilder, value: Value, verb: string, flags: Flags): boolean {
  switch (value.kind) {
    case 'string':
      return formatString(out, value, verb, flags);
    case 'int':
      return formatInt(out, value, verb, flags);
    case 'float':
      return formatFloatVerb(out, value, verb, flags);
    case 'bool':
      if (verb !== 't' && verb !== 'v') return false;
      pad(out, text(String(value.value), value.origins), flags);
      return true;
    case 'map': {
      const entries = [...value.entries].sort(([a], [b]) => compareBytes(a, b));
      const items = entries.map(([key, item]) => (): void => {
        formatKnown(out, text(key), verb, flags);
        out.write(':');
        formatKnown(out, item, verb, flags);
      });
      return formatItems(out, items, flags, flags.isSource ? `${goTypeOf(value)}{` : 'map[');
    }
    case 'list': {
      const items = value.items.map((item) => () => formatKnown(out, item, verb, flags));
      return formatItems(out, items, flags, flags.isSource ? `${goTypeOf(value)}{` : '[');
    }
    case 'host':
      return formatHost(out, value, verb, flags);
    default:
      // Within a list or map it suits every verb.
      out.write(flags.isSource ? 'interface {}(nil)' : '<nil>');
      return true;
  }
}

function formatItems(out: TextBuilder, items: readonly (() => void)[], { isSource }: Flags, open: string): true {
  out.write(open);
  for (const [index, item] of items.entries()) {
    if (index > 0) out.write(isSource ? ', ' : ' ');
    item();
  }
  out.write(isSource ? '}' : ']');
  return true;
}

function formatHost(out: TextBuilder, host: Value & { readonly kind: 'host' }, verb: string, flags: Flags): boolean {
  if (isComplex(host)) {
    if (!/^[vbgGxXfFeE]$/.test(verb)) return false;
    out.write('(');
    formatFloatVerb(out, { kind: 'float', value: host.real, origins: [] }, verb, flags);
    formatFloatVerb(out, { kind: 'float', value: host.imaginary, origins: [] }, verb, { ...flags, plus: true });
    out.write('i)');
    return true;
  }
  if (host.shown && /^[vsxXq]$/.test(verb) && !flags.isSource) return formatString(out, host.shown(), verb, flags);
  formatValue(out, host.plain(), verb, flags);
  return true;
}

function formatString(out: TextBuilder, value: Text, verb: string, flags: Flags): boolean {
  const cut = flags.precision === undefined ? value : firstCharacters(value, flags.precision);
  if (verb === 's' || (verb === 'v' && !flags.isSource)) pad(out, cut, flags);
  else if (verb === 'q' || verb === 'v') pad(out, quoted(cut, flags), flags);
  else if (verb === 'x' || verb === 'X') formatBytes(out, value, verb, flags);
  else return false;
  return true;
}

/** In quotes that nobody wrote. */
function quoted(value: Text, { sharp, plus }: Flags): Text {
  const out = new TextBuilder();
  const isRaw = sharp && isRawQuotable(value.text);
  out.write(isRaw ? '`' : '"');
  appendMapped(out, value, (part) => (isRaw ? part : escapeText(part, '"', plus)));
  out.write(isRaw ? '`' : '"');
  return out.build();
}

function formatBytes(out: TextBuilder, value: Text, verb: 'x' | 'X', flags: Flags): void {
  const bytes = new TextEncoder().encode(value.text).slice(0, flags.precision);
  const mark = flags.sharp ? `0${verb}` : '';
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).map((pair) => (verb === 'X' ? pair.toUpperCase() : pair));
  const written = pairs.length === 0 ? '' : flags.space ? pairs.map((pair) => mark + pair).join(' ') : mark + pairs.join('');
  pad(
    out,
    text(
      written,
      value.stretches.flatMap(({ origins }) => origins),
    ),
    flags,
  );
}

function refuse(out: TextBuilder, value: Value, verb: string, flags: Flags): void {
  out.write(`%!${verb}(${goTypeOf(value)}=`);
  formatKnown(out, value, 'v', flags);
  out.write(')');
}
