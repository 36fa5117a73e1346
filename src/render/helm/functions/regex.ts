import { bool, type Call, slice, type Text, type Value } from '../value.ts';
import { checkLength } from './go/limits.ts';
import { allMatches, hasMatch, regexpOf, replaceMatches, template } from './go/regexp.ts';
import { authorsOf, textFrom } from './go/texts.ts';
import { type Family, fn, INT, STRING } from './signature.ts';
import { listOfTexts } from './strings.ts';

function isMatch(pattern: Text, source: Text): Value {
  return bool(regexpOf(pattern).matcher(source.text).find(), authorsOf(pattern, source));
}

function find(pattern: Text, source: Text): Text {
  const [match] = allMatches(regexpOf(pattern), source.text, 1);
  return match ? slice(source, match.start, match.end) : textFrom('');
}

function findAll(pattern: Text, source: Text, count: number, call: Call): Value {
  const limit = count < 0 ? Number.POSITIVE_INFINITY : count;
  const found = allMatches(regexpOf(pattern), source.text, limit).map(({ start, end }) => slice(source, start, end));
  const list = listOfTexts(found, call);
  return found.length === 0 ? { ...list, isNil: true } : list;
}

function replaceAll(pattern: Text, source: Text, replacement: Text): Text {
  const regexp = regexpOf(pattern);
  const result = replaceMatches(regexp, source, template(regexp, source, replacement));
  checkLength(result.text.length);
  return result;
}

function replaceLiteral(pattern: Text, source: Text, replacement: Text): Text {
  const result = replaceMatches(regexpOf(pattern), source, (_, builder) => builder.append(replacement));
  checkLength(result.text.length);
  return result;
}

/** Go's `Regexp.Split`: at most so many parts, all for a negative number. */
function split(pattern: Text, source: Text, count: number, call: Call): Value {
  const regexp = regexpOf(pattern);
  if (count === 0) return { ...listOfTexts([], call), isNil: true };
  if (pattern.text !== '' && source.text === '') return listOfTexts([source], call);
  const parts: Text[] = [];
  let [start, end] = [0, 0];
  for (const match of allMatches(regexp, source.text, count < 0 ? Number.POSITIVE_INFINITY : count)) {
    if (count > 0 && parts.length === count - 1) break;
    end = match.start;
    if (match.end !== 0) parts.push(slice(source, start, end));
    start = match.end;
  }
  if (end !== source.text.length) parts.push(slice(source, start));
  return listOfTexts(parts, call);
}

const FIND = fn([STRING, STRING], ([pattern, source]) => find(pattern, source));
const FIND_ALL = fn([STRING, STRING, INT], ([pattern, source, count], call) => findAll(pattern, source, count, call));
const REPLACE_ALL = fn([STRING, STRING, STRING], ([pattern, source, replacement]) => replaceAll(pattern, source, replacement));
const REPLACE_LITERAL = fn([STRING, STRING, STRING], ([pattern, source, replacement]) => replaceLiteral(pattern, source, replacement));
const SPLIT = fn([STRING, STRING, INT], ([pattern, source, count], call) => split(pattern, source, count, call));

/** Sprig's functions of regular expressions: regex.go. A pattern that is none is an error, but not for `regexMatch`. */
export const REGEX: Family = {
  regexMatch: fn([STRING, STRING], ([pattern, source]) => bool(hasMatch(pattern.text, source.text) ?? false, authorsOf(pattern, source))),
  mustRegexMatch: fn([STRING, STRING], ([pattern, source]) => isMatch(pattern, source)),
  regexFind: FIND,
  mustRegexFind: FIND,
  regexFindAll: FIND_ALL,
  mustRegexFindAll: FIND_ALL,
  regexReplaceAll: REPLACE_ALL,
  mustRegexReplaceAll: REPLACE_ALL,
  regexReplaceAllLiteral: REPLACE_LITERAL,
  mustRegexReplaceAllLiteral: REPLACE_LITERAL,
  regexSplit: SPLIT,
  mustRegexSplit: SPLIT,
  regexQuoteMeta: fn([STRING], ([source]) => textFrom(source.text.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&'), source)),
};
