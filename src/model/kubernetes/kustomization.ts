import { itemsOf, type Mapping, type Node, type Scalar, textOf } from '../../tree/node.ts';
import type { ReachedFile } from '../repository.ts';

const FILE = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** The kustomization that a file holds, as written; undefined for any other file. */
export function kustomizationOf({ yaml }: ReachedFile): Mapping | undefined {
  const root = yaml.documents[0]?.root;
  return FILE.test(yaml.file.path) && root?.kind === 'mapping' ? root : undefined;
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

/** Which revision a remote path names: `?ref=`, or the part of an address of raw files and releases that stands for one. */
export function revisionOf(path: string): string | undefined {
  const query = /[?&](?:ref|version)=([^&]*)/.exec(path)?.[1];
  if (query) return query;
  const release = /\/releases\/(?:download\/([^/]+)|(latest)\/download)\//.exec(path);
  if (release) return release[1] ?? release[2];
  const raw =
    /^https?:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/(?:refs\/(?:heads|tags)\/)?([^/]+)\//.exec(path) ??
    /\/(?:raw|blob)\/(?:refs\/(?:heads|tags)\/)?([^/]+)\//.exec(path);
  if (raw) return raw[1];
  // Any other address of a file: a version in it is the best that there is.
  return /[/@-](v?\d+\.\d+(?:\.\d+)?[\w.-]*)(?:\/|$)/.exec(path)?.[1];
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

/** Whether a revision is a branch by its name: it brings other content tomorrow. */
export function isMovingRevision(revision: string): boolean {
  return MOVING.has(revision.toLowerCase()) || /^(?:release|feature|hotfix|refs\/heads)\//i.test(revision);
}

/** The strategic merge and JSON patches of a kustomization that name a target, with that target. */
export function targetsOf(kustomization: Mapping): { readonly entry: Node; readonly target: Mapping }[] {
  return itemsOf(kustomization, 'patches').flatMap((entry) => {
    const target = entry.kind === 'mapping' ? entry.entries.find(({ key }) => key.text === 'target')?.value : undefined;
    return target?.kind === 'mapping' ? [{ entry, target }] : [];
  });
}

/** What a selector of a patch may say, and that it says something. */
export function isEmptySelector(target: Mapping): boolean {
  return ['group', 'version', 'kind', 'name', 'namespace', 'labelSelector', 'annotationSelector'].every((field) => !textOf(target, field));
}
