import type { Comparison, ReleaseComparison } from '../../index.ts';

/** How a comparison can end; `partial` is not compared, `no-answer` took too long. */
export type Outcome = Comparison['outcome'] | ReleaseComparison['outcome'] | 'partial' | 'no-answer';

/** One thing that was to be compared, and what came of it. */
export interface Examination {
  /** What people call it: a folder, a variant. */
  readonly name: string;
  readonly outcome: Outcome;
  /** Why it is not compared, or what differs: the first line stands behind the name. */
  readonly details: readonly string[];
  /** For JSON. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** All that was compared with one program. */
export interface Inspection {
  readonly tool: 'kustomize' | 'helm';
  readonly version: string;
  /** What the examinations are of: one, many. */
  readonly things: readonly [string, string];
  readonly examinations: readonly Examination[];
}

/** In the order of the summary. What is not `fine` makes the exit code 1. */
const WORDS: Readonly<Record<Outcome, { readonly words: string; readonly fine: boolean; readonly only?: Inspection['tool'] }>> = {
  same: { words: 'equal to the byte', fine: true, only: 'kustomize' },
  'same-meaning': { words: 'equal in meaning', fine: true },
  'same-but-random': { words: 'equal but for what helm makes up each time', fine: true, only: 'helm' },
  'both-refuse': { words: 'refused by both', fine: true },
  partial: { words: 'not compared, as something in them is not here', fine: true },
  different: { words: 'different', fine: false },
  'only-kustomize-refuses': { words: 'refused by kustomize only', fine: false, only: 'kustomize' },
  'only-kustomize-builds': { words: 'refused by gitops-lint only', fine: false, only: 'kustomize' },
  'only-helm-refuses': { words: 'refused by helm only', fine: false, only: 'helm' },
  'only-helm-renders': { words: 'refused by gitops-lint only', fine: false, only: 'helm' },
  'no-answer': { words: 'without an answer in time', fine: false },
};

/** What can come of comparing with a program, in the order of the summary, and how it is said. */
export function outcomesOf(tool: Inspection['tool']): { readonly outcome: Outcome; readonly words: string }[] {
  return (Object.keys(WORDS) as Outcome[]).flatMap((outcome) => {
    const { words, only } = WORDS[outcome];
    return only === undefined || only === tool ? { outcome, words } : [];
  });
}

/** Whether both sides agree, or could not be compared. */
export function isFine({ outcome }: Examination): boolean {
  return WORDS[outcome].fine;
}
