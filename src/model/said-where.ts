import type { Origin } from '../tree/node.ts';

const LOWER = '(?:non[- ]?prod(?:uction)?|dev(?:elopment)?|int(?:egration)?|test(?:ing)?|qa|staging|stage|preview|local)';
const ONLY = new RegExp(
  `^#\\s*(?:${LOWER}(?:\\s*(?:,|and|&|/)\\s*${LOWER})*\\s+only\\b|only\\s+(?:in|for|on)\\s+${LOWER}\\b|not\\s+(?:in|for|on)\\s+prod)`,
  'i',
);

/** Whether the comment behind a line says that what stands there is for environments before production: `# Non-prod only`. */
export function isSaidToStayBelow({ file, end }: Origin): boolean {
  const line = file.text.slice(end, file.text.indexOf('\n', end) === -1 ? undefined : file.text.indexOf('\n', end));
  const comment = /\s(#.*)$/.exec(line)?.[1];
  return comment !== undefined && ONLY.test(comment);
}
