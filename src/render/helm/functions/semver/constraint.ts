import { comparePrereleases, compareVersions, parseVersion, type Version } from './version.ts';

/** One condition, such as `>= 1.2`. */
interface Condition {
  readonly operator: string;
  readonly version: Version;
  /** Which number of the version was left open: `1.x` leaves the minor one open, and with it the patch. */
  readonly open: 'none' | 'patch' | 'minor' | 'all';
}

/** Conditions that all must hold, and whether one of them speaks of a prerelease: only then do prereleases count. */
interface Group {
  readonly conditions: readonly Condition[];
  readonly hasPrerelease: boolean;
}

const SPACE = '[\\t\\n\\f\\r ]';
const OPERATOR = '!=|>=|=>|<=|=<|~>|=|>|<|~|\\^';
const NUMBER = '[\\d|xX*]+';
const TAIL = '[\\dA-Za-z-]+(?:\\.[\\dA-Za-z-]+)*';
const VERSION = `v?(${NUMBER})(\\.${NUMBER})?(\\.${NUMBER})?(-${TAIL})?(?:\\+${TAIL})?`;
/** The same without groups. */
const ANY_VERSION = VERSION.replaceAll(/(?<!\\)\((?!\?)/g, '(?:');

const CONDITION = `(?:(?:${OPERATOR})${SPACE}*)?${ANY_VERSION}`;
const RANGE = new RegExp(`${SPACE}*(${ANY_VERSION})${SPACE}+-${SPACE}+(${ANY_VERSION})${SPACE}*`, 'g');
const GROUP = new RegExp(`^${SPACE}*${CONDITION}(?:(?:${SPACE}*,${SPACE}*|${SPACE}+)${CONDITION})*${SPACE}*$`);
const CONDITIONS = new RegExp(`(${OPERATOR})?${SPACE}*${VERSION}`, 'g');

const MAX_LENGTH = 512;
const MAX_GROUPS = 32;

/** A test for versions, or what is wrong with the text: Masterminds' `NewConstraint`. */
export function parseConstraint(text: string): ((version: Version) => boolean) | string {
  if (Buffer.byteLength(text) > MAX_LENGTH) return `constraint string is too long (max ${MAX_LENGTH} bytes)`;
  const alternatives = text.replaceAll(RANGE, '>= $1, <= $2 ').split('||');
  if (alternatives.length > MAX_GROUPS) return `too many constraint groups (max ${MAX_GROUPS})`;
  const groups: Group[] = [];
  for (const alternative of alternatives) {
    const conditions = GROUP.test(alternative) ? conditionsOf(alternative) : undefined;
    if (!conditions) return `improper constraint: ${JSON.stringify(alternative)}`;
    groups.push({ conditions, hasPrerelease: conditions.some(({ version }) => version.prerelease !== '') });
  }
  return (version) => groups.some((group) => meets(version, group));
}

function conditionsOf(text: string): readonly Condition[] | undefined {
  const found: Condition[] = [];
  for (const match of text.matchAll(CONDITIONS)) {
    const condition = conditionOf(match);
    if (!condition) return undefined;
    found.push(condition);
  }
  return found;
}

function conditionOf([, operator = '', major = '', minor, patch, tail = '']: RegExpExecArray): Condition | undefined {
  const open = isOpen(major) ? 'all' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : 'none';
  const numbers = { all: '0.0.0', minor: `${major}.0.0`, patch: `${major}${minor}.0`, none: `${major}${minor}${patch}` }[open];
  const version = parseVersion(numbers + tail);
  return typeof version === 'string' ? undefined : { operator, version, open };
}

function isOpen(part: string | undefined): boolean {
  return part === undefined || /^\.?[xX*]$/.test(part);
}

function meets(version: Version, { conditions, hasPrerelease }: Group): boolean {
  if (version.prerelease !== '' && !hasPrerelease) return false;
  return conditions.every((condition) => holds(version, condition));
}

function holds(version: Version, condition: Condition): boolean {
  const { operator, version: wanted, open } = condition;
  const order = compareVersions(version, wanted);
  switch (operator) {
    case '!=':
      return isOther(version, condition, order);
    case '>':
      return open === 'none' || open === 'all' ? order > 0 : isBeyond(version, condition);
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return open === 'none' ? order <= 0 : isUpTo(version, condition);
    case '^':
      return order >= 0 && isCompatible(version, condition);
    case '~':
    case '~>':
      return order >= 0 && isClose(version, condition);
    default:
      return open === 'none' ? order === 0 : order >= 0 && isClose(version, condition);
  }
}

function isOther(version: Version, { version: wanted, open }: Condition, order: number): boolean {
  if (open === 'none' || open === 'all') return order !== 0;
  if (version.major !== wanted.major) return true;
  if (open === 'minor') return false;
  return version.minor !== wanted.minor || comparePrereleases(version.prerelease, wanted.prerelease) !== 0;
}

/** `>1.2` means 1.3 at least. */
function isBeyond(version: Version, { version: wanted, open }: Condition): boolean {
  if (version.major !== wanted.major) return version.major > wanted.major;
  return open === 'patch' && version.minor > wanted.minor;
}

function isUpTo(version: Version, { version: wanted, open }: Condition): boolean {
  if (version.major !== wanted.major) return version.major < wanted.major;
  return open === 'minor' || version.minor <= wanted.minor;
}

/** `~1.2.3`: below 1.3. `~0.0.0` and `*` take everything. */
function isClose(version: Version, { version: wanted, open }: Condition): boolean {
  const isZero = wanted.major === 0n && wanted.minor === 0n && wanted.patch === 0n;
  if (isZero && (open === 'none' || open === 'all')) return true;
  return version.major === wanted.major && (open === 'minor' || version.minor === wanted.minor);
}

/** `^1.2.3`: below 2. Before 1.0 the first number that is not zero must stay. */
function isCompatible(version: Version, { version: wanted, open }: Condition): boolean {
  if (version.major !== wanted.major) return false;
  if (wanted.major > 0n || open === 'minor') return true;
  if (version.minor !== wanted.minor) return false;
  return wanted.minor > 0n || open === 'patch' || version.patch === wanted.patch;
}
