import { isCommit } from './commit.ts';

/** An image reference, taken apart. `name` is as written, registry included. */
export interface ImageReference {
  readonly name: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
  /** Offset of the tag within the text, where there is one. */
  readonly tagStart?: number | undefined;
}

// The grammar of the distribution project (reference.go): anchored, linear.
const ALNUM = '[a-z0-9]+';
const SEPARATOR = '(?:[._]|__|[-]+)';
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const PATH_PART = `${ALNUM}(?:${SEPARATOR}${ALNUM})*`;
const NAME = `(?:${DOMAIN}/)?${PATH_PART}(?:/${PATH_PART})*`;
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^(${NAME})(?::([\\w][\\w.-]{0,127}))?(?:@(${DIGEST}))?$`);

/** Takes a reference apart; undefined for text that is none, templated text included. */
export function parseImageReference(text: string): ImageReference | undefined {
  const match = REFERENCE.exec(text);
  if (!match) return undefined;
  const [, name = '', tag, digest] = match;
  if (name.length > 255 || /^[0-9a-f]{64}$/.test(text)) return undefined;
  return { name, tag, digest, tagStart: tag === undefined ? undefined : name.length + 1 };
}

/** `nginx`, `docker.io/nginx` and `index.docker.io/library/nginx` are one image. */
export function normalizeImageName(name: string): string {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const hasRegistry = first.includes('.') || first.includes(':') || first === 'localhost' || /[A-Z]/.test(first);
  const registry = hasRegistry ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  const path = hasRegistry ? name.slice(slash + 1) : name;
  return registry === 'docker.io' && !path.includes('/') ? `docker.io/library/${path}` : `${registry}/${path}`;
}

/**
 * How much a tag promises. `mutable`: made to move. `floating`: a major version that takes every minor one.
 * `release`: a full version, a commit, a build: moved only by mistake. `opaque`: we cannot tell.
 */
export type TagClass = 'mutable' | 'floating' | 'release' | 'opaque';

const CHANNELS = new Set(
  (
    'latest main master trunk head dev devel develop development nightly edge canary unstable testing stable current next lts mainline beta alpha rc snapshot release ' +
    'prod production prd live staging stage stg preprod qa uat test int integration sandbox preview'
  ).split(' '),
);
/** Distributions and makes of an image. */
const MAKES = new Set(
  'alpine slim debian ubuntu bookworm bullseye buster trixie jammy noble focal ubi ubi8 ubi9 distroless nonroot fips minimal fpm apache'.split(' '),
);
/** Words that name a channel wherever they stand as a whole part of the tag. */
const MOVING_PART = /(?:^|[-_.])(?:latest|nightly|snapshot)(?:[-_.]|$)/i;
const BRANCH = /^(?:pr|mr|feature|feat|branch|bugfix|hotfix)[-_/].+/i;

export function classifyTag(tag: string): TagClass {
  const lower = tag.toLowerCase();
  if (CHANNELS.has(lower)) return 'mutable';
  // A commit or a date in the tag tells one build from the next, whatever else it says.
  if (lower.split(/[-_.]/).some(isCommit)) return 'release';
  if (/(?:^|[-_.])(?:19|20)\d{6}(?:$|\D)/.test(lower) || /\d{10,}/.test(lower)) return 'release';
  if (/\d+\.\d+\.\d+/.test(lower)) return MOVING_PART.test(lower) && /(?:latest|snapshot|nightly)$/.test(lower) ? 'mutable' : 'release';
  if (MOVING_PART.test(lower) || BRANCH.test(lower)) return 'mutable';
  // `stable-alpine`: a channel, in one of its makes.
  if (!/\d/.test(lower) && CHANNELS.has(lower.split(/[-_.]/)[0] ?? '')) return 'mutable';
  if (/^v?\d+(?:-[a-z][a-z0-9.]*)?$/.test(lower)) {
    // Majors are small numbers; larger ones count builds, and with a `v` those of two digits, too.
    return /^(?:v\d|\d{1,2})(?:-|$)/.test(lower) ? 'floating' : 'release';
  }
  // `alpine`, `bookworm-slim`: which version of it, the tag does not say. `1.2.x` says that it moves.
  if (lower.split(/[-_.]/).every((word) => MAKES.has(word)) || /\.x$/.test(lower)) return 'floating';
  if (/^v?\d+\.\d+(?:[-_.].*)?$/.test(lower) || /^(?:b|build)[-.]?\d+$/.test(lower)) return 'release';
  return 'opaque';
}
