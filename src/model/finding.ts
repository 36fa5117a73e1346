import type { TextEdit } from '../text/edit.ts';
import type { Location } from '../text/location.ts';
import type { Precision } from '../tree/node.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** A second place that explains the first, such as where another environment still defines a thing. */
export interface RelatedLocation {
  readonly location: Location;
  readonly message: string;
}

/** Whether a change may be made without anybody having looked at it. */
export type Safety = 'safe' | 'unsafe';

/** A change that would make the finding go away. Only `safe` ones are applied unasked. */
export interface Fix {
  /** What it does, as an order: `Put the tag in quotes`. */
  readonly title: string;
  readonly safety: Safety;
  /** Of no render anything may change by it, not even of the variants that the finding accuses. */
  readonly keepsRenders?: true | undefined;
  /** They do not overlap. A file of which they leave nothing is deleted. */
  readonly edits: readonly TextEdit[];
}

/** Who keeps the finding quiet, and why. */
export interface Suppression {
  readonly by: 'comment' | 'annotation' | 'config' | 'baseline';
  readonly reason: string;
  readonly location?: Location | undefined;
}

/** One problem at one place, however many variants it shows up in. */
export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly severity: Severity;
  /** Never names the environment: reporters do. */
  readonly message: string;
  readonly app?: string | undefined;
  /** Ids of the variants that are wrong, in promotion order; empty when the file itself is at fault. */
  readonly variants: readonly string[];
  /** Ids of the variants that they were held against. */
  readonly comparedWith: readonly string[];
  /** `ConfigMap/checkout`, by its original name. */
  readonly resource?: string | undefined;
  /** Formatted field path. */
  readonly path?: string | undefined;
  readonly location: Location;
  readonly precision: Precision;
  readonly related: readonly RelatedLocation[];
  /** Stays the same when lines move; baselines and SARIF recognise the finding by it. */
  readonly fingerprint: string;
  readonly fix?: Fix | undefined;
  readonly suppressed?: Suppression | undefined;
}
