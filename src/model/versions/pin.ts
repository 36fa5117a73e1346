import type { TextEdit } from '../../text/edit.ts';
import type { KnownDigest, TaggedPlace } from './tagged-images.ts';

/** How a digest is written beside a tag: behind a whole reference, behind a tag, or under a key of its own. */
export type PinForm = 'reference' | 'tag' | 'digest-key';

/** Who knows a digest: an environment of the repository, or the registry that was asked. */
export type DigestSource = { readonly known: KnownDigest } | { readonly registry: string };

/** A tag that gets a digest. */
export interface Pin extends TaggedPlace {
  readonly artifact: string;
  readonly tag: string;
  readonly digest: string;
  readonly source: DigestSource;
  readonly form: PinForm;
  readonly edit: TextEdit;
}

/** A tag that stays as it is, and why. */
export interface LeftTag extends TaggedPlace {
  readonly why: string;
  /** Where that shows: an object, a variant. */
  readonly detail?: string | undefined;
}

/** What a registry said of an image. */
export type DigestAnswer = { readonly digest: string; readonly registry: string } | { readonly why: string };
