import { itemsOf, type Mapping, type Node, type Origin, type Scalar } from '../../tree/node.ts';
import type { ReachedFile } from '../repository.ts';

const FILE = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** Whether a file is a kustomization, by its name. */
export function isKustomizationPath(path: string): boolean {
  return FILE.test(path);
}

/** The kustomization that a file holds, as written; undefined for any other file. */
export function kustomizationOf({ yaml }: ReachedFile): Mapping | undefined {
  const root = yaml.documents[0]?.root;
  return isKustomizationPath(yaml.file.path) && root?.kind === 'mapping' ? root : undefined;
}

/** Whether a path of a kustomization is to be fetched (api/internal/git/repospec.go, and what is read over HTTP). */
export function isRemote(path: string): boolean {
  return (
    /^(?:[a-z][a-z0-9+.-]*::)?[a-z][a-z0-9+.-]*:\/\//i.test(path) ||
    /^(?:[a-z][a-z0-9+.-]*::)?[\w.-]+@[\w.-]+[:/]/i.test(path) ||
    /^(?:gh:|(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)[/:])/i.test(path) ||
    /[?&](?:ref|version)=|\.git(?:$|\/\/|\?)|\/_git\//.test(path)
  );
}

/** The remote bases and files that a kustomization builds on. */
export function remotesOf(kustomization: Mapping): Scalar[] {
  return ['resources', 'bases', 'components'].flatMap((field) =>
    itemsOf(kustomization, field).filter((item: Node): item is Scalar => item.kind === 'scalar' && isRemote(item.text)),
  );
}

/**
 * Which revision a remote path names: `?ref=`, or the part of an address of raw files and releases that stands for one.
 * `refs/heads/` stays before a branch, whatever the branch is called.
 */
export function revisionOf(path: string): string | undefined {
  const query = /[?&](?:ref|version)=([^&]*)/.exec(path)?.[1];
  if (query) return query;
  const release = /\/releases\/(?:download\/([^/]+)|(latest)\/download)\//.exec(path);
  if (release) return release[1] ?? release[2];
  const raw =
    /^https?:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/((?:refs\/(?:heads|tags)\/)?[^/]+)\//.exec(path) ??
    /\/(?:raw|blob)\/((?:refs\/(?:heads|tags)\/)?[^/]+)\//.exec(path);
  if (raw) return raw[1];
  // Any other address of a file: a version in it is the best that there is. A folder of a repository is no version of it.
  return /^https?:\/\/[^/]+\/(?:.*[/@-])?(v?\d+\.\d+(?:\.\d+)?[\w.-]*)(?:\/.*)?(?<=\.(?:ya?ml|json))$/.exec(path)?.[1];
}

/** Revisions that are made to move. */
const MOVING = new Set([
  'main',
  'master',
  'head',
  'trunk',
  'develop',
  'development',
  'dev',
  'latest',
  'stable',
  'staging',
  'production',
  'prod',
  'nightly',
  'edge',
  'release',
]);

/** Whether a revision is a branch by its name: it brings other content tomorrow. `release-1.10` is the branch, `release-1.10.2` a tag on it. */
export function isMovingRevision(revision: string): boolean {
  return MOVING.has(revision.toLowerCase()) || /^(?:(?:release|feature|hotfix|refs\/heads)\/.*|release-v?\d+\.\d+|v?\d+(?:\.\d+)?\.x)$/i.test(revision);
}

/** The strategic merge and JSON patches of a kustomization that name a target, with that target. */
export function targetsOf(kustomization: Mapping): { readonly entry: Node; readonly target: Mapping }[] {
  return itemsOf(kustomization, 'patches').flatMap((entry) => {
    const target = entry.kind === 'mapping' ? entry.entries.find(({ key }) => key.text === 'target')?.value : undefined;
    return target?.kind === 'mapping' ? [{ entry, target }] : [];
  });
}

/** Whether a selector says nothing, and so selects everything. */
export function isEmptySelector(target: Mapping): boolean {
  return target.entries.every(({ value }) => value.kind === 'scalar' && value.text === '');
}

/** The entry of a kustomization at a place, as written: what an effect is the effect of. */
export function entryAt(files: readonly ReachedFile[], { file: { name }, start }: Origin): Node | undefined {
  const file = files.find(({ yaml }) => yaml.file.name === name);
  const fields = (file && kustomizationOf(file)?.entries) ?? [];
  return fields.flatMap(({ value }) => (value.kind === 'sequence' ? value.items : [])).find(({ origin }) => origin.start === start);
}
