import { jsonOf } from '../../../render/go-json.ts';
import { goText, valueIn } from '../go-text.ts';
import { baseName, normalized, slugified } from '../names.ts';
import { noteSource } from './json-source.ts';
import { formatted, quoted } from './printf.ts';
import { notFollowed, TemplateError } from './template-error.ts';
import { boolIn, integerIn, isNil, type Known, type Maker, required, type TemplateFunction, textIn } from './values.ts';

/** The functions that make a text, or ask something of one. */
export const TEXT_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  lower: rewriting((text) => text.toLowerCase()),
  upper: rewriting((text) => text.toUpperCase()),
  trim: rewriting((text) => text.trim()),
  trimPrefix: rewriting((prefix, text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimSuffix: rewriting((suffix, text) => (suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)),
  trimAll: rewriting(trimmedOf),
  replace: rewriting((from, to, text) => text.replaceAll(from, () => to)),
  normalize: rewriting(normalized),
  base: rewriting(baseName),
  contains: asking((part, text) => text.includes(part)),
  hasPrefix: asking((part, text) => text.startsWith(part)),
  hasSuffix: asking((part, text) => text.endsWith(part)),
  trunc: ([size, text], make, name) => {
    const [count, whole] = [integerIn(required(size, name), name), ascii(textIn(required(text, name), name))];
    const cut = count < 0 ? (whole.length + count > 0 ? whole.slice(count) : whole) : whole.slice(0, count);
    return cut === whole ? required(text, name) : make.text(cut);
  },
  substr: ([from, to, text], make, name) => {
    const whole = ascii(textIn(required(text, name), name));
    const [start, end] = [integerIn(required(from, name), name), integerIn(required(to, name), name)];
    if (start > whole.length || (start < 0 && (end < 0 || end > whole.length))) throw new TemplateError('"substr" goes beyond its text');
    return make.text(start < 0 ? whole.slice(0, end) : whole.slice(start, end < 0 || end > whole.length ? undefined : end));
  },
  slugify: (args, make, name) => {
    const [size, isSmart] = args.slice(0, -1);
    const text = textIn(required(args.at(-1), name), name);
    return make.text(slugified(text, size && integerIn(size, name), isSmart && boolIn(isSmart, name)));
  },
  indent: ([size, text], make, name) => make.text(indented(size, text, name)),
  nindent: ([size, text], make, name) => make.text(`\n${indented(size, text, name)}`),
  quote: (args, make) => make.text(shown(args).map(quoted).join(' ')),
  squote: (args, make) =>
    make.text(
      shown(args)
        .map((text) => `'${text}'`)
        .join(' '),
    ),
  cat: (args, make) => make.text(shown(args).join(' ')),
  join: ([separator, list], make, name) => {
    const { node } = required(list, name);
    const between = textIn(required(separator, name), name);
    const items = node?.kind === 'sequence' ? node.items : node ? [node] : [];
    return make.text(shown(items.map((item) => ({ node: item }))).join(between));
  },
  splitList: (args, make, name) => make.list(splitUp(args, name).map((text) => make.text(text).node)),
  split: (args, make, name) => make.map(splitUp(args, name).map((text, index) => [`_${index}`, make.text(text).node])),
  toJson: jsonText,
  toRawJson: jsonText,
  mustToJson: jsonText,
  printf: ([format, ...values], make, name) => make.text(formatted(textIn(required(format, name), name), values)),
  print: ([value, ...others], make, name) => {
    if (others.length > 0) throw notFollowed(`"${name}" of several values`);
    const { node } = required(value, name);
    return make.text(node ? goText(node) : '<nil>');
  },
};

/** `toString`, which has no place in the table: every object of JavaScript has one. */
export const stringOf: TemplateFunction = ([value], make, name) => {
  const known = required(value, name);
  if (known.node?.kind === 'scalar' && valueIn(known.node).type === 'string') return known;
  return make.text(known.node ? goText(known.node) : '<nil>');
};

/** A function of texts. What it leaves as it is keeps its author. */
function rewriting(change: (...texts: readonly [string, string, string]) => string): TemplateFunction {
  return (args, make, name) => {
    const texts = textsIn(args, change.length, name);
    const text = change(...texts);
    const last = required(args.at(-1), name);
    return text === textIn(last, name) ? last : make.text(text);
  };
}

function asking(ask: (a: string, b: string) => boolean): TemplateFunction {
  return (args, make, name) => {
    const [a, b] = textsIn(args, 2, name);
    return make.bool(ask(a, b));
  };
}

function textsIn(args: readonly Known[], count: number, name: string): [string, string, string] {
  if (args.length !== count) throw new TemplateError(`"${name}" takes ${count} ${count === 1 ? 'argument' : 'arguments'}, and gets ${args.length}`);
  const [a = '', b = '', c = ''] = args.map((arg) => textIn(arg, name));
  return [a, b, c];
}

/** The values as texts, without those that are nothing. */
function shown(values: readonly Known[]): string[] {
  return values.flatMap((value) => (value.node && !isNil(value) ? [goText(value.node)] : []));
}

function splitUp([separator, text]: readonly Known[], name: string): string[] {
  return textIn(required(text, name), name).split(textIn(required(separator, name), name));
}

function indented(size: Known | undefined, text: Known | undefined, name: string): string {
  const pad = ' '.repeat(Math.min(Math.max(integerIn(required(size, name), name), 0), 200));
  return pad + textIn(required(text, name), name).replaceAll('\n', `\n${pad}`);
}

function trimmedOf(characters: string, text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && characters.includes(text[start] ?? '')) start += 1;
  while (end > start && characters.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

function jsonText([value]: readonly Known[], make: Maker, name: string): Known {
  const { node } = required(value, name);
  if (!node) return make.text('null');
  const text = make.text(jsonOf(node));
  noteSource(text.node, node);
  return text;
}

/** Go counts bytes. */
function ascii(text: string): string {
  for (const character of text) if (character > '\x7f') throw notFollowed('a cut of a text that is not ASCII');
  return text;
}
