import { rules } from '../../../rules/index.ts';
import { loadSettings } from '../../../src/config/load.ts';
import { oneTree, survey } from '../../../src/engine/read-repository.ts';
import type { FoundEnvironment } from '../../../src/model/discovery.ts';
import type { Repository } from '../../../src/model/repository.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';
import { deployment, kustomization } from '../../rules/shop.ts';
import { lintTree, type Tree } from '../../support/rule-tester.ts';
import { matrixOf } from '../folders.ts';

/** How a repository was read, in lines. What has no lines is not there at all, so that a test has to expect each of them. */
export interface Layout {
  /** In the order of promotion: `staging: staging < dev, qa`, and behind that how sure it is, unless structure shows it. */
  readonly environments: readonly string[];
  /** `checkout@prod-eu region=eu`, sorted. */
  readonly variants: readonly string[];
  /** `docs: why`. */
  readonly leftOut?: readonly string[];
  readonly assumptions?: readonly string[];
  /** What could not be looked into, in renders and in deployers. */
  readonly gaps?: readonly string[];
  /** What is wrong, in renders and in deployers. */
  readonly problems?: readonly string[];
  /** What the rules find, all but the one that wants digests: nothing, as these repositories are in good order. */
  readonly findings?: readonly string[];
}

/** What discovery found, and what rendering made of it. */
type Surveyed = Awaited<ReturnType<typeof survey>>;

/** Surveys a tree of files. A `.gitopsrc` among them counts. */
export async function surveyed(tree: Tree): Promise<Surveyed> {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, '', []);
  return survey(oneTree(workspace), '', settings);
}

/** How a tree of files is read, and what the rules make of that. */
export async function layoutOf(tree: Tree): Promise<Layout> {
  const { findings } = await lintTree(tree, CHECKED);
  const lines = findings.map(({ ruleId, message, location, variants }) => `${ruleId} in ${location.file.path}: ${message} @ ${variants.join()}`);
  return { ...layoutIn(await surveyed(tree)), ...(lines.length > 0 && { findings: lines }) };
}

/** Gaps are told by themselves; which image has a digest is no matter of layouts. */
const CHECKED = rules.filter(({ id }) => id !== 'unpinned-image' && id !== 'unanalysed-input');

/** How a repository is read, without a look at the rules. */
export function layoutIn({ discovery, repository }: Surveyed): Layout {
  const lines = {
    leftOut: discovery.leftOut.map(({ name, why }) => `${name}: ${why}`),
    assumptions: discovery.assumptions,
    gaps: messagesOf([...repository.variants.flatMap(({ gaps }) => gaps), ...repository.deployerGaps]),
    problems: messagesOf([...repository.variants.flatMap(({ problems }) => problems), ...repository.deployerProblems]),
  };
  return {
    environments: discovery.environments.map(environmentLine),
    variants: [...matrixOf(discovery).variants].sort(),
    ...Object.fromEntries(Object.entries(lines).filter(([, all]) => all.length > 0)),
  };
}

function environmentLine({ name, tier, promotesFrom, confidence }: FoundEnvironment): string {
  const order = promotesFrom.length > 0 ? ` < ${promotesFrom.join(', ')}` : '';
  return `${name}: ${tier}${order}${confidence === 'high' ? '' : ` (${confidence})`}`;
}

function messagesOf(all: readonly { readonly message: string }[]): string[] {
  return [...new Set(all.map(({ message }) => message))].sort();
}

/** The folder that each variant is made of, and the values files: `checkout@dev = charts/checkout (values.yaml, dev.yaml)`. */
export function rootsIn({ variants }: Repository): string[] {
  return variants.map(({ id, root, renderer, inputs }) => `${id} = ${root || '.'}${renderer === 'helm' ? ` (${valuesOf(inputs)})` : ''}`);
}

const valuesOf = (inputs: ReadonlySet<string>): string => [...inputs].filter((path) => !/Chart\.yaml$|\/templates\//.test(path)).join(', ');

/** A manifest that says no more than what it is. */
export function manifest(apiVersion: string, kind: string, name: string, more = ''): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
}

/** The text with each of its lines moved to the right. */
export function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** A Deployment of one of the shop's apps. */
export function workload(app: string): string {
  return deployment(app, `image: registry.shop.example/${app}:1.14.2\n`);
}

/** A kustomization that has an app's Deployment. */
export function base(folder: string, app: string): Tree {
  return { [`${folder}/kustomization.yaml`]: kustomization([`${app}.yaml`]), [`${folder}/${app}.yaml`]: workload(app) };
}

/** An app with a base, and an overlay of it for each of the names. */
export function overlays(app: string, ...names: readonly string[]): Tree {
  const each = names.map((name) => [`apps/${app}/overlays/${name}/kustomization.yaml`, kustomization(['../../base'])] as const);
  return { ...base(`apps/${app}/base`, app), ...Object.fromEntries(each) };
}
