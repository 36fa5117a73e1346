import type { YamlFile } from '../yaml/parse.ts';
import type { CodeOwners } from './code-owners.ts';
import type { DeployerNote, Deployment } from './deployment.ts';
import type { EffectSum } from './effect-sum.ts';
import type { Environment } from './environment.ts';
import type { LooseFile } from './loose-file.ts';
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
  /** What the objects of Flux and Argo CD deploy. */
  readonly deployments: readonly Deployment[];
  /** What is wrong in such objects themselves. */
  readonly deployerProblems: readonly DeployerNote[];
  /** What cannot be known of them: they may deploy more than is told. */
  readonly deployerGaps: readonly DeployerNote[];
  /** Patterns of git generators that find nothing; each note's message is the pattern. */
  readonly unmatchedPatterns: readonly DeployerNote[];
  /** Manifests beside kustomizations that nothing includes, sorted by path. */
  readonly looseFiles: readonly LooseFile[];
  /** Who owns which path; undefined where no file says so. */
  readonly codeOwners: CodeOwners | undefined;
  /** Whether git ever saw a text in one of some files or folders of the repository's own tree; undefined where its history is not whole. */
  readonly everHeld: ((text: string, paths: readonly string[]) => boolean) | undefined;
  /** What it was before a change; undefined where nobody asked what is new. */
  readonly since: Change | undefined;
}

/** A file that renders read, and for which variants. */
export interface ReachedFile {
  readonly yaml: YamlFile;
  readonly variants: readonly Variant[];
}

/** What a repository was before a change, and which files that touched. */
export interface Change {
  readonly before: Repository;
  /** Names of the files that are other than before, those that are new or gone included. */
  readonly files: ReadonlySet<string>;
}
