/** How a version counts. Only versions of one scheme can be ahead of each other. */
export type VersionScheme = 'semver' | 'calendar' | 'date' | 'timestamp' | 'build' | 'commit' | 'opaque';

/** A tag, taken apart as far as it can be. */
export interface Version {
  readonly text: string;
  readonly scheme: VersionScheme;
  /** What stands before the numbers, without a `v`: `release`, `main`. */
  readonly prefix: string;
  /** The makes of the image, without their versions: `alpine`, `slim`. */
  readonly variant: string;
  readonly numbers: readonly bigint[];
  /** The identifiers of a pre-release, as semver parts them. */
  readonly pre: readonly string[];
  /** What tells builds of one version apart and has no order: a commit, build metadata. */
  readonly build: string;
}

/** Makes of images, which are no pre-releases, at the end of a tag. */
const MAKE =
  /[-_.]((?:alpine|slim|bookworm|bullseye|buster|trixie|jammy|noble|focal|debian|ubuntu|ubi|windowsservercore|nanoserver|ltsc|amd64|arm64|x86_64|distroless|static|nonroot|fips|musl|glibc|scratch|fpm|apache|jre|jdk|openjdk|temurin|corretto|management|minimal|micro))([\d.]*|-?\d[\w.]*(?:-r\d+)?)$/i;
const COMMIT = /^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}$|^[0-9a-f]{40}$/i;

/** The grammar of references allows no longer ones. */
const LONGEST_TAG = 128;

/**
 * Takes a tag apart. A commit has no order, and what cannot be told is `opaque`. (Semantic Versioning 2.0.0; calendar
 * versions begin with a year; Flux suggests `main-1a2b3c4-1767225600`.)
 */
export function parseVersion(text: string): Version {
  const { rest, variant } = text.length > LONGEST_TAG ? { rest: '', variant: '' } : withoutMakes(text);
  const opaque: Version = { text, scheme: 'opaque', prefix: '', variant, numbers: [], pre: [], build: '' };
  if (COMMIT.test(rest)) return { ...opaque, scheme: 'commit', build: rest.toLowerCase() };
  const stamped = /^(.*?)[-_.]([0-9a-f]{7,40})[-_.](\d{10}|\d{13}|\d{14})$/i.exec(rest);
  if (stamped) return { ...opaque, scheme: 'timestamp', prefix: stamped[1] ?? '', numbers: [secondsOf(stamped[3] ?? '')], build: stamped[2] ?? '' };
  const moment = /^(.*?)(\d{8})T(\d{4,6})Z?$/i.exec(rest);
  if (moment) return { ...opaque, scheme: 'timestamp', prefix: prefixOf(moment[1]), numbers: [BigInt(`${moment[2]}${(moment[3] ?? '').padEnd(6, '0')}`)] };
  const match = /^((?:[a-z]+[-_.])*[a-z]*?)v?(\d+(?:\.\d+)*)(?:-([0-9a-z][\w.-]*?))?(?:[+_]([\w.-]+))?$/i.exec(rest);
  if (!match) return opaque;
  const [, prefix, dotted = '', pre = '', build = ''] = match;
  const numbers = dotted.split('.').map(BigInt);
  const scheme = schemeOf(dotted.split('.'));
  const isCommit = COMMIT.test(pre.replace(/^g/, ''));
  return {
    ...opaque,
    scheme,
    prefix: prefixOf(prefix),
    numbers: scheme === 'timestamp' ? [secondsOf(dotted)] : numbers,
    pre: pre === '' || isCommit ? [] : pre.split('.'),
    build: isCommit ? pre : build,
  };
}

function withoutMakes(text: string): { readonly rest: string; readonly variant: string } {
  let rest = text;
  const makes: string[] = [];
  for (let found = MAKE.exec(rest); found; found = MAKE.exec(rest)) {
    makes.unshift((found[1] ?? '').toLowerCase());
    rest = rest.slice(0, found.index);
  }
  return { rest, variant: makes.join('-') };
}

function prefixOf(written = ''): string {
  return written.replace(/[-_.]$/, '').toLowerCase();
}

function schemeOf(parts: readonly string[]): VersionScheme {
  const [first = ''] = parts;
  if (isDay(first)) return 'date';
  if (parts.length > 1) return /^(?:19|20)\d\d$/.test(first) ? 'calendar' : 'semver';
  if (/^(?:\d{10}|\d{13}|(?:19|20)\d{12})$/.test(first)) return 'timestamp';
  return 'build';
}

function isDay(text: string): boolean {
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(text);
}

/** Of seconds and of milliseconds, the seconds; a moment that is written out counts as the number that it is. */
function secondsOf(digits: string): bigint {
  return digits.length === 13 ? BigInt(digits.slice(0, 10)) : BigInt(digits);
}

/**
 * Below zero where the first version is older, above where it is newer, 0 where they are the same. Undefined where nothing
 * tells: other schemes, prefixes or makes, commits, and builds of one version.
 */
export function compareVersions(first: string, second: string): number | undefined {
  if (first === second) return 0;
  const [a, b] = [parseVersion(first), parseVersion(second)];
  if (a.scheme !== b.scheme || a.prefix !== b.prefix || a.variant !== b.variant) return undefined;
  if (a.scheme === 'commit') return a.build.startsWith(b.build) || b.build.startsWith(a.build) ? 0 : undefined;
  if (a.scheme === 'opaque') return undefined;
  // `1.2` may be any `1.2.x`. Dates and calendar versions may have a count behind them.
  if (a.scheme === 'semver' && a.numbers.length !== b.numbers.length) return undefined;
  const order = compareNumbers(a.numbers, b.numbers) || comparePre(a.pre, b.pre);
  if (order !== 0) return order;
  return a.build === b.build && a.variant === b.variant && makesOf(first) === makesOf(second) ? 0 : undefined;
}

/** The makes with their versions: of `1.2-alpine3.18` and `1.2-alpine3.19` nobody knows which is newer. */
function makesOf(text: string): string {
  return text.slice(withoutMakes(text).rest.length);
}

function compareNumbers(a: readonly bigint[], b: readonly bigint[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [x = 0n, y = 0n] = [a[index], b[index]];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** A pre-release is older than its release; numbers are older than words. (Semantic Versioning 2.0.0, 11.) */
function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0);
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [x, y] = [a[index], b[index]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (x === y) continue;
    const [xNumber, yNumber] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (xNumber && yNumber) return BigInt(x) < BigInt(y) ? -1 : 1;
    if (xNumber !== yNumber) return xNumber ? -1 : 1;
    return compareWords(x, y);
  }
  return 0;
}

/** `rc9` is older than `rc10`, as everybody means it; semver would compare them letter by letter. */
function compareWords(x: string, y: string): number {
  const [left, right] = [/^([a-z-]+)(\d+)$/i.exec(x), /^([a-z-]+)(\d+)$/i.exec(y)];
  if (left && right && left[1] === right[1]) return BigInt(left[2] ?? 0) < BigInt(right[2] ?? 0) ? -1 : 1;
  return x < y ? -1 : 1;
}
