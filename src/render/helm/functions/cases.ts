import { mapParts } from '../go-template/format/text-builder.ts';
import type { Text } from '../value.ts';
import { caseWords } from './case-words.ts';
import { lowerRune, SPACES, upperRune } from './go/letters.ts';
import { textFrom } from './go/texts.ts';
import { type Family, fn, STRING } from './signature.ts';

const ASCII = /^[\0-\x7f]*$/;

/** Characters shown one by one in another way; what shows them may keep a state. */
function mapRunesOf(source: Text, show: (rune: string) => string): Text {
  return mapParts(source, (part) => {
    let shown = '';
    for (const rune of part) shown += show(rune);
    return shown;
  });
}

function mapRunes(show: (rune: string) => string, showAscii: (part: string) => string): (source: Text) => Text {
  return (source) => (ASCII.test(source.text) ? mapParts(source, showAscii) : mapRunesOf(source, show));
}

const upper = mapRunes(upperRune, (part) => part.toUpperCase());
const lower = mapRunes(lowerRune, (part) => part.toLowerCase());

const SPACE = new RegExp(`[${SPACES}]`);

/** What stands between words for `strings.Title`. */
function isSeparator(rune: string): boolean {
  if (/[\w]/.test(rune)) return false;
  return rune <= '\x7f' || (!/[\p{L}\p{Nd}]/u.test(rune) && SPACE.test(rune));
}

function title(source: Text): Text {
  let isStart = true;
  return mapRunesOf(source, (rune) => {
    const result = isStart ? upperRune(rune) : rune;
    isStart = isSeparator(rune);
    return result;
  });
}

function untitle(source: Text): Text {
  let isStart = true;
  return mapRunesOf(source, (rune) => {
    const isSpace = SPACE.test(rune);
    const result = isStart && !isSpace ? lowerRune(rune) : rune;
    isStart = isSpace;
    return result;
  });
}

/** Small letters at the start of a word get their title case, which but for a few letters is the upper case. */
function swapCase(source: Text): Text {
  return mapRunesOf(source, (rune) => (/[\p{Lu}\p{Lt}]/u.test(rune) ? lowerRune(rune) : /\p{Ll}/u.test(rune) ? upperRune(rune) : rune));
}

/** The functions of goutils look at bytes, and write each as the character of that number. */
function bytesAsRunes(source: Text): string {
  return ASCII.test(source.text) ? source.text : Buffer.from(source.text, 'utf8').toString('latin1');
}

function withoutSpace(source: Text): Text {
  const runes = bytesAsRunes(source);
  if (![...runes].some((rune) => SPACE.test(rune))) return source;
  if (runes === source.text) return mapRunesOf(source, (rune) => (SPACE.test(rune) ? '' : rune));
  return textFrom([...runes].filter((rune) => !SPACE.test(rune)).join(''), source);
}

function initials(source: Text): Text {
  const runes = bytesAsRunes(source);
  let afterSpace = true;
  const pick = (rune: string): string => {
    const isSpace = SPACE.test(rune);
    const isFirst = afterSpace && !isSpace;
    afterSpace = isSpace;
    return isFirst ? rune : '';
  };
  if (runes === source.text) return mapRunesOf(source, pick);
  return textFrom([...runes].map(pick).join(''), source);
}

const isConnector = (rune: string): boolean => rune === '-' || rune === '_' || SPACE.test(rune);
const isUpper = (rune: string): boolean => /\p{Lu}/u.test(rune);

/** xstrings' `ToPascalCase`: connectors fall away and what follows them is upper case; those at the start stay. */
function pascalCase(source: string): string {
  const runes = [...source];
  let at = 0;
  let result = '';
  while (at < runes.length && isConnector(runes[at] ?? '')) result += runes[at++];
  // Of connectors alone xstrings writes the last one twice.
  if (at >= runes.length) return result + (runes.at(-1) ?? '');
  let current = runes[at] ?? '';
  // Words that begin in capitals go on in small letters, as long as capitals follow.
  let isShouting = isUpper(current);
  current = upperRune(current);
  for (at += 1; at < runes.length; at += 1) {
    const before = current;
    current = runes[at] ?? '';
    if (isConnector(before)) {
      if (isConnector(current)) {
        result += before;
        continue;
      }
      isShouting = isUpper(current);
      current = upperRune(current);
      continue;
    }
    if (isShouting && isUpper(current)) current = lowerRune(current);
    else if (isShouting) isShouting = false;
    result += before;
  }
  return result + current;
}

function rewritten(rewrite: (source: string) => string): (source: Text) => Text {
  return (source) => textFrom(rewrite(source.text), source);
}

/** Sprig's functions of upper and lower case: goutils, xstrings and Go's strings. */
export const CASES: Family = {
  upper: fn([STRING], ([source]) => upper(source)),
  lower: fn([STRING], ([source]) => lower(source)),
  title: fn([STRING], ([source]) => title(source)),
  untitle: fn([STRING], ([source]) => untitle(source)),
  swapcase: fn([STRING], ([source]) => swapCase(source)),
  nospace: fn([STRING], ([source]) => withoutSpace(source)),
  initials: fn([STRING], ([source]) => initials(source)),
  camelcase: fn([STRING], ([source]) => rewritten(pascalCase)(source)),
  snakecase: fn([STRING], ([source]) => rewritten((value) => caseWords(value, '_'))(source)),
  kebabcase: fn([STRING], ([source]) => rewritten((value) => caseWords(value, '-'))(source)),
};
