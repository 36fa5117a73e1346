import { escapeText } from '../../go-template/format/quote.ts';
import { mapParts } from '../../go-template/format/text-builder.ts';
import { concat, type Text, text } from '../../value.ts';

const QUOTE = text('"');

/** A text as `%q` prints it; the quotes have no author. */
export function quoted(source: Text): Text {
  return concat([QUOTE, mapParts(source, (part) => escapeText(part)), QUOTE]);
}
