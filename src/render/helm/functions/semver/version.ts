import { compareBytes } from '../../go-template/byte-order.ts';

/** A version as Masterminds' semver reads it: a leading `v` and missing numbers are no matter. */
export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: string;
  readonly metadata: string;
  /** As it was written. */
  readonly original: string;
}

const VERSION = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?$/;
const MAX_LENGTH = 256;
const MAX_NUMBER = 2n ** 64n - 1n;

/** The version, or what is wrong with the text: `NewVersion`. */
export function parseVersion(text: string): Version | string {
  if (Buffer.byteLength(text) > MAX_LENGTH) return `version string is too long (max ${MAX_LENGTH} bytes)`;
  const match = VERSION.exec(text);
  if (!match) return 'invalid semantic version';
  const [major, minor, patch] = [match[1], match[2], match[3]].map((number) => BigInt(number ?? 0)) as [bigint, bigint, bigint];
  if (major > MAX_NUMBER || minor > MAX_NUMBER || patch > MAX_NUMBER) return 'error parsing version segment: value out of range';
  const [, , , , prerelease = '', metadata = ''] = match;
  if (prerelease.split('.').some((part) => /^0\d+$/.test(part))) return 'version segment starts with 0';
  return { major, minor, patch, prerelease, metadata, original: text };
}

/** All three numbers, and what stands behind them. */
export function shownVersion({ major, minor, patch, prerelease, metadata }: Omit<Version, 'original'>): string {
  return `${major}.${minor}.${patch}${prerelease && `-${prerelease}`}${metadata && `+${metadata}`}`;
}

/** Below zero where `a` comes first. What stands behind a plus does not count. */
export function compareVersions(a: Version, b: Version): number {
  for (const part of ['major', 'minor', 'patch'] as const) if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1;
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === '') return 1;
  return b.prerelease === '' ? -1 : comparePrereleases(a.prerelease, b.prerelease);
}

/** Part by part: numbers by value and before words, fewer parts before more. */
export function comparePrereleases(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [x = '', y = ''] = [left[at], right[at]];
    if (x !== y) return compareParts(x, y);
  }
  return 0;
}

function compareParts(x: string, y: string): number {
  if (x === '' || y === '') return x === '' ? -1 : 1;
  const [isNumber, isOther] = [/^\d+$/.test(x), /^\d+$/.test(y)];
  if (isNumber && isOther) return BigInt(x) > BigInt(y) ? 1 : -1;
  if (isNumber || isOther) return isNumber ? -1 : 1;
  return compareBytes(x, y) > 0 ? 1 : -1;
}
