import type { VariantSource } from '../../model/discovery.ts';
import type { RenderResult } from '../../model/render-result.ts';
import type { Resource } from '../../model/resource.ts';
import { childOf, itemsOf, type Node, type Origin, textOf } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { readApplicationSet } from '../argo/application-set.ts';
import type { FillGoTemplate } from '../argo/language.ts';
import { isApplication, isApplicationSet, readApplication, sourcesOf } from './argo.ts';
import { isFluxDeployer, isFluxSource, readFlux } from './flux.ts';
import { hintsOf } from './hints.ts';
import { mayDeployIn } from './may-deploy.ts';
import { type Mention, type OwnRepositories, ownRepositories, repositoryKey } from './repositories.ts';
import type { Lookup, Remark, Said } from './said.ts';
import { overridesIn } from './source-overrides.ts';

/** A source whose objects are read, by its key. */
export type KeyedSource = VariantSource & { readonly key: string };

/** What cannot be known of a deployer, or is wrong in it. */
export interface DeployerNote {
  readonly message: string;
  readonly origin: Origin;
  readonly deployer: Resource;
  /** The key of the source that holds it. */
  readonly holder: string;
}

/** What holders deploy, and whose repositories are whose, as far as everything seen until then tells. */
export interface Gathered {
  readonly found: readonly { readonly said: Said; readonly holder: KeyedSource }[];
  readonly repositories: OwnRepositories;
}

/** Reads what the objects of rendered folders deploy. What it has seen before counts for what it reads later. */
export interface Gatherer {
  /** Reads what there is without following it, so that whose repository is whose does not depend on what comes first. */
  look(holders: readonly KeyedSource[]): void;
  gather(holders: readonly KeyedSource[]): Gathered;
  gapsOf(holder: string): readonly DeployerNote[];
  problemsOf(holder: string): readonly DeployerNote[];
  /** Patterns of git generators that find nothing, as the message of a note. */
  unmatchedOf(holder: string): readonly DeployerNote[];
}

export function createGatherer(workspace: Workspace, render: (source: VariantSource) => RenderResult, fillGoTemplate?: FillGoTemplate): Gatherer {
  const sources = new Map<string, Map<string, Resource>>();
  const everywhere = new Map<string, Resource>();
  const mentions: Mention[] = [];
  const gaps = new Map<string, DeployerNote[]>();
  const problems = new Map<string, DeployerNote[]>();
  const unmatched = new Map<string, DeployerNote[]>();
  const mayDeploy = mayDeployIn(workspace);
  const overridesFor = overridesIn(workspace);

  /** Who has an object of some key. */
  const owners = new Map<string, { readonly holder: KeyedSource; readonly resource: Resource }[]>();

  const register = (holder: KeyedSource, resource: Resource): void => {
    const own = sources.get(holder.key) ?? new Map<string, Resource>();
    sources.set(holder.key, own);
    for (const key of sourceKeysOf(resource)) {
      own.set(key, resource);
      owners.set(key, [...(owners.get(key) ?? []), { holder, resource }]);
      if (!everywhere.has(key)) everywhere.set(key, resource);
    }
  };
  // One cluster's folder may say of a source what another's says differently: its own word counts first.
  const lookupFor =
    (holder: KeyedSource): Lookup =>
    (kind, name, namespace) => {
      const own = sources.get(holder.key);
      for (const key of [`${kind}/${namespace}/${name}`, `${kind}//${name}`]) {
        const found = own?.get(key) ?? everywhere.get(key);
        if (found) return found;
      }
      return undefined;
    };

  // What gives one cluster its variables is another one's affair elsewhere: only what the same cluster gets counts.
  const nearFor =
    (holder: KeyedSource): Lookup =>
    (kind, name, namespace) => {
      for (const key of [`${kind}/${namespace}/${name}`, `${kind}//${name}`]) {
        const own = sources.get(holder.key)?.get(key);
        if (own) return own;
        const near = (owners.get(key) ?? []).filter((owner) => isNear(owner.holder, holder));
        const [closest, other] = near.filter((owner) => owner.holder.environment === holder.environment);
        const found = closest && !other ? closest : near.length === 1 ? near[0] : undefined;
        if (found) return found.resource;
      }
      return undefined;
    };

  /** The objects that deploy something, by the key of what holds them. */
  const deployers = new Map<string, readonly Resource[]>();
  const deployersIn = (holder: KeyedSource): readonly Resource[] => {
    if (holder.renderer === 'files' || !mayDeploy(holder)) return [];
    const resources = [...render(holder).resources];
    for (const resource of resources) if (isFluxSource(resource)) register(holder, resource);
    return resources.filter((resource) => isFluxDeployer(resource) || isApplication(resource) || isApplicationSet(resource));
  };
  const look = (holders: readonly KeyedSource[]): void => {
    const unseen = holders.filter(({ key }) => !deployers.has(key));
    for (const holder of unseen) deployers.set(holder.key, deployersIn(holder));
    for (const holder of unseen)
      mentions.push(...(deployers.get(holder.key) ?? []).flatMap((resource) => mentionsOf(resource, lookupFor(holder), nearFor(holder))));
  };

  return {
    look,
    gather: (holders) => {
      look(holders);
      const repositories = ownRepositories(workspace, mentions);
      const { isOwn } = repositories;
      const all = holders.flatMap((holder) => (deployers.get(holder.key) ?? []).map((resource) => ({ holder, resource })));
      const found = all.flatMap(({ holder, resource }): Gathered['found'] => {
        const noteOf = (remark: Remark): DeployerNote => ({ ...remark, deployer: resource, holder: holder.key });
        if (isFluxDeployer(resource)) {
          const said = readFlux(resource, lookupFor(holder), nearFor(holder));
          gaps.set(holder.key, withNew(gaps.get(holder.key) ?? [], (said.remarks ?? []).map(noteOf)));
          return [{ said, holder }];
        }
        const tell = (remark: Remark) => problems.set(holder.key, withNew(problems.get(holder.key) ?? [], [noteOf(remark)]));
        const override = overridesFor((url) => isOwn(repositoryKey(url)), tell);
        const plain = { deployer: resource, isEphemeral: false, isConditional: false, isOpen: false };
        if (isApplication(resource))
          return readApplication({ ...plain, kind: 'Application', node: resource.node, hints: [] }, override).map((said) => ({ said, holder }));
        const reading = readApplicationSet(resource.node, workspace, (url) => isOwn(repositoryKey(url)), fillGoTemplate);
        gaps.set(holder.key, [...(gaps.get(holder.key) ?? []), ...reading.gaps.map(noteOf)]);
        problems.set(holder.key, [...(problems.get(holder.key) ?? []), ...reading.problems.map(noteOf)]);
        const patterns = reading.unmatched.map((pattern) => noteOf({ message: pattern.kind === 'scalar' ? pattern.text : '', origin: pattern.origin }));
        unmatched.set(holder.key, [...(unmatched.get(holder.key) ?? []), ...patterns]);
        return reading.made.flatMap(({ application: node, parameters, isEphemeral, isConditional, isOpen }) => {
          const made = { kind: 'ApplicationSet', deployer: resource, node, hints: hintsOf(parameters), isEphemeral, isConditional, isOpen } as const;
          return readApplication(made, override).map((said) => ({ said, holder }));
        });
      });
      return { found, repositories };
    },
    gapsOf: (holder) => gaps.get(holder) ?? [],
    problemsOf: (holder) => problems.get(holder) ?? [],
    unmatchedOf: (holder) => unmatched.get(holder) ?? [],
  };
}

