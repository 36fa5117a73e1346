import type { Origin } from '../tree/node.ts';
import type { Tier } from './environment.ts';

/** An environment as `.gitopsrc` declares it; what is left out is learned from the name and the order. */
export interface DeclaredEnvironment {
  readonly name: string;
  readonly tier?: Tier | undefined;
  readonly promotesFrom?: readonly string[] | undefined;
  /** The Kubernetes version it runs, such as `1.33`. */
  readonly kubeVersion?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** The folders below which it is known by its name: `['']`, everywhere, unless only nested files declare it. */
  readonly below: readonly string[];
  /** Where it is declared first. */
  readonly origin: Origin;
}

/** How a path names app, environment and labels, as `.gitopsrc` declares it. Paths are relative to the root. */
export type DeclaredApp = {
  /** The folder or values file, the folder of the chart, or the settings file. */
  readonly pattern: string;
  /** The folder that it speaks for: that of a nested file; `''`, everything, for the one that counts. */
  readonly below: string;
  readonly origin: Origin;
} & ({ readonly type: 'path' } | { readonly type: 'chart'; readonly values: readonly string[] } | { readonly type: 'files' });

/** An environment per branch: `env/{env}`. */
export interface DeclaredBranches {
  readonly pattern: string;
  readonly origin: Origin;
}

/** A repository that holds one environment. */
export interface DeclaredRepository {
  readonly environment: string;
  /** Where its working tree lies, relative to the root; it may lead out of it. */
  readonly path: string;
  readonly origin: Origin;
}

/** What may be made elsewhere: an object, or a variable. */
export type MadeElsewhere = { readonly kind: string; readonly name: string } | { readonly variable: string };

/** A variable that something outside of the repository sets. */
export interface DeclaredVariable {
  /** A name, or a glob of names. */
  readonly name: string;
  /** Everywhere when absent. */
  readonly environments?: readonly string[] | undefined;
  /** The folder that it is declared for; `''` is everything. */
  readonly below: string;
  readonly origin: Origin;
}

/** What people said about their repository. */
export interface Declaration {
  /** Each name once, however many files speak of it. */
  readonly environments: readonly DeclaredEnvironment[];
  readonly apps: readonly DeclaredApp[];
  readonly branches?: DeclaredBranches | undefined;
  readonly repositories: readonly DeclaredRepository[];
  readonly variables: readonly DeclaredVariable[];
  /** Matches paths that are not to be looked at. */
  readonly isIgnored: (path: string) => boolean;
}

/** What a repository without a `.gitopsrc` declares. */
export const NOTHING_DECLARED: Declaration = { environments: [], apps: [], repositories: [], variables: [], isIgnored: () => false };

/** Findings that somebody accepts, as `.gitopsrc` declares it. All that is named must match. */
export interface DeclaredException {
  readonly rule: string;
  /** A glob. */
  readonly app?: string | undefined;
  readonly environments?: readonly string[] | undefined;
  /** A glob of the path that a finding points at, relative to the root. */
  readonly path?: string | undefined;
  /** A glob of `Kind/name`. */
  readonly resource?: string | undefined;
  /** The version that is accepted: of another one it says nothing, so that it ends when that one is promoted, or taken away. */
  readonly version?: string | undefined;
  /** The last day on which it holds, as `2027-01-31`. */
  readonly until?: { readonly day: string; readonly origin: Origin } | undefined;
  readonly reason: string;
  /** The folder that it speaks for; `''` is everything. */
  readonly below: string;
  readonly origin: Origin;
}
