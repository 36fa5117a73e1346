import { childOf, itemsOf, type Mapping, type Scalar, textOf } from '../../tree/node.ts';
import { isCommit } from './commit.ts';
import { parseImageReference } from './image-reference.ts';
import { remotesOf, revisionOf } from './kustomization.ts';

/** An image of a kustomization that is pinned to one commit, and a remote base of the same repository that is to another. */
export interface MismatchedPin {
  readonly image: string;
  readonly tag: Scalar;
  readonly base: Scalar;
  readonly revision: string;
}

/** The images whose commit is that of no remote base of the same repository, though there are such bases at a commit. */
export function mismatchedPinsOf(kustomization: Mapping): MismatchedPin[] {
  const bases = remotesOf(kustomization).flatMap((base) => {
    const revision = revisionOf(base.text);
    const commit = commitOf(revision);
    return revision !== undefined && commit !== undefined ? [{ base, revision, commit, repository: repositoryOf(base.text) }] : [];
  });
  return itemsOf(kustomization, 'images').flatMap((entry) => {
    const tag = childOf(entry, 'newTag');
    const image = parseImageReference(textOf(entry, 'newName') ?? textOf(entry, 'name') ?? '')?.name;
    const commit = tag?.kind === 'scalar' ? commitOf(tag.text) : undefined;
    if (tag?.kind !== 'scalar' || image === undefined || commit === undefined) return [];
    const name = image.slice(image.lastIndexOf('/') + 1);
    const own = bases.filter(({ repository }) => repository === name.toLowerCase());
    const [first] = own;
    return first && !own.some((base) => isSameCommit(base.commit, commit)) ? [{ image, tag, base: first.base, revision: first.revision }] : [];
  });
}

function commitOf(text = ''): string | undefined {
  const commit = text.replace(/^(?:sha-|git-|g)/, '');
  return isCommit(commit) ? commit : undefined;
}

/** One may be the beginning of the other. */
function isSameCommit(one: string, two: string): boolean {
  return one.startsWith(two) || two.startsWith(one);
}

/** The name of the repository in a remote path, without its owner: `checkout` of `https://github.com/shop/checkout//deploy?ref=…`. */
function repositoryOf(path: string): string | undefined {
  const address = path.replace(/^(?:[a-z][a-z0-9+.-]*::)?[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^[^@/]*@/, '');
  const [place = ''] = address.split('?');
  const git = /^(.*?)\.git(?:\/|$)/.exec(place)?.[1] ?? (place.includes('//') ? place.slice(0, place.indexOf('//')) : undefined);
  const parts = (git ?? place).split(/[/:]/);
  return (git === undefined ? parts[2] : parts.at(-1))?.toLowerCase();
}
