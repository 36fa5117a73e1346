import type { Origin } from '../tree/node.ts';

/** What a value of a chart is to its templates. */
export type ValueKind = 'map' | 'list' | 'text' | 'number' | 'bool' | 'null';

/** A value as the templates of a chart get it. */
export interface ChartValue {
  readonly kind: ValueKind;
  /** Of a scalar, as a template prints it. */
  readonly text: string;
  /** Nothing is in it: an empty text, map or list, or a null. */
  readonly isEmpty: boolean;
  /** Who wrote it, or the first leaf of it. */
  readonly origin: Origin | undefined;
}

/** A key that was given to a chart, over what it has of its own; of a list, no keys are told. */
export interface GivenKey {
  readonly path: readonly string[];
  /** The key as it is written where it was given last; of a single parameter, the parameter. */
  readonly at: Origin;
}

/** A key that the chart neither has a default for nor reads. */
export interface UnreadKey extends GivenKey {
  /** The key that was probably meant. */
  readonly near: string | undefined;
}

/**
 * What hangs on a key where it is not there: the text that is put out, or a condition. `none`: nobody asks for it, or
 * something else may take its place.
 */
export type KeyNeed = 'output' | 'condition' | 'none';

/** Where a map is given and the chart has something else, or the other way round: Helm warns, and takes what was given. */
export interface KindClash {
  readonly path: readonly string[];
  readonly given: ChartValue;
  readonly fallback: ChartValue;
}

/** The values of one release. Paths are keys from the root of its chart down, into its subcharts. */
export interface ChartValues {
  /** Of a release that a kustomization makes, which may make several, its name; '' for a variant that is a release itself. */
  readonly release: string;
  /** Whether the chart is here, and rendered without a gap: otherwise nothing is known of its defaults, and of what it reads. */
  readonly isRead: boolean;
  /** Sorted by path. */
  readonly given: readonly GivenKey[];
  /** Undefined where there is none. */
  at(path: readonly string[]): ChartValue | undefined;
  needOf(path: readonly string[]): KeyNeed;
  readonly unread: readonly UnreadKey[];
  readonly clashes: readonly KindClash[];
}
