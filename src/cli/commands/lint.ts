import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  departedFrom,
  departureFrom,
  historySearch,
  type LintOptions,
  type LintResult,
  type LintRun,
  lint,
  NOTHING_DECLARED,
  nearestWord,
  openTrees,
  PRINTS_PAGES,
  REPORTERS,
  type Reporter,
  type ReporterOptions,
  rules,
  SEVERITIES,
  type Severity,
  stagedFiles,
  UsageError,
  unknownName,
  VERSION,
  writeReport,
} from '../../index.ts';
import type { Flags } from '../args.ts';
import { openBaseline } from '../baseline.ts';
import { addSummary, ciOf } from '../ci.ts';
import { fixFindings, isFixing } from '../fix.ts';
import { matcherOf } from '../globs.ts';
import { nothingToCheck, openSession } from '../place.ts';
import { progressOn } from '../progress.ts';
import { withPages } from '../rule-page.ts';
import type { Terminal } from '../terminal.ts';
import { today } from '../today.ts';

interface Output {
  readonly reporter: Reporter;
  readonly printsPages: boolean;
  /** Standard output when absent. */
  readonly file?: string | undefined;
}

/** Checks a repository and prints what it found; the exit codes are those of docs/configuration.md. */
export async function runLint([dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const fixing = isFixing(flags);
  const ci = ciOf(process.env);
  const formats = flags.format ?? (flags.fixDryRun ? [] : [ci.format]);
  const outputs = await outputsOf(formats);
  if (flags.fixDryRun && outputs.some(({ file }) => file === undefined))
    throw new UsageError('"--fix-dry-run" prints the diff, and no report beside it', 'Name a file for the report: --format json:report.json.');
  const session = await openSession(dir, flags, terminal);
  const { place, workspace, settings, settingsIn } = session;
  const { since } = flags;
  if (flags.staged && since !== undefined)
    throw new UsageError('"--staged" and "--since" do not go together', 'Name one of them: --staged before a commit, --since for a branch.');
  const departure = since === undefined ? undefined : departureFrom(place.root, since);
  const changed = flags.staged ? new Set(stagedFiles(place.root)) : departure?.files;
  const change = since === undefined ? 'is staged' : `changed since ${since}`;
  if (changed?.size === 0 && outputs.every(({ file }) => file === undefined)) {
    terminal.warn(`gitops-lint: nothing ${change}\n`);
    return 0;
  }
  const trees = await openTrees(place.root, workspace, settings);
  const progress = progressOn(terminal);
  const checking: LintOptions = {
    workspace,
    onRender: progress.tell,
    trees,
    history: () => historySearch(place.root),
    since: departure && departedFrom(trees, departure),
    folder: place.folder,
    settings,
    rules,
    version: VERSION,
    isGated: matcherOf(flags.gate === undefined ? undefined : [flags.gate]),
    now: flags.now ?? today(process.env, new Date()),
    baseline: openBaseline(session, flags, terminal),
    scope: { rules: flags.rule && new Set(flags.rule), isApp: matcherOf(flags.app), isEnvironment: matcherOf(flags.env), changed },
  };
  const found = await lint(checking).finally(progress.end);
  requireMatch(found, dir ?? '.', flags);
  requireGate(found, flags);
  const result = fixing ? await fixFindings({ options: checking, run: found, settingsIn }, { root: place.root, flags, terminal, progress }) : found;
  const options = {
    color: terminal.color && flags.color !== false,
    width: terminal.width,
    wrap: terminal.isInteractive ?? false,
    linkBase: terminal.hasLinks ? `${pathToFileURL(place.root).href}/` : undefined,
    verbose: flags.verbose ?? false,
    quiet: flags.quiet ?? false,
    isLearned: settings.declaration === NOTHING_DECLARED,
    failOn: flags.failOn,
    links: ci.links,
  };
  if (changed && (result.named > 0 || changed.size === 0) && result.variants.length === 0 && result.findings.length === 0) {
    const idle = changed.size === 0 ? `nothing ${change}` : `nothing that ${change} reaches an environment`;
    terminal.warn(`gitops-lint: ${idle}\n`);
    // The next step of a CI waits for its file.
    for (const output of outputs) if (output.file !== undefined) print(output, { ...result, idle }, options, terminal);
    return 0;
  }
  for (const output of outputs) print(output, result, options, terminal);
  if (formats.some((format) => /^github(?::|$)/.test(format))) addSummary(ci, result, options, terminal);
  // The report is printed all the same: a program that reads it finds what was left out.
  const nothing = whyNothing(result, dir ?? '.', flags);
  if (nothing) throw nothing;
  return exitCodeOf(result, flags);
}

function print({ reporter, printsPages, file }: Output, result: LintResult, options: ReporterOptions, terminal: Terminal): void {
  const report = printsPages ? withPages(result) : result;
  if (file === undefined) terminal.print(reporter(report, options));
  else writeReport(path.resolve(terminal.folder, file), file, reporter(report, { ...options, color: false, wrap: false, linkBase: undefined }));
}

async function outputsOf(formats: readonly string[]): Promise<Output[]> {
  const outputs = await readOutputs(formats);
  const files = outputs.map(({ file }) => file);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UsageError(`two reports cannot both go to "${twice}"`, 'Name a file of its own for each: --format sarif:report.sarif.');
  if (files.indexOf(undefined) !== files.lastIndexOf(undefined))
    throw new UsageError('two reports cannot both be printed', 'Name a file for the others: --format sarif:report.sarif.');
  return outputs;
}

function readOutputs(formats: readonly string[]): Promise<Output[]> {
  return Promise.all(
    formats.map(async (format) => {
      const colon = format.indexOf(':');
      const name = colon === -1 ? format : format.slice(0, colon);
      const load = REPORTERS.get(name);
      if (!load) {
        const near = nearestWord(name, [...REPORTERS.keys()]);
        throw new UsageError(`there is no format "${name}"`, near === undefined ? `Known are ${[...REPORTERS.keys()].join(', ')}.` : `Did you mean "${near}"?`);
      }
      const file = colon === -1 ? undefined : format.slice(colon + 1);
      if (file === '') throw new UsageError(`--format ${format} names no file`, `Write "${name}:report.${name}", or "${name}" to print it.`);
      return { reporter: await load(), printsPages: PRINTS_PAGES.has(name), file };
    }),
  );
}

/** Never green for having checked nothing: why the answer is no answer, or undefined when it is one. */
function whyNothing({ named, environments, discovery }: LintRun, dir: string, flags: Flags): UsageError | undefined {
  if (named === 0) return nothingToCheck(dir, discovery.leftOut);
  if (!flags.requireEnvironments || environments.length > 0) return undefined;
  return new UsageError(`no environments were found in "${dir}"`, 'Declare them in .gitopsrc under "environments" and "apps".');
}

/** A glob that matches nothing is a slip of the pen. */
function requireMatch({ named }: LintRun, dir: string, { app = [], env = [] }: Flags): void {
  const narrowed = [...app, ...env].map((glob) => `"${glob}"`);
  if (named > 0 || narrowed.length === 0) return;
  throw new UsageError(`nothing in "${dir}" matches ${narrowed.join(', ')}`, '"gitops-lint environments" lists apps and environments.');
}

/** A gate that nothing stands before would let everything pass. */
function requireGate({ environments }: LintRun, { gate }: Flags): void {
  const names = environments.map(({ name }) => name);
  if (gate !== undefined && !names.some(matcherOf([gate]))) throw unknownName('environment', gate, names);
}

function exitCodeOf({ findings, coverage, discovery }: LintResult, flags: Flags): number {
  const isLeftOut = coverage.gaps.length > 0 || discovery.leftOut.length > 0;
  if (flags.strictCoverage && isLeftOut) return 2;
  if (flags.exitZero) return 0;
  const live = findings.filter(({ suppressed }) => !suppressed);
  const count = (severity: Severity) => live.filter((finding) => finding.severity === severity).length;
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(flags.failOn ?? 'error') + 1);
  if (failing.some((severity) => count(severity) > 0)) return 1;
  return flags.maxWarnings !== undefined && count('warning') > flags.maxWarnings ? 1 : 0;
}
