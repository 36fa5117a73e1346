import type { Scalar } from './node.ts';

/**
 * Whose reading of YAML counts. `kustomize` is go-yaml v3 (kustomize reads resources and patches with it);
 * `kubectl` is go-yaml v2 (kubectl, Helm, Flux, Argo CD, and the kustomization file itself). They differ in
 * `yes`, `no`, `on`, `off`, `y`, `n` and in dates.
 */
export type Profile = 'kustomize' | 'kubectl';

/** What a scalar is, once read. Integers beyond 2^53 are exact. A float keeps being one though its value is whole: `1.0`. */
export type ScalarValue =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'null'; readonly value: null }
  /** RFC 3339 text, as Go prints a time. */
  | { readonly type: 'timestamp'; readonly value: string }
  /** The decoded text; what is no base64, or holds no UTF-8, stays as it is written. */
  | { readonly type: 'binary'; readonly value: string };

const NULL: ScalarValue = { type: 'null', value: null };
const TRUE: ScalarValue = { type: 'bool', value: true };
const FALSE: ScalarValue = { type: 'bool', value: false };

/** The words of YAML 1.1 that both readers know; go-yaml `resolve.go`, `resolveMap`. */
const WORDS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, NULL] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, TRUE] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, FALSE] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', value: Number.NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, { type: 'float', value: Infinity }] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { type: 'float', value: -Infinity }] as const),
]);

/** The booleans that only go-yaml v2 still takes for such. */
const OLD_BOOLEANS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, TRUE] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, FALSE] as const),
]);

/** What the scalar means to the given reader. Quoted and block scalars are always strings. */
export function scalarValue(node: Scalar, profile: Profile = 'kustomize'): ScalarValue {
  if (node.tag !== undefined) return taggedValue(node, node.tag, profile);
  return node.style === 'plain' ? plainValue(node.text, profile) : { type: 'string', value: node.text };
}

function taggedValue(node: Scalar, tag: string, profile: Profile): ScalarValue {
  const core = /^(?:!!|!<tag:yaml\.org,2002:)(\w+)>?$/.exec(tag)?.[1];
  if (core === 'binary') return { type: 'binary', value: decodeBase64(node.text) };
  // For go-yaml v3 "!" is no tag at all.
  if (tag === '!' && profile === 'kustomize' && node.style === 'plain') return plainValue(node.text, profile);
  if (core === undefined || !/^(?:int|float|bool|null|timestamp)$/.test(core)) return { type: 'string', value: node.text };
  const value = plainValue(node.text, profile);
  return core === 'float' && value.type === 'int' ? { type: 'float', value: Number(value.value) } : value;
}

function decodeBase64(text: string): string {
  try {
    const bytes = atob(text.replaceAll(/\s/g, ''));
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    // Not base64, or not text: the callers show it as it stands.
    return text;
  }
}

/** Go's `yamlStyleFloat`. */
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** What may begin a word of the tables, a number, or a date: everything else is a string without further ado. */
const MAY_RESOLVE = /^(?:[-+.\d~]|[yYnNtTfFoO]|$)/;

/** What an unquoted scalar means: the rules of go-yaml's `resolve`, in its order. */
export function plainValue(text: string, profile: Profile): ScalarValue {
  if (!MAY_RESOLVE.test(text)) return { type: 'string', value: text };
  const word = WORDS.get(text) ?? (profile === 'kubectl' ? OLD_BOOLEANS.get(text) : undefined);
  if (word) return word;
  const first = text.charCodeAt(0);
  const number = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46 ? numberValue(text, profile) : undefined;
  return number ?? { type: 'string', value: text };
}

function numberValue(text: string, profile: Profile): ScalarValue | undefined {
  const date = timestampOf(text);
  if (date !== undefined) return profile === 'kustomize' ? { type: 'timestamp', value: date } : undefined;
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  const integer = integerOf(digits);
  if (integer !== undefined) return integer;
  if (!FLOAT.test(digits)) return undefined;
  const value = Number(digits);
  // Go's ParseFloat refuses what does not fit, and the scalar stays a string: a git hash such as 123e4567.
  return Number.isFinite(value) ? { type: 'float', value } : undefined;
}

/** `strconv.ParseInt(text, 0, 64)`, then `ParseUint`: 0x, 0o, 0b and a leading zero choose the base. */
function integerOf(text: string): ScalarValue | undefined {
  const match = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|([1-9][0-9]*|0))$/.exec(text);
  if (!match) return undefined;
  const [, sign, hex, octal, binary, decimal] = match;
  const magnitude =
    hex !== undefined ? BigInt(`0x${hex}`) : octal !== undefined ? BigInt(`0o${octal}`) : binary !== undefined ? BigInt(`0b${binary}`) : BigInt(decimal ?? 0);
  const value = sign === '-' ? -magnitude : magnitude;
  if (value > 0xffff_ffff_ffff_ffffn || value < -0x8000_0000_0000_0000n) return decimal === undefined ? undefined : { type: 'float', value: Number(value) };
  const small = Number(value);
  return { type: 'int', value: Number.isSafeInteger(small) ? small : value };
}

/** go-yaml's `allowedTimestampFormats`, printed as Go prints a time in UTC or with its offset. */
function timestampOf(text: string): string | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[tT ](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?(Z|[-+]\d{2}:\d{2})?)?$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const spaced = text.includes(' ');
  if (spaced && match[8] !== undefined) return undefined;
  if (!spaced && hour !== '0' && match[4] !== undefined && match[8] === undefined) return undefined;
  const [m, d, h, mi, s] = [month, day, hour, minute, second].map(Number);
  const days = new Date(Date.UTC(Number(year), m ?? 0, 0)).getUTCDate();
  if (!m || m > 12 || !d || d > days || (h ?? 0) > 23 || (mi ?? 0) > 59 || (s ?? 0) > 59) return undefined;
  const two = (value: number | undefined) => String(value).padStart(2, '0');
  const trimmed = fraction.replace(/0+$/, '').replace(/^\.$/, '');
  return `${year}-${two(m)}-${two(d)}T${two(h)}:${two(mi)}:${two(s)}${trimmed}${zone === '+00:00' ? 'Z' : zone}`;
}

/** True for what YAML reads as null: nothing at all, `~`, `null`. */
export function isNull(node: Scalar): boolean {
  return scalarValue(node).type === 'null';
}
