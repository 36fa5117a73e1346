import type { Need, Watch } from './go-template/run/scope.ts';
import type { MapValue, Value } from './value.ts';

/**
 * Functions that hand on what they are given, pick from it, test it, or put something in its place. Others may look at all
 * of a map, or make another one of it.
 */
const CARRIERS: ReadonlySet<string> = new Set([
  ...['include', 'tpl', 'dict', 'list', 'tuple', 'set', 'unset', 'get', 'dig', 'index', 'pluck', 'hasKey', 'pick'],
  ...['default', 'coalesce', 'ternary', 'required', 'fail', 'empty', 'not', 'len', 'all', 'any'],
  ...['kindOf', 'kindIs', 'typeOf', 'typeIs', 'typeIsLike', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'deepEqual'],
  ...['append', 'mustAppend', 'prepend', 'mustPrepend', 'concat', 'first', 'mustFirst', 'last', 'mustLast', 'rest', 'mustRest', 'has', 'mustHas'],
]);

const STRENGTH: Readonly<Record<Need, number>> = { none: 0, condition: 1, output: 2 };

/** Remembers what the templates of one render asked of maps. */
export class Lookups implements Watch {
  readonly carriers = CARRIERS;
  readonly #asked = new Map<MapValue, Map<string, Need>>();
  readonly #taken = new Set<Value>();

  asked(from: MapValue, key: string, need: Need): void {
    const keys = this.#asked.get(from);
    if (!keys) {
      this.#asked.set(from, new Map([[key, need]]));
      return;
    }
    const before = keys.get(key);
    if (before === undefined || STRENGTH[before] < STRENGTH[need]) keys.set(key, need);
  }

  taken(value: Value): void {
    if ((value.kind !== 'map' && value.kind !== 'list') || this.#taken.has(value)) return;
    this.#taken.add(value);
    for (const inner of value.kind === 'map' ? value.entries.values() : value.items) this.taken(inner);
  }

  /** The keys that were looked up in a map, each with the most that hangs on it; undefined where nobody looked. */
  keysOf(from: MapValue): ReadonlyMap<string, Need> | undefined {
    return this.#asked.get(from);
  }

  /** Whether something may have looked at all of a value. */
  isTaken(value: Value): boolean {
    return this.#taken.has(value);
  }
}
