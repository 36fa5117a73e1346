import { bool } from '../value.ts';
import { authorsOf, textFrom } from './go/texts.ts';
import { deepEqual, goKindOf, goTypeOf } from './go/types.ts';
import { ANY, type Family, fn, STRING } from './signature.ts';

/** Sprig's functions of types: reflect.go. */
export const REFLECTION: Family = {
  typeOf: fn([ANY], ([value]) => textFrom(goTypeOf(value), value)),
  typeIs: fn([STRING, ANY], ([type, value]) => bool(type.text === goTypeOf(value), authorsOf(value))),
  typeIsLike: fn([STRING, ANY], ([type, value]) => bool([type.text, `*${type.text}`].includes(goTypeOf(value)), authorsOf(value))),
  kindOf: fn([ANY], ([value]) => textFrom(goKindOf(value), value)),
  kindIs: fn([STRING, ANY], ([kind, value]) => bool(kind.text === goKindOf(value), authorsOf(value))),
  deepEqual: fn([ANY, ANY], ([a, b]) => bool(deepEqual(a, b), authorsOf(a, b))),
};
