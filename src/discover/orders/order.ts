import type { Origin } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** One environment as a tool's own file names it. */
export interface OrderStep {
  /** As it is written there. */
  readonly name: string;
  /** The steps just before it, by the names of this order; empty for the first ones, and where the source has no order. */
  readonly promotesFrom: readonly string[];
  /** Where it is named. */
  readonly origin: Origin;
}

/** Environments, and their order, that a repository declares for another tool. */
export interface DeclaredOrder {
  /** What declares it, for people: `Kargo Stages`. */
  readonly source: string;
  /** False where the source only lists environments: its order then means nothing. */
  readonly isOrdered: boolean;
  /** Each name once. Where they are ordered, none stands before one that it is promoted from. */
  readonly steps: readonly OrderStep[];
}

/** Reads the orders that one tool's files declare. Never throws: what it cannot read is no order. */
export interface OrderSource {
  readonly name: string;
  /** `paths` are those that are looked at, sorted; ignored ones are not among them. */
  read(workspace: Workspace, paths: readonly string[]): readonly DeclaredOrder[];
}
