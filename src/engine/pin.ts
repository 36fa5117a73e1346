import type { Settings } from '../config/settings.ts';
import type { Discovery } from '../model/discovery.ts';
import type { Variant } from '../model/variant.ts';
import type { DigestAnswer, DigestSource, LeftTag, Pin } from '../model/versions/pin.ts';
import { type PinEdit, pinEditAt } from '../model/versions/pin-edit.ts';
import { digestsIn, isDigest, type KnownDigest, type TaggedPlace, taggedPlaces } from '../model/versions/tagged-images.ts';
import { applyEdits } from '../text/edit.ts';
import { groupBy } from '../text/group-by.ts';
import { compareLocations } from '../text/location.ts';
import type { SourceFile } from '../text/source-file.ts';
import { locationOf } from '../tree/node.ts';
import { withTexts } from '../workspace/with-texts.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { partialNotes } from './notes.ts';
import { unprovedPins } from './pin-proof.ts';
import { readRepository, type Trees, workspaceOfTree } from './read-repository.ts';
import { namedVariants, type Scope } from './scope.ts';

/** What to look for digests of. */
export interface PinRequest {
  readonly trees: Trees;
  readonly folder: string;
  readonly settings: Settings;
  readonly scope: Pick<Scope, 'isApp' | 'isEnvironment'>;
  /** Asks a registry for what no environment knows; not asked for anything where it is left out. The answers are in the order of the images. */
  readonly ask?: ((images: readonly TaggedName[]) => Promise<readonly DigestAnswer[]>) | undefined;
}

/** An image and its tag. */
export interface TaggedName {
  /** With its registry: `docker.io/library/nginx`. */
  readonly artifact: string;
  readonly tag: string;
}

/** A file with the digests that were found. */
export interface PinnedFile {
  readonly file: SourceFile;
  readonly text: string;
  readonly pins: readonly Pin[];
}

/** Which tags get a digest, and which stay as they are. */
export interface PinPlan {
  /** By place. */
  readonly pins: readonly Pin[];
  readonly left: readonly LeftTag[];
  readonly files: readonly PinnedFile[];
  /** How many variants were looked at. */
  readonly variants: number;
  readonly leftOut: Discovery['leftOut'];
  readonly notes: readonly string[];
}

/** Finds the digest of each tag, and proves by a render of the changed files that each image gets it, and nothing else changes. Nothing is written. */
export async function planPins(request: PinRequest): Promise<PinPlan> {
  const { trees, folder, settings, scope } = request;
  const { discovery, repository } = await readRepository(trees, folder, settings);
  const { variants } = repository;
  const chosen = namedVariants(variants, { ...scope, folder });
  const open = sortPlaces(variants, new Set(chosen), workspaceOfTree(trees, undefined));
  const found = await withDigests(open.tags, variants, request.ask);
  const proved = await prove(found.pins, variants, request);
  const byPlace = <T extends TaggedPlace>(items: readonly T[]): T[] => [...items].sort((a, b) => compareLocations(locationOf(a.place), locationOf(b.place)));
  return {
    pins: byPlace(proved.pins),
    left: byPlace([...open.left, ...found.left, ...proved.left]),
    files: filesOf(byPlace(proved.pins)),
    variants: chosen.length,
    leftOut: discovery.part.leftOut,
    notes: partialNotes(chosen),
  };
}

/** A tag that could be pinned, if its digest was known. */
interface OpenTag extends TaggedPlace, TaggedName {
  readonly edit: PinEdit;
}

function sortPlaces(variants: readonly Variant[], chosen: ReadonlySet<Variant>, own: Workspace): { readonly tags: OpenTag[]; readonly left: LeftTag[] } {
  const tags: OpenTag[] = [];
  const left: LeftTag[] = [];
  for (const tagged of taggedPlaces(variants)) {
    if (!tagged.uses.some(({ variant }) => chosen.has(variant))) continue;
    const [{ use }] = tagged.uses;
    const tag = use.version ?? '';
    const obstacle = obstacleOf(tagged, chosen, own);
    const edit = obstacle ?? pinEditAt(tagged.place, tag);
    if (typeof edit === 'string') left.push({ ...tagged, why: edit });
    else if (edit.form === 'tag' && tagged.uses.every(isOfDeployer)) left.push({ ...tagged, why: 'its chart is not here to be rendered with it' });
    else tags.push({ ...tagged, artifact: use.artifact, tag, edit });
  }
  return { tags, left };
}

