import { type Finding, SEVERITIES } from '../../model/finding.ts';
import { compareLocations, compareText } from '../../text/location.ts';
import type { Result } from './log.ts';

/** Code scanning shows so many results of a run, the gravest first. It takes more, up to 25,000, and hides them. */
const MAX_RESULTS = 5000;
/** Code scanning refuses files that are over 10 MB when compressed: rules and notes take a part of that, and no compression is counted on. */
const MAX_BYTES = 9_000_000;

const ENCODER = new TextEncoder();

/** The gravest first; what is equally grave stands in the order of the files. */
export function byGravity(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  const keyOf = ({ resource = '', path = '', message }: Finding) => `${resource}\u0000${path}\u0000${message}`;
  return [...findings].sort(
    (a, b) => rank(a) - rank(b) || compareLocations(a.location, b.location) || compareText(a.ruleId, b.ruleId) || compareText(keyOf(a), keyOf(b)),
  );
}

/** As many results as one upload may hold, and how many there is no room for. */
export function withinLimits(all: readonly Result[]): { readonly results: readonly Result[]; readonly over: number } {
  const results: Result[] = [];
  let bytes = 0;
  for (const result of all) {
    bytes += ENCODER.encode(JSON.stringify(result)).length;
    if (results.length === MAX_RESULTS || bytes > MAX_BYTES) break;
    results.push(result);
  }
  return { results, over: all.length - results.length };
}
