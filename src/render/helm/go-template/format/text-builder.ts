import type { Origin } from '../../../../tree/node.ts';
import { type Stretch, slice, type Text } from '../../value.ts';

/** Collects a text together with its authors. */
export class TextBuilder {
  #text = '';
  readonly #stretches: Stretch[] = [];

  get length(): number {
    return this.#text.length;
  }

  /** Adds what `origins` wrote; without any, what nobody is known to have written. */
  write(text: string, origins: readonly Origin[] = []): void {
    this.append({ text, stretches: origins.length === 0 || text === '' ? [] : [{ start: 0, end: text.length, origins, weak: undefined }] });
  }

  /** Adds a text with its authors. */
  append({ text, stretches }: Pick<Text, 'text' | 'stretches'>): void {
    const length = this.#text.length;
    for (const { start, end, origins, weak } of stretches) this.#stretches.push({ start: start + length, end: end + length, origins, weak });
    this.#text += text;
  }

  build(): Text {
    return { kind: 'string', text: this.#text, stretches: this.#stretches };
  }
}

/** The text with each part that one author wrote passed through `change`, which must not look beyond single characters. */
export function mapParts(value: Text, change: (part: string) => string): Text {
  const builder = new TextBuilder();
  appendMapped(builder, value, change);
  return builder.build();
}

export function appendMapped(builder: TextBuilder, value: Text, change: (part: string) => string): void {
  let at = 0;
  for (const { start, end, origins, weak } of value.stretches) {
    if (start > at) builder.write(change(value.text.slice(at, start)));
    const text = change(value.text.slice(start, end));
    builder.append({ text, stretches: text === '' ? [] : [{ start: 0, end: text.length, origins, weak }] });
    at = end;
  }
  if (at < value.text.length) builder.write(change(value.text.slice(at)));
}

/** The first `count` characters, of which those beyond the first plane have two code units. */
export function firstCharacters(value: Text, count: number): Text {
  let at = 0;
  for (let left = count; left > 0 && at < value.text.length; left -= 1) at += (value.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at >= value.text.length ? value : slice(value, 0, at);
}

/** The number of characters, as Go counts runes. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
