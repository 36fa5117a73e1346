import type { YamlFile } from '../yaml/parse.ts';
import type { EffectSum } from './effect-sum.ts';
import type { Environment } from './environment.ts';
import type { App, Variant } from './variant.ts';

/** The whole repository, each of its variants rendered once. */
export interface Repository {
  readonly environments: readonly Environment[];
  readonly apps: readonly App[];
  readonly variants: readonly Variant[];
  /** Every YAML file that some render read, sorted by path. */
  readonly files: readonly ReachedFile[];
  /** What each entry of each kustomization did, added up over all builds that read it. */
  readonly effects: readonly EffectSum[];
}

/** A file that renders read, and for which variants. */
export interface ReachedFile {
  readonly yaml: YamlFile;
  readonly variants: readonly Variant[];
}
