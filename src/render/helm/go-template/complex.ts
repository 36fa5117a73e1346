import type { Host, Value } from '../value.ts';
import { text } from '../value.ts';
import { formatFloat } from './format/float.ts';

/** A complex number: Go's templates have literals for them (`1+2i`), and nothing else that makes one. */
interface Complex extends Host {
  readonly real: number;
  readonly imaginary: number;
}

export function complex(real: number, imaginary: number): Complex {
  const [left, right] = [real, imaginary].map((part) => formatFloat(part, 'g'));
  return {
    kind: 'host',
    type: 'complex128',
    real,
    imaginary,
    field: () => undefined,
    method: () => undefined,
    plain: () => text(`(${left}${/^[+-]/.test(right ?? '') ? '' : '+'}${right}i)`),
  };
}

export function isComplex(value: Value): value is Complex {
  return value.kind === 'host' && value.type === 'complex128';
}
