import { baseOf, folderOf } from '../../text/path.ts';
import type { FieldPath } from '../../tree/field-path.ts';
import { itemsOf, type Mapping, type Node, textOf } from '../../tree/node.ts';
import { kustomizationOf, remotesOf, revisionOf } from '../kubernetes/kustomization.ts';
import type { ReachedFile, Repository } from '../repository.ts';
import { Resource } from '../resource.ts';
import type { Variant } from '../variant.ts';
import type { VersionUse } from './version-uses.ts';

const known = new WeakMap<Repository, ReadonlyMap<Variant, readonly VersionUse[]>>();

/** The versions that the files of a variant name for what is not here: remote bases and charts of its kustomizations, dependencies of its chart. */
export function versionUsesInFiles(repository: Repository, variant: Variant): readonly VersionUse[] {
  let byVariant = known.get(repository);
  if (!byVariant) {
    byVariant = gather(repository);
    known.set(repository, byVariant);
  }
  return byVariant.get(variant) ?? [];
}

function gather({ files }: Repository): Map<Variant, VersionUse[]> {
  const byVariant = new Map<Variant, VersionUse[]>();
  for (const file of files) {
    const uses = [...inKustomization(file), ...inChart(file)];
    for (const variant of uses.length > 0 ? file.variants : []) {
      // Charts within charts bring their dependencies along.
      if (isChart(file) && (variant.renderer !== 'helm' || variant.root !== folderOf(file.yaml.file.path))) continue;
      byVariant.set(variant, [...(byVariant.get(variant) ?? []), ...uses]);
    }
  }
  return byVariant;
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

function inChart(file: ReachedFile): VersionUse[] {
  const root = file.yaml.documents[0]?.root;
  if (!isChart(file) || root?.kind !== 'mapping') return [];
  const holder = holderOf(file, root, 'Chart');
  return itemsOf(root, 'dependencies').flatMap((item, index) => chartUse(holder, item, ['dependencies', index], 'repository'));
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
