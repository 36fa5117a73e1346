import type { Location } from '../text/location.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { ParityTable } from './parity.ts';
import type { VersionMark } from './versions/version-table.ts';
import type { ArtifactKind } from './versions/version-uses.ts';

/** One version in one environment; where its clusters differ, there are several. */
export interface VersionFact {
  /** Empty where nothing tells which one it is. */
  readonly environment: string;
  readonly version: string | undefined;
  readonly digest: string | undefined;
  readonly marks: readonly VersionMark[];
  /** Ids of the variants that have it. */
  readonly variants: readonly string[];
  readonly location: Location;
}

/** An artifact of an app, and which version of it is where, in the order of promotion. */
export interface VersionLine {
  readonly app: string;
  readonly kind: ArtifactKind;
  readonly artifact: string;
  readonly cells: readonly VersionFact[];
}

/** What a report may show besides findings. Each part is reckoned when it is first asked for. */
export interface ReportTables {
  readonly versions: readonly VersionLine[];
  /** The settings of each app that is in more than one environment. */
  readonly parity: readonly ParityTable[];
  /** Ids of the variants that are rendered from a file, in the order of promotion. */
  readersOf(file: SourceFile): readonly string[];
}
