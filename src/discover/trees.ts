import type { DeclaredBranches, DeclaredEnvironment } from '../model/declaration.ts';
import type { Discovery } from '../model/discovery.ts';
import { isShared, readName } from '../model/vocabulary.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A tree of files in which environments live: the working tree, a branch, another repository. */
export interface Tree {
  /** What stands before its paths: `env/prod`, `../prod`; `''` for the repository's own tree. */
  readonly name: string;
  /** Whose tree it is; undefined where its folders tell that, as they do in one repository. */
  readonly environment?: string | undefined;
  /** Of a branch its name, without the remote. */
  readonly branch?: string | undefined;
  /** Whose branch it is, where its name tells the app. */
  readonly app?: string | undefined;
  /** What else the name of the branch tells. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly workspace: Workspace;
  /** The line of `.gitopsrc` that speaks of it. */
  readonly origin?: DeclaredBranches['origin'] | undefined;
}

/** What was found in a tree that was looked at by itself. */
export interface FoundTree {
  readonly tree: Tree;
  readonly discovery: Discovery;
}

/** What the name of a branch tells of its tree, by the names that the pattern takes from it. */
export function namedBy({ env, app, ...labels }: Readonly<Record<string, string>>): Pick<Tree, 'environment' | 'app' | 'labels'> {
  return { environment: env, app, labels };
}

/**
 * Of the branches that match a pattern those that are environments. Groups and shared parts are none; where the pattern
 * is made of names alone, as `{env}` is, any branch would match: then its name has to tell, or be declared.
 */
export function environmentBranches<B extends { readonly name: string; readonly environment: string }>(
  branches: readonly B[],
  pattern: string,
  declared: readonly DeclaredEnvironment[],
): { readonly branches: readonly B[]; readonly leftOut: Discovery['leftOut'] } {
  const isOpen = /^(?:\{[^{}]*\}|[*/])*$/.test(pattern);
  const whyNot = ({ environment }: B): string | undefined => {
    if (declared.some(({ name }) => name === environment)) return undefined;
    if (isShared(environment)) return 'by its name, what several environments share';
    const form = readName(environment)?.form;
    return isOpen && (form === undefined || form === 'part') ? 'its name tells no environment; declare it under "environments" if it is one' : undefined;
  };
  return {
    branches: branches.filter((branch) => whyNot(branch) === undefined),
    leftOut: branches.flatMap((branch) => {
      const why = whyNot(branch);
      return why === undefined ? [] : [{ name: branch.name, why }];
    }),
  };
}

/** `branch "env/prod"`, `repository "../prod"`. */
export function titleOf({ name, branch }: Tree): string {
  if (branch === undefined) return `repository "${name}"`;
  return name ? `branch "${name}"` : `branch "${branch}", which is checked out`;
}
