import { unitsOf } from '../discover/units.ts';
import { printResources } from '../render/print.ts';
import type { FixableFinding, FixDoubt } from './fix-proof.ts';
import type { LintOptions } from './lint.ts';
import { renderersOf } from './renderers.ts';

/** What a kustomization builds to, and what it reads for that. */
interface Build {
  /** Undefined where kustomize refuses. */
  readonly output: string | undefined;
  readonly inputs: ReadonlySet<string>;
}

/**
 * The builds of all kustomizations of a repository, also of those that no environment was seen to deploy: somebody builds them by hand, or
 * another repository does. Made once, and again only where a fix edits what they read.
 */
export class RootBuilds {
  #builds: ReadonlyMap<string, Build> | undefined;
  #latest: ReadonlyMap<string, Build> = new Map();

  /** What speaks against fixes that are to keep all renders. `before` and `after` are the repository without and with them. */
  async doubtsOf(fixes: readonly FixableFinding[], before: LintOptions, after: LintOptions): Promise<FixDoubt[]> {
    if (!this.#builds && !fixes.some(({ fix }) => fix.keepsRenders)) return [];
    this.#builds ??= await buildsIn(before);
    const { kustomize } = await renderersOf(after.workspace, after.settings);
    const latest = new Map<string, Build>();
    const doubts: FixDoubt[] = [];
    for (const [folder, { output, inputs }] of this.#builds) {
      const near = fixes.filter(({ fix }) => fix.edits.some(({ location: { file } }) => inputs.has(file.path)));
      if (near.length === 0) continue;
      const build = buildOf(kustomize.render(folder));
      latest.set(folder, build);
      const among = near.filter(({ fix }) => fix.keepsRenders);
      if (among.length < near.length || output === undefined || build.output === output) continue;
      doubts.push({ among, why: 'a render would change that is to stay as it is', detail: folder });
    }
    this.#latest = latest;
    return doubts;
  }

  /** The fixes that were asked about last are made. */
  settle(): void {
    if (this.#builds) this.#builds = new Map([...this.#builds, ...this.#latest]);
  }
}

/** Components build to nothing by themselves. */
async function buildsIn({ workspace, settings }: LintOptions): Promise<ReadonlyMap<string, Build>> {
  const { kustomize } = await renderersOf(workspace, settings);
  const builds = new Map<string, Build>();
  for (const { folder, renderer } of unitsOf(workspace, '', settings.declaration.isIgnored)) {
    if (renderer !== 'kustomize') continue;
    const result = kustomize.render(folder);
    if (result.kind !== 'Component') builds.set(folder, buildOf(result));
  }
  return builds;
}

type Rendered = ReturnType<Awaited<ReturnType<typeof renderersOf>>['kustomize']['render']>;

function buildOf({ status, resources, inputs }: Rendered): Build {
  return { output: status === 'failed' ? undefined : printResources(resources), inputs };
}
