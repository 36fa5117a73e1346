import type { Expected } from './case.ts';
import { type Found, lintFiles } from './lint-files.ts';
import type { Planted } from './plant.ts';

/** What came of one edit. */
export interface Judged extends Planted {
  readonly found: readonly Expected[];
  readonly missed: readonly Expected[];
  /** What was said besides. */
  readonly extra: readonly Found[];
}

/** Lints an edited repository, and holds what is found against what was planted. */
export async function judge(planted: Planted): Promise<Judged> {
  const findings = await lintFiles(planted.files);
  const found = planted.expected.filter((expected) => findings.some((finding) => answers(finding, expected)));
  return {
    ...planted,
    found,
    missed: planted.expected.filter((expected) => !found.includes(expected)),
    extra: findings.filter((finding) => !planted.expected.some((expected) => answers(finding, expected))),
  };
}

/** The rule, the line and, where the edit tells them, exactly the environments. */
function answers({ rule, path, line, environments }: Found, expected: Expected): boolean {
  const isThere = rule === expected.rule && path === expected.path && line === expected.line;
  return isThere && (expected.environments === undefined || expected.environments.join() === environments.join());
}
