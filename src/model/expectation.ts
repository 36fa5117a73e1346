import { isWithin } from '../text/path.ts';
import type { Origin } from '../tree/node.ts';
import type { Subject } from './places.ts';

/** What a line of the contract says of the differences that it covers. */
export type Expected =
  | { readonly type: 'may-differ' }
  /** The same, but it must be everywhere. */
  | { readonly type: 'value-may-differ' }
  | { readonly type: 'same' }
  | { readonly type: 'differ' }
  | { readonly type: 'not-weaken' }
  /** It stands in these environments only; what differs between them, the lines below say. */
  | { readonly type: 'only'; readonly environments: readonly string[] };

/** One line of `differences` in `.gitopsrc`. */
export interface Expectation {
  readonly expected: Expected;
  readonly reason: string | undefined;
  /** The folder that it speaks for; `''` is everything. */
  readonly below: string;
  readonly origin: Origin;
  covers(subject: Subject): boolean;
}

/** What `.gitopsrc` says of the differences between environments: of the lines that cover a place the first one counts. */
export interface Contract {
  readonly lines: readonly Expectation[];
  isSecretKey(key: string): boolean;
  /** Whether what no line covers must be the same, for a finding that points into a file. */
  isStrict(path: string): boolean;
}

/**
 * The lines that count for a place, as what is deployed from some folders sees it: the first that covers it. One that names the
 * environments that may have a thing leaves what differs between these to the lines below.
 */
export function linesFor({ lines }: Contract, subject: Subject, roots: readonly string[]): Expectation[] {
  const chain: Expectation[] = [];
  for (const line of lines) {
    if (!roots.every((root) => isWithin(root, line.below)) || !line.covers(subject)) continue;
    chain.push(line);
    if (line.expected.type !== 'only') break;
  }
  return chain;
}
