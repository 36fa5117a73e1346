import { RE2JS } from 're2js';
import { TextBuilder } from '../../go-template/format/text-builder.ts';
import { slice, TemplateFailure, type Text } from '../../value.ts';

/** A match: where it and each of its groups lie, -1 for a group that had no part in it. */
type Match = readonly { readonly start: number; readonly end: number }[];

const compiled = new Map<string, RE2JS | string>();
/** Charts have a hundred patterns; more than these are made by a loop. */
const MAX_KNOWN = 1000;

/** A pattern in Go's syntax, or Go's message of what is wrong with it. The engine takes linear time, as Go's does. */
function compile(pattern: string): RE2JS | string {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  let result: RE2JS | string;
  try {
    result = RE2JS.compile(pattern);
  } catch (error) {
    result = error instanceof Error ? error.message : 'error parsing regexp';
  }
  if (compiled.size < MAX_KNOWN) compiled.set(pattern, result);
  return result;
}

/** A pattern as Go's regexp package compiles it. Throws a `TemplateFailure` for text that is none. */
export function regexpOf(pattern: Text): RE2JS {
  const result = compile(pattern.text);
  if (typeof result === 'string') throw new TemplateFailure(result);
  return result;
}

/** Whether the text has a match; undefined for a pattern that is none. */
export function hasMatch(pattern: string, text: string): boolean | undefined {
  const regexp = compile(pattern);
  return typeof regexp === 'string' ? undefined : regexp.matcher(text).find();
}

function matchAt(regexp: RE2JS, text: string, at: number): Match | undefined {
  const matcher = regexp.matcher(text);
  if (!matcher.find(at)) return undefined;
  return Array.from({ length: regexp.groupCount() + 1 }, (_, group) => ({ start: matcher.start(group), end: matcher.end(group) }));
}

function afterRune(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

/** The whole of each match, at most so many: Go's `FindAllStringIndex`. */
export function allMatches(regexp: RE2JS, text: string, limit: number): Match[number][] {
  const found: Match[number][] = [];
  let before = -1;
  for (let at = 0; found.length < limit && at <= text.length; ) {
    const whole = matchAt(regexp, text, at)?.[0];
    if (!whole) break;
    // A match of nothing right behind another one does not count.
    if (whole.end !== at || whole.start !== before) found.push(whole);
    at = whole.end === at ? afterRune(text, at) : whole.end;
    before = whole.end;
  }
  return found;
}

/** Every match replaced; `expand` writes what stands for it. */
export function replaceMatches(regexp: RE2JS, source: Text, expand: (match: Match, result: TextBuilder) => void): Text {
  const { text } = source;
  const result = new TextBuilder();
  let last = 0;
  for (let at = 0; at <= text.length; ) {
    const match = matchAt(regexp, text, at);
    const whole = match?.[0];
    if (!match || !whole) break;
    result.append(slice(source, last, whole.start));
    if (whole.end > last || whole.start === 0) expand(match, result);
    last = whole.end;
    at = whole.end > at ? Math.max(whole.end, afterRune(text, at)) : afterRune(text, at);
  }
  if (last === 0 && result.length === 0) return source;
  result.append(slice(source, last));
  return result.build();
}

/** `$1`, `${name}`, `$$`, and dollars that mean nothing. */
const REFERENCE = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))?/gu;

/** A replacement with references to groups, as Go's `Regexp.Expand`: `$1x` asks for a group of that name. */
export function template(regexp: RE2JS, source: Text, replacement: Text): (match: Match, result: TextBuilder) => void {
  const names = regexp.namedGroups();
  const references = [...replacement.text.matchAll(REFERENCE)];
  return (match, result) => {
    let at = 0;
    for (const { index, 0: written, 1: dollar, 2: inBraces, 3: bare } of references) {
      result.append(slice(replacement, at, index));
      const name = inBraces ?? bare;
      at = index + written.length;
      // A lone dollar stays.
      if (name === undefined) result.append(slice(replacement, index, index + 1));
      else appendGroup(match[groupOf(name, names)], source, result);
      if (name === undefined && dollar === undefined) at = index + 1;
    }
    result.append(slice(replacement, at));
  };
}

function appendGroup(group: Match[number] | undefined, source: Text, result: TextBuilder): void {
  if (group && group.start >= 0) result.append(slice(source, group.start, group.end));
}

function groupOf(name: string, names: Readonly<Record<string, number>>): number {
  return /^(?:0|[1-9]\d{0,8})$/.test(name) ? Number(name) : (names[name] ?? -1);
}
