import type { ChartValues } from '../../model/chart-values.ts';
import type { Effect, Gap, RenderProblem } from '../../model/render-result.ts';

/** What a build notes down while it goes; a base hands its notes on to every build that uses it. */
export interface BuildRecord {
  readonly problems: RenderProblem[];
  readonly gaps: Gap[];
  readonly effects: Effect[];
  readonly charts: ChartValues[];
  readonly inputs: Set<string>;
  /** Folders that were built, this one included. */
  readonly folders: Set<string>;
  /** An input could not be read, or holds nothing yet: what is absent may have been in it. */
  lostInput: boolean;
  /** A file outside of its kustomization's folder was read. */
  reachesOut: boolean;
  /** A chart goes to the namespace of a kustomization further up, if there is one. */
  takesNamespace: boolean;
}

export function newRecord(): BuildRecord {
  return { problems: [], gaps: [], effects: [], charts: [], inputs: new Set(), folders: new Set(), lostInput: false, reachesOut: false, takesNamespace: false };
}

/** Adds the notes of a finished base. */
export function takeOver(record: BuildRecord, base: BuildRecord): void {
  record.problems.push(...base.problems);
  record.gaps.push(...base.gaps);
  record.effects.push(...base.effects);
  record.charts.push(...base.charts);
  for (const input of base.inputs) record.inputs.add(input);
  for (const folder of base.folders) record.folders.add(folder);
  if (base.lostInput) record.lostInput = true;
  if (base.reachesOut) record.reachesOut = true;
  if (base.takesNamespace) record.takesNamespace = true;
}

/** Whether all that could be there is: only then is absence a mistake of its own. */
export function isClosed({ gaps, lostInput }: BuildRecord): boolean {
  return gaps.length === 0 && !lostInput;
}
