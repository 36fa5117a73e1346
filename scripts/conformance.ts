/**
 * Compares what we render with the recorded answers of the real tools, where they lie beside this repository.
 * Usage: npm run conformance [-- kustomize|helm [PART OF A SUITE OR CASE]]
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { helmChart } from './conformance/helm-chart.ts';
import { helmFunctionsConformance } from './conformance/helm-functions.ts';
import { goTemplateConformance } from './conformance/helm-go-template.ts';
import { helmGolden } from './conformance/helm-golden.ts';
import { kustomizeConformance } from './conformance/kustomize.ts';
import type { Report } from './conformance/report.ts';
import { SHARED } from './recorded.ts';

const HELM = path.join(SHARED, 'helm');

type Part = (only: string) => Report | Promise<Report>;

const PARTS: Readonly<Record<string, readonly Part[]>> = {
  kustomize: [(only) => kustomizeConformance(only)],
  helm: [() => goTemplateConformance(HELM), () => helmFunctionsConformance(HELM), () => helmChart(HELM), (only) => helmGolden(HELM, only)],
};

async function main([tool = '', only = '']: readonly string[]): Promise<number> {
  if (!existsSync(SHARED)) {
    console.log(`SKIPPED: the recorded answers are not here (${path.relative(process.cwd(), SHARED)})`);
    return 0;
  }
  const parts = tool === '' ? Object.values(PARTS).flat() : PARTS[tool];
  if (!parts) {
    console.error(`there is nothing to compare with called "${tool}"; there is: ${Object.keys(PARTS).join(', ')}`);
    return 2;
  }
  let [passed, failed] = [0, 0];
  for (const part of parts) {
    const report = await part(only);
    for (const line of report.lines) console.log(line);
    passed += report.passed;
    failed += report.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
