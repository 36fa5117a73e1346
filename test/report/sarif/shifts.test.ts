import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { globbySync } from 'globby';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import type { PhysicalLocation } from '../../../src/report/sarif/log.ts';
import { sarif } from '../../../src/report/sarif.ts';
import { lintTree, type Tree } from '../../support/rule-tester.ts';
import { readSarif, type SarifLog } from '../../support/sarif-log.ts';

const ROOT = 'fixtures/repos/shop-kustomize';
const shop: Tree = Object.fromEntries(globbySync('**', { cwd: ROOT, dot: true }).map((path) => [path, readFileSync(`${ROOT}/${path}`, 'utf8')]));

async function logOf(tree: Tree): Promise<SarifLog> {
  const { log, mistakes } = readSarif(sarif(await lintTree(tree, rules), { color: false, width: 100, verbose: false, quiet: false }));
  expect(mistakes).toEqual([]);
  return log;
}

const identities = ({ runs: [{ results }] }: SarifLog) => results.map(({ ruleId, partialFingerprints }) => [ruleId, partialFingerprints]);

describe('a repository', () => {
  it('has the same fingerprints after fifty shifts of lines that have nothing to do with them', async () => {
    const before = identities(await logOf(shop));
    expect(before.length).toBeGreaterThan(8);
    const shift = fc.record({ path: fc.constantFrom(...Object.keys(shop)), lines: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(shift, { minLength: 50, maxLength: 50 }), async (shifts) => {
        const moved: Record<string, string> = { ...shop };
        for (const [at, { path, lines }] of shifts.entries()) moved[path] = `# remark ${at}\n`.repeat(lines) + moved[path];
        expect(identities(await logOf(moved))).toEqual(before);
      }),
      { numRuns: 5 },
    );
  });

  it('has no place outside of its files', async () => {
    const { results, invocations } = (await logOf(shop)).runs[0];
    const places: PhysicalLocation[] = results.flatMap(({ locations, relatedLocations = [] }) =>
      [...locations, ...relatedLocations].map(({ physicalLocation }) => physicalLocation),
    );
    expect(invocations[0].executionSuccessful).toBe(true);
    for (const { artifactLocation, region } of places) {
      const line = shop[decodeURIComponent(artifactLocation.uri)]?.split('\n')[region.startLine - 1];
      expect(line?.length, `${artifactLocation.uri}:${region.startLine}`).toBeGreaterThanOrEqual(region.endColumn - 1);
    }
  });
});
