import type { Node, Scalar } from '../tree/node.ts';
import type { Additions } from './additions.ts';
import type { Gap } from './render-result.ts';

/** What a deployer says of a release besides its chart and its values files. */
export interface HelmSettings {
  readonly releaseName?: string | undefined;
  readonly namespace?: string | undefined;
  /** The values files take the place of the chart's own, as Flux does; otherwise they lie over it. */
  readonly replacesDefaults: boolean;
  /** Values within the deployer, weakest first; all of them count more than values files. */
  readonly inline: readonly InlineValues[];
  /** Single values, which count most; `isString` keeps them texts. */
  readonly parameters: readonly { readonly name: Scalar; readonly value: Scalar; readonly isString: boolean }[];
  readonly kubeVersion?: string | undefined;
  readonly apiVersions: readonly string[];
  readonly skipsCrds: boolean;
  /** Kustomize steps over what the chart renders to, in order. */
  readonly postRenderers: readonly Additions[];
  /** Values that are given, and that nobody can know here. */
  readonly gaps?: readonly Gap[] | undefined;
  /** Something stands in for some of the values, as they are secret: a chart may refuse that. */
  readonly hasSecrets?: boolean | undefined;
}

/** Values as a map, or as YAML in a text. `name` is the field, for people. */
export type InlineValues =
  | { readonly kind: 'map'; readonly name: string; readonly node: Node }
  | { readonly kind: 'text'; readonly name: string; readonly node: Scalar };
