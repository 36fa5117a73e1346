import type { Origin } from '../../tree/node.ts';

/** Something to tell of a set, and where. */
export interface Remark {
  readonly message: string;
  readonly origin: Origin;
}

/** Takes what is noticed while a set is read. The same remark at the same place is kept once, as a template is filled for each element. */
export interface Remarks {
  /** What could not be looked into. */
  gap(message: string, origin: Origin): void;
  /** What Argo CD refuses, or does otherwise than it seems. */
  problem(message: string, origin: Origin): void;
}

/** Remarks, and the lists that they are gathered in. */
export function gatherRemarks(): Remarks & { readonly gaps: readonly Remark[]; readonly problems: readonly Remark[] } {
  const [gaps, problems] = [new Map<string, Remark>(), new Map<string, Remark>()];
  const add = (list: Map<string, Remark>, message: string, origin: Origin): void => {
    const key = `${origin.file.path}\0${origin.start}\0${message}`;
    if (!list.has(key)) list.set(key, { message, origin });
  };
  return {
    gap: (message, origin) => add(gaps, message, origin),
    problem: (message, origin) => add(problems, message, origin),
    get gaps() {
      return [...gaps.values()];
    },
    get problems() {
      return [...problems.values()];
    },
  };
}
