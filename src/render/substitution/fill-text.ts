import type { Substitution } from '../../model/substitution.ts';
import type { Scalar } from '../../tree/node.ts';
import { originAs, type Piece, pieceOf } from '../kustomize/writing.ts';
import { isDefault, operate } from './operators.ts';
import { type Part, parseTemplate, type RefusedText, type Variable } from './template.ts';

/** A text with its variables filled in, as far as their values are known. */
export type FilledText = { readonly pieces: readonly Piece[]; readonly unset: readonly Variable[] } | RefusedText;

/** Fills in the variables of a text. Where a value is not known, or secret, its place stays as it is written. */
export function fillText(node: Scalar, substitution: Substitution): FilledText {
  const template = parseTemplate(node.text);
  if ('refusal' in template) return template;
  const unset: Variable[] = [];
  const scene: Scene = { node, substitution, unset };
  const pieces = template.parts.flatMap((part) => piecesOf(part, scene) ?? pieceOf(node, part.start, part.end));
  return { pieces, unset };
}

interface Scene {
  readonly node: Scalar;
  readonly substitution: Substitution;
  readonly unset: Variable[];
}

/** What becomes of a part; undefined where nobody knows. */
function piecesOf(part: Part, scene: Scene): readonly Piece[] | undefined {
  const { node, substitution, unset } = scene;
  if (part.kind === 'text') return [{ ...pieceOf(node, part.start, part.end), text: part.text, ...(isVerbatim(part) ? {} : { parts: undefined }) }];
  const { name, operator, operands } = part;
  const value = substitution.variables.get(name);
  const isGiven = substitution.variables.has(name);
  if (!isGiven && !isDefault(operator)) unset.push(part);
  if (!value && (isGiven || substitution.elsewhere.length > 0)) return undefined;
  const own = value ? onOneLine(value) : [];
  if (isDefault(operator)) return own.length > 0 ? own : joined(operands, scene);
  if (operator === '') return own;
  const texts = operands.map((operand) => {
    const pieces = piecesOf(operand, scene);
    return pieces && textOf(pieces);
  });
  if (texts.some((text) => text === undefined)) return undefined;
  const text = operate(
    operator,
    textOf(own),
    texts.filter((each) => each !== undefined),
  );
  const origin = value ? { ...originAs(value.origin, 'substitution'), precision: 'entry' as const } : node.origin;
  return text === '' ? [] : [{ text, parts: undefined, origin }];
}

function isVerbatim({ text, start, end }: Part & { readonly kind: 'text' }): boolean {
  return text.length === end - start;
}

function joined(operands: readonly Part[], scene: Scene): readonly Piece[] | undefined {
  const values = operands.map((operand) => piecesOf(operand, scene));
  return values.every((pieces) => pieces !== undefined) ? values.flat() : undefined;
}

/** A value with all who wrote it. Flux takes line breaks out of it. */
function onOneLine(value: Scalar): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const line of value.text.split('\n')) {
    if (line !== '') {
      const { text, parts, origin } = pieceOf(value, from, from + line.length);
      pieces.push({
        text,
        parts: parts?.map((part) => ({ ...part, origin: originAs(part.origin, 'substitution') })),
        origin: originAs(origin, 'substitution'),
      });
    }
    from += line.length + 1;
  }
  return pieces;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
