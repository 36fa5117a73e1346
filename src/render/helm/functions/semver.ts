import { bool, type GoFunction, type Host, int, TemplateFailure, type Text, type Value } from '../value.ts';
import { authorsOf, textFrom } from './go/texts.ts';
import { parseConstraint } from './semver/constraint.ts';
import { compareVersions, parseVersion, shownVersion, type Version } from './semver/version.ts';
import { compile, type Definition, type Family, fn, hostOf, STRING } from './signature.ts';

/** A version as templates see it: a pointer to a struct that has methods only. */
interface VersionHost extends Host {
  readonly version: Version;
}

const VERSION = hostOf('*semver.Version', (value): value is VersionHost => 'version' in value);

function versionHost(version: Version, from: Value): VersionHost {
  const methods = methodsOf(version, from);
  const written = textFrom(shownVersion(version), from);
  return {
    kind: 'host',
    type: '*semver.Version',
    version,
    field: () => undefined,
    method: (name) => methods.get(name),
    plain: () => written,
    shown: () => written,
  };
}

function methodsOf(version: Version, from: Value): ReadonlyMap<string, GoFunction> {
  const number = (value: bigint): Definition => fn([], () => ({ ...int(value, authorsOf(from)), goType: 'uint64' }));
  const part = (value: string): Definition => fn([], () => textFrom(value, from));
  const test = (holds: (order: number) => boolean): Definition =>
    fn([VERSION], ([other]) => bool(holds(compareVersions(version, other.version)), authorsOf(from)));
  const { major, minor, patch, prerelease, metadata, original } = version;
  const next = (numbers: Pick<Version, 'major' | 'minor' | 'patch'>): Definition =>
    fn([], () => {
      const following = { ...numbers, prerelease: '', metadata: '' };
      return versionHost({ ...following, original: `${original.startsWith('v') ? 'v' : ''}${shownVersion(following)}` }, from);
    });
  const definitions: Family = {
    Major: number(major),
    Minor: number(minor),
    Patch: number(patch),
    Prerelease: part(prerelease),
    Metadata: part(metadata),
    Original: part(original),
    String: part(shownVersion(version)),
    Compare: fn([VERSION], ([other]) => int(compareVersions(version, other.version), authorsOf(from))),
    Equal: test((order) => order === 0),
    LessThan: test((order) => order < 0),
    LessThanEqual: test((order) => order <= 0),
    GreaterThan: test((order) => order > 0),
    GreaterThanEqual: test((order) => order >= 0),
    IncMajor: next({ major: major + 1n, minor: 0n, patch: 0n }),
    IncMinor: next({ major, minor: minor + 1n, patch: 0n }),
    IncPatch: next({ major, minor, patch: prerelease === '' ? patch + 1n : patch }),
  };
  return new Map(Object.entries(definitions).map(([name, definition]) => [name, compile(name, definition)]));
}

function parsed(source: Text): Version {
  const version = parseVersion(source.text);
  if (typeof version === 'string') throw new TemplateFailure(version);
  return version;
}

function compared(constraint: Text, source: Text): Value {
  const test = parseConstraint(constraint.text);
  if (typeof test === 'string') throw new TemplateFailure(test);
  return bool(test(parsed(source)), authorsOf(constraint, source));
}

/** Sprig's semver.go. */
export const SEMVER: Family = {
  semver: fn([STRING], ([source]) => versionHost(parsed(source), source)),
  semverCompare: fn([STRING, STRING], ([constraint, source]) => compared(constraint, source)),
};
