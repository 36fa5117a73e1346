import type { Location } from '../text/location.ts';
import type { Span } from '../text/source-file.ts';
import type { Discovery } from './discovery.ts';
import type { Environment } from './environment.ts';
import type { Finding } from './finding.ts';
import type { Cause, RendererName, RenderStatus } from './render-result.ts';
import type { ReportTables } from './report-tables.ts';

/** What a reporter needs to know of a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  readonly category: string;
  readonly hint: string;
  readonly severity: Finding['severity'];
  /** `0.1` to `10.0`, of rules whose findings are weaknesses that somebody could use. */
  readonly securitySeverity?: string | undefined;
  /** Its page, in Markdown, for the reporters that print it. */
  readonly page?: string | undefined;
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
  /** Why nothing had to be checked, such as that nothing changed: then that nothing was is as it should be. */
  readonly idle?: string | undefined;
  /** What people should know besides: that nothing was compared, and why. */
  readonly notes: readonly string[];
  /** Spans by path that no output may show. */
  readonly secrets: ReadonlyMap<string, readonly Span[]>;
  /** The folder that was asked for, where that is not the whole repository. */
  readonly folder?: string | undefined;
  /** Where `.gitopsrc` names the other branches and repositories, by the `tree` of their files. */
  readonly placesOfTrees?: ReadonlyMap<string, Location> | undefined;
  /** The address below which docs/ and rules/ are read, without a slash at its end, where they have one. */
  readonly docs?: string | undefined;
  /** What a report may show besides; undefined where there is no repository behind the result. */
  readonly tables?: (() => ReportTables) | undefined;
}
