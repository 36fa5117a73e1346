import { jsonOf } from './json.ts';
import { jsonText } from './one-line.ts';
import type { Reporter } from './reporter.ts';

/**
 * The parts of the JSON report, one a line, each with its `type`: `run`, every `finding` and `variant`, and `summary` with all else,
 * so that a reader sees whether it has got everything.
 */
export const jsonl: Reporter = (result) => {
  const { schemaVersion, tool, findings, variants, ...summary } = jsonOf(result);
  const lines = [
    { type: 'run', schemaVersion, tool },
    ...findings.map((finding) => ({ type: 'finding', ...finding })),
    ...variants.map((variant) => ({ type: 'variant', ...variant })),
    { type: 'summary', ...summary },
  ];
  return `${lines.map((line) => jsonText(line)).join('\n')}\n`;
};
