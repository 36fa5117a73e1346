import type { ChartValues } from './chart-values.ts';
import type { App, Variant } from './variant.ts';

/** The values of one chart in the variants of an app that render it. */
export type ChartTwins = ReadonlyMap<Variant, ChartValues>;

/** The charts of an app, each with its values side by side. A release that is called after its environment has no twins. */
export function chartTwinsOf({ variants }: App): readonly ChartTwins[] {
  const byRelease = new Map<string, Map<Variant, ChartValues>>();
  for (const variant of variants) {
    for (const values of variant.charts) {
      const twins = byRelease.get(values.release) ?? new Map<Variant, ChartValues>();
      byRelease.set(values.release, twins.set(variant, values));
    }
  }
  return [...byRelease.values()];
}

/** Every path that some of them are given. */
export function givenPaths(twins: ChartTwins): readonly (readonly string[])[] {
  return [...new Map([...twins.values()].flatMap(({ given }) => given.map(({ path }) => [path.join('\0'), path]))).values()];
}
