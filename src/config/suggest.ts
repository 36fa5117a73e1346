import { nearestWord } from '../text/nearest-word.ts';

/** What stands in a hint behind a word that is not known: the one that was probably meant, or undefined. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const near = nearestWord(word, known) ?? known.find((candidate) => isPart(word, candidate) || isPart(candidate, word));
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}

/** The same, or all that there is to choose from. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = didYouMean(word, known);
  if (meant !== undefined) return meant;
  return known.length > 0 && known.length <= 24 ? `Known are ${known.join(', ')}.` : 'See docs/configuration.md for what there is.';
}

/** `warn` of `warning`: three letters at the least. */
function isPart(short: string, long: string): boolean {
  return short.length >= 3 && long.toLowerCase().startsWith(short.toLowerCase());
}
