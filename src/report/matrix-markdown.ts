import { TIER_RANK } from '../model/environment.ts';
import type { LintResult, VariantInfo } from '../model/lint-result.ts';
import { groupBy } from '../text/group-by.ts';
import { counted } from './counted.ts';
import { calm, row } from './markdown.ts';
import { cutText, oneLine } from './one-line.ts';

const MAX_APPS = 30;
const MAX_ENVIRONMENTS = 12;
const MAX_NAME = 80;

/** A table app × environment: errors and warnings, or what was not looked into. Apps that need attention come first. */
export function matrixLines({ variants, environments, findings }: Pick<LintResult, 'variants' | 'environments' | 'findings'>): string[] {
  const named = environments
    .filter(({ name }) => variants.some(({ environment }) => environment?.name === name))
    .sort((a, b) => TIER_RANK[a.tier] - TIER_RANK[b.tier])
    .map(({ name }) => name);
  const columns = named.slice(0, MAX_ENVIRONMENTS);
  if (columns.length === 0) return [];
  const counts = countsOf(findings);
  const apps = groupBy(
    variants.filter(({ environment }) => environment),
    ({ app }) => app,
  );
  const rows = [...apps].map(([app, its]) => ({ app, its, weight: Math.max(...its.map((variant) => weightOf(variant, counts.get(variant.id)))) }));
  const shown = rows.sort((a, b) => b.weight - a.weight).slice(0, MAX_APPS);
  const rest = [
    rows.length > shown.length ? counted(rows.length - shown.length, 'more app') : '',
    named.length > columns.length ? counted(named.length - columns.length, 'more environment') : '',
  ].filter(Boolean);
  return [
    row(['App', ...columns.map(nameText)]),
    row(['---', ...columns.map(() => ':-:')]),
    ...shown.map(({ app, its }) => row([nameText(app), ...columns.map((name) => cellOf(its, name, counts))])),
    ...(rest.length > 0 ? ['', `and ${rest.join(', ')}`] : []),
  ];
}

interface Count {
  readonly error: number;
  readonly warning: number;
}

function countsOf(findings: LintResult['findings']): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  for (const { variants, severity, suppressed } of findings) {
    if (suppressed || severity === 'info') continue;
    for (const id of variants) {
      const before = counts.get(id) ?? { error: 0, warning: 0 };
      counts.set(id, { ...before, [severity]: before[severity] + 1 });
    }
  }
  return counts;
}

function weightOf({ status }: VariantInfo, count: Count | undefined): number {
  if (count && count.error > 0) return 4;
  if (status === 'failed') return 3;
  if (count) return 2;
  return status === 'rendered' ? 0 : 1;
}

/** All variants of an app in an environment in one cell. */
function cellOf(its: readonly VariantInfo[], environment: string, counts: ReadonlyMap<string, Count>): string {
  const those = its.filter((variant) => variant.environment?.name === environment);
  if (those.length === 0) return '–';
  const sum = (kind: keyof Count) => those.reduce((total, { id }) => total + (counts.get(id)?.[kind] ?? 0), 0);
  const parts = [
    sum('error') > 0 ? `✗ ${counted(sum('error'), 'error')}` : '',
    sum('warning') > 0 ? `! ${counted(sum('warning'), 'warning')}` : '',
    those.some(({ status }) => status === 'failed') ? 'not rendered' : '',
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  return those.every(({ status }) => status === 'rendered') ? '✓' : 'in part';
}

function nameText(name: string): string {
  return calm(oneLine(cutText(name, MAX_NAME)));
}
