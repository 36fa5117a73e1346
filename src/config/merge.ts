import { ConfigError } from '../errors.ts';
import type { Declaration, DeclaredEnvironment } from '../model/declaration.ts';
import { isWithin } from '../text/path.ts';
import { childOf, itemsOf, type Scalar } from '../tree/node.ts';
import type { Layer } from './read.ts';
import { suggestion } from './suggest.ts';

/** All that the configurations of one repository declare, the one that counts first. */
export function mergeDeclarations(layers: readonly Layer[]): Declaration {
  const environments = new Map<string, DeclaredEnvironment>();
  for (const { name, ...more } of layers.flatMap(({ declaration }) => declaration.environments)) {
    const known = environments.get(name);
    environments.set(name, known ? refined(known, more) : { name, ...more });
  }
  const declared = layers.map(({ declaration }) => declaration);
  return {
    environments: [...environments.values()],
    apps: declared.flatMap(({ apps }) => apps),
    branches: declared[0]?.branches,
    repositories: declared[0]?.repositories ?? [],
    variables: declared.flatMap(({ variables }) => variables),
    isIgnored: (path) => declared.some(({ isIgnored }) => isIgnored(path)),
  };
}

/** An environment, and what another file says of it besides. */
function refined(known: DeclaredEnvironment, more: Omit<DeclaredEnvironment, 'name'>): DeclaredEnvironment {
  const promotesFrom = known.promotesFrom || more.promotesFrom ? [...new Set([...(known.promotesFrom ?? []), ...(more.promotesFrom ?? [])])] : undefined;
  return {
    ...known,
    tier: known.tier ?? more.tier,
    promotesFrom,
    kubeVersion: known.kubeVersion ?? more.kubeVersion,
    labels: { ...known.labels, ...more.labels },
    below: known.below.includes('') ? known.below : [...new Set([...known.below, ...more.below])],
  };
}

/** What the configurations of one repository say of environments, held against each other. */
export function checkEnvironments(layers: readonly Layer[]): ConfigError[] {
  return [...layers.flatMap((layer) => unknownSources(layer, layers)), ...circles(layers), ...contradictions(layers)];
}

/** The names in `promotesFrom`, where they stand. */
function sourcesIn({ root }: Layer, environment: string): Scalar[] {
  const from = childOf(childOf(childOf(root, 'environments'), environment), 'promotesFrom');
  return [...(from ? [from] : []), ...itemsOf(childOf(childOf(root, 'environments'), environment), 'promotesFrom')].filter((node) => node.kind === 'scalar');
}

/** A nested file may name what is declared above it. */
function unknownSources(layer: Layer, layers: readonly Layer[]): ConfigError[] {
  const above = layers.filter(({ below }) => isWithin(layer.below, below));
  const known = [...new Set(above.flatMap(({ declaration }) => declaration.environments.map(({ name }) => name)))];
  return layer.declaration.environments.flatMap(({ name }) =>
    sourcesIn(layer, name)
      .filter(({ text }) => !known.includes(text))
      .map(({ text, origin }) => {
        const others = known.filter((other) => other !== name);
        return new ConfigError(`"${name}" is promoted from "${text}", which is not declared`, { file: layer.file, span: origin }, suggestion(text, others));
      }),
  );
}

/** Each circle once, at the first environment that is in it. */
function circles(layers: readonly Layer[]): ConfigError[] {
  const sources = new Map<string, string[]>();
  for (const { name, promotesFrom = [] } of layers.flatMap(({ declaration }) => declaration.environments))
    sources.set(name, [...(sources.get(name) ?? []), ...promotesFrom]);
  const told = new Set<string>();
  return layers.flatMap((layer) =>
    layer.declaration.environments.flatMap(({ name }) => {
      const back = sourcesIn(layer, name).find(({ text }) => text === name || reachedFrom(text, sources).has(name));
      if (!back || told.has(name)) return [];
      for (const other of reachedFrom(name, sources)) if (reachedFrom(other, sources).has(name)) told.add(other);
      return [new ConfigError(`"${name}" is promoted from itself, in a circle`, { file: layer.file, span: back.origin })];
    }),
  );
}

function reachedFrom(name: string, sources: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const pending = [...(sources.get(name) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...(sources.get(next) ?? []));
  }
  return reached;
}

/** An environment is one thing in a repository: a second file may add to it, and not say otherwise. */
function contradictions(layers: readonly Layer[]): ConfigError[] {
  const first = new Map<string, { readonly value: string; readonly path: string }>();
  return layers.flatMap((layer) =>
    layer.declaration.environments.flatMap(({ name, tier, kubeVersion, labels }) => {
      const said: (readonly [readonly string[], string | undefined])[] = [
        [['tier'], tier],
        [['kubeVersion'], kubeVersion],
        ...Object.entries(labels).map(([label, value]) => [['labels', label], value] as const),
      ];
      return said.flatMap(([steps, value]) => {
        if (value === undefined) return [];
        const key = [name, ...steps].join('\u0000');
        const known = first.get(key);
        if (!known) first.set(key, { value, path: layer.file.path });
        if (!known || known.value === value) return [];
        const node = steps.reduce(childOf, childOf(childOf(layer.root, 'environments'), name));
        const message = `"${name}" has "${steps.at(-1)}" ${value} here, and ${known.value} in "${known.path}"`;
        const hint = 'An environment is one thing in a repository: say it once, or give one of them another name.';
        return [new ConfigError(message, node && { file: layer.file, span: node.origin }, hint)];
      });
    }),
  );
}
