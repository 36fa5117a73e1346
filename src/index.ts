/** The public door: what programs may import, and what the command line is made of. */

export { rules } from '../rules/index.ts';
export { type LoadedSettings, loadSettings } from './config/load.ts';
export { configSchema } from './config/schema.ts';
export type { Settings } from './config/settings.ts';
export { type LintOptions, lint, notesOf, survey, variantInfo } from './engine/lint.ts';
export { type RootRender, renderRoot, rendersBelow } from './engine/render-roots.ts';
export { RuleError } from './engine/run-rules.ts';
export { isReached, type Scope } from './engine/scope.ts';
export { ConfigError, UsageError } from './errors.ts';
export { findField, findResources, namesOf } from './model/find-field.ts';
export { type Finding, SEVERITIES, type Severity } from './model/finding.ts';
export type { LintResult } from './model/lint-result.ts';
export { type OriginRow, originRowsOf } from './model/origin-row.ts';
export type { RenderResult } from './model/render-result.ts';
export { printResources } from './render/print.ts';
export { environmentsJson, environmentsText } from './report/environments.ts';
export { REPORTERS } from './report/index.ts';
export { originsJson, originsText } from './report/origins.ts';
export type { Reporter, ReporterOptions } from './report/reporter.ts';
export { defineRule, type Rule } from './rule/rule.ts';
export { nearestWord } from './text/nearest-word.ts';
export { VERSION } from './version.ts';
export { indexWorkspace, refWorkspace, stagedFiles } from './workspace/git-workspace.ts';
export { memoryWorkspace } from './workspace/memory-workspace.ts';
export { findPlace, openDiskWorkspace, type Place } from './workspace/open.ts';
export type { Workspace } from './workspace/workspace.ts';
