import type { VariantSource } from '../../model/discovery.ts';
import { readName, restOf } from '../../model/vocabulary.ts';
import { groupBy } from '../../text/group-by.ts';
import { compareText } from '../../text/location.ts';

/** Which deployer makes a variant of a folder. */
export interface DeployedBy {
  readonly name: string;
  /** Where its objects go, as far as it says. */
  readonly namespace: string | undefined;
  readonly release: string | undefined;
  /** The folder that holds it. */
  readonly from: string;
}

/** A variant, and the deployer that makes it of its folder; undefined where the folder itself is one. */
interface Made {
  readonly source: VariantSource;
  readonly by?: DeployedBy | undefined;
}

/** Tells variants of one folder in one environment and place apart by their deployers. Sorted by folder. */
export function toldApart<M extends Made>(all: readonly M[]): M[] {
  const told = new Map([...groupBy(all, groupOf).values()].flatMap((group) => (group.length > 1 ? namesOf(group) : [])));
  return all.map((one) => named(one, told.get(one))).sort((a, b) => compareText(a.source.root, b.source.root));
}

function groupOf({ source: { root, environment, labels, values, renderer } }: Made): string {
  return [root, environment, ...Object.values(labels), renderer === 'helm' ? '' : values?.at(-1)].join('\0');
}

function named<M extends Made>(one: M, name: string | undefined): M {
  if (name === undefined) return one;
  const { source } = one;
  // A chart that is made for many apps is none itself.
  const own = source.renderer === 'helm' ? { app: `${source.app}/${name}` } : { labels: { ...source.labels, deployer: name } };
  return { ...one, source: { ...source, ...own } };
}

/** The name of the deployer; where several have it, with the first that tells these apart: namespace, release, or the folder that holds them. */
function namesOf<M extends Made>(group: readonly M[]): (readonly [M, string])[] {
  const deployed = group.flatMap((one) => (one.by ? [{ one, name: shortName(one.source, one.by), by: one.by }] : []));
  // What a chart is called is the name of an app, and else a label: these never meet.
  const byName = groupBy(deployed, ({ one, name }) => `${one.source.renderer === 'helm'}\0${name}`);
  return [...byName.values()].flatMap((same) => {
    const way = same.length > 1 ? WAYS.find((tell) => new Set(same.map(({ by }) => tell(by))).size === same.length) : undefined;
    return same.map(({ one, name, by }) => [one, [name, way?.(by) ?? []].flat().join(':')] as const);
  });
}

/** None has a slash: a name is short for what stands behind its last one. */
const WAYS: readonly ((by: DeployedBy) => string | undefined)[] = [
  ({ name }) => name,
  ({ namespace }) => namespace,
  ({ release }) => release,
  ({ from }) => from.replaceAll('/', ':'),
];

/** Without the word for its environment, in which a chart's deployers are compared: the first word of `local-links` is none in production. */
function shortName({ renderer, environment }: VariantSource, { name }: DeployedBy): string {
  if (renderer !== 'helm') return name;
  const own = environment === undefined ? undefined : readName(environment);
  return restOf(name, ({ tier, word }) => own === undefined || tier === own.tier || word === own.word) || name;
}
