import { VERSION } from '../../index.ts';
import { type Inspection, isFine, outcomesOf } from './examination.ts';

/** The examinations that tell something, and how many ended how. */
export function textOf({ tool, version, things, examinations }: Inspection): string {
  // What needs a look stands last, next to the counts.
  const byWeight = [...examinations].sort((a, b) => Number(isFine(b)) - Number(isFine(a)));
  const lines = byWeight.flatMap(({ name, details }) => (details.length > 0 ? [`${name}: ${details.join('\n    ')}`] : []));
  const counts = outcomesOf(tool).flatMap(({ outcome, words }) => {
    const count = examinations.filter((examination) => examination.outcome === outcome).length;
    return count > 0 ? [`${String(count).padStart(6)} ${words}`] : [];
  });
  const what = `${examinations.length} ${things[examinations.length === 1 ? 0 : 1]}, compared with ${tool} ${version}`;
  return `${[...lines, ...(lines.length > 0 ? [''] : []), what, ...counts].join('\n')}\n`;
}

/** All examinations in one list; each says with which program. */
export function jsonOf(inspections: readonly Inspection[]): string {
  const versions = Object.fromEntries(inspections.map(({ tool, version }) => [tool, { version }]));
  const roots = inspections.flatMap(({ tool, examinations }) => examinations.map(({ facts }) => ({ ...facts, comparedWith: tool })));
  const outcomes = inspections.flatMap(({ tool }) => outcomesOf(tool).map(({ outcome }) => outcome));
  const all = inspections.flatMap(({ examinations }) => examinations);
  const summary = Object.fromEntries(outcomes.map((outcome) => [outcome, all.filter((each) => each.outcome === outcome).length]));
  const tool = { name: 'gitops-lint', version: VERSION };
  return `${JSON.stringify({ schemaVersion: 1, tool, ...versions, roots, summary }, undefined, 2)}\n`;
}
