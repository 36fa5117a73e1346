import type { Location } from '../text/location.ts';
import type { Additions } from './additions.ts';
import type { Environment } from './environment.ts';
import type { HelmSettings } from './helm-settings.ts';
import type { RendererName } from './render-result.ts';

/** Why something is taken for an environment. */
export interface Evidence {
  /** Where it shows; undefined when it is a folder, whose path stands in `why`. */
  readonly location?: Location | undefined;
  readonly why: string;
  /** One of the many things that are deployed there shows it: a folder or a file says more to people. */
  readonly isOfDeployer?: boolean | undefined;
}

/** How sure a reading is: declared by people, or shown by structure, or only by a name. */
export type Confidence = 'declared' | 'high' | 'low';

export interface FoundEnvironment extends Environment {
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
}

/** A folder that is deployed, and as what. */
export interface VariantSource {
  readonly app: string;
  /** Undefined when nothing tells: the variant is checked on its own and compared with none. */
  readonly environment?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Relative to the root. */
  readonly root: string;
  readonly renderer: RendererName;
  /** Values files of a Helm unit, base first. */
  readonly values?: readonly string[] | undefined;
  /** What its deployer adds to the folder. */
  readonly additions?: Additions | undefined;
  /** The chart is not that of the root, where its values lie, but is kept elsewhere. */
  readonly isAbroad?: boolean | undefined;
  /** What its deployer says of the release. */
  readonly helm?: HelmSettings | undefined;
  /** The version of Kubernetes of its environment, where it is declared. */
  readonly kubeVersion?: string | undefined;
  /** Tells it from others of the same folder; undefined where there is but one. */
  readonly key?: string | undefined;
  /** The branch or the other repository that it is read from; undefined for the repository's own tree. */
  readonly tree?: string | undefined;
}

/** What was found in a repository, and what was not used. */
export interface Discovery {
  /** In the order of promotion. */
  readonly environments: readonly FoundEnvironment[];
  readonly variants: readonly VariantSource[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  /** What was taken for granted, for people to confirm or to declare otherwise. */
  readonly assumptions: readonly string[];
}
