import { bool, type Host, int, list, type MapValue, map, type Text, text, type Value } from '../value.ts';
import { type CapabilitiesOptions, capabilitiesObject } from './capabilities.ts';
import type { ChartMetadata, Requirement } from './chart.ts';
import { filesObject, type ToYaml } from './files-object.ts';
import { struct } from './host.ts';
import type { ChartInstance } from './instance.ts';

/** What a release is called, and where it goes; the texts keep the places of the deployer that says so. */
export interface Release {
  readonly name: Text;
  readonly namespace: Text;
}

export interface ScopeOptions extends Omit<CapabilitiesOptions, 'reading'> {
  readonly release: Release;
  readonly reading: CapabilitiesOptions['reading'];
  readonly toYaml: ToYaml;
}

/** A chart, and what its templates get as `.`: one map, shared by all of them, which they can change. */
export interface ChartScope {
  readonly instance: ChartInstance;
  readonly scope: MapValue;
  /** Where its templates stand, for people and `.Template.BasePath`: `storefront/charts/redis`. */
  readonly path: string;
}

/**
 * The scopes of a chart and its subcharts, from the top down. `values` are those of the root, and those of subcharts
 * lie in them: the very same maps. (Helm, `pkg/engine`, `recAllTpls`.)
 */
export function scopesOf(root: ChartInstance, values: MapValue, options: ScopeOptions): ChartScope[] {
  const { name, namespace } = options.release;
  const release = map([
    ['Name', name],
    ['Namespace', namespace],
    ['IsUpgrade', bool(false)],
    ['IsInstall', bool(true)],
    ['Revision', int(1)],
    ['Service', text('Helm')],
  ]);
  const found: ChartScope[] = [];
  fill(root, values, { release, capabilities: capabilitiesObject(options), toYaml: options.toYaml, isRoot: true }, found);
  return found;
}

interface Shared {
  readonly release: MapValue;
  readonly capabilities: Host;
  readonly toYaml: ToYaml;
  readonly isRoot: boolean;
}

function fill(instance: ChartInstance, values: MapValue, shared: Shared, found: ChartScope[]): MapValue {
  const subcharts = map();
  const entries: [string, Value][] = [
    ['Chart', chartObject(instance, shared.isRoot)],
    ['Files', filesObject(instance.chart.files, shared.toYaml)],
    ['Release', shared.release],
    ['Capabilities', shared.capabilities],
    ['Values', values],
    ['Subcharts', subcharts],
  ];
  const scope: MapValue = { ...map(entries), goType: 'chartutil.Values' };
  found.push({ instance, scope, path: instance.path.join('/charts/') });
  for (const dependency of instance.dependencies) {
    const own = values.entries.get(dependency.name);
    const inner = fill(dependency, own?.kind === 'map' ? own : map(), { ...shared, isRoot: false }, found);
    subcharts.entries.set(dependency.name, inner);
  }
  return scope;
}

/** `.Chart`, whose fields have the names that they have in Go. */
function chartObject({ chart: { metadata }, name, requirements }: ChartInstance, isRoot: boolean): Host {
  const { fields, lists, annotations, maintainers, deprecated } = metadata;
  const plain = (key: string): Text => (key === 'name' && metadata.name !== name ? text(name) : (fields.get(key) ?? text('')));
  const dependencies = list(requirements.map(requirementObject));
  const members = new Map<string, Value>([
    ['Name', plain('name')],
    ['Home', plain('home')],
    ['Sources', list(lists.get('sources') ?? [])],
    ['Version', plain('version')],
    ['Description', plain('description')],
    ['Keywords', list(lists.get('keywords') ?? [])],
    ['Maintainers', list(maintainers.map(maintainerObject))],
    ['Icon', plain('icon')],
    ['APIVersion', apiVersionOf(metadata)],
    ['Condition', plain('condition')],
    ['Tags', plain('tags')],
    ['AppVersion', plain('appVersion')],
    ['Deprecated', bool(deprecated)],
    ['Annotations', { ...map(annotations), goType: 'map[string]string' }],
    ['KubeVersion', plain('kubeVersion')],
    ['Dependencies', dependencies],
    ['Type', plain('type')],
    ['IsRoot', bool(isRoot)],
  ]);
  return struct('struct { chart.Metadata; IsRoot bool }', members, () => printable(members));
}

/** Charts of Helm 2 did not say. */
function apiVersionOf({ fields }: ChartMetadata): Text {
  const written = fields.get('apiVersion');
  return written && written.text !== '' ? written : text('v1');
}

function maintainerObject(maintainer: ReadonlyMap<string, Text>): Host {
  const members = new Map<string, Value>([
    ['Name', maintainer.get('name') ?? text('')],
    ['Email', maintainer.get('email') ?? text('')],
    ['URL', maintainer.get('url') ?? text('')],
  ]);
  return struct('*chart.Maintainer', members, () => printable(members));
}

function requirementObject({ name, alias, version, repository, condition, tags }: Requirement): Host {
  const members = new Map<string, Value>([
    ['Name', text(alias || name)],
    ['Version', text(version)],
    ['Repository', text(repository)],
    ['Condition', text(condition)],
    ['Tags', list(tags.map((tag) => text(tag)))],
    ['Enabled', bool(true)],
    ['Alias', text(alias)],
  ]);
  return struct('*chart.Dependency', members, () => printable(members));
}

/** As JSON shows a struct: names begin with a small letter, and what is empty is left out. */
function printable(members: ReadonlyMap<string, Value>): MapValue {
  return map(
    [...members].flatMap(([name, value]): [string, Value][] => {
      const plain = value.kind === 'list' ? list(value.items.map((item) => (item.kind === 'host' ? item.plain() : item))) : value;
      return isEmpty(plain) && name !== 'IsRoot' ? [] : [[PRINTED[name] ?? `${name.charAt(0).toLowerCase()}${name.slice(1)}`, plain]];
    }),
  );
}

const PRINTED: Readonly<Record<string, string>> = { APIVersion: 'apiVersion', URL: 'url', IsRoot: 'IsRoot' };

function isEmpty(value: Value): boolean {
  if (value.kind === 'string') return value.text === '';
  if (value.kind === 'list') return value.items.length === 0;
  if (value.kind === 'map') return value.entries.size === 0;
  return value.kind === 'bool' && !value.value;
}
