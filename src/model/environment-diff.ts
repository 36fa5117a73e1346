import type { Origin } from '../tree/node.ts';
import type { DifferenceClass } from './difference-class.ts';

/** What one environment has at a place. */
export interface DiffSide {
  /** As people read it; masked for secrets. Of a field with more below it, how much that is. */
  readonly value: string;
  /** Who made it so, newest first. */
  readonly origins: readonly Origin[];
}

/** One difference between two environments; a side that has nothing there is undefined. */
export interface EnvironmentDifference {
  readonly class: DifferenceClass;
  /** `ConfigMap/checkout`, by its original name. */
  readonly resource: string;
  /** Empty for the object as a whole. */
  readonly path: string;
  readonly left: DiffSide | undefined;
  readonly right: DiffSide | undefined;
}

/** One app in both environments. */
export interface AppDiff {
  readonly app: string;
  /** Ids of the two variants. */
  readonly left: string;
  readonly right: string;
  /** How many values at least one of the two has. */
  readonly compared: number;
  /** How many of them differ, or are missing in the other one. */
  readonly differing: number;
  /** By class, then in the order of the objects. */
  readonly differences: readonly EnvironmentDifference[];
}

/** The semantic difference of two environments, app by app. */
export interface EnvironmentDiff {
  readonly left: string;
  readonly right: string;
  readonly apps: readonly AppDiff[];
  /** Names of apps that only one of the two has. */
  readonly onlyLeft: readonly string[];
  readonly onlyRight: readonly string[];
  /** What people should know besides, such as what was not compared. */
  readonly notes: readonly string[];
}

/** How far apart two variants are, from 0 to 1: the values that differ, of all that at least one of them has. */
export function divergenceOf({ compared, differing }: Pick<AppDiff, 'compared' | 'differing'>): number {
  return compared === 0 ? 0 : Math.round((differing / compared) * 1000) / 1000;
}
