import type { LintResult } from '../model/lint-result.ts';
import { jsonText } from './one-line.ts';
import type { Reporter } from './reporter.ts';
import { byGravity, withinLimits } from './sarif/limits.ts';
import { hasChecked, notificationsOf } from './sarif/notifications.ts';
import { ROOT } from './sarif/places.ts';
import { Results } from './sarif/results.ts';
import { rulesOf } from './sarif/rules.ts';

/**
 * SARIF 2.1.0, as GitHub code scanning reads it. Suppressed findings are left out, because it would open alerts for them; `verbose`
 * brings them along for viewers that know better.
 */
export const sarif: Reporter = (result, { verbose }) => {
  const { findings, version, docs } = result;
  const live = verbose ? findings : findings.filter(({ suppressed }) => !suppressed);
  const maker = new Results(result);
  // Suppressions stand on all results or on none.
  const isMarked = live.some(({ suppressed }) => suppressed);
  const all = byGravity(live).flatMap((finding) => maker.resultOf(finding, isMarked) ?? []);
  const { results, over } = withinLimits(all);
  const unshown = { over, elsewhere: live.length - all.length, suppressed: findings.length - live.length };
  const run = {
    tool: { driver: { name: 'gitops-lint', semanticVersion: version, ...(docs !== undefined && { informationUri: docs }), rules: rulesOf(result) } },
    ...automationOf(result),
    originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: hasChecked(result), toolExecutionNotifications: notificationsOf(result, unshown) }],
    results,
  };
  return `${jsonText({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, 2)}\n`;
};

/**
 * Runs of one category replace each other: that of a folder must not close the alerts of the next. The whole repository has none of its
 * own, so that the `category` of the upload counts.
 */
function automationOf({ folder }: LintResult): object {
  return folder ? { automationDetails: { id: `gitops-lint/${folder}/` } } : {};
}
