import path from 'node:path';
import { HELM_FUNCTIONS } from '../../src/render/helm/functions/registry.ts';
import { newBudget } from '../../src/render/helm/go-template/run/scope.ts';
import { TemplateSet } from '../../src/render/helm/go-template/template-set.ts';
import { TemplateFailure } from '../../src/render/helm/value.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { recordedRows } from '../recorded.ts';
import { valueFrom } from './recorded-value.ts';
import type { Report } from './report.ts';

interface Row {
  readonly id: string;
  readonly template: string;
  readonly data: unknown;
  readonly expected: string;
  /** Needs no value that only Go's tests have. */
  readonly portable: boolean;
}

/** Rows that are not as in Go, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'sprig/functions_test.go/TestEnv/0': 'Helm has no such function',
  'sprig/functions_test.go/TestExpandEnv/0': 'Helm has no such function',
  'sprig/functions_test.go/TestShuffle/0': 'chance with a fixed seed; here nothing is shuffled, and noted as unknown',
};

/** The tables of the tests of Sprig and of Helm's own functions. */
export function helmFunctionsConformance(folder: string): Report {
  const lines: string[] = [];
  let [passed, failed] = [0, 0];
  for (const file of ['sprig.jsonl', 'helm_funcs.jsonl']) {
    const rows = recordedRows<Row>(path.join(folder, file));
    const run = rows.filter(({ id, portable }) => portable && !(id in EXCEPTIONS));
    const wrong = run.flatMap((row) => {
      const found = outputOf(row);
      return found === row.expected ? [] : [`  ${row.id}: ${JSON.stringify(found)} instead of ${JSON.stringify(row.expected)}`];
    });
    passed += run.length - wrong.length;
    failed += wrong.length;
    lines.push(`${file}: ${run.length - wrong.length} of ${run.length}, ${rows.filter(({ portable }) => !portable).length} not portable`, ...wrong);
    for (const { id } of rows) if (EXCEPTIONS[id]) lines.push(`  left out, ${EXCEPTIONS[id]}: ${id}`);
  }
  return { passed, failed, lines };
}

function outputOf({ id, template, data }: Row): string {
  const set = new TemplateSet(HELM_FUNCTIONS);
  const scope = { functions: HELM_FUNCTIONS, budget: newBudget(), missingKey: 'default', noteUnknown: () => undefined } as const;
  try {
    set.parse({ name: id, file: new SourceFile(id, template) });
    return set.render(id, valueFrom(data, 'int'), scope).text;
  } catch (error) {
    if (error instanceof TemplateFailure) return `error: ${error.message}`;
    throw error;
  }
}
