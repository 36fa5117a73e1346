import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';

type Fingerprinted = Pick<Finding, 'ruleId' | 'app' | 'resource' | 'path' | 'location'>;

/**
 * What makes a finding the same after lines moved and texts changed: rule, app, the original identity of the resource
 * and the path in it, and the file. It depends on nothing but the finding itself, so that a partial run and a mended
 * neighbour leave it as it is; findings that agree in all of that have one fingerprint. 32 hexadecimal digits.
 */
export function fingerprintOf({ ruleId, app, resource, path, location }: Fingerprinted): string {
  // Environments set one field in files of their own: without the file, their mistakes would pass for one.
  const subject = resource === undefined ? ['file', ...(path === undefined ? [] : [path])] : ['resource', resource, path ?? ''];
  return createHash('sha256')
    .update(JSON.stringify([ruleId, app ?? '', ...subject, location.file.name]))
    .digest('hex')
    .slice(0, 32);
}
