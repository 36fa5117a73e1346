import type { DeclaredEnvironment } from '../../model/declaration.ts';
import type { Tier } from '../../model/environment.ts';
import { placeOf, readName } from '../../model/vocabulary.ts';
import { isHelper, isPlainPreset, roleOf, type WordRole } from './words.ts';

/** The name of an environment, as a part of a file's or folder's name says it. */
export interface Known {
  readonly kind: 'known';
  readonly environment: string;
  readonly tier: Tier;
  /** One spelling for all aliases of the word. */
  readonly word: string;
  /** The word alone is convincing, or was declared. */
  readonly plain: boolean;
  readonly isDeclared: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** `shop-prod`: an environment, and something that is not part of its name if others have it, too. */
export interface Compound {
  readonly kind: 'compound';
  readonly inner: Known;
  readonly affix: string;
  readonly whole: Known;
}

/** What varies in the names of files that stand side by side. */
export type Token = Known | Compound | { readonly kind: WordRole };

export type DeclaredNames = ReadonlyMap<string, DeclaredEnvironment>;

/** Reads what varies in a file's name. What is declared needs no other evidence. */
export function readToken(name: string, declared: DeclaredNames): Token {
  const reading = readName(name);
  const own = declared.get(name);
  if (own)
    return {
      kind: 'known',
      environment: name,
      tier: own.tier ?? reading?.tier ?? 'unknown',
      word: name,
      plain: true,
      isDeclared: true,
      labels: reading?.labels ?? {},
    };
  if (!reading || isHelper(name)) return { kind: roleOf(name) };
  // `live` is what some call production, and says little alone.
  const known: Known = {
    kind: 'known',
    environment: name,
    tier: reading.tier,
    word: reading.word,
    plain: reading.plain || reading.word === 'live',
    isDeclared: false,
    labels: reading.labels,
  };
  return reading.form === 'part' ? (compoundOf(name, known) ?? { kind: 'helper' }) : known;
}

/** Takes `checkout-prod-eu` apart into `prod-eu` and `checkout`; undefined where the rest is a preset or another environment. */
function compoundOf(name: string, whole: Known): Compound | undefined {
  const words = [...name.matchAll(/[^-_.]+/g)];
  for (let from = 0; from < words.length; from += 1) {
    for (let to = words.length; to > from; to -= 1) {
      const [first, last] = [words[from], words[to - 1]];
      if (!first || !last) continue;
      const inner = name.slice(first.index, last.index + last[0].length);
      const reading = readName(inner);
      if (!reading || reading.form === 'part' || reading.tier === 'ephemeral' || reading.word !== whole.word) continue;
      const rest = [...words.slice(0, from), ...words.slice(to)].map(([word]) => word);
      const affix = rest.join('-');
      if (isPlainPreset(affix) || rest.some((word) => readName(word))) return undefined;
      return { kind: 'compound', inner: { ...withoutNumber(inner, whole), labels: { ...reading.labels, ...numberOf(inner) } }, affix, whole };
    }
  }
  return undefined;
}

/** `test-1` among `test` and `prod` is a cluster of `test`. */
function numberOf(inner: string): Record<string, string> {
  const number = /[-_.](\d+)$/.exec(inner)?.[1];
  return number !== undefined && placeOf(number) === 'cluster' ? { cluster: number } : {};
}

function withoutNumber(inner: string, whole: Known): Known {
  return { ...whole, environment: inner.replace(/[-_.]\d+$/, '') };
}
