import type { Discovery } from '../model/discovery.ts';
import { firstOf } from '../text/first-of.ts';

/** What was not looked at, a line for each reason: names that share one are counted. */
export function leftOutLines(leftOut: Discovery['leftOut']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, why } of leftOut) byReason.set(why, [...(byReason.get(why) ?? []), name]);
  return [...byReason].map(([why, names]) => `left out: ${firstOf(names, 1)}: ${why}`);
}
