import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';

type Fingerprinted = Pick<Finding, 'ruleId' | 'app' | 'resource' | 'path' | 'location'>;

/**
 * What makes a finding the same after lines moved and texts changed: rule, app, the original identity of the resource
 * and the path in it; without a resource, the file. 32 hexadecimal digits.
 */
export function fingerprintOf({ ruleId, app, resource, path, location }: Fingerprinted): string {
  const subject = resource === undefined ? ['file', location.file.path] : ['resource', resource, path ?? ''];
  return createHash('sha256')
    .update(JSON.stringify([ruleId, app ?? '', ...subject]))
    .digest('hex')
    .slice(0, 32);
}

/** Fingerprints of a whole run: what would be equal is told apart by its order. */
export function fingerprintsOf(findings: readonly Fingerprinted[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const fingerprint = fingerprintOf(finding);
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return count === 1 ? fingerprint : `${fingerprint}:${count}`;
  });
}
