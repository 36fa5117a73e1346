import type { Additions } from '../../model/additions.ts';
import type { HelmSettings } from '../../model/helm-settings.ts';
import type { Resource } from '../../model/resource.ts';
import { childOf, type Entry, itemsOf, type Mapping, mapping, type Node, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { imageOf, listField, noAdditions, pairsOf, renamedFields, scalarOf } from './fields.ts';
import { repositoryKey } from './repositories.ts';
import type { Hint, Said, SaidValuesFile } from './said.ts';
import type { Override } from './source-overrides.ts';

const GROUP = 'argoproj.io';

export function isApplication({ id }: Resource): boolean {
  return id.group === GROUP && id.kind === 'Application';
}

export function isApplicationSet({ id }: Resource): boolean {
  return id.group === GROUP && id.kind === 'ApplicationSet';
}

/** An Application as it stands, or as a set makes it. */
export interface ApplicationLike {
  readonly kind: 'Application' | 'ApplicationSet';
  readonly deployer: Resource;
  /** `metadata` and `spec` of the Application. */
  readonly node: Mapping;
  readonly hints: readonly Hint[];
  readonly isEphemeral: boolean;
  readonly isConditional: boolean;
  readonly isOpen: boolean;
}

/** What an Application deploys: one thing for each of its sources that has a path. */
export function readApplication(application: ApplicationLike, override: Override): Said[] {
  const spec = childOf(application.node, 'spec');
  const name = textOf(childOf(application.node, 'metadata'), 'name') ?? application.deployer.id.name;
  const all = sourcesOf(spec).map((source) => override(source, name));
  const named = new Map(all.flatMap((source) => (textOf(source, 'ref') ? [[`$${textOf(source, 'ref')}`, source] as const] : [])));
  return all.flatMap((source) => readSource(application, source, named) ?? []);
}

/** The sources that are rendered; a hydrated application is made of its dry source. */
export function sourcesOf(spec: Node | undefined): readonly Node[] {
  const several = itemsOf(spec, 'sources');
  if (several.length > 0) return several;
  const one = childOf(spec, 'source') ?? childOf(childOf(spec, 'sourceHydrator'), 'drySource');
  return one ? [one] : [];
}

function readSource(
  { kind, deployer, node, hints, isEphemeral, isConditional, isOpen }: ApplicationLike,
  source: Node,
  named: ReadonlyMap<string, Node>,
): Said | undefined {
  const path = scalarOf(source, 'path');
  const isChart = textOf(source, 'chart') !== undefined;
  const helm = childOf(source, 'helm');
  // A source that others take their values from deploys nothing itself, unless it has a path.
  if (!path && !isChart) return undefined;
  const spec = childOf(node, 'spec');
  const destination = childOf(spec, 'destination');
  const name = textOf(childOf(node, 'metadata'), 'name') ?? deployer.id.name;
  const optional = textOf(helm, 'ignoreMissingValueFiles') === 'true';
  const files = itemsOf(helm, 'valueFiles').filter((item): item is Scalar => item.kind === 'scalar');
  return {
    kind,
    name,
    deployer,
    ...repositoryOf(source),
    path: isChart ? undefined : path,
    folder: undefined,
    chart: scalarOf(source, 'chart'),
    valuesFiles: files.map((file) => ({ node: file, optional, from: fromSource(named.get(file.text.split('/')[0] ?? '')) })),
    helm: helmOf(helm, { name, namespace: textOf(destination, 'namespace') }),
    additions: additionsOf(source),
    cluster: scalarOf(destination, 'name') ?? scalarOf(destination, 'server'),
    namespace: scalarOf(destination, 'namespace'),
    dependsOn: [],
    recurses: textOf(childOf(source, 'directory'), 'recurse') === 'true',
    hints: [
      ...hints,
      ...files.flatMap(({ text }) => hintsOfFile(text)),
      { text: name, form: 'name', what: `Application "${name}"` },
      ...(textOf(destination, 'name') ? [{ text: textOf(destination, 'name') ?? '', form: 'name', what: 'its cluster' } as const] : []),
      ...(textOf(destination, 'namespace') ? [{ text: textOf(destination, 'namespace') ?? '', form: 'name', what: 'its namespace' } as const] : []),
    ],
    isEphemeral,
    isConditional,
    isOpen,
  };
}

function repositoryOf(source: Node): Pick<Said, 'repository' | 'revision'> {
  const url = textOf(source, 'repoURL') ?? '';
  return { repository: url === '' || url.includes('{{') ? undefined : repositoryKey(url), revision: textOf(source, 'targetRevision') ?? 'HEAD' };
}

function fromSource(source: Node | undefined): SaidValuesFile['from'] {
  return source && repositoryOf(source);
}

/** `source.helm`: parameters count more than `valuesObject`, that more than `values`, and all of them more than files. */
function helmOf(helm: Node | undefined, release: { readonly name: string; readonly namespace: string | undefined }): HelmSettings {
  const values = scalarOf(helm, 'values');
  const object = childOf(helm, 'valuesObject');
  return {
    releaseName: textOf(helm, 'releaseName') ?? release.name,
    namespace: textOf(helm, 'namespace') ?? release.namespace,
    replacesDefaults: false,
    // Where both are given, Argo CD looks at the object alone.
    inline: [
      ...(object?.kind === 'mapping' ? [{ kind: 'map', name: 'valuesObject', node: object } as const] : []),
      ...(values && object?.kind !== 'mapping' ? [{ kind: 'text', name: 'values', node: values } as const] : []),
    ],
    parameters: itemsOf(helm, 'parameters').flatMap((item) => {
      const [name, value] = [scalarOf(item, 'name'), scalarOf(item, 'value')];
      return name && value ? [{ name, value, isString: textOf(item, 'forceString') === 'true' }] : [];
    }),
    kubeVersion: textOf(helm, 'kubeVersion'),
    apiVersions: itemsOf(helm, 'apiVersions').flatMap((item) => (item.kind === 'scalar' ? item.text : [])),
    skipsCrds: textOf(helm, 'skipCrds') === 'true',
    postRenderers: [],
  };
}

/** A values file tells by its own name, `values-prod.yaml`, or by that of its folder, `envs/prod/values.yaml`. */
function hintsOfFile(text: string): Hint[] {
  const [file = '', folder = ''] = text.split('/').reverse();
  const what = `values file "${text}"`;
  return [file.replace(/\.(?:ya?ml|json)$/, ''), folder].map((name) => ({ text: name, form: 'name', what }));
}

/** The fields of `source.kustomize` that Argo CD writes into the kustomization that it builds. */
const FIELDS = {
  namespace: 'namespace',
  namePrefix: 'namePrefix',
  nameSuffix: 'nameSuffix',
  patches: 'patches',
  components: 'components',
  replicas: 'replicas',
};

function additionsOf(source: Node): Additions {
  const kustomize = childOf(source, 'kustomize');
  const directory = childOf(source, 'directory');
  const images = itemsOf(kustomize, 'images').flatMap((item) => (item.kind === 'scalar' ? (imageOf(item) ?? []) : []));
  const entries: Entry[] = [...renamedFields(kustomize, FIELDS), ...(kustomize && images.length > 0 ? [listField('images', images, kustomize)] : [])];
  const labels = pairsOf(kustomize, 'commonLabels');
  if (kustomize && labels.length > 0) entries.push(labelsField(kustomize, labels));
  const annotations = pairsOf(kustomize, 'commonAnnotations');
  if (annotations.length > 0 && kustomize) entries.push({ key: named('commonAnnotations', kustomize), value: mapping(annotations, kustomize.origin) });
  return {
    ...noAdditions(source),
    fields: mapping(entries, (kustomize ?? source).origin),
    directory: {
      recurse: textOf(directory, 'recurse') === 'true',
      include: textOf(directory, 'include'),
      exclude: textOf(directory, 'exclude'),
    },
  };
}

/** Common labels reach selectors, unless `labelWithoutSelector` says otherwise. */
function labelsField(kustomize: Node, labels: readonly Entry[]): Entry {
  if (textOf(kustomize, 'labelWithoutSelector') !== 'true') return { key: named('commonLabels', kustomize), value: mapping(labels, kustomize.origin) };
  const templates = childOf(kustomize, 'labelIncludeTemplates');
  const item = mapping(
    [
      { key: named('pairs', kustomize), value: mapping(labels, kustomize.origin) },
      ...(templates ? [{ key: named('includeTemplates', kustomize), value: templates }] : []),
    ],
    kustomize.origin,
  );
  return listField('labels', [item], kustomize);
}

function named(name: string, at: Node): Scalar {
  return scalar(name, 'plain', at.origin);
}
