/** Words that stand for a value that is still to come. In small letters `todo` may be the name of a program. */
const WORDS = /^(?:TODO|TBA|TBD|TBC|FIXME)(?:[\s:!.-].*)?$|^(?:change|replace|fill)[-_ ]?(?:me|this)(?:[-_ ]?(?:in|now|please))?!?$|^<no value>$/i;
const CAPITALS = /^(?:TODO|TBA|TBD|TBC|FIXME)/;
const ANY_CASE = /^(?:change|replace|fill|<)/i;
const BRACKETS = /^<[a-z][^<>/="]*>$/i;
const ASKING = /\b(?:your|my|insert|replace|change|fill|enter|todo|tba|tbd|put|set)\b/i;

/**
 * Whether a text is what people write where a value is still to come. `perhaps`: in brackets (`<host>`), as a later step may
 * fill it in, or a program may take it as it is.
 */
export function placeholderIn(text: string): 'yes' | 'perhaps' | 'no' {
  const trimmed = text.trim();
  if (trimmed.length > 200 || trimmed.includes('\n')) return 'no';
  if (WORDS.test(trimmed)) return CAPITALS.test(trimmed) || ANY_CASE.test(trimmed) ? 'yes' : 'no';
  if (!BRACKETS.test(trimmed)) return 'no';
  return ASKING.test(trimmed.replaceAll(/[_-]/g, ' ')) ? 'yes' : 'perhaps';
}
