import { TemplateFailure } from '../../value.ts';

/** A text longer than this is no manifest. */
const MAX_LENGTH = 50 * 2 ** 20;
/** Nor does one have lists of more items. */
const MAX_ITEMS = 1_000_000;
/** Values within values; a map that `set` made hold itself has no end. */
const MAX_DEPTH = 1000;

/** Throws before a text of that length is made. */
export function checkLength(length: number): void {
  if (length > MAX_LENGTH) throw new TemplateFailure('the text is longer than 50 MiB');
}

/** Throws before a list of that many items is made. */
export function checkItems(count: number): void {
  if (count > MAX_ITEMS) throw new TemplateFailure(`the list has more than ${MAX_ITEMS} items`);
}

/** Throws where values lie too deep within each other. */
export function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new TemplateFailure('the value holds itself, or values lie too deep within each other');
}
