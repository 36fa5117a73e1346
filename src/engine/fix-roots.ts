import { unitsOf } from '../discover/units.ts';
import { printResources } from '../render/print.ts';
import { groupBy } from '../text/group-by.ts';
import type { FixableFinding, FixDoubt } from './fix-proof.ts';
import type { LintOptions } from './lint.ts';
import { renderersOf } from './renderers.ts';

/** What a kustomization builds to, and what it reads for that. */
interface Build {
  readonly output: string | undefined;
  readonly inputs: ReadonlySet<string>;
}

const built = new WeakMap<LintOptions, Promise<ReadonlyMap<string, Build>>>();

/**
 * What speaks against fixes that are to keep all renders, where a kustomization builds to something else, though no environment was
 * seen to deploy it: somebody builds it by hand, or another repository does.
 */
export async function changedRoots(fixes: readonly FixableFinding[], before: LintOptions, after: LintOptions): Promise<FixDoubt[]> {
  const keeping = fixes.filter(({ fix }) => fix.keepsRenders);
  const edited = groupBy(
    keeping.flatMap((fixable) => fixable.fix.edits.map(({ location: { file } }) => ({ fixable, path: file.path }))),
    ({ path }) => path,
  );
  if (edited.size === 0) return [];
  let builds = built.get(before);
  if (!builds) {
    builds = buildsIn(before);
    built.set(before, builds);
  }
  const { kustomize } = await renderersOf(after.workspace, after.settings);
  const doubts: FixDoubt[] = [];
  for (const [folder, { output, inputs }] of await builds) {
    const near = [...edited].flatMap(([path, own]) => (inputs.has(path) ? own.map(({ fixable }) => fixable) : []));
    if (near.length === 0 || output === undefined || outputOf(kustomize.render(folder)) === output) continue;
    doubts.push({ among: [...new Set(near)], why: 'a render would change that is to stay as it is', detail: folder });
  }
  return doubts;
}

/** Components build to nothing by themselves. */
async function buildsIn({ workspace, settings }: LintOptions): Promise<ReadonlyMap<string, Build>> {
  const { kustomize } = await renderersOf(workspace, settings);
  const builds = new Map<string, Build>();
  for (const { folder, renderer } of unitsOf(workspace, '', settings.declaration.isIgnored)) {
    if (renderer !== 'kustomize') continue;
    const result = kustomize.render(folder);
    if (result.kind !== 'Component') builds.set(folder, { output: outputOf(result), inputs: result.inputs });
  }
  return builds;
}

type Rendered = ReturnType<Awaited<ReturnType<typeof renderersOf>>['kustomize']['render']>;

function outputOf({ status, resources }: Rendered): string | undefined {
  return status === 'failed' ? undefined : printResources(resources);
}
