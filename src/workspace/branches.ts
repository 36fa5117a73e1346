import { compareText } from '../text/location.ts';
import { git, notARepository } from './git.ts';

/** What tells the branches that are meant, such as `env/{env}`; the names it takes from one, or undefined for no match. */
export interface BranchPattern {
  readonly text: string;
  match(branch: string): Readonly<Record<string, string>> | undefined;
}

/** A branch that holds an environment. */
export interface Branch {
  /** How git's users write it, and what stands before its paths: `env/prod`, `origin/env/prod`. */
  readonly name: string;
  /** Without the remote: what the pattern was held against. */
  readonly branch: string;
  /** The commit it was on when it was found: reading goes on from there, wherever the branch moves. */
  readonly commit: string;
  readonly environment: string;
  /** What the pattern took from it, `env` included. */
  readonly names: Readonly<Record<string, string>>;
  /** The working tree is on it: its files are read there, so that edits count. */
  readonly isCheckedOut: boolean;
}

export interface FoundBranches {
  /** Sorted by their names without the remote. */
  readonly branches: readonly Branch[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

/**
 * The branches of the repository that match: local ones, and of remotes what was fetched. A local one wins over those of
 * remotes, and `origin` over other remotes. Where there are none, `leftOut` says why.
 */
export function branchesMatching(root: string, pattern: BranchPattern): FoundBranches {
  const refs = refsOf(root);
  if (!refs) return { branches: [], leftOut: [{ name: pattern.text, why: notARepository(root, '"branches" in .gitopsrc').message }] };
  const matching = [...refs].flatMap(([branch, ref]) => {
    const names = pattern.match(branch);
    return names ? [{ branch, ref, names }] : [];
  });
  if (matching.length === 0)
    return { branches: [], leftOut: [{ name: pattern.text, why: 'no branch of this clone matches; others have to be fetched first' }] };
  const leftOut: { name: string; why: string }[] = [];
  const meant = matching.flatMap(({ branch, ref, names }) => {
    const why = whyNot(branch, names, (twin) => refs.has(twin) && pattern.match(twin) !== undefined);
    if (why === undefined) return [{ branch, ref, names, environment: names['env'] ?? '' }];
    leftOut.push({ name: ref.name, why });
    return [];
  });
  const head = headOf(root);
  const onHead = meant.filter(({ ref }) => ref.commit === head?.commit);
  const branches = meant.map(({ branch, ref, names, environment }): Branch => {
    // Pipelines check a commit out, not a branch: where one branch alone is there, it is meant.
    const isCheckedOut = head !== undefined && (head.ref === undefined ? onHead.length === 1 && onHead[0]?.ref === ref : head.ref === ref.ref);
    return { name: ref.name, branch, commit: ref.commit, environment, names, isCheckedOut };
  });
  return { branches, leftOut };
}

/** Why a branch that matches is no environment. */
function whyNot(branch: string, names: Readonly<Record<string, string>>, isMeant: (branch: string) => boolean): string | undefined {
  if (!names['env']) return 'the pattern takes no {env} from its name';
  // GitOps Promoter writes what it is about to promote into a branch beside that of the environment.
  const twin = branch.endsWith('-next') ? branch.slice(0, -'-next'.length) : undefined;
  return twin !== undefined && isMeant(twin) ? `by its name, what is proposed for "${twin}"` : undefined;
}

interface Ref {
  readonly ref: string;
  readonly name: string;
  readonly commit: string;
}

/** All branches by their names without a remote, sorted; of each the local one, if there is one. Undefined where git does not work. */
function refsOf(root: string): ReadonlyMap<string, Ref> | undefined {
  const listed = textOf(root, ['for-each-ref', '--format=%(refname) %(objectname) %(symref)', 'refs/heads', 'refs/remotes']);
  if (listed === undefined) return undefined;
  // The name of a remote may have slashes in it: the longest that fits is meant.
  const remotes = (textOf(root, ['remote']) ?? '').split('\n').filter(Boolean);
  remotes.sort((a, b) => b.length - a.length || compareText(a, b));
  const found: { readonly branch: string; readonly remote: string; readonly ref: Ref }[] = [];
  for (const line of listed.split('\n')) {
    const [ref = '', commit = '', alias] = line.split(' ');
    // Another name for a branch, such as origin/HEAD.
    if (!ref || alias) continue;
    const name = ref.replace(/^refs\/(?:heads|remotes)\//, '');
    const isLocal = ref.startsWith('refs/heads/');
    const remote = isLocal ? '' : remotes.find((each) => name.startsWith(`${each}/`));
    if (remote === undefined) continue;
    found.push({ branch: remote ? name.slice(remote.length + 1) : name, remote, ref: { ref, name, commit } });
  }
  const rank = (remote: string): string => (remote === '' ? '0' : remote === 'origin' ? '1' : `2${remote}`);
  found.sort((a, b) => compareText(a.branch, b.branch) || compareText(rank(a.remote), rank(b.remote)));
  const refs = new Map<string, Ref>();
  for (const { branch, ref } of found) if (!refs.has(branch)) refs.set(branch, ref);
  return refs;
}

/** What is checked out: the ref of the branch, or only a commit. Undefined in a bare repository: there is no working tree. */
function headOf(root: string): { readonly ref?: string; readonly commit?: string } | undefined {
  if (textOf(root, ['rev-parse', '--is-inside-work-tree']) !== 'true') return undefined;
  const ref = textOf(root, ['symbolic-ref', '-q', 'HEAD']);
  if (ref) return { ref };
  const commit = textOf(root, ['rev-parse', '--verify', '-q', 'HEAD']);
  return commit ? { commit } : undefined;
}

function textOf(root: string, args: readonly string[]): string | undefined {
  return git(root, args)?.toString('utf8').replace(/\n$/, '');
}
