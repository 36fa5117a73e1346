import { bool, slice, type Text } from '../value.ts';
import { authorsOf, textFrom } from './go/texts.ts';
import { type Definition, type Family, fn, STRING } from './signature.ts';

/** Go's `path.Clean`. */
function clean(path: string): string {
  const isRooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push(part);
  }
  return (isRooted ? '/' : '') + kept.join('/') || '.';
}

/** A path that was made shorter, with its authors where it is the beginning of what it was. */
function shortened(path: string, source: Text): Text {
  return source.text.startsWith(path) ? slice(source, 0, path.length) : textFrom(path, source);
}

function base(source: Text): Text {
  const end = source.text.replace(/\/+$/, '').length;
  if (end === 0) return source.text === '' ? textFrom('.') : textFrom('/', source);
  return slice(source, source.text.lastIndexOf('/', end - 1) + 1, end);
}

function extension(source: Text): Text {
  const name = source.text.lastIndexOf('/') + 1;
  const dot = source.text.lastIndexOf('.');
  return dot < name ? textFrom('') : slice(source, dot);
}

const BASE = fn([STRING], ([source]) => base(source));
const CLEAN = fn([STRING], ([source]) => shortened(clean(source.text), source));
const DIR = fn([STRING], ([source]) => shortened(clean(source.text.slice(0, source.text.lastIndexOf('/') + 1)), source));
const EXT = fn([STRING], ([source]) => extension(source));
const IS_ABS: Definition = fn([STRING], ([source]) => bool(source.text.startsWith('/'), authorsOf(source)));

/** Go's package path; what Sprig takes from filepath is the same but on Windows. */
export const PATHS: Family = {
  base: BASE,
  osBase: BASE,
  clean: CLEAN,
  osClean: CLEAN,
  dir: DIR,
  osDir: DIR,
  ext: EXT,
  osExt: EXT,
  isAbs: IS_ABS,
  osIsAbs: IS_ABS,
};
