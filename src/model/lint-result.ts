import type { Location } from '../text/location.ts';
import type { Span } from '../text/source-file.ts';
import type { Discovery } from './discovery.ts';
import type { Environment } from './environment.ts';
import type { Finding } from './finding.ts';
import type { Cause, RendererName, RenderStatus } from './render-result.ts';

/** What a reporter needs to know of a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  readonly category: string;
  readonly hint: string;
  readonly severity: Finding['severity'];
}

export interface GapInfo {
  readonly cause: Cause;
  readonly message: string;
  readonly location: Location;
}

/** What a reporter needs to know of a variant. */
export interface VariantInfo {
  readonly id: string;
  readonly app: string;
  /** Undefined when nothing tells which one it is. */
  readonly environment: Environment | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly renderer: RendererName;
  readonly root: string;
  readonly status: RenderStatus;
  readonly gaps: readonly GapInfo[];
}

/** How much was looked at. */
export interface Coverage {
  readonly files: number;
  readonly roots: number;
  readonly resources: number;
  /** Each gap once, though several variants have it. */
  readonly gaps: readonly GapInfo[];
}

/** All that a reporter gets to know of a run. */
export interface LintResult {
  readonly version: string;
  /** Sorted by path, place and rule; suppressed ones too. */
  readonly findings: readonly Finding[];
  readonly environments: readonly Environment[];
  readonly variants: readonly VariantInfo[];
  readonly coverage: Coverage;
  readonly discovery: Pick<Discovery, 'leftOut' | 'assumptions'>;
  /** Every rule that ran, whether it found anything or not. */
  readonly rules: readonly RuleInfo[];
  /** What people should know besides: that nothing was compared, and why. */
  readonly notes: readonly string[];
  /** Spans by path that no output may show. */
  readonly secrets: ReadonlyMap<string, readonly Span[]>;
}
