import { type Entry, entriesOf, entryOf, type Mapping, mapping } from '../tree/node.ts';
import { type Twin, withoutEnvironment } from './counterparts.ts';
import { payloadOf } from './payload.ts';
import { Resource } from './resource.ts';
import { settingsTextsOf } from './settings-texts.ts';
import type { App, Variant } from './variant.ts';

const views = new WeakMap<Resource, { readonly opened: string; readonly view: Resource }>();

/**
 * Twins of a ConfigMap with the texts in them that hold settings opened, so that each setting is a field of its own:
 * `data["application.yaml"].retries`. A text that one of them holds in another form stays as it is.
 */
export function openedConfigMaps(twins: readonly Twin[]): readonly Twin[] {
  if (twins[0]?.resource.id.kind !== 'ConfigMap') return twins;
  const closed = new Set<string>();
  const open = new Set<string>();
  for (const { resource, variant } of twins) {
    for (const entry of entriesOf(resource.node, 'data')) (openedEntry(entry) ? open : closed).add(withoutEnvironment(entry.key.text, variant));
  }
  const wanted = new Set([...open].filter((name) => !closed.has(name)));
  return wanted.size === 0 ? twins : twins.map(({ variant, resource }) => ({ variant, resource: viewOf(resource, variant, wanted) }));
}

function openedEntry({ key, value }: Entry): Mapping | undefined {
  return value.kind === 'scalar' ? payloadOf(key.text, value) : undefined;
}

function viewOf(resource: Resource, variant: Variant, wanted: ReadonlySet<string>): Resource {
  const opened = [...wanted].join('\0');
  const known = views.get(resource);
  if (known?.opened === opened) return known.view;
  const { node } = resource;
  const data = entryOf(node, 'data')?.value;
  const entries = entriesOf(node, 'data').map((entry) => {
    const root = wanted.has(withoutEnvironment(entry.key.text, variant)) ? openedEntry(entry) : undefined;
    return root ? { ...entry, value: root } : entry;
  });
  const opening = data && mapping(entries, data.origin);
  const view = new Resource(
    { ...node, entries: node.entries.map((entry) => (opening && entry.value === data ? { ...entry, value: opening } : entry)) },
    resource.originalId,
  );
  views.set(resource, { opened, view });
  return view;
}

const files = new WeakMap<App, readonly (readonly Twin[])[]>();

/** The settings files of an app, each with its twins: as objects without a kind, whose fields are the settings. */
export function settingsFilesOf(app: App): readonly (readonly Twin[])[] {
  let found = files.get(app);
  if (!found) {
    found = settingsTextsOf(app)
      .filter(([first]) => first !== undefined && first.holder === undefined)
      .map((texts) => texts.map(({ variant, name, root }) => ({ variant, resource: new Resource(root, { group: '', kind: '', namespace: '', name }) })));
    files.set(app, found);
  }
  return found;
}
