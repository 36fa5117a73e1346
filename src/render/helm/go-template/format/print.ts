import type { Text, Value } from '../../value.ts';
import { NO_FLAGS } from './flags.ts';
import { TextBuilder } from './text-builder.ts';
import { formatValue } from './value.ts';

/** Go's `fmt.Sprint`: a space between two values when neither is a text. */
export function sprint(values: readonly Value[]): Text {
  const [only] = values;
  if (values.length === 1 && only?.kind === 'string') return only;
  const out = new TextBuilder();
  for (const [index, value] of values.entries()) {
    if (index > 0 && value.kind !== 'string' && values[index - 1]?.kind !== 'string') out.write(' ');
    formatValue(out, value, 'v', NO_FLAGS);
  }
  return out.build();
}

/** Go's `fmt.Sprintln`: a space between any two values, and a line break. */
export function sprintln(values: readonly Value[]): Text {
  const out = new TextBuilder();
  for (const [index, value] of values.entries()) {
    if (index > 0) out.write(' ');
    formatValue(out, value, 'v', NO_FLAGS);
  }
  out.write('\n');
  return out.build();
}
