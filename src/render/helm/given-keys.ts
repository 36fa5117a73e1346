import type { GivenKey } from '../../model/chart-values.ts';
import { compareText } from '../../text/location.ts';
import { eachKey } from '../given-values.ts';
import type { Reading } from './chart/chart.ts';
import { leavesOf } from './chart/maps.ts';
import { applySource, rootsOf, type ValuesSource } from './chart/values-source.ts';
import { map } from './value.ts';

/** The keys that sources give, oldest first, each where it was given last. */
export function givenKeys(sources: readonly ValuesSource[], reading: Reading): GivenKey[] {
  const found = new Map<string, GivenKey>();
  const add = (key: GivenKey): void => void found.set(key.path.join('\0'), key);
  for (const source of sources) {
    if (source.kind !== 'set') for (const root of rootsOf(source, reading)) eachKey(root, [], add);
    else {
      const values = map();
      applySource(values, source, reading);
      for (const { path } of leavesOf(values)) path.forEach((_, index) => void add({ path: path.slice(0, index + 1), at: source.origin }));
    }
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, key]) => key);
}
