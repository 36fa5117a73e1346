import { Command, CommanderError, Option } from 'commander';
import { isDay, nearestWord, REPORTERS, rules, UsageError, VERSION } from '../index.ts';

/** What people typed after a command. */
export interface Flags {
  readonly format?: readonly string[];
  readonly config?: string;
  readonly root?: string;
  readonly staged?: boolean;
  readonly since?: string;
  readonly rule?: readonly string[];
  readonly app?: readonly string[];
  readonly env?: readonly string[];
  readonly preset?: 'recommended' | 'strict';
  readonly failOn?: 'error' | 'warning' | 'info';
  readonly maxWarnings?: number;
  readonly now?: string;
  readonly gate?: string;
  readonly exitZero?: boolean;
  readonly strictCoverage?: boolean;
  readonly requireEnvironments?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly all?: boolean;
  readonly origins?: boolean;
  readonly contract?: boolean;
  readonly kustomize?: string;
  readonly helm?: string;
  readonly history?: boolean;
  readonly to?: string;
  readonly apply?: boolean;
  readonly write?: boolean;
  readonly online?: boolean;
  readonly baseline?: string;
  readonly fix?: boolean;
  readonly 'fix=unsafe'?: boolean;
  readonly fixDryRun?: boolean;
}

/** A command as typed: its name, its words, its flags. */
export interface Invocation {
  readonly command:
    | 'lint'
    | 'environments'
    | 'diff'
    | 'init'
    | 'render'
    | 'why'
    | 'explain'
    | 'doctor'
    | 'versions'
    | 'preflight'
    | 'pin'
    | 'affected'
    | 'baseline';
  readonly words: readonly string[];
  readonly flags: Flags;
}

/** Help was asked for: what to print. */
export interface HelpRequest {
  readonly help: string;
}

/** `stylish, json or sarif`. */
const namesOf = (known: ReadonlyMap<string, unknown>): string => [...known.keys()].join(', ').replace(/, ([^,]+)$/, ' or $1');
const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];
const collectNames =
  (flag: string) =>
  (value: string, before: readonly string[] | undefined): readonly string[] =>
    collect(nameFor(flag)(value), before);

/** One table: every option, in the order of the help. Options mean the same wherever they appear. */
const OPTIONS = {
  reports: () => new Option('--format <name[:file]>', `how to print: ${namesOf(REPORTERS)}; may be given more than once`).argParser(collect),
  format: () => new Option('--format <name>', 'how to print: stylish or json').argParser(collect),
  tableFormat: () => new Option('--format <name>', 'how to print: stylish, markdown or json').argParser(collect),
  renderFormat: () => new Option('--format <name>', 'how to print: yaml, jsonl with --all, stylish or json with --origins').argParser(collect),
  config: () => new Option('--config <file>', 'read this configuration instead of the nearest .gitopsrc'),
  root: () => new Option('--root <path>', 'nothing outside of this folder is read'),
  staged: () => new Option('--staged', 'check what the git index holds, and report what the staged files reach'),
  since: () => new Option('--since <ref>', 'only what is new since this branch, tag or commit'),
  rule: () => new Option('--rule <id>', 'report only this rule; may be given more than once').argParser(collect),
  app: () => new Option('--app <glob>', 'report only these apps').argParser(collectNames('--app')),
  env: () => new Option('--env <glob>', 'report only these environments').argParser(collectNames('--env')),
  oneEnv: () => new Option('--env <name>', 'of a chart, the environment that it is rendered for').argParser(collectNames('--env')),
  preset: () => new Option('--preset <name>', 'which rules are on').choices(['recommended', 'strict']),
  failOn: () => new Option('--fail-on <severity>', 'from which severity on the exit code is 1').choices(['error', 'warning', 'info']).default('error'),
  maxWarnings: () => new Option('--max-warnings <n>', 'more warnings than this fail, too').argParser(wholeNumber),
  now: () => new Option('--now <date>', 'the day that exceptions are held against, instead of today: 2027-01-31').argParser(day),
  gate: () => new Option('--gate <env>', 'what is only pending counts, too, in this environment').argParser(nameFor('--gate')),
  baseline: () => new Option('--baseline <file>', 'the file of known findings, which do not fail: .gitops-lint-baseline.json when that is there'),
  fix: () => new Option('--fix', 'make the fixes that are safe, each proved by a render of what it makes'),
  fixUnsafe: () => new Option('--fix=unsafe', 'make those, too, that somebody has to look at'),
  fixDryRun: () => new Option('--fix-dry-run', 'write nothing, and print what would be written as a diff'),
  exitZero: () => new Option('--exit-zero', 'findings never fail'),
  strictCoverage: () => new Option('--strict-coverage', 'fail when anything could not be looked into'),
  requireEnvironments: () => new Option('--require-environments', 'fail when no environments are found'),
  quiet: () => new Option('--quiet', 'print errors only'),
  verbose: () => new Option('--verbose', 'leave nothing out'),
  color: () => new Option('--no-color', 'print without colours'),
  all: () => new Option('--all', 'render every root below the folder'),
  origins: () => new Option('--origins', 'print who wrote each value instead'),
  contract: () => new Option('--contract', 'write down in what the environments differ, so that only new differences are findings'),
  kustomize: () => new Option('--kustomize <path>', 'the binary to compare with: it is run for each kustomization'),
  to: () => new Option('--to <env>', 'the environment that things are promoted to').argParser(nameFor('--to')),
  apply: () => new Option('--apply', 'write the versions into the files of the environment, unless something must not go'),
  write: () => new Option('--write', 'write the digests into the files'),
  online: () => new Option('--online', 'ask the registry for what no environment knows: nothing else opens the network'),
  history: () => new Option('--history', 'tell since when, by whom, and what was there before'),
  affectedFormat: () => new Option('--format <name>', 'how to print: stylish, json or labels').argParser(collect),
  helm: () => new Option('--helm <path>', 'the binary to compare with: it is run for each release of a chart'),
} as const;

