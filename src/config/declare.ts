import picomatch from 'picomatch';
import type {
  Declaration,
  DeclaredApp,
  DeclaredBranches,
  DeclaredEnvironment,
  DeclaredException,
  DeclaredRepository,
  DeclaredVariable,
} from '../model/declaration.ts';
import type { Tier } from '../model/environment.ts';
import { childOf, type Entry, entriesOf, entryOf, itemsOf, type Mapping, type Node, type Scalar, textOf } from '../tree/node.ts';
import { globIn, locatedIn, outwardFrom } from './located.ts';

/** Where a configuration lies, and what it speaks for. */
export interface ConfigPlace {
  /** The folder that its paths are relative to. */
  readonly folder: string;
  /** The folder that it refines, for a nested one; `''` for the one that counts. */
  readonly below: string;
}

/** What one valid configuration declares, with its places. Paths become relative to the root. */
export function declarationOf(root: Mapping | undefined, { folder, below }: ConfigPlace): Declaration {
  return {
    environments: entriesOf(root, 'environments').map((entry) => environmentOf(entry, below)),
    apps: itemsOf(root, 'apps').flatMap((item) => appOf(item, folder, below)),
    branches: branchesOf(root),
    repositories: entriesOf(root, 'repositories').flatMap((entry) => repositoryOf(entry, folder)),
    variables: itemsOf(root, 'externals').flatMap((item) => variableOf(item, below)),
    isIgnored: matcherOf(textsIn(root, 'ignore').map((glob) => globIn(folder, glob).replace(/\/$/, ''))),
  };
}

/** The exceptions of one valid configuration, in its order. */
export function exceptionsOf(root: Mapping | undefined, { folder, below }: ConfigPlace): DeclaredException[] {
  return itemsOf(root, 'exceptions').map((item) => {
    const path = textOf(item, 'path');
    const until = scalarAt(item, 'until');
    return {
      rule: textOf(item, 'rule') ?? '',
      app: textOf(item, 'app'),
      environments: environmentsIn(item),
      path: path === undefined ? undefined : globIn(folder, path),
      resource: textOf(item, 'resource'),
      version: textOf(item, 'version'),
      until: until && { day: until.text, origin: until.origin },
      reason: textOf(item, 'reason') ?? '',
      below,
      origin: scalarAt(item, 'rule')?.origin ?? item.origin,
    };
  });
}

/** A folder is ignored with all that is in it. */
function matcherOf(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const matches = picomatch([...globs, ...globs.map((glob) => `${glob}/**`)], { dot: true });
  return (path) => matches(path);
}

function environmentOf({ key, value }: Entry, below: string): DeclaredEnvironment {
  const from = childOf(value, 'promotesFrom');
  return {
    name: key.text,
    tier: textOf(value, 'tier') as Tier | undefined,
    promotesFrom: from?.kind === 'scalar' ? [from.text] : from && textsIn(value, 'promotesFrom'),
    kubeVersion: textOf(value, 'kubeVersion'),
    labels: Object.fromEntries(entriesOf(value, 'labels').flatMap((label) => (label.value.kind === 'scalar' ? [[label.key.text, label.value.text]] : []))),
    below: [below],
    origin: key.origin,
  };
}

function appOf(item: Node, folder: string, below: string): DeclaredApp[] {
  const located = ({ text, origin }: Scalar) => ({ pattern: locatedIn(folder, text), below, origin });
  const path = scalarAt(item, 'path');
  if (path) return [{ type: 'path', ...located(path) }];
  const files = scalarAt(item, 'files');
  if (files) return [{ type: 'files', ...located(files) }];
  const chart = scalarAt(item, 'chart');
  if (!chart) return [];
  const values = textsIn(item, 'values');
  return [{ type: 'chart', ...located(chart), values: values.length > 0 ? values : ['values.yaml', 'values-{env}.yaml'] }];
}

function branchesOf(root: Mapping | undefined): DeclaredBranches | undefined {
  const pattern = scalarAt(root, 'branches');
  return pattern?.text ? { pattern: pattern.text, origin: pattern.origin } : undefined;
}

function repositoryOf({ key, value }: Entry, folder: string): DeclaredRepository[] {
  return value.kind === 'scalar' ? [{ environment: key.text, path: outwardFrom(folder, value.text), origin: value.origin }] : [];
}

function variableOf(item: Node, below: string): DeclaredVariable[] {
  const variable = scalarAt(item, 'variable');
  return variable ? [{ name: variable.text, environments: environmentsIn(item), below, origin: variable.origin }] : [];
}

function environmentsIn(item: Node): readonly string[] | undefined {
  return childOf(item, 'environments') && textsIn(item, 'environments');
}

function textsIn(node: Node | undefined, key: string): string[] {
  return itemsOf(node, key).flatMap((item) => (item.kind === 'scalar' ? item.text : []));
}

function scalarAt(node: Node | undefined, key: string): Scalar | undefined {
  const value = node?.kind === 'mapping' ? entryOf(node, key)?.value : undefined;
  return value?.kind === 'scalar' ? value : undefined;
}
