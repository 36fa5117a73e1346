import { patternsFor } from '../config/propose/patterns.ts';
import { settingsWith } from '../config/propose/read-back.ts';
import { configText, type Draft, declaredIn } from '../config/propose/text.ts';
import type { Settings } from '../config/settings.ts';
import { discover } from '../discover/index.ts';
import type { Discovery, FoundEnvironment, VariantSource } from '../model/discovery.ts';
import type { Rule } from '../rule/rule.ts';
import { joinPath } from '../text/path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { renderersOf } from './renderers.ts';

/** A `.gitopsrc` that says what was found, and what it stands for. */
export interface Proposal extends Draft {
  /** Where it belongs, relative to the root. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes down what is found in a folder as the text of a `.gitopsrc`. Each text is read back before it is proposed: where the
 * same variants in the same environments do not come out of it, it says less, until they do. A text of comments alone
 * always holds.
 */
export async function proposeConfig(workspace: Workspace, folder: string, settings: Settings, rules: readonly Rule[]): Promise<Proposal> {
  const renderers = await renderersOf(workspace, settings);
  const read = ({ declaration }: Settings, scope: string) => discover({ workspace, declaration, renderers }, scope).part;
  const discovery = read(settings, folder);
  // A file of a folder refines the whole, and must not change it.
  const found = new Map([folder, ''].map((scope) => [scope, scope === folder ? discovery : read(settings, scope)]));
  const path = joinPath(folder, '.gitopsrc') ?? '.gitopsrc';
  const proposalOf = (draft: Omit<Draft, 'discovery'>): Proposal => {
    const text = configText({ ...draft, discovery: relocated(discovery, folder) });
    return { ...draft, discovery, path, text };
  };
  const straysOf = async (proposal: Proposal): Promise<ReadonlySet<string> | undefined> => {
    const strays = new Set<string>();
    for (const [scope, before] of found) {
      const again = await settingsWith(proposal, { workspace, folder: scope, rules });
      if (!again) return undefined;
      for (const name of straysBetween(before, read(again, scope))) strays.add(name);
    }
    return strays;
  };
  const all = new Set(discovery.environments.map(({ name }) => name));
  /** Declares fewer environments until what is read is what was found; undefined where that does not help. */
  const holding = async (apps: Draft['apps']): Promise<Proposal | undefined> => {
    for (let heldBack: ReadonlySet<string> = new Set(); ; ) {
      const proposal = proposalOf({ apps, heldBack });
      const strays = await straysOf(proposal);
      if (strays?.size === 0) return proposal;
      const blamed = declaredIn(proposal).filter(({ name }) => strays?.has(name));
      if (heldBack.size === all.size) return undefined;
      heldBack = blamed.length > 0 ? new Set([...heldBack, ...blamed.map(({ name }) => name)]) : all;
    }
  };
  const apps = patternsFor(relocated(discovery, folder));
  return (apps && (await holding(apps))) ?? (await holding(undefined)) ?? proposalOf({ heldBack: all });
}

/** The paths of a discovery as a file in the folder would name them. */
function relocated(discovery: Discovery, folder: string): Discovery {
  if (folder === '') return discovery;
  const inside = (path: string) => (path === folder ? '' : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path);
  const relocate = (source: VariantSource): VariantSource => ({
    ...source,
    root: inside(source.root),
    ...(source.values && { values: source.values.map(inside) }),
  });
  return { ...discovery, variants: discovery.variants.map(relocate) };
}

/** The environments that one reading has otherwise than another: by what is said of them, or by what is in them. */
function straysBetween(before: Discovery, after: Discovery): ReadonlySet<string> {
  const strays = new Set<string>();
  const names = new Set(before.environments.map(({ name }) => name));
  // Of a part, what comes from an environment elsewhere cannot be said.
  const open = new Set(before.environments.filter(({ promotesFrom }) => !promotesFrom.every((name) => names.has(name))).map(({ name }) => name));
  const told = (environments: readonly FoundEnvironment[]) =>
    new Map(environments.map(({ name, tier, promotesFrom, labels }) => [name, JSON.stringify([tier, open.has(name) ? [] : promotesFrom, sorted(labels)])]));
  const [was, is] = [told(before.environments), told(after.environments)];
  for (const name of [...was.keys(), ...is.keys()]) if (was.get(name) !== is.get(name)) strays.add(name);
  const [order, other] = [[...was.keys()], [...is.keys()]];
  for (const [at, name] of order.entries()) if (other[at] !== name) strays.add(name);
  const [had, has] = [keyedVariants(before), keyedVariants(after)];
  for (const [key, { environment }] of had) if (environment !== undefined && !has.has(key)) strays.add(environment);
  // A name that is declared may have been seen in a path, whatever came of it.
  for (const [key, { environment, root }] of has) if (!had.has(key)) for (const name of [environment ?? '', ...root.split('/')]) strays.add(name);
  return strays;
}

/** Every variant by all that tells it from others. */
function keyedVariants({ variants, environments }: Discovery): Map<string, VariantSource> {
  const labelsOf = new Map(environments.map(({ name, labels }) => [name, labels]));
  const keyOf = ({ app, environment = '', labels, root, renderer, values, additions }: VariantSource) =>
    JSON.stringify([app, environment, sorted({ ...labelsOf.get(environment), ...labels }), root, renderer, values, additions !== undefined]);
  return new Map(variants.map((source) => [keyOf(source), source]));
}

function sorted(labels: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
}
