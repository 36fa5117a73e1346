import type { Finding } from '../model/finding.ts';
import { firstOf } from '../text/first-of.ts';
import { groupBy } from '../text/group-by.ts';

/** What was fixed, and what not. */
interface FixSummary {
  readonly files: readonly unknown[];
  readonly fixed: readonly Finding[];
  readonly left: readonly { readonly finding: Finding; readonly why: string; readonly detail?: string | undefined }[];
  /** What is found afterwards. */
  readonly run: { readonly findings: readonly Finding[] };
}

/** What a report says of fixes, one line each. */
export function fixNotes({ files, fixed, left, run }: FixSummary, { isDryRun }: { readonly isDryRun: boolean }): string[] {
  const done = isDryRun ? 'would fix' : 'fixed';
  const notes = [fixed.length === 0 ? 'nothing could be fixed' : `${done} ${counted(fixed.length, 'finding')} in ${counted(files.length, 'file')}`];
  for (const [why, own] of groupBy(left, (one) => one.why)) {
    const places = own.map(({ finding, detail }) => `${finding.ruleId} at ${placeOf(finding)}${detail === undefined ? '' : `: ${detail}`}`);
    notes.push(`${counted(own.length, 'finding')} could not be fixed, as ${why} (${firstOf(places)})`);
  }
  const known = new Set(left.map(({ finding }) => finding.fingerprint));
  const unsafe = run.findings.filter(({ fix, suppressed, fingerprint }) => fix?.safety === 'unsafe' && !suppressed && !known.has(fingerprint)).length;
  if (unsafe > 0) notes.push(`--fix=unsafe would fix ${counted(unsafe, 'finding')} more: look at what it writes`);
  return notes;
}

function placeOf({ location: { file, span } }: Finding): string {
  return `${file.name}:${file.positionAt(span.start).line}`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `one ${what}` : `${count} ${what}s`;
}
