import { shownText } from '../../go-template/format/value.ts';
import type { Text, Value } from '../../value.ts';
import { isNothing, itemsOf } from './types.ts';

/** Sprig's `strslice`: the items as texts, without the nils; of what is no list the one text of it. */
export function strslice(value: Value): readonly Text[] {
  const items = itemsOf(value);
  if (items) return items.filter((item) => !isNothing(item)).map(shownText);
  return isNothing(value) ? [] : [shownText(value)];
}
