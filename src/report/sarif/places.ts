import type { Location } from '../../text/location.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { encodePath } from '../encode-path.ts';
import { firstLineOf } from '../place-text.ts';
import type { ArtifactLocation, PhysicalLocation, Region } from './log.ts';

/** The base that all addresses are relative to: the root of the repository, wherever it is checked out. */
export const ROOT = '%SRCROOT%';

/** Where in the repository a location is; undefined for one of another branch or repository: its path would be taken for one of ours. */
export function physicalOf({ file, span }: Location): PhysicalLocation | undefined {
  return file.tree ? undefined : { artifactLocation: artifactOf(file), region: lineRegion({ file, span }) };
}

/** The address of a file: a relative reference, percent-encoded. */
export function artifactOf({ path }: SourceFile): ArtifactLocation {
  return { uri: encodePath(path), uriBaseId: ROOT };
}

/** Annotations open on changed lines only: of a longer place the first line counts, and what has no extent stands for the rest of its line. */
function lineRegion(location: Location): Region {
  const { line, text, from, to } = firstLineOf(location);
  const { start, end } = location.span;
  return { startLine: line, startColumn: from + 1, endLine: line, endColumn: (end > start ? to : text.length) + 1 };
}

/** A place as it stands: what a fix replaces may be several lines. */
export function wholeRegion({ file, span }: Location): Region {
  const start = file.positionAt(span.start);
  const end = file.positionAt(span.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
