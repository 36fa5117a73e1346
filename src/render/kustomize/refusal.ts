import type { Cause, RenderProblem } from '../../model/render-result.ts';
import type { Origin } from '../../tree/node.ts';
import type { BuildRecord } from './build-record.ts';

/**
 * Why kustomize would refuse what is being done. Thrown by the step that notices and always caught by `attempt`, in
 * the place that knows which entry of the kustomization asked for it: it never leaves this folder.
 */
export class Refusal extends Error {
  readonly because: Cause;
  /** The exact place, where the step knows a better one than the entry. */
  readonly origin: Origin | undefined;
  readonly rule: RenderProblem['rule'];

  constructor(because: Cause, message: string, origin?: Origin, rule: RenderProblem['rule'] = 'render-error') {
    super(message);
    this.because = because;
    this.origin = origin;
    this.rule = rule;
  }
}

/** Does one step. A refusal becomes a problem at `origin`, or a gap; the step counts as not done. */
export function attempt<T>(record: BuildRecord, origin: Origin, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What would have to be fetched is no mistake: it is left out, and said to be.
    if (error.because === 'remote') record.gaps.push({ cause: 'remote', message: error.message, origin: error.origin ?? origin });
    else record.problems.push({ cause: error.because, message: error.message, origin: error.origin ?? origin, rule: error.rule });
    return undefined;
  }
}
