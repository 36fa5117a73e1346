import type { Origin } from '../../../../tree/node.ts';
import type { Text, Value } from '../../value.ts';

/** Half-open, UTF-16 offsets into the text of a template. */
export interface Placed {
  readonly start: number;
  readonly end: number;
}

/** A template that was read: what a file or a `define` holds. */
export interface Template {
  readonly name: string;
  readonly nodes: readonly Node[];
  /** Who wrote a part of its text; never empty. */
  readonly place: Place;
}

export type Origins = readonly [Origin, ...Origin[]];
export type Place = (start: number, end: number) => Origins;

export type Node = TextNode | Action | Branch | Range | Invocation | { readonly kind: 'break' } | { readonly kind: 'continue' };

/** What stands between actions, with its authors, line by line. */
interface TextNode {
  readonly kind: 'text';
  readonly value: Text;
}

/** Whatever stands in braces and has a pipeline. `start` and `end` include the braces. */
interface Braced extends Placed {
  readonly pipe: Pipe;
  /** Who wrote it. */
  readonly origins: Origins;
}

export interface Action extends Braced {
  readonly kind: 'action';
}

export interface Branch extends Braced {
  readonly kind: 'if' | 'with';
  readonly body: readonly Node[];
  /** `else if` is an `else` with an `if` in it. */
  readonly otherwise: readonly Node[];
}

export interface Range extends Braced {
  readonly kind: 'range';
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
}

/** `{{ template "name" pipe }}`, and a `block`, whose body is a template of its own. */
export interface Invocation extends Placed {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: Pipe | undefined;
  readonly origins: Origins;
}

/** `$x := a | b c`. */
export interface Pipe extends Placed {
  readonly kind: 'pipe';
  /** Names with their dollar sign: one, two for a range, or none. */
  readonly variables: readonly string[];
  /** `=` and not `:=`. */
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

export interface Command extends Placed {
  readonly operands: readonly [Operand, ...Operand[]];
}

export type Operand =
  | ({ readonly kind: 'dot' | 'nil' } & Placed)
  /** A number, bool or text, and how it is written. */
  | ({ readonly kind: 'literal'; readonly value: Value; readonly written: string } & Placed)
  /** An integer that no `int` can hold; an error where it is evaluated. */
  | ({ readonly kind: 'overflow'; readonly written: string } & Placed)
  | ({ readonly kind: 'function'; readonly name: string } & Placed)
  /** `.a.b` */
  | ({ readonly kind: 'field'; readonly names: readonly [string, ...string[]] } & Placed)
  /** `$x`, `$x.a.b` */
  | ({ readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] } & Placed)
  /** `(pipe).a.b`, `function.a.b` */
  | ({ readonly kind: 'chain'; readonly base: Operand; readonly names: readonly string[] } & Placed)
  | Pipe;

/** Whether nothing but white space is in it: such a definition replaces no other. */
export function isBlank(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node.kind === 'text' && node.value.text.trim() === '');
}
