/** What a token is. The words of Go's lexer, spelled out; keywords stand for themselves. */
export type TokenKind =
  | 'text'
  | 'comment'
  | 'left'
  | 'right'
  | 'space'
  | 'pipe'
  | 'assign'
  | 'declare'
  | 'open'
  | 'close'
  | 'sign'
  | 'character'
  | 'number'
  | 'complex'
  | 'string'
  | 'raw'
  | 'bool'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'error'
  | 'end-of-file'
  | Keyword;

type Keyword = 'dot' | 'nil' | 'block' | 'break' | 'continue' | 'define' | 'else' | 'end' | 'if' | 'range' | 'template' | 'with';

export interface Token {
  readonly kind: TokenKind;
  /** As it is written, or what is wrong with what is written there. */
  readonly text: string;
  /** Half-open, UTF-16 offsets into the text of the template. */
  readonly start: number;
  readonly end: number;
}

/** The words with a meaning of their own. `break` and `continue` count, as no function of Helm has these names. */
export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  (['nil', 'block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with'] as const).map((word) => [word, word]),
);

const isKeyword = ({ kind, text }: Token): boolean => kind === 'dot' || KEYWORDS.get(text) === kind;

/** How Go calls a token in its messages: `"foo"`, `<end>`, `EOF`; long ones are cut. */
export function describeToken(token: Token): string {
  if (token.kind === 'end-of-file') return 'EOF';
  if (token.kind === 'error') return token.text;
  if (isKeyword(token)) return `<${token.text}>`;
  const characters = [...token.text];
  return characters.length > 10 ? `${JSON.stringify(characters.slice(0, 10).join(''))}...` : JSON.stringify(token.text);
}
