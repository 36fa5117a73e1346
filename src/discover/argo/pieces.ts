import { join, type Piece, pieceOf } from '../../render/kustomize/writing.ts';
import type { Origin, Scalar } from '../../tree/node.ts';
import { plainValue } from '../../tree/scalar-value.ts';

/** Puts together what a template becomes, stretch by stretch, and keeps who wrote each. */
export interface Pieces {
  /** A stretch of the template as it stands there. */
  copy(from: number, to: number): void;
  /** A value, with its own authors. */
  write(value: Scalar): void;
  /** The whole; the template itself where nothing was written into it. */
  finish(weak?: readonly Origin[]): Scalar;
}

/** A template field is a text to Argo CD, whatever is filled into it: a plain scalar is quoted where it would be read as something else. */
export function piecesOf(template: Scalar): Pieces {
  const pieces: Piece[] = [];
  return {
    copy: (from, to) => {
      if (from < to) pieces.push(pieceOf(template, from, to));
    },
    write: (value) => void pieces.push(pieceOf(value)),
    finish: (weak = []) => {
      const whole = join(pieces, template.style, template.origin);
      if (whole.text === template.text && pieces.every(({ origin }) => origin === template.origin)) return template;
      const isPlainText = template.style !== 'plain' || plainValue(whole.text, 'kubectl').type === 'string';
      return { ...whole, style: isPlainText ? template.style : 'double-quoted', weak: weak.length > 0 ? [...new Set(weak)] : undefined };
    },
  };
}
