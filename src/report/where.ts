import type { Finding } from '../model/finding.ts';
import type { LintResult, VariantInfo } from '../model/lint-result.ts';
import { groupBy } from '../text/group-by.ts';

/** Names beyond this many are counted. */
const MAX_NAMES = 5;

/** Names the environments of variants for people: an environment alone when all of an app's variants in it are meant. */
export class Whereabouts {
  readonly #variants: ReadonlyMap<string, VariantInfo>;
  /** By app and environment. */
  readonly #twins: ReadonlyMap<string, readonly VariantInfo[]>;

  constructor({ variants }: Pick<LintResult, 'variants'>) {
    this.#twins = groupBy(variants, twinKey);
    this.#variants = new Map(variants.map((variant) => [variant.id, variant]));
  }

  /** `prod-eu, prod-us`, each as `show` writes it; undefined when no environment is known for any of them. */
  namesOf(ids: readonly string[], show: (name: string) => string = (name) => name): string | undefined {
    const meant = new Set(ids);
    const names = new Set<string>();
    for (const id of ids) {
      const variant = this.#variants.get(id);
      // Of a partial run, not all siblings are described: their ids say enough.
      if (!variant && id.includes('@')) names.add(id.slice(id.indexOf('@') + 1));
      if (!variant?.environment) continue;
      const isWhole = this.#twins.get(twinKey(variant))?.every((twin) => meant.has(twin.id));
      // The id of a twin goes on where its app and environment end.
      names.add(isWhole ? variant.environment.name : id.slice(id.indexOf('@') + 1));
    }
    if (names.size === 0) return undefined;
    const listed = [...names];
    const rest = listed.length - MAX_NAMES;
    return rest > 1 ? `${listed.slice(0, MAX_NAMES).map(show).join(', ')} and ${rest} more` : listed.map(show).join(', ');
  }

  /**
   * Where the finding is wrong, and what it was held against: ` in prod-eu; compared with dev, staging`, or ` (prod-eu)`.
   * Empty when no environment is involved.
   */
  phraseOf({ variants, comparedWith, app }: Finding, show?: (name: string) => string): string {
    const wrong = this.namesOf(variants, show);
    const right = this.namesOf(comparedWith, show);
    const apps = app === undefined ? new Set(variants.flatMap((id) => this.#variants.get(id)?.app ?? [])).size : 1;
    const ofApps = apps > 1 ? `${wrong === undefined ? '' : ', '}${apps} apps` : '';
    if (wrong === undefined && !ofApps) return '';
    return right === undefined ? ` (${wrong ?? ''}${ofApps})` : ` in ${wrong ?? ''}${ofApps}; compared with ${right}`;
  }
}

function twinKey({ app, environment }: VariantInfo): string {
  return `${app}\0${environment?.name ?? ''}`;
}
