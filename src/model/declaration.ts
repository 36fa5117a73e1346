import type { Origin } from '../tree/node.ts';
import type { Tier } from './environment.ts';

/** An environment as `.gitopsrc` declares it; what is left out is learned from the name and the order. */
export interface DeclaredEnvironment {
  readonly name: string;
  readonly tier?: Tier | undefined;
  readonly promotesFrom?: readonly string[] | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Where it is declared. */
  readonly origin: Origin;
}

/** How a path names app, environment and labels, as `.gitopsrc` declares it. Paths are relative to the root. */
export type DeclaredApp =
  | { readonly type: 'path'; readonly pattern: string; readonly origin: Origin }
  | { readonly type: 'chart'; readonly pattern: string; readonly values: readonly string[]; readonly origin: Origin };

/** What people said about their repository. */
export interface Declaration {
  readonly environments: readonly DeclaredEnvironment[];
  readonly apps: readonly DeclaredApp[];
  /** Matches paths that are not to be looked at. */
  readonly isIgnored: (path: string) => boolean;
}
