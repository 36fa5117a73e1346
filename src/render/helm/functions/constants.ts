/**
 * What stands for that which Helm draws by lot or takes from a clock: of the right shape and always the same. None of it
 * is a key, and nothing can be opened with it.
 */

/** The moment that `now` gives: 2020-01-01T00:00:00Z, in seconds. */
export const NOW = 1_577_836_800;

/** Of version 4, with nothing drawn. */
export const UUID = '00000000-0000-4000-8000-000000000000';

/** 22 letters of salt and 31 of a digest, as bcrypt writes them. */
export const BCRYPT = `$2a$10$${'x'.repeat(53)}`;

/** A PEM block of that type. */
export function pemBlock(type: string): string {
  const body = Buffer.from(`This stands for a ${type.toLowerCase()} that is generated when the chart is installed.`).toString('base64');
  return `-----BEGIN ${type}-----\n${body.replaceAll(/(.{64})(?=.)/g, '$1\n')}\n-----END ${type}-----\n`;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** So many characters of a kind, in turn. */
export function drawn(count: number, kind: 'letters' | 'digits' | 'both'): string {
  const alphabet = kind === 'letters' ? LETTERS : kind === 'digits' ? '1234567890' : `${LETTERS}1234567890`;
  return alphabet.repeat(Math.ceil(Math.max(count, 0) / alphabet.length)).slice(0, Math.max(count, 0));
}
