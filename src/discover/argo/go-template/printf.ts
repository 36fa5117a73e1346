import { goText, isInteger, valueIn } from '../go-text.ts';
import { notFollowed } from './template-error.ts';
import type { Known } from './values.ts';

const VERB = /%([-0]?)(\d{0,2})([sdvqt%])|%/g;

/** As `fmt.Sprintf` prints it, for the verbs and values that are plain; throws for others, as Go would print its complaint. */
export function formatted(format: string, values: readonly Known[]): string {
  let next = 0;
  const text = format.replaceAll(VERB, (all: string, flag: string | undefined, width: string | undefined, verb: string | undefined) => {
    if (all === '%%') return '%';
    const value = verb === undefined || verb === '%' ? undefined : values[next];
    if (!value) throw notFollowed(`the format "${format}"`);
    next += 1;
    return padded(plain(value, verb ?? '', format, width !== ''), flag ?? '', Number(width ?? 0));
  });
  if (next < values.length) throw notFollowed(`the format "${format}"`);
  return text;
}

/** A text in double quotes, as Go writes it in a program. */
export function quoted(text: string): string {
  if (/[^\n\r\t\x20-\x7e]/.test(text)) throw notFollowed('a quoted text that is not ASCII');
  return JSON.stringify(text);
}

/** Of a list, the width is that of each item. */
function plain({ node }: Known, verb: string, format: string, hasWidth: boolean): string {
  const type = node?.kind === 'scalar' ? valueIn(node).type : undefined;
  if (node && verb === 'v' && (node.kind === 'scalar' || !hasWidth)) return goText(node);
  if (node?.kind === 'scalar') {
    if (verb === 's' && type === 'string') return node.text;
    if (verb === 'q' && type === 'string') return quoted(node.text);
    if (verb === 'd' && isInteger(node)) return node.text;
    if (verb === 't' && type === 'bool') return goText(node);
  }
  throw notFollowed(`a value of the format "${format}"`);
}

function padded(text: string, flag: string, width: number): string {
  if (flag === '-') return text.padEnd(width);
  if (flag !== '0') return text.padStart(width);
  return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
}
