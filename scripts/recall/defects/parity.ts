import type { Edited, Expected, Kind } from '../case.ts';
import type { Draw } from '../draw.ts';
import { dropMark, marksOf, rewrite, twinsOf } from '../edit.ts';
import type { Files, Mark, Repository } from '../repository.ts';
import { holderWithout } from '../stages.ts';
import { misspelled } from './at.ts';

/** A mark of one environment, and what is to be said once that environment has lost it. */
interface Loss {
  readonly mark: Mark;
  readonly expected: Expected;
}

/** The marks of some kind whose loss somebody can tell: siblings have the same. */
export function lossesOf(repository: Repository, what: string, rule: string): Loss[] {
  return marksOf(repository, what).flatMap((mark): Loss[] => {
    const stage = repository.stages.find(({ name }) => name === mark.env);
    const holder = stage && holderWithout(repository.stages, stage);
    const held = twinsOf(repository, mark).find(({ env }) => env === holder?.name);
    return stage && held ? [{ mark, expected: { rule, path: held.path, line: held.line, environments: [stage.name] } }] : [];
  });
}

interface LossOptions {
  /** The line that was edited is to be named, and not the one of another environment. */
  readonly isAtFault?: boolean;
  readonly isMeant?: (mark: Mark) => boolean;
}

/** A kind that takes such a mark away, or hides it: where others have it is told, unless the line itself is at fault. */
export function losing(
  name: string,
  what: string,
  rule: string,
  edit: (files: Files, mark: Mark) => Files,
  { isAtFault = false, isMeant = () => true }: LossOptions = {},
): Kind {
  return {
    name,
    plan: (repository: Repository, draw: Draw): Edited | undefined => {
      const losses = lossesOf(repository, what, rule).filter(({ mark }) => isMeant(mark));
      if (losses.length === 0) return undefined;
      const { mark, expected } = draw.one(losses);
      return { files: edit(repository.files, mark), expected: [isAtFault ? { ...expected, path: mark.path, line: mark.line } : expected] };
    },
  };
}

const misspell = (files: Files, mark: Mark) => rewrite(files, mark, misspelled(mark));

/**
 * A kind that writes such a mark with a slip of the pen. The line with the slip is at fault. Who is not expected to have
 * it, and whoever is, is told of one mistake.
 */
export function misspelling(name: string, what: string, rule: string): Kind {
  return losing(name, what, rule, misspell, { isAtFault: true });
}

export const PARITY: readonly Kind[] = [
  losing('config key dropped', 'config', 'missing-config-key', dropMark),
  misspelling('config key misspelled', 'config', 'missing-config-key'),
  losing('config key commented out', 'config', 'missing-config-key', (files, mark) => rewrite(files, mark, (line) => line.replace(/\S/, '# $&'))),
  losing('variable dropped', 'env', 'missing-env-var', dropMark),
  misspelling('variable misspelled', 'env', 'missing-env-var'),
];
