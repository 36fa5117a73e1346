import type { Severity } from '../model/finding.ts';
import { annotationsOf } from './annotation.ts';
import { jsonText } from './one-line.ts';
import { firstLineOf } from './place-text.ts';
import type { Reporter } from './reporter.ts';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/** GitLab's Code Quality report. Of two entries with one fingerprint GitLab forgets one, hence no two have the same. */
export const gitlab: Reporter = (result) => {
  const used = new Map<string, number>();
  const entries = annotationsOf(result).map(({ finding: { ruleId, severity, fingerprint }, place, text }) => {
    const count = (used.get(fingerprint) ?? 0) + 1;
    used.set(fingerprint, count);
    const { line } = firstLineOf(place);
    return {
      description: text,
      check_name: ruleId,
      fingerprint: count === 1 ? fingerprint : `${fingerprint}-${count}`,
      severity: SEVERITY[severity],
      location: { path: place.file.name, lines: { begin: line, end: line } },
    };
  });
  return `${jsonText(entries, 2)}\n`;
};
