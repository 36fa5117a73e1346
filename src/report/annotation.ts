import { type Finding, SEVERITIES } from '../model/finding.ts';
import type { LintResult } from '../model/lint-result.ts';
import type { Location } from '../text/location.ts';
import { oneLine } from './one-line.ts';
import { placeText } from './place-text.ts';
import { Whereabouts } from './where.ts';

/** A live finding as one remark beside the code. */
export interface Annotation {
  readonly finding: Finding;
  /** In the repository's own tree, where there is a place in it. */
  readonly place: Location;
  /** Whether the place is one of the files that are checked out. */
  readonly isOurs: boolean;
  /** One line: what is wrong and where, and the place that it is about when `place` is another. */
  readonly text: string;
}

/** What is not suppressed, in the order of the result; errors only when that is asked for. */
export function annotationsOf(result: LintResult, { quiet = false } = {}): Annotation[] {
  const where = new Whereabouts(result);
  return result.findings
    .filter(({ suppressed, severity }) => !suppressed && (!quiet || severity === 'error'))
    .map((finding) => {
      const place = ownPlaceOf(finding);
      const elsewhere = place === finding.location ? '' : `, at ${placeText(finding.location)}`;
      return { finding, place, isOurs: isOurs(place), text: oneLine(`${finding.message}${where.phraseOf(finding)}${elsewhere}`) };
    });
}

/** The most severe ones first, else in their order: for what shows the first few only. */
export function worstFirst(annotations: readonly Annotation[]): Annotation[] {
  return SEVERITIES.flatMap((severity) => annotations.filter(({ finding }) => finding.severity === severity));
}

/** Another branch or repository cannot be annotated: the first related place of ours is, then. */
function ownPlaceOf({ location, related }: Finding): Location {
  if (isOurs(location)) return location;
  return related.find((each) => isOurs(each.location))?.location ?? location;
}

function isOurs({ file }: Location): boolean {
  return file.tree === undefined;
}
