import { parseConstraint } from '../functions/semver/constraint.ts';
import { parseVersion } from '../functions/semver/version.ts';

/** Whether Helm takes a text for a version. */
export function isVersion(version: string): boolean {
  return typeof parseVersion(version) !== 'string';
}

/** Whether a version is in a range; never when one of them is none. (Helm, `IsCompatibleRange`.) */
export function isCompatible(range: string, version: string): boolean {
  const parsed = parseVersion(version);
  const test = parseConstraint(range);
  return typeof parsed !== 'string' && typeof test !== 'string' && test(parsed);
}
