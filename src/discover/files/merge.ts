import { compareText } from '../../text/location.ts';
import type { Reading } from '../reading.ts';

/** One reading for each app in each place, sorted: what several sets of files say of it is put together. */
export function mergeReadings(readings: readonly Reading[]): Reading[] {
  const found = new Map<string, Reading>();
  for (const reading of readings) {
    const { app, environment, labels, values = [] } = reading.source;
    const key = JSON.stringify([app, environment, Object.entries(labels).sort(([a], [b]) => compareText(a, b))]);
    const known = found.get(key);
    const better = known && (known.confidence === 'high' || reading.confidence !== 'high') ? known : reading;
    found.set(key, { ...better, source: { ...(known ?? reading).source, values: [...new Set([...(known?.source.values ?? []), ...values])] } });
  }
  const placeOf = ({ source }: Reading) => [source.app, source.environment, source.root, ...Object.values(source.labels)].join('\0');
  return [...found.values()].sort((a, b) => compareText(placeOf(a), placeOf(b)));
}
