import { type Environment, rankOf } from '../model/environment.ts';
import type { LintResult, VariantInfo } from '../model/lint-result.ts';
import { firstOf } from '../text/first-of.ts';
import { baseOf } from '../text/path.ts';

/**
 * What was taken for granted. Where no `.gitopsrc` says anything (`isLearned`), one line tells the whole reading, and how many
 * of its environments are in doubt.
 */
export function assumedLines({ environments, variants, discovery: { assumptions } }: Assumed, isLearned: boolean): string[] {
  if (!isLearned || environments.length === 0) return assumptions.slice(0, 3).map((assumption) => `assumed: ${assumption}`);
  const count = environments.length === 1 ? '1 environment' : `${environments.length} environments`;
  const doubt = assumptions.length > 0 ? `; not sure of ${assumptions.length}` : '';
  const why = assumptions.length > 0 ? '"gitops-lint environments" tells why, ' : '';
  const written = `"gitops-lint init" writes ${environments.length === 1 ? 'it' : 'them'} down`;
  return [`assumed: ${count} ${carrierOf(variants)}: ${orderOf(environments)}${doubt} (${why}${written})`];
}

type Assumed = Pick<LintResult, 'environments' | 'variants' | 'discovery'>;

/** `dev → staging → prod-eu, prod-us`; what is not on the way to production stands behind. */
function orderOf(environments: readonly Environment[]): string {
  const byRank = new Map<number, string[]>();
  for (const environment of environments) {
    const rank = Math.max(-1, rankOf(environment));
    byRank.set(rank, [...(byRank.get(rank) ?? []), environment.name]);
  }
  const way = [...byRank].filter(([rank]) => rank >= 0).sort(([a], [b]) => a - b);
  const aside = firstOf(byRank.get(-1) ?? []);
  const steps = way.map(([, names]) => firstOf(names)).join(' → ');
  return [steps, steps && aside ? `besides ${aside}` : aside].filter(Boolean).join(', ');
}

/** What the environments were read from: folders, files, or the objects that deploy. */
function carrierOf(variants: readonly VariantInfo[]): string {
  const shapes = new Map<string, number>();
  const renderers = new Set<string>();
  for (const variant of variants) {
    const { environment, renderer } = variant;
    if (!environment) continue;
    renderers.add(renderer);
    const shape = shapeOf(variant, environment.name);
    if (shape !== undefined) shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  const [most, ...others] = [...shapes].sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1));
  if (most) return others.length > 0 ? `by folders such as ${most[0]}` : `by folder ${most[0]}`;
  if (renderers.has('helm')) return 'by values files';
  return renderers.has('files') ? 'by settings files' : 'by what deploys them';
}

/** A root with stars for what names app, environment and labels; undefined where it does not name the environment. */
function shapeOf({ root, app, labels }: VariantInfo, environment: string): string | undefined {
  const steps = root.split('/');
  // Of an app's name the last step is its own; the others tell it from those that have the same.
  const named = new Set([baseOf(app), ...Object.values(labels).flatMap((value) => value.split('/'))]);
  // `shop-prod` names `prod`, `product` does not.
  const names = (step: string) => `-${step.replaceAll(/[_.]/g, '-')}-`.includes(`-${environment.replaceAll(/[_.]/g, '-')}-`);
  if (!steps.some(names)) return undefined;
  // Stars alone would say nothing.
  const isOpen = steps.every((step) => names(step) || named.has(step));
  return steps.map((step) => (names(step) || (named.has(step) && !isOpen) ? '*' : step)).join('/');
}
