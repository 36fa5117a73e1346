import type { Effect, Gap, RenderProblem } from '../../model/render-result.ts';

/** What a build notes down while it goes; a base hands its notes on to every build that uses it. */
export interface BuildRecord {
  readonly problems: RenderProblem[];
  readonly gaps: Gap[];
  readonly effects: Effect[];
  readonly inputs: Set<string>;
  /** Folders that were built, this one included. */
  readonly folders: Set<string>;
  /** A file outside of its kustomization's folder was read. */
  reachesOut: boolean;
}

export function newRecord(): BuildRecord {
  return { problems: [], gaps: [], effects: [], inputs: new Set(), folders: new Set(), reachesOut: false };
}

/** Adds the notes of a finished base. */
export function takeOver(record: BuildRecord, base: BuildRecord): void {
  record.problems.push(...base.problems);
  record.gaps.push(...base.gaps);
  record.effects.push(...base.effects);
  for (const input of base.inputs) record.inputs.add(input);
  for (const folder of base.folders) record.folders.add(folder);
  if (base.reachesOut) record.reachesOut = true;
}
