import type { Settings } from '../config/settings.ts';
import type { KnownFinding } from '../model/baseline.ts';
import type { Discovery } from '../model/discovery.ts';
import type { LintResult } from '../model/lint-result.ts';
import type { Repository } from '../model/repository.ts';
import type { Variant } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { firstOf } from '../text/first-of.ts';
import { countOf } from './baseline.ts';

/** What people should know of a reading besides its findings. */
export function notesOf(
  discovery: Pick<LintResult, 'environments'> & Pick<Discovery, 'variants'>,
  settings: Settings,
  { variants }: Pick<Repository, 'variants'>,
): string[] {
  const compared = new Map<string, Set<string>>();
  for (const { app, environment } of discovery.variants) if (environment !== undefined) compared.set(app, (compared.get(app) ?? new Set()).add(environment));
  const notes: string[] = [];
  if (discovery.environments.length === 0)
    notes.push('no environments were found, so nothing was compared; declare them in .gitopsrc under "environments" and "apps"');
  else if (![...compared.values()].some((names) => names.size > 1))
    notes.push('no app has more than one environment, so nothing was compared; declare how paths name them in .gitopsrc under "apps"');
  if (settings.unused.length > 0)
    notes.push(`.gitopsrc sets ${settings.unused.map((name) => `"${name}"`).join(', ')}, which this version does not act upon yet`);
  const unrestricted = [...new Set(variants.filter((variant) => variant.unrestricted).map(({ root }) => root))];
  if (unrestricted.length > 0)
    notes.push(
      `${firstOf(unrestricted)} ${unrestricted.length === 1 ? 'reads files' : 'read files'} outside of the folder itself: kustomize builds that only with load restrictions off; "kustomize: { loadRestrictor: none }" in .gitopsrc says that this is meant`,
    );
  if (settings.above !== undefined)
    notes.push(`${settings.above} is not read: a .gitopsrc nearer to the checked folder counts; check a folder further up to have both`);
  return notes;
}

/** That some renders are not whole, for what only looks at what is there. Files that stand for an environment alone lack nothing by that. */
export function partialNotes(variants: readonly Variant[]): string[] {
  const partial = variants.filter(({ complete, gaps, renderer }) => !complete && (renderer !== 'files' || gaps.length > 0));
  return partial.length === 0 ? [] : [`rendered in part: ${firstOf(partial.map(({ id }) => id))}; what they seem to lack is not counted`];
}

/** What a run that reports only what is new leaves out. */
export function newsNotes(known: number): string[] {
  return known === 0 ? [] : [`${known === 1 ? 'one finding was' : `${known} findings were`} there before, and ${known === 1 ? 'is' : 'are'} left out`];
}

/** Where the history is not whole: which rules ask it. */
export function historyNotes(rules: readonly Rule[]): string[] {
  return rules.map(({ id }) => `${id} says nothing: it asks the history of git, which is not whole here (in a CI: fetch-depth: 0)`);
}

/** Entries of a baseline that nothing needs: no finding, as a pipeline is not to break when somebody mends something. */
export function staleNotes(entries: readonly KnownFinding[], path: string): string[] {
  const count = countOf(entries);
  const what = count === 1 ? `one finding of ${path} is gone` : `${count} findings of ${path} are gone`;
  return count === 0 ? [] : [`${what}: "gitops-lint baseline" takes ${count === 1 ? 'it' : 'them'} out`];
}
