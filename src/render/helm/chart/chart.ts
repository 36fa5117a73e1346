import type { Gap, RenderProblem } from '../../../model/render-result.ts';
import type { SourceFile } from '../../../text/source-file.ts';
import type { Origin } from '../../../tree/node.ts';
import type { MapValue, Text } from '../value.ts';

/** A file of a chart, read when somebody asks. */
export interface ChartFile {
  /** Relative to the chart: `templates/service.yaml`. */
  readonly name: string;
  /** In the workspace. A file of an archive has the path of the archive before its own. */
  readonly path: string;
  /** Undefined for what cannot be read. */
  bytes(): Uint8Array | undefined;
  /** Undefined for what is no text. */
  source(): SourceFile | undefined;
}

/** One entry of `dependencies`. */
export interface Requirement {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly alias: string;
  /** Paths of values, with commas between them: the first one that is a boolean decides. */
  readonly condition: string;
  readonly tags: readonly string[];
  readonly importValues: readonly ImportedValues[];
  /** The entry in `Chart.yaml` or `requirements.yaml`. */
  readonly origin: Origin;
}

/** What a chart takes over from a subchart: a table of its values, put at a path of its own; `.` is the root. */
export interface ImportedValues {
  readonly child: string;
  readonly parent: string;
  readonly origin: Origin;
}

/** What stands in `Chart.yaml`, each text with its origin. */
export interface ChartMetadata {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly kubeVersion: string;
  /** All fields by their names in the file, as `.Chart` shows them. */
  readonly fields: ReadonlyMap<string, Text>;
  readonly lists: ReadonlyMap<string, readonly Text[]>;
  readonly maintainers: readonly ReadonlyMap<string, Text>[];
  readonly annotations: ReadonlyMap<string, Text>;
  readonly deprecated: boolean;
  readonly requirements: readonly Requirement[];
}

/** A dependency whose chart is not here: what it would render is not known. */
export interface MissingDependency {
  readonly requirement: Requirement;
  /** The names of the charts from the root down to the one that asks for it. */
  readonly of: readonly string[];
  /** `remote`: it would have to be fetched. `absent`: it is said to be in the repository, and is not. */
  readonly why: 'remote' | 'absent';
}

/** A chart as it lies in the repository, read once for all of its environments. Never changed. */
export interface LoadedChart {
  /** Relative to the root of the workspace; of a chart in an archive, the path of the archive. */
  readonly folder: string;
  readonly isArchive: boolean;
  readonly metadata: ChartMetadata;
  /** `Chart.yaml`. */
  readonly file: SourceFile;
  /** `values.yaml`; undefined where there is none, or it cannot be read. */
  readonly valuesFile: SourceFile | undefined;
  readonly schemaFile: SourceFile | undefined;
  /** Everything below `templates/`. */
  readonly templates: readonly ChartFile[];
  /** What `.Files` gives, `crds/` included. */
  readonly files: readonly ChartFile[];
  /** Subcharts that are here, declared or not: of `charts/` in the order of their names, then those of `file://`. */
  readonly dependencies: readonly LoadedChart[];
  readonly missing: readonly MissingDependency[];
}

/** What became of reading a chart. */
export interface ChartLoading {
  /** Undefined where Helm would not know what to render at all. */
  readonly chart: LoadedChart | undefined;
  /** What makes Helm refuse the chart, its subcharts included. */
  readonly problems: readonly RenderProblem[];
  /** Files that could not be looked into. */
  readonly gaps: readonly Gap[];
  /** Every path that was read or looked for, by now: what `.Files` gives is read when a template asks. */
  readonly inputs: ReadonlySet<string>;
}

/** Which Helm is asked: 3, as Argo CD and Flux mostly embed it, or 4. They differ in nulls and in how documents are split. */
export type Reading = 'helm-3' | 'helm-4';

/** Values with the place that they come from; the values are shared: whoever changes them copies first. */
export interface ReadValues {
  readonly values: MapValue;
  readonly problems: readonly RenderProblem[];
  readonly gaps: readonly Gap[];
}
