import { lowerRune, SPACES } from './go/letters.ts';

/** The kinds of words that xstrings tells apart. */
type Kind = 'number' | 'upper' | 'letters' | 'connector' | 'punctuation' | 'other' | 'none';

interface Word {
  readonly kind: Kind;
  readonly text: string;
}

/** A letter of a script that has words; the scripts of East Asia count as something else. */
const LETTER = '(?![\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}])\\p{L}';

/** In the order in which they are tried. Of several capitals before a small letter the last one begins the next word. */
const WORDS: readonly (readonly [Kind, RegExp])[] = [
  ['connector', new RegExp(`[-_${SPACES}]+`, 'uy')],
  ['punctuation', /\p{P}+/uy],
  ['upper', new RegExp(`\\p{Lu}\\p{Lu}+(?!${LETTER})|\\p{Lu}+(?=\\p{Lu}${LETTER})|\\p{Lu}(?:(?!\\p{Lu})${LETTER})*`, 'uy')],
  ['letters', new RegExp(`(?:(?!\\p{Lu})${LETTER})+`, 'uy')],
  ['number', /\p{N}+/uy],
  ['other', new RegExp(`[^](?:(?!${LETTER})[^-_${SPACES}\\p{N}\\p{P}])*`, 'uy')],
];

function wordsOf(source: string): readonly Word[] {
  const words: Word[] = [];
  for (let at = 0; at < source.length; ) {
    for (const [kind, pattern] of WORDS) {
      pattern.lastIndex = at;
      const text = pattern.exec(source)?.[0];
      if (!text) continue;
      words.push({ kind, text });
      at += text.length;
      break;
    }
  }
  return words;
}

const NONE: Word = { kind: 'none', text: '' };

/**
 * A name in small letters with its words parted by a connector: xstrings' `ToSnakeCase` and `ToKebabCase`, with their ways
 * with numbers: `Bld4Floor` is `bld4_floor`, but `HTTP2xx` is `http_2xx`.
 */
export function caseWords(source: string, connector: string): string {
  const words = wordsOf(source);
  const last = words.length - 1;
  let at = 0;
  let result = '';
  const current = (): Word => words[at] ?? NONE;
  const write = ({ kind, text }: Word): void => {
    if (kind === 'connector') result += connector.repeat([...text].length);
    else result += kind === 'upper' ? [...text].map(lowerRune).join('') : text;
  };
  const isOneOf = (...kinds: readonly Kind[]): boolean => kinds.includes(current().kind);
  const writeNumbered = (): void => {
    for (; isOneOf('letters', 'number'); at += 1) write(current());
    if (!isOneOf('none', 'punctuation', 'connector')) result += connector;
  };
  const writeBehindWord = (): void => {
    if (!isOneOf('number')) {
      if (!isOneOf('connector', 'punctuation')) result += connector;
      return;
    }
    if (at >= last) return;
    const number = current();
    at += 1;
    if (isOneOf('letters')) {
      result += connector;
      write(number);
      writeNumbered();
      return;
    }
    write(number);
    if (!isOneOf('connector', 'punctuation')) result += connector;
  };
  while (at < last) {
    const word = current();
    write(word);
    at += 1;
    if (word.kind === 'number') writeNumbered();
    else if (word.kind !== 'connector' && word.kind !== 'punctuation') writeBehindWord();
  }
  write(current());
  return result;
}
