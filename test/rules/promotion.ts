import type { Tree } from '../support/rule-tester.ts';
import { deployment } from './shop.ts';

/** The tag that each environment runs, which may end in a mark; of two, the first is the one before the change, and empty where there was none. */
export function promotion(tags: Readonly<Record<string, string | readonly [string, string]>>): Tree {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([environment, tag]): [string, string][] => {
      const path = `environments/${environment}/checkout.yaml`;
      if (typeof tag === 'string') return [[path, manifest(tag)]];
      const [before, now] = tag;
      return [
        [path, manifest(now)],
        [`${path} (before)`, before && manifest(before)],
      ];
    }),
  );
}

function manifest(tag: string): string {
  return deployment('checkout', `image: registry.shop.example/checkout:${tag}\n`);
}
