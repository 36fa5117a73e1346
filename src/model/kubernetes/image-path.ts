import type { Variant } from '../variant.ts';
import { readName } from '../vocabulary.ts';
import { normalizeImageName } from './image-reference.ts';

/** Names for the makes of one repository: builds to be tested, and those that were; and for copies of it. */
const STAGES = /^(?:snapshots?|releases?|candidates?|stable|unstable|mirrors?|cache|proxy|public|private|internal)$/i;

/** The repository of an image, to be held against those of other environments. The same path in another registry is a mirror. */
export interface ImagePath {
  /** Without the registry. */
  readonly path: string;
  /** Without words that name the environment of the variant, or the stage of a build. */
  readonly common: string;
}

export function imagePathOf(name: string, { environment }: Variant): ImagePath {
  const normal = normalizeImageName(name);
  const path = normal.slice(normal.indexOf('/') + 1).replace(/^library\//, '');
  const own = new Set(environment.name.toLowerCase().split(/[-_.]/));
  const isOwn = (word: string) => own.has(word.toLowerCase()) || (environment.tier !== 'unknown' && readName(word)?.tier === environment.tier);
  const parts = path.split('/').map((part) => {
    if (part.toLowerCase() === environment.name.toLowerCase()) return '';
    const words = part.split(/[-_.]+/).filter((word) => !isOwn(word) && !STAGES.test(word));
    return words.join('-');
  });
  return { path, common: parts.filter((part) => part !== '').join('/') };
}

/** Whether two are one repository: a mirror keeps the path of what it mirrors behind its own. */
export function isSameImagePath(one: ImagePath, two: ImagePath): boolean {
  return isMirror(one.path, two.path) || isMirror(one.common, two.common);
}

function isMirror(one: string, two: string): boolean {
  return one === two || one.endsWith(`/${two}`) || two.endsWith(`/${one}`);
}