const RUN = ['root', 'config', 'staged'] as const;

const COMMANDS = {
  lint: {
    words: '[dir]',
    summary: 'check the environments of a repository (the default command)',
    options: [
      'reports',
      'since',
      'rule',
      'app',
      'env',
      'preset',
      'failOn',
      'maxWarnings',
      'fix',
      'fixUnsafe',
      'fixDryRun',
      'exitZero',
      'baseline',
      'now',
      'gate',
      'strictCoverage',
      'requireEnvironments',
      'quiet',
      'verbose',
      'color',
      ...RUN,
    ],
  },
  environments: { words: '[dir]', summary: 'show which environments were found, in which order, and why', options: ['format', 'color', ...RUN] },
  diff: {
    words: '[env-a] [env-b] [dir]',
    summary: 'show in what two environments differ (diff staging prod-eu), or what a change renders (diff --since main)',
    options: ['since', 'app', 'tableFormat', 'verbose', 'strictCoverage', 'color', ...RUN],
  },
  init: { words: '[dir]', summary: 'write what was found into a .gitopsrc, for review', options: ['contract', 'root'] },
  render: { words: '<dir>', summary: 'print what a folder renders to', options: ['oneEnv', 'all', 'origins', 'renderFormat', 'color', ...RUN] },
  why: {
    words: '<dir> <resource> <path>',
    summary: 'print who wrote a value: why apps/web Deployment/web spec.replicas',
    options: ['oneEnv', 'format', 'color', ...RUN],
  },
  preflight: {
    words: '[dir]',
    summary: 'say what promoting to an environment would change, and what is missing',
    options: ['to', 'app', 'apply', 'tableFormat', 'now', 'color', 'root', 'config'],
  },
  versions: { words: '[dir]', summary: 'show which version is where', options: ['history', 'app', 'env', 'tableFormat', 'color', ...RUN] },
  affected: {
    words: '[dir]',
    summary: 'show which apps and environments a change reaches: affected --since main',
    options: ['since', 'app', 'env', 'affectedFormat', 'color', ...RUN],
  },
  pin: {
    words: '[dir]',
    summary: 'put digests beside the tags of images: those that another environment has, or the registry',
    options: ['write', 'online', 'app', 'env', 'format', 'color', 'root', 'config'],
  },
  baseline: {
    words: '[dir]',
    summary: 'accept what is found by now, so that only what is new fails; again, to take out what is gone',
    options: ['baseline', 'preset', 'now', 'root', 'config'],
  },
  explain: { words: '<rule>', summary: 'print the page of a rule', options: [] },
  doctor: {
    words: '[dir]',
    summary: 'compare what is rendered here with what a kustomize or a helm of yours makes',
    options: ['kustomize', 'helm', 'format', 'root', 'config'],
  },
} as const satisfies Record<Invocation['command'], { words: string; summary: string; options: readonly (keyof typeof OPTIONS)[] }>;

/** Reads the words after the program's name. Throws a `UsageError` for what it does not know. */
export function parseArguments(words: readonly string[]): Invocation | HelpRequest {
  let invocation: Invocation | undefined;
  let help = '';
  const quiet = (command: Command) =>
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => {},
    });
  const program = quiet(new Command('gitops-lint'))
    .description('Compares the environments of a GitOps repository, and points at the line to change.')
    .version(VERSION);
  for (const [name, { words: operands, summary, options }] of Object.entries(COMMANDS)) {
    const command = quiet(program.command(`${name} ${operands}`, { isDefault: name === 'lint' })).description(summary);
    for (const option of options) command.addOption(OPTIONS[option]());
    command.action((...given: unknown[]) => {
      // Commander hands over the words, then the flags, then the command.
      const words = given.filter((value): value is string => typeof value === 'string');
      invocation = { command: name as Invocation['command'], words, flags: given.at(-2) as Flags };
    });
  }
  try {
    program.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (help) return { help };
    const [message = '', hint] = error.message.replace(/^error: /, '').split('\n');
    throw new UsageError(message, hint?.replace(/[()]/g, '') ?? 'See "gitops-lint --help".');
  }
  if (!invocation) return { help: program.helpInformation() };
  for (const id of invocation.flags.rule ?? []) requireRule(id);
  return invocation;
}

/** Throws a `UsageError` with a suggestion for an id that no rule has. */
export function requireRule(id: string): void {
  const ids = rules.map((rule) => rule.id);
  if (ids.includes(id)) return;
  const near = nearestWord(id, ids);
  throw new UsageError(`there is no rule "${id}"`, near === undefined ? 'docs/rules.md lists them.' : `Did you mean "${near}"?`);
}

/** Scripts hand over variables that hold nothing. */
function nameFor(flag: string): (value: string) => string {
  return (value) => {
    if (value === '') throw new UsageError(`${flag} needs a name, not ""`, '"gitops-lint environments" lists apps and environments.');
    return value;
  };
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new UsageError(`--max-warnings needs a whole number, not "${value}"`);
  return Number(value);
}

function day(value: string): string {
  if (!isDay(value)) throw new UsageError(`--now needs a day, not "${value}"`, 'Write year, month and day: 2027-01-31.');
  return value;
}
