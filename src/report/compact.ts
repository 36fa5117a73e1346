import { annotationsOf } from './annotation.ts';
import { withoutCommands } from './one-line.ts';
import { placeText } from './place-text.ts';
import type { Reporter } from './reporter.ts';
import { besides, extentOf, totalOf } from './total.ts';

/** A line for each finding, in the form of compilers: editors and problem matchers know it. The last line counts. */
export const compact: Reporter = (result, options) => {
  const lines = annotationsOf(result, options).map(({ finding: { severity, ruleId }, place, text }) => `${placeText(place)}: ${severity}: ${text} [${ruleId}]`);
  const total = result.idle ?? `${totalOf(result)} in ${extentOf(result)}`;
  const last = [total, ...besides(result)].join('; ');
  return withoutCommands(`${[...lines, last].join('\n')}\n`);
};
