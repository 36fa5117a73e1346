import { goKindOf } from '../functions/go/types.ts';
import type { Value } from '../value.ts';
import { isComplex } from './complex.ts';

/** What `if` takes for true: whatever is not the zero of its type. */
export function isTrue(value: Value): boolean {
  switch (value.kind) {
    case 'string':
      return value.text !== '';
    case 'int':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'bool':
      return value.value;
    case 'map':
      return value.entries.size > 0;
    case 'list':
      return value.items.length > 0;
    case 'host':
      if (isComplex(value)) return value.real !== 0 || value.imaginary !== 0;
      return ['struct', 'ptr'].includes(goKindOf(value)) || isTrue(value.plain());
    default:
      return false;
  }
}
