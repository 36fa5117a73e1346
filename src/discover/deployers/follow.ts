import type { VariantSource } from '../../model/discovery.ts';
import type { RenderResult } from '../../model/render-result.ts';
import { readName } from '../../model/vocabulary.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { FillGoTemplate } from '../argo/language.ts';
import type { Reading } from '../reading.ts';
import type { Unit } from '../units.ts';
import { appOf, withoutContainers } from './app-of.ts';
import { createGatherer, type DeployerNote, type KeyedSource } from './gather.ts';
import { environmentsByHint } from './hints.ts';
import { type Located, locate, type Target } from './locate.ts';
import { signatureOf } from './signature.ts';
import { type DeployedBy, toldApart } from './twins.ts';
import { waitingValues } from './waiting-values.ts';

/** What is known before any deployer is read: folders read by convention, and those in which no environment is seen. */
export interface FollowInput {
  readonly workspace: Workspace;
  readonly readings: readonly Reading[];
  readonly others: readonly Unit[];
  /** What the folders are that others build upon, where something deploys them all the same. */
  readonly inner: readonly Reading[];
  /** What the names of others would tell, which counts for what something deploys. */
  readonly weak: readonly Reading[];
  /** Folders that do nothing but pass on one within them. */
  readonly wraps: ReadonlyMap<string, string>;
  render(source: VariantSource): RenderResult;
  holdsManifests(folder: string): boolean;
  /** Undefined where there are no Go templates. */
  readonly fillGoTemplate?: FillGoTemplate | undefined;
}

/** One thing that one object deploys. Holder and targets are keys of variants. */
export interface FoundDeployment extends Located {
  readonly holder: string;
  /** The environment of the folder that holds it, or that its own words tell. */
  readonly environment: string | undefined;
  readonly targetKeys: readonly string[];
}

export interface Followed {
  readonly readings: readonly Reading[];
  /** What is deployed, or could be, with no environment to be seen. */
  readonly others: readonly VariantSource[];
  readonly deployments: readonly FoundDeployment[];
  readonly gaps: readonly DeployerNote[];
  readonly problems: readonly DeployerNote[];
  /** What names alone would have told, and deployers do not. */
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  /** Patterns that find nothing. */
  readonly unmatched: readonly DeployerNote[];
}

/** As deep as apps of apps are followed. */
const MAX_ROUNDS = 8;

/** Something that is deployed, or may be: its objects may deploy more. */
interface Holder {
  readonly source: KeyedSource;
  /** What makes it an environment's; undefined where nothing tells. */
  readonly reading: Reading | undefined;
  /** The deployer that adds something to it, by which twins are told apart. */
  readonly by?: DeployedBy | undefined;
}

/**
 * Follows the objects by which Flux and Argo CD deploy: from the folders that are known to what these deploy, and on
 * from there. A folder that names no environment is deployed to those of its deployers, once for each. What a deployer
 * adds to a folder belongs to the variant.
 */
