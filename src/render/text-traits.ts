/** In which styles a text can be printed: libyaml's analysis of a scalar, for block context. */
export interface TextTraits {
  readonly hasBreaks: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
  readonly allowsBlock: boolean;
}

/** Most texts: words and names, where a colon or a blank has something harmless behind it. */
const HARMLESS = /^\w(?:[\w./@+,=()~%$-]|:(?=\w)| (?=[\w./+(]))*$/;

const SIMPLE: TextTraits = { hasBreaks: false, allowsPlain: true, allowsSingle: true, allowsBlock: true };

// One pass of a pattern each: far faster than a loop over the characters, of which texts in config maps have many.
const BREAK = /[\n\r\x85\u2028\u2029]/;
const BREAK_SPACE = /[\n\r\x85\u2028\u2029] /;
const SPACE_BREAK = / [\n\r\x85\u2028\u2029]/;
const RIM = /^[ \n\r\x85\u2028\u2029]|[ \n\r\x85\u2028\u2029]$/;
/** What is not `isPrintable`; of what lies beyond the Basic Multilingual Plane, the halves of the pairs. */
const SPECIAL = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
/** Characters that mean something at the start of a scalar, and those that do before or behind a blank. */
const INDICATOR = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t\n\r\x85\u2028\u2029]|$))|[\s\S]:(?:[ \t\n\r\x85\u2028\u2029]|$)|[ \t\n\r\x85\u2028\u2029]#/;

export function analyse(text: string): TextTraits {
  if (text === '') return { hasBreaks: false, allowsPlain: false, allowsSingle: true, allowsBlock: false };
  if (HARMLESS.test(text)) return SIMPLE;
  const hasBreaks = BREAK.test(text);
  const isSpecial = SPECIAL.test(text);
  const hasSpaceBreak = hasBreaks && SPACE_BREAK.test(text);
  const allowsSingle = !isSpecial && !hasSpaceBreak && !(hasBreaks && BREAK_SPACE.test(text));
  return {
    hasBreaks,
    allowsPlain: allowsSingle && !hasBreaks && !RIM.test(text) && !INDICATOR.test(text),
    allowsSingle,
    allowsBlock: !isSpecial && !hasSpaceBreak && !text.endsWith(' '),
  };
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
