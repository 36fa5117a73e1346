import type { Judged } from './judge.ts';

/** Below these, the run fails. */
const LEAST_RECALL = 0.98;
const MOST_EXTRA = 0.02;

/** The figures of one rule. */
interface Figures {
  planted: number;
  found: number;
  extra: number;
}

/** What a run comes to. */
export interface Total extends Readonly<Figures> {
  /** How many harmless changes were made. */
  readonly harmless: number;
  readonly isGood: boolean;
}

/** The table of a run, a line each, and what it comes to. What was said of harmless changes counts as extra, too. */
export function tableOf(defects: readonly Judged[], nearMisses: readonly Judged[]): { readonly lines: readonly string[]; readonly total: Total } {
  const byRule = new Map<string, Figures>();
  const of = (rule: string): Figures => {
    const known = byRule.get(rule) ?? { planted: 0, found: 0, extra: 0 };
    byRule.set(rule, known);
    return known;
  };
  for (const { found, missed, extra } of [...defects, ...nearMisses]) {
    for (const { rule } of [...found, ...missed]) of(rule).planted += 1;
    for (const { rule } of found) of(rule).found += 1;
    for (const { rule } of extra) of(rule).extra += 1;
  }
  const total = [...byRule.values()].reduce((sum, { planted, found, extra }) => ({
    planted: sum.planted + planted,
    found: sum.found + found,
    extra: sum.extra + extra,
  }));
  const width = Math.max(...[...byRule.keys()].map((rule) => rule.length));
  const row = (name: string, { planted, found, extra }: Figures) =>
    `${name.padEnd(width)}  ${String(planted).padStart(7)}  ${String(found).padStart(5)}  ${(planted > 0 ? percent(found / planted) : '').padStart(7)}  ${String(extra).padStart(5)}`;
  const lines = [
    `${'rule'.padEnd(width)}  planted  found   recall  extra`,
    ...[...byRule].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, figures]) => row(rule, figures)),
    row('all', total),
  ];
  const isGood = total.found >= LEAST_RECALL * total.planted && total.extra <= MOST_EXTRA * (total.found + total.extra);
  return { lines, total: { ...total, harmless: nearMisses.length, isGood } };
}

/** What was missed or said besides in one case, a line each. */
export function complaintsOf({ kind, repository, missed, extra }: Judged): string[] {
  const head = `${kind} (${repository.layout}: ${repository.stages.map(({ name }) => name).join(', ')})`;
  return [
    ...missed.map(
      ({ rule, path, line, environments }) => `missed: ${rule} at ${path}:${line}${environments ? ` for ${environments.join(', ')}` : ''} <- ${head}`,
    ),
    ...extra.map(({ rule, path, line, message, environments }) => `extra: ${rule} at ${path}:${line} for ${environments.join(', ')}: ${message} <- ${head}`),
  ];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
