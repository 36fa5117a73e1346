/** In which styles a text can be printed: libyaml's analysis of a scalar, for block context. */
export interface TextTraits {
  readonly hasBreaks: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
  readonly allowsBlock: boolean;
}

/** Characters that mean something at the start of a scalar. */
const OPENERS = new Set(['#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', "'", '"', '%', '@', '`']);

/** Most texts: words and names, where a colon or a blank has something harmless behind it. */
const HARMLESS = /^\w(?:[\w./@+,=()~%$-]|:(?=\w)| (?=[\w./+(]))*$/;

const SIMPLE: TextTraits = { hasBreaks: false, allowsPlain: true, allowsSingle: true, allowsBlock: true };

/** Looks at each character once. */
export function analyse(text: string): TextTraits {
  if (text === '') return { hasBreaks: false, allowsPlain: false, allowsSingle: true, allowsBlock: false };
  if (HARMLESS.test(text)) return SIMPLE;
  const runes = [...text];
  const last = runes.length - 1;
  let indicators = text.startsWith('---') || text.startsWith('...');
  let special = false;
  let [breaks, breakSpace, spaceBreak] = [false, false, false];
  let [previousSpace, previousBreak] = [false, false];
  for (const [at, rune] of runes.entries()) {
    const afterBlank = at === 0 || isBlank(runes[at - 1] ?? '');
    const beforeBlank = at === last || isBlank(runes[at + 1] ?? '');
    if (at === 0) indicators ||= OPENERS.has(rune) || ((rune === '?' || rune === ':' || rune === '-') && beforeBlank);
    else indicators ||= (rune === ':' && beforeBlank) || (rune === '#' && afterBlank);
    special ||= !isPrintable(rune);
    if (rune === ' ') {
      breakSpace ||= previousBreak;
      [previousSpace, previousBreak] = [true, false];
    } else if (isBreak(rune)) {
      breaks = true;
      spaceBreak ||= previousSpace;
      [previousSpace, previousBreak] = [false, true];
    } else [previousSpace, previousBreak] = [false, false];
  }
  const [first = '', final = ''] = [runes[0], runes[last]];
  const rimmed = [first, final].some((rune) => rune === ' ' || isBreak(rune));
  return {
    hasBreaks: breaks,
    allowsPlain: !rimmed && !breakSpace && !spaceBreak && !special && !breaks && !indicators,
    allowsSingle: !breakSpace && !spaceBreak && !special,
    allowsBlock: final !== ' ' && !spaceBreak && !special,
  };
}

function isBlank(rune: string): boolean {
  return rune === ' ' || rune === '\t' || isBreak(rune);
}

export function isBreak(rune: string): boolean {
  return rune === '\n' || rune === '\r' || rune === '\u0085' || rune === '\u2028' || rune === '\u2029';
}

/** What go-yaml v2 prints as it is; everything beyond the Basic Multilingual Plane is escaped. */
export function isPrintable(rune: string): boolean {
  const code = rune.codePointAt(0) ?? 0;
  if (code === 0x0a) return true;
  if (code < 0x20 || (code > 0x7e && code < 0xa0)) return false;
  return code < 0xd800 || (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff);
}
