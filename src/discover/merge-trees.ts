import type { Declaration, DeclaredEnvironment } from '../model/declaration.ts';
import type { Discovery, Evidence, FoundEnvironment, VariantSource } from '../model/discovery.ts';
import type { Tier } from '../model/environment.ts';
import { readName } from '../model/vocabulary.ts';
import { nameIn } from '../text/source-file.ts';
import { locationOf } from '../tree/node.ts';
import { isForPreviews } from './containers.ts';
import { environmentsOf, type OrderedEnvironment, type Sighting } from './environments.ts';
import { placeInTrees } from './tree-variants.ts';
import { type FoundTree, type Tree, titleOf } from './trees.ts';

/**
 * Makes one discovery of those of several trees. What is deployed from the tree of an environment is a variant in it;
 * apps are those that their folders name, as in one repository. What folders of such a tree say of another environment
 * counts where it says more of the same one (`prod-eu` in the tree of `prod`). `ordered` is what other tools' files say.
 */
export function mergeTrees(
  found: readonly FoundTree[],
  declaration: Pick<Declaration, 'environments' | 'apps'>,
  ordered: readonly OrderedEnvironment[] = [],
): Discovery {
  const { variants, leftOut, assumptions } = placeInTrees(found, declaration.environments);
  const named = new Set(variants.map(({ environment }) => environment));
  const seen = sightingsIn(found, named, declaration.environments);
  return {
    environments: environmentsOf(seen, declaration.environments, ordered).flatMap((environment) =>
      environment.confidence === 'declared' || named.has(environment.name) ? { ...environment, evidence: locatedBy(seen, environment) } : [],
    ),
    variants,
    leftOut: [...leftOut, ...emptyTrees(found, variants), ...leftOutOf(found, variants, declaration)],
    assumptions,
  };
}

type Seen = Sighting & Evidence;

/** What trees show, which is as good as declared, and then what their folders do. */
function sightingsIn(found: readonly FoundTree[], named: ReadonlySet<string | undefined>, declared: readonly DeclaredEnvironment[]): Seen[] {
  const seen: Seen[] = [];
  for (const { tree } of found) if (tree.environment !== undefined && named.has(tree.environment)) seen.push(sightingOf(tree, tree.environment));
  for (const { discovery } of found) {
    for (const { name, tier, labels, confidence, evidence } of discovery.environments.filter((environment) => named.has(environment.name))) {
      // The declaration itself is evidence without being seen anywhere.
      const isDeclared = declared.some((environment) => environment.name === name);
      for (const one of evidence) if (!one.location || !isDeclared) seen.push({ name, tier, labels, confidence, ...one });
    }
  }
  return seen;
}

/** The evidence of an environment, each once, at the place where it was seen. */
function locatedBy(seen: readonly Seen[], { name, evidence }: FoundEnvironment): Evidence[] {
  const placeOf = (why: string) => seen.find((one) => one.name === name && one.why === why)?.location;
  const news = evidence.filter(({ why }, at) => evidence.findIndex((other) => other.why === why) === at);
  return news.map(({ why, location }) => ({ why, location: location ?? placeOf(why) }));
}

function sightingOf(tree: Tree, name: string): Seen {
  const { origin } = tree;
  const location = origin && locationOf(origin);
  return { name, tier: tierOf(tree, name), labels: readName(name)?.labels ?? {}, confidence: 'declared', why: titleOf(tree), location };
}

/** Folders of branches that come and go, whatever stands behind, besides those for previews. */
const PASSING = /^(?:features?|branch|pr|mr)$/i;

/** That of its name, unless the branch shows that it is there for a while only: `pr-12`, `feature/x`. */
function tierOf({ branch = '' }: Tree, name: string): Tier {
  const reading = readName(name);
  if (reading && reading.form !== 'part') return reading.tier;
  const steps = branch.split('/');
  const isPassing = steps.some((step, at) => (at < steps.length - 1 ? PASSING.test(step) || isForPreviews(step) : readName(step)?.tier === 'ephemeral'));
  return isPassing ? 'ephemeral' : (reading?.tier ?? 'unknown');
}

/** What each tree left out, under its name; the same of several trees is told once. */
function leftOutOf(found: readonly FoundTree[], variants: readonly VariantSource[], { environments, apps }: Pick<Declaration, 'environments' | 'apps'>) {
  const declared = new Set([...environments.map(({ name }) => name), ...apps.map(({ pattern }) => pattern)]);
  const told = new Map<string, { readonly name: string; readonly why: string }>();
  for (const { tree, discovery } of found) {
    for (const { name, why } of discovery.leftOut) {
      const isFolder = discovery.variants.some(({ root }) => root === name);
      // The tree tells what its folders do not: nothing is open any more.
      if (isFolder && tree.environment !== undefined) continue;
      const isDeclared = declared.has(name) && !isFolder;
      // Nothing of it is here, and another tree has it.
      if (!isFolder && variants.some(({ environment }) => environment === name)) continue;
      if (isDeclared && !isEmptyEverywhere(name, found, variants)) continue;
      const key = `${name}\u0000${why}`;
      if (!told.has(key)) told.set(key, { name: isDeclared ? name : nameIn(tree.name, name), why });
    }
  }
  return [...told.values()];
}

/** What is declared for all trees need not be found in each. */
function isEmptyEverywhere(name: string, found: readonly FoundTree[], variants: readonly VariantSource[]): boolean {
  return !variants.some(({ environment }) => environment === name) && found.every(({ discovery }) => discovery.leftOut.some((entry) => entry.name === name));
}

function emptyTrees(found: readonly FoundTree[], variants: readonly VariantSource[]): Discovery['leftOut'] {
  return found
    .filter(({ tree }) => tree.environment !== undefined && !variants.some((source) => (source.tree ?? '') === tree.name))
    .map(({ tree }) => ({ name: tree.name || (tree.branch ?? '.'), why: `the ${titleOf(tree)} holds nothing that is deployed` }));
}
