import { type Text, text } from '../../value.ts';
import { characterCount, type TextBuilder } from './text-builder.ts';

/** What stands between `%` and its verb. */
export interface Flags {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** `%#v`: as it would stand in a program. */
  readonly isSource: boolean;
}

export const NO_FLAGS: Flags = {
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
  isSource: false,
};

/** Adds a text, filled up to the width. Zeros fill on the left only. */
export function pad(out: TextBuilder, value: Text, { width, minus, zero }: Flags): void {
  const missing = (width ?? 0) - (width === undefined ? 0 : characterCount(value.text));
  if (missing > 0 && !minus) out.append(text((zero ? '0' : ' ').repeat(missing)));
  out.append(value);
  if (missing > 0 && minus) out.append(text(' '.repeat(missing)));
}