export function followDeployers(input: FollowInput): Followed {
  const { workspace, readings, others } = input;
  const gatherer = createGatherer(workspace, input.render, input.fillGoTemplate);
  const byRoot = new Map([...input.inner, ...readings].filter(({ source }) => source.renderer !== 'helm').map((reading) => [reading.source.root, reading]));
  const byName = new Map(input.weak.map((reading) => [reading.source.root, reading]));
  const byValues = new Map(
    readings.flatMap((reading) => (reading.source.renderer === 'helm' ? [[reading.source.values?.at(-1) ?? '', reading] as const] : [])),
  );
  const words = new Set(readings.flatMap(({ source }) => readName(source.environment)?.word ?? []));
  const holders = new Map<string, Holder>();
  const deployments: FoundDeployment[] = [];
  /** Folders that are variants by way of their deployers, and no longer as they stand. */
  const retold = new Set<string>();

  const follow = (start: readonly Holder[]): void => {
    for (const holder of start) holders.set(holder.source.key, holder);
    let frontier = start;
    for (let round = 0; round < MAX_ROUNDS && frontier.length > 0; round += 1) {
      const { found: gathered, repositories } = gatherer.gather(frontier.map(({ source }) => source));
      const located = gathered.flatMap(({ said, holder }) => {
        const found = locate(said, workspace, repositories, input.holdsManifests);
        return found ? [{ ...found, holder: holder.key }] : [];
      });
      const homeless = located.filter(({ holder }) => !holders.get(holder)?.reading);
      const hinted = environmentsByHint(homeless, (word) => words.has(word));
      const next: Holder[] = [];
      for (const one of located) {
        const home = holders.get(one.holder)?.reading ?? readingOf(hinted.get(one));
        const from = holders.get(one.holder)?.source.root ?? '';
        const targets = (one.said.isEphemeral ? [] : one.targets).map((target) => targetOf(one, target, home, from));
        deployments.push({ ...one, environment: home?.source.environment, targetKeys: targets.map(({ source }) => source.key) });
        for (const target of targets) {
          if (holders.has(target.source.key)) continue;
          holders.set(target.source.key, target);
          next.push(target);
        }
      }
      frontier = next;
    }
  };

  const targetOf = (one: Located, target: Target, home: Reading | undefined, from: string): Holder => {
    const own = target.renderer === 'helm' ? byValues.get(target.values?.at(-1) ?? '') : byRoot.get(target.root);
    const { additions, name, namespace, kind } = one.said;
    const helm = one.said.helm && target.gaps ? { ...one.said.helm, gaps: [...(one.said.helm.gaps ?? []), ...target.gaps] } : one.said.helm;
    const signature = signatureOf({ additions, name, helm }, target);
    if (own && signature === '') return holderOf(own);
    // In the environment that its folder names, or else in that of what deploys it.
    const told = own ?? home ?? byName.get(target.root);
    // A release whose chart is elsewhere is read from the folder of its deployer, which stays what it is.
    const isOfChart = target.renderer === 'helm' && target.root === from;
    if ((signature !== '' || told) && !isOfChart) retold.add(own && target.renderer === 'helm' ? holderOf(own).source.key : target.root);
    const labels = own?.source.labels ?? placeOf(home);
    const key = [target.root, told?.source.environment ?? '', ...Object.entries(labels).flat(), signature].join('\0');
    const source: KeyedSource = {
      app: (own ?? (home ? undefined : told))?.source.app ?? (one.said.path ? appOf(target.root) : releaseName(one.said)),
      environment: told?.source.environment,
      labels,
      root: target.root,
      renderer: target.renderer,
      ...(target.values && { values: target.values }),
      ...(target.isAbroad && { isAbroad: true }),
      ...(target.renderer === 'helm' && helm && { helm }),
      ...(signature !== '' && target.renderer !== 'helm' && { additions }),
      key: told || signature !== '' ? key : target.root,
    };
    const by: DeployedBy = { name, from, namespace: namespace?.text, release: helm?.releaseName };
    if (!told) return { source, reading: undefined, by };
    const reading = { ...told, source: { ...source, environment: told.source.environment } };
    if (own || !isHeld(home)) return { source, reading, by };
    return { source, reading: { ...reading, why: `deployed by ${kind} "${name}" of "${home?.source.root}"`, isOfDeployer: true }, by };
  };

  gatherer.look([...readings.map(holderOf), ...others.map(unitHolder)].map(({ source }) => source));
  follow(readings.map(holderOf));
  // What others deploy is looked at as that.
  follow(others.filter(({ folder }) => !holders.has(folder) && !retold.has(folder)).map(unitHolder));
  const targeted = new Set(deployments.flatMap(({ targets }) => targets.map(({ root }) => root)));
  // Where what it passes on is deployed, a folder around it is not.
  const isWaiting = waitingValues(deployments);
  const isIdle = ({ source, by }: Holder) => by === undefined && isWaiting(source);
  const isWrap = (root: string) => !targeted.has(root) && targeted.has(input.wraps.get(root) ?? root);
  const all = [...holders.values()].filter(({ source }) => !retold.has(source.key) && !isWrap(source.root));
  const idle = all.filter(isIdle);
  const kept = all.filter((holder) => !isIdle(holder));
  const keys = new Set(kept.map(({ source }) => source.key));
  const named = toldApart(kept);
  return {
    readings: named.flatMap(({ reading, source }) => (reading ? [{ ...reading, source: { ...source, environment: reading.source.environment } }] : [])),
    others: named.filter(({ reading }) => !reading).map(({ source }) => source),
    deployments: deployments.filter(({ holder }) => keys.has(holder)),
    gaps: [...keys].flatMap(gatherer.gapsOf),
    problems: [...keys].flatMap(gatherer.problemsOf),
    unmatched: [...keys].flatMap(gatherer.unmatchedOf),
    leftOut: idle.map(({ source }) => ({
      name: source.values?.at(-1) ?? source.root,
      why: 'values for an environment in which nothing deploys the chart, though other charts are',
    })),
  };
}

function holderOf(reading: Reading): Holder {
  const { source } = reading;
  // Charts are read once for each values file.
  const key =
    source.key ??
    (source.renderer === 'helm' || source.renderer === 'files' ? [source.root, source.environment, ...(source.values ?? [])].join('\0') : source.root);
  return { source: { ...source, key }, reading };
}

function unitHolder({ folder, renderer }: Unit): Holder {
  return { source: { app: withoutContainers(folder), labels: {}, root: folder, renderer, key: folder }, reading: undefined };
}

/** A release of Flux stands among manifests that often have its name. */
function releaseName({ kind, name, chart }: Located['said']): string {
  return kind === 'HelmRelease' ? `${name}:release` : (chart?.text ?? name);
}

/** Whether a reading is of a folder, and not of a deployer's own words. */
function isHeld(home: Reading | undefined): boolean {
  return home !== undefined && home.folder !== '';
}

function readingOf(hinted: ReturnType<typeof environmentsByHint> extends ReadonlyMap<unknown, infer Hinted> ? Hinted | undefined : never): Reading | undefined {
  if (!hinted) return undefined;
  const { name, tier, confidence, why, labels } = hinted;
  return { source: { app: '', environment: name, labels, root: '', renderer: 'plain' }, tier, confidence, folder: '', why };
}

/** The place of a deployer is that of what it deploys; the rest of its labels is its own. */
function placeOf(home: Reading | undefined): Readonly<Record<string, string>> {
  const { cluster, region } = home?.source.labels ?? {};
  return { ...(region !== undefined && { region }), ...(cluster !== undefined && { cluster }) };
}
