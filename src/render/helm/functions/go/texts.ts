import type { Origin } from '../../../../tree/node.ts';
import { TextBuilder } from '../../go-template/format/text-builder.ts';
import { type Stretch, slice, type Text, type Value } from '../../value.ts';

/**
 * Everybody who had a hand in values, each once. Of maps and lists only who wrote them as a whole: for a sum, a test or
 * a digest that is enough, and looking into all of `.Values` is not.
 */
export function authorsOf(...values: readonly Value[]): readonly Origin[] {
  const [first] = values;
  if (values.length === 1 && first && 'origins' in first) return first.origins;
  return unionOf(values, 'origins') ?? [];
}

/** Undefined where there are none. A list that is the only one is given back as it is. */
function unionOf(values: readonly Value[], part: 'origins' | 'weak'): readonly Origin[] | undefined {
  let only: readonly Origin[] | undefined;
  let all: Set<Origin> | undefined;
  for (const value of values)
    for (const origins of originsIn(value, part)) {
      if (!origins || origins.length === 0 || origins === only) continue;
      if (!only) only = origins;
      else {
        all ??= new Set(only);
        for (const origin of origins) all.add(origin);
      }
    }
  return all ? [...all] : only;
}

function originsIn(value: Value, part: 'origins' | 'weak'): readonly (readonly Origin[] | undefined)[] {
  if (value.kind === 'string') return value.stretches.map((stretch) => stretch[part]);
  return part === 'origins' && value.kind !== 'host' ? [value.origins] : [];
}

/** A text that was made of values in a way that mixes them: all their authors wrote all of it. */
export function textFrom(text: string, ...from: readonly Value[]): Text {
  const origins = authorsOf(...from);
  const weak = unionOf(from, 'weak');
  if (text === '' || (origins.length === 0 && !weak)) return { kind: 'string', text, stretches: [] };
  const stretch: Stretch = { start: 0, end: text.length, origins, weak };
  return { kind: 'string', text, stretches: [stretch] };
}

/** The parts of a text between separators, as Go's `strings.Split`: by character where the separator is blank. */
export function splitText(source: Text, separator: string, limit = Number.POSITIVE_INFINITY): Text[] {
  const parts: Text[] = [];
  let start = 0;
  while (parts.length + 1 < limit) {
    const found = separator === '' ? endOfRune(source.text, start) : source.text.indexOf(separator, start);
    if (found === -1 || (separator === '' && found >= source.text.length)) break;
    parts.push(slice(source, start, found));
    start = found + separator.length;
  }
  if (separator !== '' || start < source.text.length) parts.push(slice(source, start));
  return parts;
}

function endOfRune(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

/** Every occurrence replaced, as Go's `strings.ReplaceAll`: a blank search matches around every character. */
export function replaceText(source: Text, search: string, replacement: Text): Text {
  if (search !== '' && !source.text.includes(search)) return source;
  const result = new TextBuilder();
  if (search === '') result.append(replacement);
  for (const [index, part] of splitText(source, search).entries()) {
    if (index > 0) result.append(replacement);
    result.append(part);
  }
  if (search === '' && source.text !== '') result.append(replacement);
  return result.build();
}
