import { ALL_ELSE, contractLines, differencesText, exactLine, type ProposedLine, type SeenPlace } from '../config/propose/differences.ts';
import { settingsWith } from '../config/propose/read-back.ts';
import type { Settings } from '../config/settings.ts';
import { UsageError } from '../errors.ts';
import type { Expectation } from '../model/expectation.ts';
import { judge } from '../model/judge-contract.ts';
import { isItemStep, isSetting } from '../model/leaves.ts';
import { differsAt, formsOf, judgedVariants, type Place, placesOf } from '../model/places.ts';
import type { App } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { isWithin } from '../text/path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { contractOf } from './contract.ts';
import { readRepository, type Trees } from './read-repository.ts';

/** What a contract is written for. */
export interface ContractRequest {
  readonly workspace: Workspace;
  readonly trees: Trees;
  /** Only apps that are deployed from this folder are looked at. */
  readonly folder: string;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  /** The configuration that the contract becomes part of: where it lies, and what it says besides. */
  readonly path: string;
  readonly text: string;
}

/** The text of a configuration with its contract, and how many lines that has besides the last one. */
export interface ContractProposal {
  readonly text: string;
  readonly lines: number;
}

const HEAD = `
# What differs between the environments by now, and may: the first line that matches counts. Give each its reason, or take
# it away and mend the difference; "gitops-lint explain undeclared-difference" shows what lines can say.
differences:
`;

/** A line that is too wide, or another one that stands above it, comes to light when the contract is held against the repository. */
const MAX_ROUNDS = 4;

/**
 * Writes down in which way the environments of a repository differ, in few lines, so that from then on only new differences
 * are findings. What comes of it is held against the repository: lines that nothing needs go, and what is not covered gets a line of its own.
 * Throws a `UsageError` where the configuration could not be read any more with a contract behind it.
 */
export async function proposeContract(request: ContractRequest): Promise<ContractProposal> {
  const { settings, folder } = request;
  const { repository } = await readRepository(request.trees, folder, settings);
  const apps = repository.apps.filter((app) => isLookedAt(app, folder));
  let lines: readonly ProposedLine[] = contractLines(seenIn(apps, settings));
  for (let round = 0; ; round += 1) {
    const contract = await readBack(request, lines);
    if (round === MAX_ROUNDS) break;
    const judgements = apps.map((app) => judge(app, contractOf({ ...settings, expectations: contract })));
    const used = new Set(judgements.flatMap((judgement) => [...judgement.used]));
    const needed = lines.filter((_, index) => used.has(contract[index] as Expectation));
    const missing = judgements.flatMap(({ breaches }) => breaches.map(({ place }) => exactLine({ ...place, isSetting: isNamed(place) })));
    if (needed.length === lines.length && missing.length === 0) break;
    lines = [...unique(missing), ...needed];
  }
  return { text: textOf(request, lines), lines: lines.length };
}

function textOf({ text }: ContractRequest, lines: readonly ProposedLine[]): string {
  return `${text.trimEnd()}\n${text.trim() === '' ? HEAD.trimStart() : HEAD}${differencesText([...lines, ALL_ELSE])}`;
}

/** The lines as they are read again, in their order. Throws a `UsageError` where the text before them leaves no room for them. */
async function readBack(request: ContractRequest, lines: readonly ProposedLine[]): Promise<readonly Expectation[]> {
  const { workspace, folder, rules, path } = request;
  const settings = await settingsWith({ path, text: textOf(request, lines) }, { workspace, folder, rules });
  if (!settings)
    throw new UsageError(`"${path}" cannot be added to as it is written`, 'Write names and values on lines of their own, or "differences" by hand.');
  return settings.expectations.filter(({ origin }) => origin.file.path === path);
}

/** Nothing is said of what one app has in one environment alone. */
function isLookedAt(app: App, folder: string): boolean {
  const variants = judgedVariants(app);
  return variants.length > 1 && variants.every(({ root }) => isWithin(root, folder));
}

/** Places that are the same everywhere, one for all of their kind: they only tell where a line would forgive too much. */
function seenIn(apps: readonly App[], { isSecretKey }: Settings): SeenPlace[] {
  const alike = new Set<string>();
  return apps.flatMap((app) =>
    placesOf(app, judgedVariants(app), isSecretKey).flatMap((place): SeenPlace[] => {
      const { kind, name, steps, key } = place;
      const differs = differsAt(place);
      const environments = environmentsOf(place);
      if (!differs && steps.length > 0) {
        const summary = [kind, ...steps.map((step) => (isItemStep(step) ? '[]' : step)), key, '', ...environments].join('\0');
        if (alike.has(summary)) return [];
        alike.add(summary);
      }
      const isPresence = differs && formsOf(place).length < 2 && isToldByEnvironment(place);
      return [
        { app: app.name, kind, name, steps, key, differs, isSetting: isNamed(place), environments, isPresence, isEverywhere: place.lacking.length === 0 },
      ];
    }),
  );
}

/** A setting that goes by its name; one within a text or a file of settings goes by its path. */
function isNamed({ kind, steps }: Place): boolean {
  return isSetting(kind, steps) && (kind !== 'ConfigMap' || steps.length < 3) && (kind !== '' || steps.length < 2);
}

function environmentsOf({ held }: Place): string[] {
  return [...new Set(held.map(({ variant }) => variant.environment.name))];
}

/** Where one cluster of an environment has it and another has not, the environment does not tell. */
function isToldByEnvironment(place: Place): boolean {
  const having = new Set(environmentsOf(place));
  return place.lacking.every(({ variant }) => !having.has(variant.environment.name));
}

function unique(lines: readonly ProposedLine[]): ProposedLine[] {
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}
