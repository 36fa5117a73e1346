import type { Finding, Severity } from '../../model/finding.ts';
import type { LintResult, VariantInfo } from '../../model/lint-result.ts';
import type { ReportTables } from '../../model/report-tables.ts';
import { Whereabouts } from '../where.ts';

/** A finding that counts, and the name by which the page links to it. */
export interface Listed {
  readonly finding: Finding;
  readonly anchor: string;
  /** Environments in which it is wrong; none when the file itself is at fault. */
  readonly environments: readonly string[];
  /** Apps that it accuses: a line that several share may be wrong for all of them. */
  readonly apps: readonly string[];
}

/** What several parts of the page need to know. */
export interface Facts {
  readonly result: LintResult;
  readonly where: Whereabouts;
  readonly tables: ReportTables | undefined;
  /** Worst first, then by rule, then by place. */
  readonly listed: readonly Listed[];
  /** Columns: names in the order of promotion, and `''` where something has no environment. */
  readonly columns: readonly string[];
  readonly apps: readonly string[];
  /** Variants by app and column. */
  readonly at: (app: string, column: string) => readonly VariantInfo[];
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

export function factsOf(result: LintResult): Facts {
  const { variants, findings } = result;
  // Each is reckoned once for the whole page.
  const tables = result.tables?.();
  const byId = new Map(variants.map((variant) => [variant.id, variant]));
  const environmentsOf = (finding: Finding) => [...new Set(finding.variants.flatMap((id) => environmentOf(byId.get(id), id) ?? []))];
  const appsOf = ({ app, variants: ids }: Finding) => [...new Set([...(app === undefined ? [] : [app]), ...ids.flatMap((id) => byId.get(id)?.app ?? [])])];
  const live = findings.filter(({ suppressed }) => !suppressed);
  const sorted = [...live].sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.ruleId < b.ruleId ? -1 : Number(a.ruleId > b.ruleId)));
  const used = new Set(variants.map(({ environment }) => environment?.name ?? ''));
  const places = new Map<string, VariantInfo[]>();
  for (const variant of variants) {
    const key = placeKey(variant.app, variant.environment?.name ?? '');
    places.set(key, [...(places.get(key) ?? []), variant]);
  }
  return {
    result,
    where: new Whereabouts(result),
    tables: tables && { versions: tables.versions, parity: tables.parity, readersOf: (file) => tables.readersOf(file) },
    listed: sorted.map((finding, at) => ({ finding, anchor: `f${at + 1}`, environments: environmentsOf(finding), apps: appsOf(finding) })),
    columns: [...result.environments.map(({ name }) => name).filter((name) => used.has(name)), ...(used.has('') ? [''] : [])],
    apps: [...new Set(variants.map(({ app }) => app))],
    at: (app, column) => places.get(placeKey(app, column)) ?? [],
  };
}

function placeKey(app: string, environment: string): string {
  return `${app}\0${environment}`;
}

/** Of a partial run, not all siblings are described: then the id says which environment is meant. */
function environmentOf(variant: VariantInfo | undefined, id: string): string | undefined {
  if (variant) return variant.environment?.name;
  return id.includes('@') ? id.slice(id.indexOf('@') + 1).split('/')[0] : undefined;
}

/** How many there are of each severity. */
export function countsOf(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** What people call a column. */
export function columnName(name: string): string {
  return name || '(none)';
}
