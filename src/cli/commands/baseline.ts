import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  countOf,
  type Finding,
  groupBy,
  historySearch,
  lint,
  openTrees,
  printBaseline,
  type Renewal,
  renewBaseline,
  rules,
  UsageError,
  VERSION,
  writeReport,
} from '../../index.ts';
import type { Flags } from '../args.ts';
import { baselinePath, openBaseline } from '../baseline.ts';
import { nothingToCheck, openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';
import { today } from '../today.ts';

/** Writes down what is found, so that from then on only what is new fails. Written again, it drops what is gone. */
export async function runBaseline([dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const session = await openSession(dir, flags, terminal);
  const { place, workspace, settings } = session;
  const { folder } = place;
  const name = baselinePath(session, flags, terminal);
  if (name.startsWith('../')) throw new UsageError(`the baseline "${name}" lies outside of the root "${place.root}"`, 'Name a file inside the repository.');
  const target = path.join(place.root, name);
  const before = existsSync(target) ? openBaseline(session, flags, terminal) : undefined;
  const run = await lint({
    workspace,
    trees: await openTrees(place.root, workspace, settings),
    history: () => historySearch(place.root),
    folder,
    settings,
    rules,
    version: VERSION,
    now: flags.now ?? today(process.env, new Date()),
  });
  if (run.named === 0) throw nothingToCheck(dir ?? '.', run.discovery.leftOut);
  const renewal = renewBaseline(run.findings, { before, folder, hearing: { repository: run.repository, rules, settings } });
  const text = printBaseline(renewal.entries);
  if (!before && renewal.entries.length === 0) {
    terminal.print('there is nothing to accept: no baseline was written\n');
    return 0;
  }
  if (before?.file.text !== text) writeReport(target, name, text);
  terminal.print(`${summaryOf(renewal, name, before !== undefined, before?.file.text === text)}\n`);
  return 0;
}

function summaryOf({ entries, added, dropped }: Renewal, name: string, isRenewed: boolean, isSame: boolean): string {
  const all = countOf(entries);
  const head = isSame ? `${name} is up to date` : `wrote ${name}`;
  const { size } = groupBy(entries, ({ ruleId }) => ruleId);
  const what = `${head}: ${all === 1 ? 'one finding is' : `${all} findings are`} known, of ${size === 1 ? 'one rule' : `${size} rules`}`;
  if (!isRenewed) return `${what}\ncommit it: from now on "gitops-lint" fails for what is new alone`;
  const lines = [added.length > 0 ? `  added: ${byRule(added)}` : '', dropped > 0 ? `  gone: ${dropped}` : ''].filter(Boolean);
  return [what, ...lines].join('\n');
}

/** Nobody accepts a mistake unseen: what is new is told by its rule. */
function byRule(findings: readonly Finding[]): string {
  return [...groupBy(findings, ({ ruleId }) => ruleId)].map(([id, { length }]) => `${length} ${id}`).join(', ');
}
