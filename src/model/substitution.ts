import type { Origin, Scalar } from '../tree/node.ts';

/** What the variables of finished objects are filled in with, as `postBuild` of Flux has it. */
export interface Substitution {
  /** By name. The value is undefined where it is a secret: somebody gives it, and the text stays as it is. */
  readonly variables: ReadonlyMap<string, Scalar | undefined>;
  /** Sources that are not here, such as `ConfigMap "cluster"`: they may give any other variable. */
  readonly elsewhere: readonly string[];
  /** Where one more variable belongs. */
  readonly at: Origin;
}

/** A variable that is asked for without a default, and that nothing known gives. */
export interface UnsetVariable {
  readonly name: string;
  /** The first place that asks for it, with its braces. */
  readonly at: Origin;
  /** It stands in a text of several lines, such as a script: it may be meant for somebody else. */
  readonly isInBlock: boolean;
}

/** How the variables of one build were filled in. */
export interface FilledIn extends Substitution {
  /** By place. */
  readonly unset: readonly UnsetVariable[];
}
