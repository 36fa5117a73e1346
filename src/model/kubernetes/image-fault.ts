import { parseImageReference } from './image-reference.ts';

/** What makes a text no reference to an image. `start`–`end` is the part of the text that is wrong. */
export interface ImageFault {
  readonly part: 'digest' | 'tag' | 'name' | 'id';
  /** For people, without a full stop. */
  readonly why: string;
  readonly start: number;
  readonly end: number;
}

/** How many hexadecimal digits an algorithm makes. */
const DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** What templates and scripts leave for a later step; a scheme, as of `ko://`, is for a tool. */
const TEMPLATED = /[${}<>%[\]#*]|^\w+:\/\/|__|\.\.\.|…/;
/** A whole part in capitals, as in `IMAGE` or `shop/checkout:TAG_OF_BUILD`, stands for what somebody fills in. */
const STAND_IN = /(?:^|[/:@])[A-Z][A-Z0-9_-]{2,}(?=$|[/:@])/;
/** A value was not there when the text was put together: it comes with the deployment, as the tag of `shop/checkout:`. */
const HOLE = /^\s*$|^[/:@]|[/:@]$|\/\/|\/:|:@/;
const HEXADECIMAL = /@(sha\d+):([0-9a-fA-F]+)$/;

/**
 * What is wrong with the text of an image by the grammar of the distribution project, and by the length of its digest.
 * Undefined for a reference, and for text that a later step completes.
 */
export function imageFaultOf(text: string): ImageFault | undefined {
  if (TEMPLATED.test(text)) return undefined;
  const digest = digestFault(text);
  if (digest) return digest;
  // It reads as an image called `sha256`, and means none.
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(text)) return { part: 'id', why: 'it is an id, which no registry knows', start: 0, end: text.length };
  if (parseImageReference(text) !== undefined || STAND_IN.test(text) || HOLE.test(text)) return undefined;
  const at = text.indexOf('@');
  const tagged = at === -1 ? text : text.slice(0, at);
  if (parseImageReference(tagged) !== undefined)
    return { part: 'digest', why: 'its digest is to be "sha256:" and 64 hexadecimal digits', start: at + 1, end: text.length };
  const colon = tagged.lastIndexOf(':');
  const isTagged = colon > tagged.lastIndexOf('/');
  if (isTagged && parseImageReference(tagged.slice(0, colon)) !== undefined) {
    const isLong = tagged.length - colon - 1 > 128;
    const why = isLong ? 'its tag has more than 128 characters' : 'its tag may have letters, digits, "_", "." and "-" only, and begin with no "." or "-"';
    return { part: 'tag', why, start: colon + 1, end: tagged.length };
  }
  const end = isTagged ? colon : tagged.length;
  return { part: 'name', why: whyNoName(tagged.slice(0, end)), start: 0, end };
}

function whyNoName(name: string): string {
  if (name.length > 255) return 'its name has more than 255 characters';
  // In the name of the registry capitals are allowed.
  const path = name.includes('/') ? name.slice(name.indexOf('/')) : name;
  if (/[A-Z]/.test(path)) return 'its name has capital letters';
  return /\s/.test(name) ? 'its name has a blank' : 'its name may have small letters and digits only, joined by ".", "_", "-" and "/"';
}

/** A digest that is cut off, or one digit too long, or in capital letters. */
function digestFault(text: string): ImageFault | undefined {
  const [found, algorithm = '', digits = ''] = HEXADECIMAL.exec(text) ?? [];
  const length = DIGITS[algorithm];
  if (found === undefined || length === undefined || (digits.length === length && digits === digits.toLowerCase())) return undefined;
  const why =
    digits.length === length ? 'the digits of its digest are to be in lower case' : `its digest has ${digits.length} digits, and ${algorithm} makes ${length}`;
  return { part: 'digest', why, start: text.length - found.length + 1, end: text.length };
}
