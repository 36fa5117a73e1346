import { TextBuilder } from '../go-template/format/text-builder.ts';
import { concat, type Text } from '../value.ts';
import { byteText } from './go/bytes.ts';
import { checkLength } from './go/limits.ts';
import { type Family, fn, INT, STRING } from './signature.ts';

const DOTS: Text = { kind: 'string', text: '...', stretches: [] };
const NEWLINE: Text = { kind: 'string', text: '\n', stretches: [] };

/** goutils' `AbbreviateFull`: at most `width` bytes, some of which show what is around an offset. */
function abbreviated(source: Text, wanted: number, width: number): Text {
  const bytes = byteText(source);
  if (bytes.length <= width) return source;
  let offset = Math.min(wanted, bytes.length);
  if (bytes.length - offset < width - 3) offset = bytes.length - (width - 3);
  if (offset <= 4) return concat([bytes.slice(0, width - 3), DOTS]);
  // goutils has an error here, of which Sprig makes a blank text.
  if (width < 7) return { kind: 'string', text: '', stretches: [] };
  if (offset + width - 3 < bytes.length) return concat([DOTS, abbreviated(bytes.slice(offset), 0, width - 3)]);
  return concat([DOTS, bytes.slice(bytes.length - (width - 3))]);
}

/** goutils' `WrapCustom`: lines broken at blanks, by bytes; long words are cut or stick out. */
function wrapped(source: Text, wanted: number, separator: Text, cutsWords: boolean): Text {
  const width = Math.max(wanted, 1);
  const bytes = byteText(source);
  checkLength(bytes.length * (1 + separator.text.length / width));
  const result = new TextBuilder();
  let offset = 0;
  const line = (end: number, next: number): void => {
    result.append(bytes.slice(offset, end));
    result.append(separator);
    offset = next;
  };
  while (bytes.length - offset > width) {
    if (bytes.latin1[offset] === ' ') {
      offset += 1;
      continue;
    }
    const blank = bytes.latin1.lastIndexOf(' ', width + offset);
    if (blank >= offset) line(blank, blank + 1);
    else if (cutsWords) line(offset + width, offset + width);
    else {
      const next = bytes.latin1.indexOf(' ', width + offset);
      if (next === -1) break;
      line(next, next + 1);
    }
  }
  result.append(bytes.slice(offset));
  return result.build();
}

/** Sprig's functions that break or shorten lines. */
export const WRAPPING: Family = {
  abbrev: fn([INT, STRING], ([width, source]) => (width < 4 ? source : abbreviated(source, 0, width))),
  abbrevboth: fn([INT, INT, STRING], ([left, right, source]) => (right < 4 || (left > 0 && right < 7) ? source : abbreviated(source, left, right))),
  wrap: fn([INT, STRING], ([width, source]) => wrapped(source, width, NEWLINE, false)),
  wrapWith: fn([INT, STRING, STRING], ([width, separator, source]) => wrapped(source, width, separator.text === '' ? NEWLINE : separator, true)),
};
