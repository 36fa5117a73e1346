import type { Additions } from '../model/additions.ts';
import { readName } from '../model/vocabulary.ts';
import { baseOf, folderOf, joinPath } from '../text/path.ts';
import { childOf, entriesOf, itemsOf, mapping, type Node, type Scalar, scalar, sequence, textOf } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { isRest } from './orders/steps.ts';
import type { Reading } from './reading.ts';

export interface FleetResult {
  readonly readings: readonly Reading[];
  /** Folders that are bundles for several environments: what is in them is read with them. */
  readonly bundles: readonly string[];
}

/** Labels of clusters that tell the environment. */
const ENVIRONMENT_LABEL = /^(?:[\w.-]+\/)?(?:env|environment|stage|tier)$/i;
/** Files of an overlay that change what the bundle has; others take the place of files, which is not done here. */
const PATCH = /_patch\.(?:ya?ml|json)$/;

/**
 * Reads the bundles of Rancher Fleet: each of `targetCustomizations` that is called after an environment, or selects
 * clusters by one, is a variant of the bundle, with the chart values, the kustomization or the overlays that it names.
 */
export function readFleet(paths: readonly string[], workspace: Workspace): FleetResult {
  const readings: Reading[] = [];
  const bundles = new Set<string>();
  for (const path of paths) {
    if (baseOf(path) !== 'fleet.yaml') continue;
    const result = workspace.read(path);
    const root = result.ok ? parseYaml(result.file).documents[0]?.root : undefined;
    const folder = folderOf(path);
    const found = itemsOf(root, 'targetCustomizations').flatMap((target) => readTarget(target, root, folder, workspace) ?? []);
    // Kinds of clusters, one customization each, are no environments.
    if (!found.some(({ tier, confidence }) => tier !== 'unknown' || confidence === 'high')) continue;
    readings.push(...found);
    bundles.add(folder);
  }
  return { readings, bundles: [...bundles] };
}

function readTarget(target: Node, bundle: Node | undefined, folder: string, workspace: Workspace): Reading | undefined {
  const name = textOf(target, 'name');
  if (name === undefined || isRest(name) || textOf(target, 'doNotDeploy') === 'true') return undefined;
  const labels = entriesOf(childOf(target, 'clusterSelector'), 'matchLabels');
  const selects = labels.find(({ key, value }) => ENVIRONMENT_LABEL.test(key.text) && value.kind === 'scalar');
  const reading = readName(name) ?? (selects?.value.kind === 'scalar' ? readName(selects.value.text) : undefined);
  return {
    source: { app: folder || '.', environment: name, labels: {}, ...sourceOf(target, bundle, folder, workspace), key: `${folder}\0fleet\0${name}` },
    tier: reading?.tier ?? 'unknown',
    confidence: reading || selects ? 'high' : 'low',
    folder: '',
    why: `target of "${folder ? `${folder}/` : ''}fleet.yaml"`,
  };
}

type Made = Pick<Reading['source'], 'root' | 'renderer' | 'values' | 'additions'>;

function sourceOf(target: Node, bundle: Node | undefined, folder: string, workspace: Workspace): Made {
  const dir = textOf(childOf(target, 'kustomize'), 'dir') ?? textOf(childOf(bundle, 'kustomize'), 'dir');
  const root = dir === undefined ? undefined : joinPath(folder, dir);
  if (root !== undefined && workspace.kindOf(root) === 'directory') return { root, renderer: 'kustomize' };
  if (childOf(target, 'helm') ?? childOf(bundle, 'helm')) {
    const files = [childOf(bundle, 'helm'), childOf(target, 'helm')].flatMap((helm) => itemsOf(helm, 'valuesFiles'));
    const values = files.flatMap((file) => (file.kind === 'scalar' ? (joinPath(folder, file.text) ?? []) : []));
    return { root: folder, renderer: 'helm', values: values.filter((path) => workspace.kindOf(path) === 'file') };
  }
  return { root: folder, renderer: 'plain', additions: additionsOf(target, folder, workspace) };
}

/** The files of the bundle without those of its overlays, and the patches of the overlays that the target names. */
function additionsOf(target: Node, folder: string, workspace: Workspace): Additions {
  const overlays = itemsOf(childOf(target, 'yaml'), 'overlays').filter((item): item is Scalar => item.kind === 'scalar');
  const patches = overlays.flatMap((overlay) => {
    const prefix = `${folder ? `${folder}/` : ''}overlays/${overlay.text}/`;
    const files = workspace.files().filter((path) => path.startsWith(prefix) && PATCH.test(path));
    return files.map((path) => {
      const file = scalar(path.slice(folder ? folder.length + 1 : 0), 'plain', overlay.origin);
      return mapping([{ key: scalar('path', 'plain', overlay.origin), value: file }], overlay.origin);
    });
  });
  const at = overlays[0]?.origin ?? target.origin;
  const entries = patches.length > 0 ? [{ key: scalar('patches', 'plain', at), value: sequence(patches, at) }] : [];
  return { fields: mapping(entries, at), labels: [], annotations: [], directory: { recurse: true, exclude: '{overlays/**,fleet.yaml}' } };
}
