import { concat, slice, type Text } from '../value.ts';

const NO_VALUE = '<no value>';

/** The text without `<no value>`, which Helm erases from the output of files and of `tpl`, whoever wrote it. */
export function withoutNoValue(value: Text): Text {
  let at = value.text.indexOf(NO_VALUE);
  if (at === -1) return value;
  const parts: Text[] = [];
  let start = 0;
  for (; at !== -1; at = value.text.indexOf(NO_VALUE, start)) {
    parts.push(slice(value, start, at));
    start = at + NO_VALUE.length;
  }
  parts.push(slice(value, start));
  return concat(parts);
}
