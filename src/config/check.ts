import { ConfigError } from '../errors.ts';
import { compilePattern } from '../model/path-pattern.ts';
import type { Rule } from '../rule/rule.ts';
import { isDay } from '../text/day.ts';
import type { SourceFile } from '../text/source-file.ts';
import { childOf, entriesOf, type Mapping } from '../tree/node.ts';
import { type Config, ONLY_ONCE } from './config.ts';
import { compileDifferencePath } from './difference-path.ts';
import { type Complaint, globComplaint, pathGlobComplaint, patternComplaint } from './globs.ts';
import { placeOf } from './place.ts';
import { optionsHoldEverywhere } from './wording.ts';

type Steps = readonly (string | number)[];
type Complain = (steps: Steps, message: string, hint?: string, part?: 'value' | 'key') => void;

/** What of a configuration that follows the schema cannot be meant all the same: its texts, and what a nested one may not set. */
export function checkConfig(config: Config, root: Mapping, file: SourceFile, rules: readonly Rule[], isNested: boolean): ConfigError[] {
  const mistakes: ConfigError[] = [];
  const complain: Complain = (steps, message, hint, part) => {
    mistakes.push(new ConfigError(message, { file, span: placeOf(root, steps.map(String), part) }, hint));
  };
  checkNames(config, complain);
  checkPatterns(config, complain);
  checkGlobs(config, complain);
  checkExceptions(config, rules, complain);
  checkDifferences(config, complain);
  if (!isNested) return mistakes;
  for (const name of ONLY_ONCE) {
    if (config[name] === undefined) continue;
    complain([name], `"${name}" holds for the whole repository: a nested file cannot set it`, 'Set it in the .gitopsrc that counts, further up.', 'key');
  }
  for (const { key, value } of entriesOf(root, 'rules')) {
    if (childOf(value, 'options')) mistakes.push(optionsHoldEverywhere({ file, span: placeOf(root, ['rules', key.text, 'options'], 'key') }));
  }
  return mistakes;
}

function checkNames({ environments = {}, repositories = {} }: Config, complain: Complain): void {
  for (const [part, names] of Object.entries({ environments, repositories })) {
    for (const name of Object.keys(names)) if (name.trim() === '') complain([part, name], 'an environment needs a name', undefined, 'key');
  }
  for (const [name, path] of Object.entries(repositories)) {
    if (/^(?:\/|[A-Za-z]:|~)/.test(path)) complain(['repositories', name], `"${path}" is a path of one machine`, 'Name it relative to this file: ../prod.');
    else if (/^[\w+.-]+:\/\/|^[\w.-]+@[\w.-]+:/.test(path))
      complain(['repositories', name], 'nothing is fetched: this is an address', 'Name the folder of a clone: ../prod.');
  }
}

function checkPatterns({ apps = [], branches }: Config, complain: Complain): void {
  for (const [index, app] of apps.entries()) {
    for (const kind of ['path', 'chart', 'files'] as const) {
      const pattern = app[kind];
      if (pattern !== undefined) tell(patternComplaint(pattern), ['apps', index, kind], complain);
    }
    for (const [at, pattern] of (app.values ?? []).entries()) {
      const compiled = compilePattern(pattern);
      // Values files may lie above the chart.
      if ('problem' in compiled) complain(['apps', index, 'values', at], compiled.problem);
    }
  }
  if (branches === undefined) return;
  const compiled = compilePattern(branches);
  if ('problem' in compiled) complain(['branches'], compiled.problem);
  else if (!compiled.names.includes('env'))
    complain(['branches'], `"${branches}" does not tell the environment`, 'Write {env} where its name stands: env/{env}.');
}

function checkGlobs({ overrides = [], externals = [], exceptions = [], ignore = [], secretKeys = [] }: Config, complain: Complain): void {
  const names = (globs: readonly string[] | undefined, steps: Steps) => {
    for (const [at, glob] of (globs ?? []).entries()) tell(globComplaint(glob), [...steps, at], complain);
  };
  const paths = (globs: readonly string[] | undefined, steps: Steps) => {
    for (const [at, glob] of (globs ?? []).entries()) tell(pathGlobComplaint(glob), [...steps, at], complain);
  };
  paths(ignore, ['ignore']);
  names(secretKeys, ['secretKeys']);
  for (const [index, override] of overrides.entries()) {
    names(override.apps, ['overrides', index, 'apps']);
    paths(override.paths, ['overrides', index, 'paths']);
  }
  for (const [index, external] of externals.entries()) {
    for (const key of ['name', 'variable'] as const) tell(complaintOf(external[key], globComplaint), ['externals', index, key], complain);
  }
  for (const [index, exception] of exceptions.entries()) {
    for (const key of ['app', 'resource'] as const) tell(complaintOf(exception[key], globComplaint), ['exceptions', index, key], complain);
    tell(complaintOf(exception.path, pathGlobComplaint), ['exceptions', index, 'path'], complain);
  }
}

function checkExceptions({ exceptions = [] }: Config, rules: readonly Rule[], complain: Complain): void {
  const locked = new Set(rules.filter(({ meta }) => meta.locked).map(({ id }) => id));
  for (const [index, { rule, until, path }] of exceptions.entries()) {
    if (until !== undefined && !isDay(until)) complain(['exceptions', index, 'until'], `there is no day "${until}"`);
    if (locked.has(rule) && path === undefined)
      complain(['exceptions', index, 'rule'], `"${rule}" cannot be turned off: an exception for it names its files`, 'Add "path" to it.');
  }
}

function checkDifferences({ differences = [] }: Config, complain: Complain): void {
  for (const [index, { path, ...line }] of differences.entries()) {
    for (const key of ['key', 'kind', 'name', 'app'] as const) tell(complaintOf(line[key], globComplaint), ['differences', index, key], complain);
    const pattern = path === undefined ? undefined : compileDifferencePath(path);
    if (pattern && 'complaint' in pattern) complain(['differences', index, 'path'], ...pattern.complaint);
  }
}

function complaintOf(text: string | undefined, complaint: (text: string) => Complaint | undefined): Complaint | undefined {
  return text === undefined ? undefined : complaint(text);
}

function tell(complaint: Complaint | undefined, steps: Steps, complain: Complain): void {
  if (complaint) complain(steps, ...complaint);
}
