import type { Node } from '../tree/node.ts';
import type { Environment } from './environment.ts';
import type { Field, Resource } from './resource.ts';
import type { Variant } from './variant.ts';

/** The kinds of objects that make a cluster take something from git. */
export type DeployerKind = 'Application' | 'ApplicationSet' | 'Kustomization' | 'HelmRelease';

/**
 * What is known of a place that a deployer names: `here` in the repository, `missing` from it, in another repository
 * (`elsewhere`), or `unknown` where it is a template, an artifact or another thing that only a cluster resolves.
 */
export type Whereabouts = 'here' | 'missing' | 'elsewhere' | 'unknown';

/** A path that a deployer names. */
export interface NamedPath {
  /** As it was written, or filled in; what could not be filled in stands in it as `{{name}}`. */
  readonly text: string;
  /** The scalar in the rendered deployer. Of a filled-in template its parts tell which parameter wrote what. */
  readonly node: Node;
  readonly whereabouts: Whereabouts;
  /** Relative to the root; undefined unless it is here or missing. */
  readonly path?: string | undefined;
}

/** One thing that one object deploys: an ApplicationSet has one for each element, an Application one for each source. */
export interface Deployment {
  readonly kind: DeployerKind;
  /** Of the object, or of the Application that an ApplicationSet makes of it. */
  readonly name: string;
  /** The object itself, as the cluster gets it. */
  readonly deployer: Resource;
  /** The variants that hold the object. */
  readonly holders: readonly Variant[];
  /** The environment that the deployer works for, as far as its folder or its own words tell. */
  readonly environment: Environment | undefined;
  readonly source: NamedPath;
  /** Values files, and the field of the deployer that would forgive their absence. */
  readonly valuesFiles: readonly (NamedPath & { readonly optional: boolean })[];
  /** Where it goes; undefined where nothing is said, or only the cluster knows. */
  readonly cluster: string | undefined;
  readonly namespace: string | undefined;
  /** Other objects of its kind that it waits for, by name. */
  readonly dependsOn: readonly { readonly name: string; readonly namespace: string; readonly at: Field }[];
  /** Plain folders are read with the folders below. */
  readonly recurses: boolean;
  /** The variants that it deploys. */
  readonly variants: readonly Variant[];
}
