import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { LintResult } from '../model/lint-result.ts';
import { counted } from './counted.ts';

const NAMES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'info' };

/** Whether what looks well was never looked at. */
export function isUnchecked({ variants, idle }: Pick<LintResult, 'variants' | 'idle'>): boolean {
  return variants.length === 0 && idle === undefined;
}

/** `1 error, 2 warnings`; that there are none, or that nothing was checked. */
export function totalOf({ findings, variants, idle }: Pick<LintResult, 'findings' | 'variants' | 'idle'>): string {
  const live = findings.filter(({ suppressed }) => !suppressed);
  const parts = SEVERITIES.flatMap((severity) => {
    const count = live.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [counted(count, NAMES[severity])] : [];
  });
  if (parts.length > 0) return parts.join(', ');
  return idle ?? (variants.length > 0 ? 'no findings' : 'nothing was checked');
}

/** How much was looked at: `6 variants of 3 apps`. */
export function extentOf({ variants }: Pick<LintResult, 'variants'>): string {
  return `${counted(variants.length, 'variant')} of ${counted(new Set(variants.map(({ app }) => app)).size, 'app')}`;
}

/** What is not in the count: `1 variant not rendered`, `1 suppressed`. Empty when everything is. */
export function besides({ findings, variants, discovery: { leftOut } }: Pick<LintResult, 'findings' | 'variants' | 'discovery'>): string[] {
  const failed = variants.filter(({ status }) => status === 'failed').length;
  const partial = variants.filter(({ status }) => status === 'partial' || status === 'values-only').length;
  const suppressed = findings.filter((finding) => finding.suppressed).length;
  return [
    failed > 0 ? `${counted(failed, 'variant')} not rendered` : '',
    partial > 0 ? `${counted(partial, 'variant')} rendered in part` : '',
    leftOut.length > 0 ? `${leftOut.length} left out` : '',
    suppressed > 0 ? `${suppressed} suppressed` : '',
  ].filter(Boolean);
}
