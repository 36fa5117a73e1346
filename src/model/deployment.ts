import type { Node, Origin, Scalar } from '../tree/node.ts';
import type { Environment, Tier } from './environment.ts';
import type { Field, Resource } from './resource.ts';
import type { Variant } from './variant.ts';

/** The kinds of objects that make a cluster take something from git. */
export type DeployerKind = 'Application' | 'ApplicationSet' | 'Kustomization' | 'HelmRelease';

/**
 * What is known of a place that a deployer names: `here` in the repository, `missing` from it, in another repository
 * (`elsewhere`), or `unknown` where it is a template, an artifact or another thing that only a cluster resolves.
 */
export type Whereabouts = 'here' | 'missing' | 'elsewhere' | 'unknown';

/** A word of a text that names an environment: `staging` in `values-staging.yaml`. The text has it from `start` to `end`. */
export interface EnvironmentWord {
  readonly name: string;
  readonly tier: Tier;
  /** The word alone is convincing, as `prod` is; `test` or `live` may be anything. */
  readonly isPlain: boolean;
  readonly start: number;
  readonly end: number;
}

/** A text of a deployer, as it stands in the rendered object. */
export interface NamedText {
  readonly node: Scalar;
  readonly word?: EnvironmentWord | undefined;
}

/** A path that a deployer names. */
export interface NamedPath extends Omit<NamedText, 'node'> {
  /** As it was written, or filled in; what could not be filled in stands in it as `{{name}}`. */
  readonly text: string;
  /** The scalar in the rendered deployer. Of a filled-in template its parts tell which parameter wrote what. */
  readonly node: Node;
  readonly whereabouts: Whereabouts;
  /** Relative to the root; undefined unless it is here, or missing from the repository itself. */
  readonly path?: string | undefined;
  /** What of a missing path is not there: its last steps. */
  readonly gone?: string | undefined;
  /** Looks for the folder or file that a missing one was probably meant to be: most that are missing nobody asks about. */
  readonly near?: (() => string | undefined) | undefined;
}

/** One thing that one object deploys: an ApplicationSet has one for each element, an Application one for each source. */
export interface Deployment {
  readonly kind: DeployerKind;
  /** Of the object, or of the Application that an ApplicationSet makes of it. */
  readonly name: string;
  /** The object itself, as the cluster gets it. */
  readonly deployer: Resource;
  /** The variant that holds the object. */
  readonly holder: Variant;
  /** The environment that the deployer works for, as far as its folder or its own words tell. */
  readonly environment: Environment | undefined;
  readonly source: NamedPath;
  /** Values files, and the field of the deployer that would forgive their absence. */
  readonly valuesFiles: readonly (NamedPath & { readonly optional: boolean })[];
  /** Where it goes, as far as that is said; one that is not filled in only the cluster knows. */
  readonly cluster: NamedText | undefined;
  readonly namespace: NamedText | undefined;
  /** What its name says. */
  readonly word: EnvironmentWord | undefined;
  /** Other objects of its kind that it waits for, by name. */
  readonly dependsOn: readonly { readonly name: string; readonly namespace: string; readonly at: Field }[];
  /** Of an ApplicationSet's element: it counts only if there is such a cluster, and may as well be of another installation. */
  readonly isConditional: boolean;
  /** Of an ApplicationSet's element: it stands for any cluster that the set selects and has nothing else to say of. */
  readonly isOpen: boolean;
  /** Plain folders are read with the folders below. */
  readonly recurses: boolean;
  /** The variants that it deploys. */
  readonly variants: readonly Variant[];
}

/** Something to tell of a deployer, and the variant that holds it. */
export interface DeployerNote {
  readonly message: string;
  readonly origin: Origin;
  readonly deployer: Resource;
  readonly holder: Variant;
}