function obstacleOf({ place, uses }: TaggedPlace, chosen: ReadonlySet<Variant>, own: Workspace): string | undefined {
  const [{ use }] = uses;
  if (place.file.tree) return 'it stands in another tree';
  const lying = own.read(place.file.path);
  if (!lying.ok || lying.file !== place.file) return 'it lies in an archive';
  if (uses.some(({ variant }) => !chosen.has(variant))) return 'variants that were not asked for take it from there, too';
  return uses.some((other) => other.use.artifact !== use.artifact) ? 'several images take their tag from there' : undefined;
}

/** It stands in the values of a release, and no template was seen to use it. */
function isOfDeployer({ use: { field } }: TaggedPlace['uses'][number]): boolean {
  return ['HelmRelease', 'Application', 'ApplicationSet'].includes(field.resource.id.kind);
}

interface Found {
  readonly pins: readonly Pin[];
  readonly left: readonly LeftTag[];
}

async function withDigests(tags: readonly OpenTag[], variants: readonly Variant[], ask: PinRequest['ask']): Promise<Found> {
  const knownOf = digestsIn(variants);
  const all = tags.map((tag) => ({ tag, known: knownOf({ artifact: tag.artifact, version: tag.tag }) }));
  const unknown = groupBy(
    all.flatMap(({ tag, known }) => (known.length === 0 ? tag : [])),
    nameOf,
  );
  const answers = ask ? await ask([...unknown.values()].map(([{ artifact, tag }]) => ({ artifact, tag }))) : [];
  const byName = new Map([...unknown.keys()].map((name, index) => [name, answers[index]]));
  const pins: Pin[] = [];
  const left: LeftTag[] = [];
  for (const { tag: tagged, known } of all) {
    const { place, uses, artifact, tag, edit } = tagged;
    const found = sourceOf(known, byName.get(nameOf(tagged)));
    if (typeof found === 'string') left.push({ place, uses, why: found });
    else pins.push({ place, uses, artifact, tag, ...found, form: edit.form, edit: edit.editFor(found.digest) });
  }
  return { pins, left };
}

function nameOf({ artifact, tag }: TaggedName): string {
  return `${artifact}:${tag}`;
}

function sourceOf([first, ...others]: readonly KnownDigest[], answer: DigestAnswer | undefined): { digest: string; source: DigestSource } | string {
  if (others.length > 0) return 'environments name different digests of it';
  if (first) return { digest: first.digest, source: { known: first } };
  if (!answer) return 'no environment names its digest';
  if ('why' in answer) return answer.why;
  return isDigest(answer.digest) ? { digest: answer.digest, source: { registry: answer.registry } } : `${answer.registry} gives no digest of it`;
}

/** Those that fail mostly fail at once: what is not settled after so many rounds is written by nobody. */
const ROUNDS = 8;

async function prove(all: readonly Pin[], before: readonly Variant[], { trees, folder, settings }: PinRequest): Promise<Found> {
  const left: LeftTag[] = [];
  let pins = all;
  for (let round = 1; pins.length > 0; round += 1) {
    const texts = new Map(filesOf(pins).map(({ file, text }) => [file.path, text]));
    const changed = trees.trees.map((tree) => (tree.name === '' ? { ...tree, workspace: withTexts(tree.workspace, texts) } : tree));
    const { repository } = await readRepository({ ...trees, trees: changed }, folder, settings);
    const unproved = unprovedPins({ before, after: repository.variants }, pins);
    if (unproved.size === 0) break;
    const isOver = round === ROUNDS;
    for (const pin of pins) {
      const obstacle = unproved.get(pin) ?? (isOver ? { why: 'what it changes could not be proved' } : undefined);
      if (obstacle) left.push({ place: pin.place, uses: pin.uses, ...obstacle });
    }
    pins = isOver ? [] : pins.filter((pin) => !unproved.has(pin));
  }
  return { pins, left };
}

function filesOf(pins: readonly Pin[]): PinnedFile[] {
  return [...groupBy(pins, ({ place }) => place.file.path).values()].map((own) => ({
    file: own[0].place.file,
    text: applyEdits(
      own[0].place.file.text,
      own.map(({ edit }) => edit),
    ),
    pins: own,
  }));
}
