import type { Additions } from '../../model/additions.ts';
import type { DeployerKind } from '../../model/deployment.ts';
import type { HelmSettings } from '../../model/helm-settings.ts';
import type { Resource } from '../../model/resource.ts';
import type { FieldPath } from '../../tree/field-path.ts';
import type { Origin, Scalar } from '../../tree/node.ts';

/** A word of a deployer that may name the environment it works for. */
export interface Hint {
  readonly text: string;
  /** `value` was given as an environment; of a `name` only a part may be one, and only beside others of the same source. */
  readonly form: 'value' | 'name';
  /** For people: `parameter "env"`. */
  readonly what: string;
}

export interface SaidValuesFile {
  readonly node: Scalar;
  /** Nobody misses it. */
  readonly optional: boolean;
  /** Of a file in another source of the same object (`$name/…`): which repository that is, and at which revision. */
  readonly from?: Pick<Said, 'repository' | 'revision'> | undefined;
}

/** A path that an artifact has not. */
export interface AbsentFolder {
  /** What the artifact has, and the path was probably meant to be. */
  readonly near: string | undefined;
}

/** Something of a deployer that is not known, and where that shows. */
export interface Remark {
  readonly message: string;
  readonly origin: Origin;
}

/** What one object says that it deploys, before anybody looks whether that is there. */
export interface Said {
  readonly kind: DeployerKind;
  /** Of the object, or of the Application that a set makes. */
  readonly name: string;
  readonly deployer: Resource;
  /** Which repository, in one spelling; undefined where only the cluster knows. */
  readonly repository: string | undefined;
  readonly revision: string;
  /** The path as it is written; undefined where the source has none, such as a chart of a registry. */
  readonly path: Scalar | undefined;
  /** That path from the root of the repository, where it is another one: an artifact is a part of its repository. */
  readonly folder: string | undefined;
  /** A chart of a registry, by its name; the values for it may be here all the same. */
  readonly chart?: Scalar | undefined;
  /** The artifact that it names has no such path. */
  readonly absent?: AbsentFolder | undefined;
  readonly valuesFiles: readonly SaidValuesFile[];
  /** Of a chart, what else is said of the release. */
  readonly helm?: HelmSettings | undefined;
  readonly additions: Additions;
  readonly cluster: Scalar | undefined;
  readonly namespace: Scalar | undefined;
  readonly dependsOn: readonly { readonly name: string; readonly namespace: string; readonly path: FieldPath }[];
  readonly recurses: boolean;
  readonly hints: readonly Hint[];
  /** What is not known of it. */
  readonly remarks?: readonly Remark[] | undefined;
  /** It comes and goes with a pull request. */
  readonly isEphemeral: boolean;
  /** Only if there is a cluster that the set has something to say of. */
  readonly isConditional: boolean;
  /** It stands for any cluster that the set selects and has nothing else to say of. */
  readonly isOpen: boolean;
}

/** Finds objects by kind and name, in the namespace or, where none has it, anywhere. An artifact's generator goes by the artifact's name. */
export type Lookup = (kind: string, name: string, namespace: string) => Resource | undefined;
