import { editDistance } from './edit-distance.ts';

/** The known word that was probably meant, or undefined when none is near enough: by default a third of the letters may differ. */
export function nearestWord(word: string, known: readonly string[], limit: number = Math.max(1, Math.floor(word.length / 3))): string | undefined {
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    const steps = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < least) {
      least = steps;
      best = candidate;
    }
  }
  return best;
}
