import {
  type App,
  childOf,
  containersOf,
  containersSideBySide,
  counterpartsOf,
  type FieldPath,
  groupBy,
  itemsOf,
  type Resource,
  selectedIn,
  selectionOf,
  textOf,
  type Variant,
} from '../../src/rule/index.ts';

/** A port of one variant, as a number or by its name. */
export interface Port {
  readonly variant: Variant;
  readonly resource: Resource;
  readonly path: FieldPath;
  readonly text: string;
  /** The ports that it may lead to, by number and by name; undefined where that cannot be told. */
  readonly opened?: ReadonlySet<string> | undefined;
  /** Whatever else speaks of that number, and so moved with it. */
  readonly isMoved: boolean;
}

/** One port, in the variants that have it. */
export interface PortTwins {
  readonly what: string;
  readonly ports: readonly Port[];
}

export function portsOf(app: App): PortTwins[] {
  return [...containerPorts(app), ...servicePorts(app)];
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HANDLERS = ['httpGet', 'tcpSocket', 'grpc'];

function containerPorts(app: App): PortTwins[] {
  return containersSideBySide(app).flatMap((places) => {
    const found: (readonly [string, Port])[] = [];
    for (const { variant, resource, container } of places.values()) {
      const opened = openedBy([container.node]);
      for (const { key, path, text } of namedPorts(container.node, 'ports', 'containerPort')) {
        const isMoved = mentionsOf(container.node, text) > 1 || isTarget(text, resource, variant);
        found.push([`Port ${key}of container "${container.name}"`, { variant, resource, path: [...container.path, ...path], text, isMoved }]);
      }
      for (const probe of PROBES) {
        for (const handler of HANDLERS) {
          const text = textOf(childOf(childOf(container.node, probe), handler), 'port');
          if (text === undefined) continue;
          const path = [...container.path, probe, handler, 'port'];
          found.push([`The ${probe} of container "${container.name}"`, { variant, resource, path, text, opened, isMoved: opened?.has(text) ?? false }]);
        }
      }
    }
    return sideBySide(found);
  });
}

function servicePorts(app: App): PortTwins[] {
  return counterpartsOf(app).flatMap((twins) => {
    const found: (readonly [string, Port])[] = [];
    for (const { variant, resource } of twins) {
      if (resource.id.kind !== 'Service' || resource.id.group !== '') continue;
      const name = resource.originalId.name;
      const spec = childOf(resource.node, 'spec');
      const type = textOf(spec, 'type') ?? 'ClusterIP';
      const opened = openedFor(resource, variant);
      for (const { key, path, text } of namedPorts(spec, 'ports', 'port')) {
        const what = `Port ${key}of ${type === 'ClusterIP' ? '' : `${type} `}Service "${name}"`;
        found.push([what, { variant, resource, path: ['spec', ...path], text, isMoved: false }]);
      }
      for (const { key, path, text } of namedPorts(spec, 'ports', 'targetPort')) {
        found.push([
          `The targetPort ${key}of Service "${name}"`,
          {
            variant,
            resource,
            path: ['spec', ...path],
            text,
            opened,
            isMoved: opened?.has(text) ?? false,
          },
        ]);
      }
    }
    return sideBySide(found);
  });
}

/** Ports that are called the same, in the order in which they are met. */
function sideBySide(named: readonly (readonly [string, Port])[]): PortTwins[] {
  return [...groupBy(named, ([what]) => what)].map(([what, ports]) => ({ what, ports: ports.map(([, port]) => port) }));
}

/** The ports of a list by their names; one that has none is known if it is the only one. */
function namedPorts(node: Parameters<typeof itemsOf>[0], list: string, field: string) {
  const items = itemsOf(node, list);
  return items.flatMap((item, index) => {
    const text = textOf(item, field);
    const name = textOf(item, 'name');
    if (text === undefined || (name === undefined && items.length > 1)) return [];
    return [{ key: name === undefined ? '' : `"${name}" `, path: [list, index, field], text }];
  });
}

/** Undefined where no port is named: then any may be open. */
function openedBy(containers: readonly Parameters<typeof itemsOf>[0][]): ReadonlySet<string> | undefined {
  const ports = containers.flatMap((container) => itemsOf(container, 'ports'));
  const opened = new Set(ports.flatMap((port) => [textOf(port, 'containerPort') ?? [], textOf(port, 'name') ?? []].flat()));
  return opened.size > 0 && containers.every((container) => itemsOf(container, 'ports').length > 0) ? opened : undefined;
}

function openedFor(service: Resource, variant: Variant): ReadonlySet<string> | undefined {
  const workloads = selectedBy(service, variant);
  return workloads.length > 0 && variant.complete
    ? openedBy(workloads.flatMap((workload) => containersOf(workload).flatMap(({ list, node }) => (list === 'containers' ? [node] : []))))
    : undefined;
}

function selectedBy(service: Resource, variant: Variant): Resource[] {
  const selection = selectionOf(service);
  return selection ? selectedIn(selection, variant) : [];
}

/** How often a number stands in a container: its settings and arguments have to know of a port, too. */
function mentionsOf(node: NonNullable<Parameters<typeof itemsOf>[0]>, number: string): number {
  if (node.kind === 'scalar') return new RegExp(`(?<!\\d)${number.replaceAll(/\D/g, '')}(?!\\d)`).test(node.text) ? 1 : 0;
  const children = node.kind === 'mapping' ? node.entries.map(({ value }) => value) : node.items;
  return children.reduce((sum, child) => sum + mentionsOf(child, number), 0);
}

function isTarget(number: string, workload: Resource, variant: Variant): boolean {
  return [...variant.resources].some(
    (resource) =>
      resource.id.kind === 'Service' &&
      itemsOf(childOf(resource.node, 'spec'), 'ports').some((port) => textOf(port, 'targetPort') === number) &&
      selectedBy(resource, variant).includes(workload),
  );
}
