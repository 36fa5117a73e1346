import { openSet } from '../parameters.ts';
import type { Generator } from './generator.ts';
import { withValues } from './values.ts';

/** A generator that asks something outside of the repository: only its own `values` are known. */
export function elsewhere(asked: string): Generator {
  return (spec, context) => {
    context.remarks.gap(`the applications that a set makes from ${asked} are not known here`, spec.origin);
    return [withValues(openSet(['']), spec, context)];
  };
}

/** Environments that come and go with pull requests. */
export const pullRequest: Generator = (spec, context) => [withValues({ ...openSet(['']), isEphemeral: true }, spec, context)];
