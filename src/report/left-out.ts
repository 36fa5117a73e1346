import type { Discovery } from '../model/discovery.ts';

/** What was not looked at, a line for each reason: names that share one are counted. */
export function leftOutLines(leftOut: Discovery['leftOut']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, why } of leftOut) byReason.set(why, [...(byReason.get(why) ?? []), name]);
  return [...byReason].map(([why, [first = '', ...others]]) => `left out: ${first}${others.length > 0 ? ` and ${others.length} more` : ''}: ${why}`);
}
