import type { SourceFile } from '../text/source-file.ts';
import type { ChartValues } from './chart-values.ts';
import type { Environment } from './environment.ts';
import type { Effect, Gap, RendererName, RenderProblem, RenderStatus } from './render-result.ts';
import { type Resource, type ResourceId, resourceKey } from './resource.ts';
import type { FilledIn } from './substitution.ts';

/** What is deployed to several environments and compared across them. */
export interface App {
  readonly name: string;
  /** In the order of promotion. */
  readonly variants: readonly Variant[];
}

/** One app in one environment. */
export interface Variant {
  /** `checkout@prod-eu`, with the labels that tell twins apart appended: `checkout@production/cluster-1`. */
  readonly id: string;
  /** Tells it from all others in discovery, where several may have one root. */
  readonly key: string;
  readonly app: App;
  readonly environment: Environment;
  readonly labels: Readonly<Record<string, string>>;
  /** The folder that is rendered, relative to the root of its tree. */
  readonly root: string;
  /** The branch or the other repository that it is read from; undefined for the repository's own tree. */
  readonly tree?: string | undefined;
  readonly renderer: RendererName;
  readonly status: RenderStatus;
  /** Nothing is missing: what is not in `resources` is not there. Never of `files`, of which there are none. */
  readonly complete: boolean;
  readonly resources: ResourceSet;
  readonly gaps: readonly Gap[];
  readonly problems: readonly RenderProblem[];
  readonly effects: readonly Effect[];
  /** What charts were given that were rendered for it: its own, or those of its kustomization. */
  readonly charts: readonly ChartValues[];
  /** How its variables were filled in, where its deployer asks for that. */
  readonly filledIn: FilledIn | undefined;
  /** Settings files, whose keys are compared as they stand; only of `files`, which have no resources. */
  readonly settings: readonly SourceFile[];
  /** It reads files outside of its own folder: kustomize builds it only with load restrictions off. */
  readonly unrestricted: boolean;
  /** Every path that its render looked at. */
  readonly inputs: ReadonlySet<string>;
}

/** Whether it is of the production tier. */
export function isProduction({ environment }: Variant): boolean {
  return environment.tier === 'prod';
}

/** The resources of a variant, found by identity. */
export class ResourceSet implements Iterable<Resource> {
  readonly #all: readonly Resource[];
  readonly #byKey: ReadonlyMap<string, Resource>;

  constructor(resources: readonly Resource[]) {
    this.#all = resources;
    this.#byKey = new Map(resources.map((resource) => [resourceKey(resource.id), resource]));
  }

  get size(): number {
    return this.#all.length;
  }

  get(id: ResourceId): Resource | undefined {
    return this.#byKey.get(resourceKey(id));
  }

  [Symbol.iterator](): Iterator<Resource> {
    return this.#all.values();
  }
}
