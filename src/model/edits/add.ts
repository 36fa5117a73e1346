import type { TextEdit } from '../../text/edit.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Origin, Scalar } from '../../tree/node.ts';
import { extentOf, isFlow, type Member, wayTo } from './members.ts';
import { lineEnd, lineStart } from './remove.ts';
import { insertion, lineBreakOf } from './write.ts';

/** A setting to add: a key, and the text that is its value. */
export interface Addition {
  readonly key: string;
  readonly text: string;
}

/**
 * Writes a setting behind the one that stands at a place, in the same style: an entry of a mapping, a literal of a generator, a line of
 * a file of settings. Undefined where the place is none of these, or the value would have to be written in another way.
 */
export function additionBehind(at: Origin, addition: Addition): TextEdit | undefined {
  const { file } = at;
  if (at.precision === 'file' || addition.text === '' || /[\r\n]|^\s|\s$/.test(addition.text) || !/^[\w./-]+$/.test(addition.key)) return undefined;
  if (!/\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/.test(file.path)) return lineBehind(at, addition);
  const way = wayTo(at);
  const member = way?.at(-1);
  if (!way || !member) return undefined;
  if ('item' in member) return isLiteral(way) && member.item.kind === 'scalar' ? literalBehind(member, member.item, addition) : undefined;
  return isFlow(member.holder) ? inBrackets(member, addition) : entryBehind(member, addition);
}

/** `KEY=value`, with what stands between key and value there. */
function lineBehind({ file, start }: Origin, { key, text }: Addition): TextEdit | undefined {
  const from = lineStart(file.text, start);
  const sign = /^[\w.-]+(\s*[=:]\s*)\S/.exec(file.text.slice(from, lineEnd(file.text, start)))?.[1];
  if (sign === undefined || /["'\\#]/.test(text)) return undefined;
  return lineAfter(file, start, `${key}${sign}${text}`);
}

/** Puts a line behind the one at an offset. */
function lineAfter(file: SourceFile, offset: number, line: string): TextEdit {
  const at = lineEnd(file.text, offset);
  const lineBreak = lineBreakOf(file, lineStart(file.text, offset));
  return insertion(file, at, file.text.slice(0, at).endsWith('\n') ? line + lineBreak : lineBreak + line);
}

function isLiteral(way: readonly Member[]): boolean {
  const holder = way.at(-2);
  return holder !== undefined && 'entry' in holder && holder.entry.key.text === 'literals';
}

function literalBehind(member: Member, item: Scalar, { key, text }: Addition): TextEdit | undefined {
  const { file, start, end } = item.origin;
  if (/["'\\]/.test(text)) return undefined;
  const literal = styled(`${key}=${text}`, item, /^[\w./-]+=[\w./:@?&=%+-]*$/);
  if (isFlow(member.holder)) return insertion(file, end, `, ${literal}`);
  const lead = file.text.slice(lineStart(file.text, start), start);
  return /^\s*-\s+$/.test(lead) ? lineAfter(file, end, lead + literal) : undefined;
}

function inBrackets(member: Member, addition: Addition): TextEdit | undefined {
  const { file } = member.holder.origin;
  const key = 'entry' in member && file.text.charAt(member.entry.key.origin.start) === '"' ? `"${addition.key}"` : keyText(addition.key);
  return insertion(file, extentOf(member).to, `, ${key}: ${valueText(member, addition)}`);
}

function entryBehind(member: Member, addition: Addition): TextEdit | undefined {
  const { file } = member.holder.origin;
  const { from, to } = extentOf(member);
  const lead = file.text.slice(lineStart(file.text, from), from).replace(/^\uFEFF/, '');
  const rest = file.text.slice(to, lineEnd(file.text, to));
  if (!/^[ -]*$/.test(lead) || !/^[ \t]*(?:#.*)?\r?\n?$/.test(rest)) return undefined;
  return lineAfter(file, to, `${lead.replaceAll('-', ' ')}${keyText(addition.key)}: ${valueText(member, addition)}`);
}

/** Without quotes it would be something else than a text. */
const NO_TEXT = /^(?:[\d.+-].*|true|false|yes|no|on|off|y|n|null|~)$/i;

function keyText(key: string): string {
  return NO_TEXT.test(key) ? `"${key}"` : key;
}

/** As the value beside it is quoted; without quotes only where it is a text all the same. */
function valueText(member: Member, { text }: Addition): string {
  const beside = 'entry' in member ? member.entry.value : undefined;
  return styled(text, beside?.kind === 'scalar' ? beside : undefined, NO_TEXT.test(text) ? /^$/ : /^[\w./][\w./:@?&=%+-]*(?<!:)$/);
}

function styled(text: string, beside: Scalar | undefined, plain: RegExp): string {
  if (beside?.style === 'single-quoted') return `'${text.replaceAll("'", "''")}'`;
  return beside?.style !== 'double-quoted' && plain.test(text) ? text : JSON.stringify(text);
}
