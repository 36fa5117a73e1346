import type { ChartValues } from '../model/chart-values.ts';
import type { Gap, RenderProblem } from '../model/render-result.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Mapping, Node } from '../tree/node.ts';

/** A chart that a kustomization inflates, and what it says of the release. */
export interface Inflation {
  /** The folder of the chart. */
  readonly chart: string;
  /** Files, and maps within the kustomization, oldest first. */
  readonly values: readonly (SourceFile | Node)[];
  readonly releaseName: string;
  readonly namespace: string | undefined;
  readonly kubeVersion: string | undefined;
  readonly apiVersions: readonly string[];
  readonly includesCrds: boolean;
  readonly skipsHooks: boolean;
  readonly skipsTests: boolean;
}

/** What `helm template` prints for a kustomization. */
export interface Inflated {
  readonly objects: readonly Mapping[];
  readonly gaps: readonly Gap[];
  readonly problems: readonly RenderProblem[];
  /** What the chart was given. */
  readonly values: ChartValues;
  readonly inputs: ReadonlySet<string>;
}

/** Undefined where the chart is not here. */
export type Inflate = (inflation: Inflation) => Inflated | undefined;
