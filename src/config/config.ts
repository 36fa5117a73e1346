import type { Tier } from '../model/environment.ts';
import type { Severity } from '../model/finding.ts';

/** How a rule is set: off, a severity that holds in every tier, or both with options. */
export type RuleSetting = 'off' | Severity | { readonly severity?: 'off' | Severity; readonly options?: Readonly<Record<string, unknown>> };

/** `.gitopsrc` as written: everything optional. The schema in schema.ts is the other half of this type. */
export interface Config {
  readonly environments?: Readonly<
    Record<
      string,
      {
        readonly tier?: Tier;
        readonly promotesFrom?: string | readonly string[];
        readonly kubeVersion?: string;
        readonly labels?: Readonly<Record<string, string>>;
      }
    >
  >;
  readonly apps?: readonly { readonly path?: string; readonly chart?: string; readonly values?: readonly string[]; readonly files?: string }[];
  readonly branches?: string;
  readonly repositories?: Readonly<Record<string, string>>;
  readonly preset?: 'recommended' | 'strict';
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly overrides?: readonly Override[];
  readonly differences?: readonly ExpectedDifference[];
  readonly secretKeys?: readonly string[];
  readonly externals?: readonly { readonly kind?: string; readonly name?: string; readonly variable?: string; readonly environments?: readonly string[] }[];
  readonly exceptions?: readonly Exception[];
  readonly checks?: readonly Readonly<Record<string, unknown>>[];
  readonly ignore?: readonly string[];
  readonly kustomize?: { readonly loadRestrictor?: 'root' | 'none' };
  readonly helm?: { readonly version?: 3 | 4 };
  readonly baseline?: string;
}

/** Other settings for some of the variants; all that is named must match. */
export interface Override {
  readonly environments?: readonly string[];
  readonly tiers?: readonly Tier[];
  readonly apps?: readonly string[];
  readonly paths?: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

/** Findings that somebody accepts; all that is named must match. */
export interface Exception {
  readonly rule: string;
  readonly app?: string;
  readonly environments?: readonly string[];
  readonly path?: string;
  readonly resource?: string;
  readonly until?: string;
  readonly reason: string;
  readonly owner?: string;
  readonly version?: string;
}

/** One line of the contract: what it speaks of, all of which must match, and one of `may`, `must` and `only`. */
export interface ExpectedDifference {
  readonly app?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly path?: string;
  readonly key?: string;
  readonly may?: 'differ' | 'differ-in-value';
  readonly must?: 'same' | 'differ' | 'not-weaken';
  readonly only?: readonly string[];
  readonly reason?: string;
}

/** What holds for the whole repository, so that a nested file cannot say otherwise. */
export const ONLY_ONCE = ['branches', 'repositories', 'kustomize', 'helm', 'baseline'] as const;

/** Parts of `.gitopsrc` that this version reads and does not act upon yet. */
export const NOT_YET = ['checks'] as const;
