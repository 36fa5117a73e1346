import type { Origin } from '../../../../tree/node.ts';
import type { GoFunction, MapValue, Value } from '../../value.ts';

/** What a render may spend. It is counted down, by all templates that are rendered with it, so that no chart can keep a run busy. */
export interface Budget {
  /** Nodes and commands that are evaluated, and items of lists that functions give. */
  steps: number;
  /** Characters that are put out or that functions give, with something for the authors that they have. */
  output: number;
}

const STEPS = 10_000_000;
const OUTPUT = 100 * 2 ** 20;

/** The budget of a chart: far more than any honest one needs. */
export function newBudget(): Budget {
  return { steps: STEPS, output: OUTPUT };
}

/** What templates are rendered with. */
export interface RenderScope {
  /** Beyond the ones of Go's templates; one of the same name goes before those. */
  readonly functions: ReadonlyMap<string, GoFunction>;
  readonly budget: Budget;
  /** What a key that a map has not is: `<no value>`, a nil, or an error. Helm takes `zero`, and `error` when it is strict. */
  readonly missingKey: 'default' | 'zero' | 'error';
  /** Takes what the outcome cannot be known of, and the action that asked. */
  readonly noteUnknown: (what: string, origin: Origin) => void;
  /** Is told what templates ask of values. */
  readonly watch?: Watch | undefined;
}

/**
 * What hangs on a key that is looked up: the text that is put out, a condition, or, where something else can take its
 * place, nothing that can be told.
 */
export type Need = 'output' | 'condition' | 'none';

/** Follows what templates ask of maps. */
export interface Watch {
  /** The functions that hand on what they are given, pick from it, or put something in its place. */
  readonly carriers: ReadonlySet<string>;
  /** A key was looked up in a map, whether it is there or not. */
  asked(from: MapValue, key: string, need: Need): void;
  /** A value was printed, or given to a function that may look at all of it. */
  taken(value: Value): void;
}
