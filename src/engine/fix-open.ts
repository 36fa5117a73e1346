import type { Finding } from '../model/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { type FixableFinding, nameOf } from './fix-proof.ts';

/** A finding whose fix is not made. */
export interface UnfixedFinding {
  readonly finding: Finding;
  readonly why: string;
  /** Where that shows. */
  readonly detail?: string | undefined;
}

/** A place in a file as it is by now. */
interface Mark {
  readonly name: string;
  readonly path: string;
  offset: number;
}

/** The findings that are still to be fixed. Between two rounds they are known again by what they say, and by their place. */
export class OpenFindings {
  /** By name, those that nothing was decided about; which of those that are alike they are does not matter. */
  readonly #open: Map<string, readonly Finding[]>;
  readonly #refused: Mark[] = [];
  readonly #left: UnfixedFinding[] = [];

  constructor(findings: readonly Finding[]) {
    this.#open = new Map(groupBy(findings, nameOf));
  }

  /** Those of a later run that are still open, each with its fix. */
  among(findings: readonly Finding[]): FixableFinding[] {
    const counts = new Map<string, number>();
    return findings.flatMap((finding): FixableFinding[] => {
      const name = nameOf(finding);
      const { file, span } = finding.location;
      if (!finding.fix || this.#refused.some((mark) => mark.name === name && mark.path === file.path && mark.offset === span.start)) return [];
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return count > (this.#open.get(name)?.length ?? 0) ? [] : [{ finding, fix: finding.fix }];
    });
  }

  /** Its fix cannot be made. */
  giveUp({ finding }: FixableFinding, { why, detail }: Omit<UnfixedFinding, 'finding'>): void {
    const { file, span } = finding.location;
    this.#refused.push({ name: nameOf(finding), path: file.path, offset: span.start });
    this.#left.push({ finding, why, detail });
    this.#take(finding);
  }

  /** Their fixes are made: what stands behind them moves. */
  settle(made: readonly FixableFinding[]): void {
    for (const { finding } of made) this.#take(finding);
    for (const mark of this.#refused) {
      let shift = 0;
      for (const { location, newText } of made.flatMap(({ fix }) => fix.edits)) {
        const { start, end } = location.span;
        if (location.file.path === mark.path && start <= mark.offset) shift += newText.length - (end - start);
      }
      mark.offset += shift;
    }
  }

  /** All whose fixes are not made, those included that no round came to. */
  left(): readonly UnfixedFinding[] {
    const waiting = [...this.#open.values()].flat().map((finding) => ({ finding, why: 'it does not go together with the others' }));
    return [...this.#left, ...waiting];
  }

  #take(finding: Finding): void {
    const name = nameOf(finding);
    const rest = this.#open.get(name)?.slice(1) ?? [];
    if (rest.length > 0) this.#open.set(name, rest);
    else this.#open.delete(name);
  }
}
