import { existsSync, statSync } from 'node:fs';
import { appendReport, type Links, type LintResult, type ReporterOptions, stepSummary, UsageError } from '../index.ts';
import type { Terminal } from './terminal.ts';

/** What a continuous integration tells of itself in the environment of a run. */
export interface Ci {
  /** The format that its log reads best. */
  readonly format: 'stylish' | 'github' | 'azure' | 'teamcity';
  readonly links: Links | undefined;
  /** The file that GitHub shows as the summary of the step. */
  readonly summary: string | undefined;
}

/** Reads what it tells; nothing of it decides what is found. */
export function ciOf(env: NodeJS.ProcessEnv): Ci {
  return { format: formatFor(env), links: githubLinks(env) ?? gitlabLinks(env), summary: env['GITHUB_STEP_SUMMARY'] || undefined };
}

function formatFor(env: NodeJS.ProcessEnv): Ci['format'] {
  if (env['GITHUB_ACTIONS'] === 'true') return 'github';
  if (env['TF_BUILD'] === 'True') return 'azure';
  return env['TEAMCITY_VERSION'] ? 'teamcity' : 'stylish';
}

function githubLinks(env: NodeJS.ProcessEnv): Links | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit, GITHUB_RUN_ID: run } = env;
  if (!server || !repository) return undefined;
  return {
    source: commit ? `${server}/${repository}/blob/${commit}/` : undefined,
    run: run ? `${server}/${repository}/actions/runs/${run}` : undefined,
  };
}

function gitlabLinks(env: NodeJS.ProcessEnv): Links | undefined {
  const { CI_PROJECT_URL: project, CI_COMMIT_SHA: commit, CI_JOB_URL: job } = env;
  if (!project) return undefined;
  return { source: commit ? `${project}/-/blob/${commit}/` : undefined, run: job };
}

/** Adds to the summary of the step, where there is one. That it cannot be written is no reason to fail: the log says the same. */
export function addSummary({ summary: file }: Ci, result: LintResult, options: ReporterOptions, terminal: Terminal): void {
  if (file === undefined) return;
  const taken = existsSync(file) ? statSync(file).size : 0;
  const text = stepSummary(result, options, taken);
  if (text === undefined) return;
  try {
    appendReport(file, 'GITHUB_STEP_SUMMARY', text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.warn(`gitops-lint: ${error.message}\n`);
  }
}
