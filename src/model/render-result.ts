import type { SourceFile } from '../text/source-file.ts';
import type { Node, Origin } from '../tree/node.ts';
import type { ChartValues } from './chart-values.ts';
import type { Resource } from './resource.ts';
import type { FilledIn } from './substitution.ts';

export type RendererName = 'plain' | 'kustomize' | 'helm' | 'files';

/** How far rendering came; `partial` has gaps, `values-only` is a Helm unit whose chart is not there. */
export type RenderStatus = 'rendered' | 'partial' | 'values-only' | 'failed';

/** Why something could not be rendered, in the words of the JSON interface. */
export type Cause =
  | 'remote'
  | 'helm'
  | 'plugin'
  | 'patch-target'
  | 'generator-merge-conflict'
  | 'load-restrictor'
  | 'missing-file'
  | 'empty-kustomization'
  | 'invalid-kustomization'
  | 'cycle'
  | 'yaml-error'
  | 'conflict'
  | 'decryption'
  | 'template'
  | 'limit'
  | 'other';

/** An input that is not there to be rendered: everything else still is, but conclusions from absence are not drawn. */
export interface Gap {
  readonly cause: Cause;
  /** What is missing and why, such as `remote base "https://…" is not fetched`. */
  readonly message: string;
  readonly origin: Origin;
}

/** A mistake that makes the real tool refuse the root. */
export interface RenderProblem {
  readonly cause: Cause;
  readonly message: string;
  readonly origin: Origin;
  /** The rule that speaks for this problem where it is on; `render-error` does otherwise. */
  readonly rule: 'render-error' | 'missing-reference' | 'duplicate-key' | 'syntax-error' | 'ineffective-patch';
}

/** One value that a line set. `changed` is false when the value was there already, with the same meaning. */
export interface Write {
  /** The place that holds the value: a leaf of a patch, a count, a literal. */
  readonly origin: Origin;
  readonly changed: boolean;
  /** Of a JSON patch, the path that the operation names. */
  readonly pointer?: string | undefined;
}

/** The fields of a kustomization whose entries record what they did. */
export type EffectField =
  | 'patches'
  | 'patchesStrategicMerge'
  | 'patchesJson6902'
  | 'images'
  | 'replicas'
  | 'configMapGenerator'
  | 'secretGenerator'
  | 'replacements'
  | 'vars';

/** What one entry of a kustomization did in one build. Rules read the sums over all builds. */
export interface Effect {
  readonly field: EffectField;
  /** The entry, such as one item of `patches`; of a patch that stands in a file, the reference to it. */
  readonly entry: Origin;
  /** What it aims at, for people: `Deployment "web"`, `image "nginx"`. */
  readonly subject: string;
  /** How many resources it selected. */
  readonly targets: number;
  readonly writes: readonly Write[];
  /** The objects of a strategic merge patch. Its leaves have the origins of the writes. */
  readonly patch?: readonly Node[] | undefined;
  /** False when a gap below may have held what the entry aims at. */
  readonly closed: boolean;
  /** What it probably meant, when it selected nothing: `Deployment "web-app"`. */
  readonly nearMatch?: string | undefined;
}

/** A source folder, rendered: what a cluster would get, and how that came about. */
export interface RenderResult {
  /** Relative to the root of the workspace; `''` is the root itself. */
  readonly folder: string;
  readonly renderer: RendererName;
  /** What the root is: components and other parts only build inside an overlay. */
  readonly kind: string;
  readonly status: RenderStatus;
  /** In the order in which the tool prints them. As far as rendering came, also when the status is `failed`. */
  readonly resources: readonly Resource[];
  readonly gaps: readonly Gap[];
  /** The first one decides the cause of a failure. */
  readonly problems: readonly RenderProblem[];
  readonly effects: readonly Effect[];
  /** What charts were given that were rendered for it. */
  readonly charts?: readonly ChartValues[] | undefined;
  /** How the variables of what was built were filled in, where its deployer asks for that. */
  readonly filledIn?: FilledIn | undefined;
  /** Settings files, whose keys are compared as they stand; only of `files`. */
  readonly settings?: readonly SourceFile[] | undefined;
  /** Every path that was read or looked for, missing ones included: what a change must touch to matter here. */
  readonly inputs: ReadonlySet<string>;
  /** `none`: it builds only with load restrictions off. */
  readonly restrictor?: 'none' | undefined;
}

/** Whether absence can be concluded from what was rendered. */
export function isComplete(result: Pick<RenderResult, 'status'>): boolean {
  return result.status === 'rendered';
}