/** Whether two sources may be of one cluster: neither says anything else. */
function isNear(a: KeyedSource, b: KeyedSource): boolean {
  const agree = (one: string | undefined, other: string | undefined) => one === undefined || other === undefined || one === other;
  return agree(a.environment, b.environment) && agree(a.labels['cluster'], b.labels['cluster']) && agree(a.labels['region'], b.labels['region']);
}

/** Notes of which several deployers of one folder give the same are told once. */
function withNew(notes: readonly DeployerNote[], more: readonly DeployerNote[]): DeployerNote[] {
  return [...notes, ...more.filter(({ message }) => !notes.some((known) => known.message === message))];
}

/** An artifact goes by its own name, and its generator is found under it. */
function sourceKeysOf({ id, node }: Resource): string[] {
  if (id.kind !== 'ArtifactGenerator') return [`${id.kind}/${id.namespace}/${id.name}`, `${id.kind}//${id.name}`];
  const names = itemsOf(childOf(node, 'spec'), 'artifacts').flatMap((item) => textOf(item, 'name') ?? []);
  return names.flatMap((name) => [`${id.kind}/${id.namespace}/${name}`, `${id.kind}//${name}`]);
}

/** The paths that a deployer names, whatever it makes of them: they tell which repositories are this one. */
function mentionsOf(resource: Resource, lookup: Lookup, lookupNear: Lookup): Mention[] {
  if (isFluxDeployer(resource)) {
    const { repository, revision, folder, path } = readFlux(resource, lookup, lookupNear);
    return [{ repository, revision, path: folder ?? path?.text ?? '' }];
  }
  const spec = childOf(resource.node, 'spec');
  const application = isApplication(resource) ? spec : childOf(childOf(spec, 'template'), 'spec');
  return [...sourcesOf(application).flatMap(mentionIn), ...valuesMentions(sourcesOf(application)), ...itemsOf(spec, 'generators').flatMap(generatorMentions)];
}

/** Values files that a source takes from another one, which is in the repository of that one. */
function valuesMentions(sources: readonly Node[]): Mention[] {
  return sources.flatMap((source) =>
    itemsOf(childOf(source, 'helm'), 'valueFiles').flatMap((item) => {
      const [, ref, path = ''] = (item.kind === 'scalar' && /^\$([^/]+)\/(.*)$/.exec(item.text)) || [];
      const from = sources.find((other) => ref !== undefined && textOf(other, 'ref') === ref);
      return from ? mentionIn(from).map((mention) => ({ ...mention, path: beforeHoles(path) })) : [];
    }),
  );
}

function mentionIn(source: Node): Mention[] {
  const url = textOf(source, 'repoURL');
  if (url === undefined) return [];
  return [{ repository: repositoryKey(url), revision: textOf(source, 'targetRevision') ?? 'HEAD', path: beforeHoles(textOf(source, 'path') ?? '') }];
}

/** Git generators name the same repository; those within matrix and merge generators, too. */
function generatorMentions(generator: Node): Mention[] {
  const git = childOf(generator, 'git');
  const inner = ['matrix', 'merge'].flatMap((name) => itemsOf(childOf(generator, name), 'generators').flatMap(generatorMentions));
  const url = textOf(git, 'repoURL');
  if (url === undefined) return inner;
  const paths = [...itemsOf(git, 'directories'), ...itemsOf(git, 'files')].flatMap((item) => textOf(item, 'path') ?? []);
  const revision = textOf(git, 'revision') ?? 'HEAD';
  return [...inner, ...paths.map((path) => ({ repository: repositoryKey(url), revision, path: beforeHoles(path) }))];
}

/** The folders of a path before its first glob or placeholder: `apps/web/{{env}}` → `apps/web`. */
function beforeHoles(path: string): string {
  const at = path.search(/[*?[{$]/);
  return at === -1 ? path : path.slice(0, path.lastIndexOf('/', at) + 1).replace(/\/$/, '');
}
