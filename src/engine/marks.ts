import type { Origin } from '../tree/node.ts';

/** Where somebody wrote that findings of some rules are to be quiet: a comment, an annotation, or an exception of `.gitopsrc`. */
export interface Mark {
  readonly kind: 'comment' | 'pending' | 'annotation' | 'exception';
  /** The rules it names, as they are written; none where it cannot be read. */
  readonly rules: readonly string[];
  /** Undefined where it gives none. */
  readonly reason: string | undefined;
  readonly origin: Origin;
}

/** Collects which marks keep something quiet. */
export class Uses {
  readonly #used = new Set<string>();

  note({ origin }: Pick<Mark, 'origin'>, ruleId: string): void {
    this.#used.add(keyOf(origin, ruleId));
  }

  has({ origin }: Pick<Mark, 'origin'>, ruleId: string): boolean {
    return this.#used.has(keyOf(origin, ruleId));
  }
}

function keyOf({ file, start }: Origin, ruleId: string): string {
  return [file.name, start, ruleId].join('\u0000');
}

const NAMED = /^([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--\s*(.*\S)?)?\s*$/;

/** Reads `rule-a, rule-b -- reason`; undefined where it is nothing of the kind. */
export function namedRules(text: string): Pick<Mark, 'rules' | 'reason'> | undefined {
  const match = NAMED.exec(text);
  return match ? { rules: (match[1] ?? '').split(/\s*,\s*/), reason: match[2] } : undefined;
}
