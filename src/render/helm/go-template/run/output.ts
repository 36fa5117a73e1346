import type { Origin } from '../../../../tree/node.ts';
import type { Stretch, Text } from '../../value.ts';

/** What a template puts out, piece by piece; joined once, when it is done. */
export class Output {
  readonly #pieces: Text[] = [];
  readonly #conditions: (readonly Origin[] | undefined)[] = [];

  /** Adds a text that was put out under conditions. */
  add(value: Text, conditions: readonly Origin[] | undefined): void {
    if (value.text === '') return;
    this.#pieces.push(value);
    this.#conditions.push(conditions);
  }

  build(): Text {
    const stretches: Stretch[] = [];
    let text = '';
    for (let index = 0; index < this.#pieces.length; index += 1) {
      const value = this.#pieces[index] as Text;
      const conditions = this.#conditions[index];
      // The stretches of a piece have nearly always the same conditions: they share what those make with the ones around.
      let [inner, both]: readonly (readonly Origin[] | undefined)[] = [undefined, conditions];
      for (const { start, end, origins, weak } of value.stretches) {
        if (weak !== inner) [inner, both] = [weak, united(weak, conditions)];
        stretches.push({ start: start + text.length, end: end + text.length, origins, weak: both });
      }
      text += value.text;
    }
    return { kind: 'string', text, stretches };
  }
}

/** The conditions of both. Those of an included template begin with the ones around it, and are taken as they are. */
export function united(inner: readonly Origin[] | undefined, outer: readonly Origin[] | undefined): readonly Origin[] | undefined {
  if (!inner || !outer || inner === outer) return inner ?? outer;
  const missing = outer.filter((origin, index) => inner[index] !== origin && !inner.includes(origin));
  return missing.length === 0 ? inner : [...inner, ...missing];
}
