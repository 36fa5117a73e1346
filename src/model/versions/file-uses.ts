import { baseOf, folderOf } from '../../text/path.ts';
import type { FieldPath } from '../../tree/field-path.ts';
import { itemsOf, type Mapping, type Node, textOf } from '../../tree/node.ts';
import type { ChartValues } from '../chart-values.ts';
import { normalizeImageName, parseImageReference } from '../kubernetes/image-reference.ts';
import { kustomizationOf, remotesOf, revisionOf } from '../kubernetes/kustomization.ts';
import type { Effect } from '../render-result.ts';
import type { ReachedFile, Repository } from '../repository.ts';
import { Resource } from '../resource.ts';
import type { Variant } from '../variant.ts';
import type { VersionUse } from './version-uses.ts';

const known = new WeakMap<Repository, ReadonlyMap<Variant, readonly VersionUse[]>>();

/** The versions that the files of a variant name for what is not here: remote bases of its kustomizations, their images, and charts; dependencies of its chart. */
export function versionUsesInFiles(repository: Repository, variant: Variant): readonly VersionUse[] {
  let byVariant = known.get(repository);
  if (!byVariant) {
    byVariant = gather(repository);
    known.set(repository, byVariant);
  }
  return byVariant.get(variant) ?? [];
}

function gather(repository: Repository): Map<Variant, VersionUse[]> {
  const byVariant = new Map<Variant, VersionUse[]>();
  const add = (variant: Variant, uses: readonly VersionUse[]) => byVariant.set(variant, [...(byVariant.get(variant) ?? []), ...uses]);
  for (const file of repository.files) {
    const uses = [...inKustomization(file), ...inGenerators(file)];
    for (const variant of file.variants) {
      const own = isChart(file) && variant.renderer === 'helm' && variant.root === folderOf(file.yaml.file.path) ? inChart(file, variant) : uses;
      if (own.length > 0) add(variant, own);
    }
  }
  for (const variant of repository.variants) {
    const uses = variant.effects.flatMap((effect) => imageOfRemote(effect, repository));
    if (uses.length > 0) add(variant, uses);
  }
  return byVariant;
}

/** What a kustomization sets for an image of a remote base: it is not rendered here, and runs all the same. */
function imageOfRemote({ field, entry, targets, closed }: Effect, { files }: Repository): VersionUse[] {
  const file = field === 'images' && targets === 0 && !closed ? files.find(({ yaml }) => yaml.file.name === entry.file.name) : undefined;
  const root = file && kustomizationOf(file);
  if (!file || !root) return [];
  const index = itemsOf(root, 'images').findIndex(({ origin }) => origin.start <= entry.start && entry.end <= origin.end);
  const item = itemsOf(root, 'images')[index];
  const version = textOf(item, 'newTag');
  const digest = textOf(item, 'digest');
  const image = parseImageReference(textOf(item, 'newName') ?? textOf(item, 'name') ?? '');
  if (!image || (version === undefined && digest === undefined)) return [];
  const holder = holderOf(file, root, 'Kustomization').field('images', index, version === undefined ? 'digest' : 'newTag');
  return [{ kind: 'image', artifact: normalizeImageName(image.name), version, digest, field: holder, start: 0, end: (version ?? digest ?? '').length }];
}

/** Charts of kustomize's own generator, in files of their own. */
function inGenerators(file: ReachedFile): VersionUse[] {
  return file.yaml.documents.flatMap(({ root }): VersionUse[] =>
    root?.kind === 'mapping' && textOf(root, 'kind') === 'HelmChartInflationGenerator' ? chartUse(new Resource(root), root, [], 'repo') : [],
  );
}

function inKustomization(file: ReachedFile): VersionUse[] {
  const root = kustomizationOf(file);
  if (!root) return [];
  const holder = holderOf(file, root, 'Kustomization');
  const remotes = new Set(remotesOf(root));
  const bases = ['resources', 'bases', 'components'].flatMap((field) =>
    itemsOf(root, field).flatMap((item, index): VersionUse[] => {
      if (item.kind !== 'scalar' || !remotes.has(item)) return [];
      const revision = revisionOf(item.text);
      const start = revision === undefined ? 0 : item.text.lastIndexOf(revision);
      const end = start + (revision ?? item.text).length;
      return [
        { kind: 'source', artifact: repositoryIn(item.text, revision), version: revision, digest: undefined, field: holder.field(field, index), start, end },
      ];
    }),
  );
  const charts = itemsOf(root, 'helmCharts').flatMap((item, index) => chartUse(holder, item, ['helmCharts', index], 'repo'));
  return [...bases, ...charts];
}

/** The repository that an address leads into: all of it has one version. Of another address, the address without its version. */
function repositoryIn(text: string, revision: string | undefined): string {
  const address = text
    .replace(/^(?:[a-z][a-z0-9+.-]*::)?[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^@/]+@([^:/]+)[:/]/, '$1/')
    .replace(/^raw\.githubusercontent\.com\//, 'github.com/');
  const [place = ''] = address.split('?');
  const known = /^(?:www\.)?((?:github|gitlab|bitbucket)\.(?:com|org)\/[^/]+\/[^/]+?)(?:\.git)?(?:\/|$)/.exec(place)?.[1];
  if (known !== undefined) return known;
  const root = /^(.*?)(?:\.git(?:\/|$)|\/\/)/.exec(place)?.[1] ?? place;
  return revision === undefined ? root : root.replace(revision, '*');
}

function inChart(file: ReachedFile, variant: Variant): VersionUse[] {
  const root = file.yaml.documents[0]?.root;
  if (root?.kind !== 'mapping') return [];
  const holder = holderOf(file, root, 'Chart');
  const values = variant.charts.find(({ release }) => release === '');
  return itemsOf(root, 'dependencies').flatMap((item, index) =>
    isOff(textOf(item, 'condition'), values) ? [] : chartUse(holder, item, ['dependencies', index], 'repository'),
  );
}

/** The first of the values that a condition names, and that is there, decides. (Helm, `ProcessDependencies`.) */
function isOff(condition = '', values: ChartValues | undefined): boolean {
  const decisive = condition
    .split(',')
    .map((path) => values?.at(path.trim().split('.')))
    .find((value) => value?.kind === 'bool');
  return decisive?.text === 'false';
}

function isChart({ yaml: { file } }: ReachedFile): boolean {
  return baseOf(file.path) === 'Chart.yaml';
}

/** A chart that is fetched from somewhere: one that is in the repository itself has no version of its own. */
function chartUse(holder: Resource, item: Node, path: FieldPath, from: string): VersionUse[] {
  const artifact = textOf(item, 'name');
  if (artifact === undefined || !/^(?:(?:https?|oci):|@|alias:)/.test(textOf(item, from) ?? '')) return [];
  const version = textOf(item, 'version');
  const field = holder.field(...path, version === undefined ? 'name' : 'version');
  return [{ kind: 'chart', artifact, version, digest: undefined, field, start: 0, end: (version ?? '').length }];
}

/** A file that is no object of a cluster, as one: by its kind and its folder, or the name that it gives itself. */
function holderOf({ yaml: { file } }: ReachedFile, root: Mapping, kind: string): Resource {
  return new Resource(root, { group: '', kind, namespace: '', name: textOf(root, 'name') ?? baseOf(folderOf(file.path)) });
}
