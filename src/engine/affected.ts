import { authorFilesOf } from '../model/authors.ts';
import { variantBefore } from '../model/change.ts';
import { kustomizationOf } from '../model/kubernetes/kustomization.ts';
import { renderChanges } from '../model/render-changes.ts';
import type { Change, ReachedFile, Repository } from '../model/repository.ts';
import type { Variant } from '../model/variant.ts';
import { folderOf, joinPath } from '../text/path.ts';
import { textsOf } from '../tree/texts.ts';
import { isReached } from './scope.ts';

/** What a change does to what is rendered; `unknown` where a gap may hide it. */
export type Outcome = 'changed' | 'same' | 'new' | 'gone' | 'unknown';

/** A variant that a change reaches. */
export interface AffectedVariant {
  /** As it is now; of one that is gone, as it was. */
  readonly variant: Variant;
  readonly outcome: Outcome;
  /** The changed files that it reads, sorted; none where only its deployer changed. */
  readonly files: readonly string[];
  /** From the first of them, by the folders that take each other in, to its own. */
  readonly way: readonly string[];
}

/** Which variants a change reaches, what it does to each, and how it gets there. In the order of the repository; those that are gone last. */
export function affectedBy(now: Repository, change: Change): AffectedVariant[] {
  const ways = waysIn(now.files);
  const describe = (variant: Variant, outcome: Outcome): AffectedVariant => {
    const files = [...change.files].filter((path) => variant.tree === undefined && variant.inputs.has(path)).sort();
    // A chart reads the files of all environments: those that wrote something tell more.
    const authors = outcome === 'changed' ? authorFilesOf(variant) : undefined;
    return { variant, outcome, files, way: wayTo(variant, files.find((path) => authors?.has(path)) ?? files[0], ways) };
  };
  const reached = now.variants.flatMap((variant) => {
    const before = variantBefore(change, variant);
    if (!before) return describe(variant, 'new');
    return isReached(variant, change.files) || isReached(before, change.files) ? describe(variant, outcomeOf(before, variant)) : [];
  });
  const ids = new Set(now.variants.map(({ id }) => id));
  return [...reached, ...change.before.variants.flatMap((variant) => (ids.has(variant.id) ? [] : describe(variant, 'gone')))];
}

function outcomeOf(before: Variant, now: Variant): Outcome {
  if (renderChanges(before.resources, now.resources).length > 0 || settingsOf(before) !== settingsOf(now)) return 'changed';
  const isWhole = (variant: Variant): boolean => variant.complete || (variant.renderer === 'files' && variant.gaps.length === 0);
  return isWhole(before) && isWhole(now) ? 'same' : 'unknown';
}

function settingsOf({ settings }: Variant): string {
  return settings.map(({ path, text }) => `${path}\0${text}`).join('\0');
}

/** Which folders take in which files and folders, by their kustomizations. */
function waysIn(files: readonly ReachedFile[]): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>();
  for (const file of files) {
    const root = kustomizationOf(file);
    if (!root) continue;
    const folder = folderOf(file.yaml.file.path);
    for (const { text } of textsOf(root)) {
      const path = joinPath(folder, text);
      if (path !== undefined) holders.set(path, [...(holders.get(path) ?? []), folder]);
    }
  }
  return holders;
}

/** The shortest way from a file to the folder of a variant; the two alone where nothing tells how one leads to the other. */
function wayTo({ root, inputs }: Variant, file: string | undefined, holders: ReadonlyMap<string, readonly string[]>): string[] {
  if (file === undefined) return [root];
  const open: (readonly string[])[] = [[file]];
  const seen = new Set([file]);
  for (const way of open) {
    const last = way.at(-1) ?? '';
    if (last === root) return [...way];
    // A kustomization stands for its folder, and so does a file of which no other tells.
    const above = [...(holders.get(last) ?? []), ...(way.length === 1 ? [folderOf(file)] : [])];
    for (const folder of above.filter((path) => !seen.has(path) && (path === root || [...inputs].some((input) => folderOf(input) === path)))) {
      seen.add(folder);
      open.push([...way, folder]);
    }
  }
  return [file, root];
}
