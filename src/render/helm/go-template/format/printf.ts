import { goTypeOf } from '../../functions/go/types.ts';
import { slice, type Text, type Value } from '../../value.ts';
import { type Flags, NO_FLAGS } from './flags.ts';
import { TextBuilder } from './text-builder.ts';
import { formatValue } from './value.ts';

const FLAGS: Readonly<Record<string, 'plus' | 'minus' | 'sharp' | 'space' | 'zero'>> = { '+': 'plus', '-': 'minus', '#': 'sharp', ' ': 'space', '0': 'zero' };
/** Wider or longer than this is no width to Go. */
const MAX_NUMBER = 1_000_000;

interface Reader {
  readonly format: Text;
  readonly args: readonly Value[];
  readonly out: TextBuilder;
  at: number;
  /** The argument that is next. */
  index: number;
  /** `%[2]d` was met: then arguments may go unused. */
  isReordered: boolean;
  /** An index was read just now. */
  isIndexed: boolean;
  isGoodIndex: boolean;
}

/** Go's `fmt.Sprintf`. What the format says itself and what is filled in keep their authors. */
export function sprintf(format: Text, args: readonly Value[]): Text {
  const reader: Reader = { format, args, out: new TextBuilder(), at: 0, index: 0, isReordered: false, isIndexed: false, isGoodIndex: true };
  const { text } = format;
  for (;;) {
    const percent = text.indexOf('%', reader.at);
    if (percent !== reader.at) reader.out.append(slice(format, reader.at, percent === -1 ? text.length : percent));
    if (percent === -1) break;
    reader.at = percent + 1;
    if (!readVerb(reader)) break;
  }
  if (!reader.isReordered && reader.index < args.length) writeExtra(reader);
  return reader.out.build();
}

function writeExtra({ out, args, index }: Reader): void {
  out.write('%!(EXTRA ');
  for (const [position, value] of args.slice(index).entries()) {
    if (position > 0) out.write(', ');
    if (value.kind !== 'nil' && value.kind !== 'none') out.write(`${goTypeOf(value)}=`);
    formatValue(out, value, 'v', NO_FLAGS);
  }
  out.write(')');
}

/** Whether there was a verb. */
function readVerb(reader: Reader): boolean {
  const { text } = reader.format;
  reader.isGoodIndex = true;
  reader.isIndexed = false;
  const flags = readFlags(reader);
  readIndex(reader);
  let { minus, zero } = flags;
  let width = readSize(reader, 'BADWIDTH');
  if (width !== undefined && width < 0) {
    width = -width;
    minus = true;
    zero = false;
  }
  const precision = text.charAt(reader.at) === '.' && reader.at + 1 < text.length ? readPrecision(reader) : undefined;
  if (!reader.isIndexed) readIndex(reader);
  const code = text.codePointAt(reader.at);
  if (code === undefined) {
    reader.out.write('%!(NOVERB)');
    return false;
  }
  const verb = String.fromCodePoint(code);
  reader.at += verb.length;
  writeVerb(reader, verb, { ...flags, minus, zero, width, precision });
  return true;
}

function readFlags(reader: Reader): Flags {
  const flags: { -readonly [Key in keyof Flags]: Flags[Key] } = { ...NO_FLAGS };
  for (; ; reader.at += 1) {
    const flag = FLAGS[reader.format.text.charAt(reader.at)];
    if (!flag) return flags;
    flags[flag] = true;
  }
}

function writeVerb(reader: Reader, verb: string, flags: Flags): void {
  const { out, args, index } = reader;
  const value = args[index];
  if (verb === '%') out.write('%');
  else if (!reader.isGoodIndex) out.write(`%!${verb}(BADINDEX)`);
  else if (!value) out.write(`%!${verb}(MISSING)`);
  else {
    // With this verb `#` and `+` have a meaning of their own.
    const own = verb === 'v' ? { ...flags, isSource: flags.sharp, sharp: false, plus: false } : flags;
    formatValue(out, value, verb, own);
    reader.index += 1;
  }
}

/** `[2]`: the argument to take. */
function readIndex(reader: Reader): void {
  const { text } = reader.format;
  reader.isIndexed = false;
  if (text.charAt(reader.at) !== '[') return;
  reader.isReordered = true;
  const close = text.indexOf(']', reader.at);
  const number = close === -1 ? undefined : /^\d+$/.exec(text.slice(reader.at + 1, close))?.[0];
  const index = number !== undefined && Number(number) <= MAX_NUMBER ? Number(number) - 1 : undefined;
  reader.at = close === -1 ? reader.at + 1 : close + 1;
  if (index !== undefined && index >= 0 && index < reader.args.length) reader.index = index;
  else reader.isGoodIndex = false;
  reader.isIndexed = index !== undefined;
}

/** A width or precision, written out or `*` for the next argument. */
function readSize(reader: Reader, problem: string): number | undefined {
  const { text } = reader.format;
  if (text.charAt(reader.at) === '*') {
    reader.at += 1;
    reader.isIndexed = false;
    const size = takeSize(reader);
    if (size === undefined) reader.out.write(`%!(${problem})`);
    return size;
  }
  const digits = /\d*/y;
  digits.lastIndex = reader.at;
  const [number = ''] = digits.exec(text) ?? [];
  if (number === '') return undefined;
  if (reader.isIndexed) reader.isGoodIndex = false;
  // Go gives up on the rest of the format.
  reader.at = Number(number) > MAX_NUMBER ? text.length : reader.at + number.length;
  return Number(number) > MAX_NUMBER ? undefined : Number(number);
}

function takeSize(reader: Reader): number | undefined {
  const value = reader.args[reader.index];
  if (!value) return undefined;
  reader.index += 1;
  if (value.kind !== 'int' || value.value > MAX_NUMBER || value.value < -MAX_NUMBER) return undefined;
  return Number(value.value);
}

function readPrecision(reader: Reader): number | undefined {
  reader.at += 1;
  if (reader.isIndexed) reader.isGoodIndex = false;
  readIndex(reader);
  const isTaken = reader.format.text.charAt(reader.at) === '*';
  const precision = readSize(reader, 'BADPREC');
  if (isTaken) return precision !== undefined && precision >= 0 ? precision : undefined;
  return precision ?? 0;
}
