import { isRemote } from '../../model/kubernetes/kustomization.ts';
import { withoutCredentials } from '../../text/credentials.ts';
import { isWithin, joined, joinPath } from '../../text/path.ts';
import type { Scalar } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { type Accumulated, NOTHING } from './accumulated.ts';
import { annotateOrigins } from './build-metadata.ts';
import { type BuildRecord, newRecord, takeOver } from './build-record.ts';
import { readNamed, refusalFor, wholeFile } from './files.ts';
import { fromManifests } from './from-manifests.ts';
import { isListedFolder, KUSTOMIZATION_NAMES, type KustomizationFile, kustomizationPaths, readKustomization } from './kustomization.ts';
import { currentId, formatId, type LayeredResource } from './layered-resource.ts';
import { isBuiltin } from './merge-schema.ts';
import { chooseSchema } from './openapi.ts';
import { attempt, Refusal } from './refusal.ts';
import { type BuiltBase, namespaceOf, readerOf, scalarsOf, type Target } from './session.ts';
import { mergeConfigs } from './transformer-config.ts';

/** Adds everything that `resources` names: the objects of files, and finished bases. */
export function accumulateResources(target: Target, start: Accumulated): Accumulated {
  return scalarsOf(target.kustomization.node, 'resources').reduce((state, name) => accumulate(target, state, name), start);
}

/** Adds one file or base. What cannot be added is told, and left out. */
export function accumulate(target: Target, state: Accumulated, name: Scalar): Accumulated {
  const { record, folder, session } = target;
  const at = joinPath(folder, name.text);
  const kind = at === undefined ? undefined : kindAt(session.workspace, at);
  if (kind === undefined && isRemote(name.text)) {
    record.gaps.push({ cause: 'remote', message: `remote base "${withoutCredentials(name.text)}" is not fetched`, origin: name.origin });
    return state;
  }
  const added = attempt(record, name.origin, () => (kind === 'directory' && at !== undefined ? baseOf(target, name, at) : fileOf(target, name)));
  if (added) return join(target, state, added, name);
  record.lostInput = true;
  return state;
}

/** Most names say themselves that they are files, most others are folders that are known. */
function kindAt(workspace: Workspace, path: string): ReturnType<Workspace['kindOf']> {
  if (isListedFolder(workspace, path)) return 'directory';
  return /\.(?:ya?ml|json)$/.test(path) && workspace.read(path).ok ? 'file' : workspace.kindOf(path);
}

function fileOf(target: Target, name: Scalar): Accumulated {
  const file = readNamed(readerOf(target), name);
  const { resources, problems } = fromManifests(file);
  target.record.problems.push(...problems);
  // An empty file is often one that is filled in before the build: generated, downloaded, bootstrapped.
  if (problems.length > 0 || resources.length === 0) target.record.lostInput = true;
  return { ...NOTHING, resources: annotateOrigins(resources, name.text, target) };
}

/** Puts what was added behind what is there. An object that is there already is a conflict. */
function join(target: Target, state: Accumulated, added: Accumulated, name: Scalar): Accumulated {
  const keys = new Set(state.resources.map((resource) => currentId(resource).key));
  const resources: LayeredResource[] = state.resources.slice();
  if (!target.session.metForeignKind && added.resources.some(({ node }) => !isBuiltin(node))) target.session.metForeignKind = true;
  for (const resource of added.resources) {
    const key = currentId(resource).key;
    if (keys.has(key)) {
      attempt(target.record, name.origin, () => {
        throw new Refusal('conflict', `there is already a ${formatId(currentId(resource))}`);
      });
      continue;
    }
    keys.add(key);
    resources.push(resource);
  }
  const config = attempt(target.record, name.origin, () => mergeConfigs(state.config, added.config)) ?? state.config;
  return { resources, config, variables: withVariables(target, state, added) };
}

function withVariables(target: Target, state: Accumulated, added: Accumulated): Accumulated['variables'] {
  if (added.variables.length === 0) return state.variables;
  const known = new Set(state.variables.map(({ name }) => name));
  return [
    ...state.variables,
    ...added.variables.filter(({ name, origin }) => {
      if (known.has(name)) target.record.problems.push({ cause: 'conflict', message: `there are two vars "${name}"`, origin, rule: 'render-error' });
      return !known.has(name);
    }),
  ];
}

function baseOf(target: Target, name: Scalar, folder: string): Accumulated {
  const kustomization = enter(target, name, folder);
  if (kustomization.kind === 'Component')
    throw new Refusal('invalid-kustomization', `"${name.text}" is a Component, which stands under "components"`, name.origin);
  const base = builtBase(target, folder, kustomization);
  takeOver(target.record, base.record);
  target.session.schema = base.schema;
  return base.state;
}

function builtBase({ session, chain, namespace }: Target, folder: string, kustomization: KustomizationFile): BuiltBase {
  const { built, wishes, schema } = session;
  const isShared = !wishes && !schema.isChosen;
  const own = namespaceOf(kustomization);
  const inNamespace = `${folder}\0${(own ?? namespace)?.text ?? ''}`;
  const known = isShared ? (built.get(folder) ?? built.get(inNamespace)) : undefined;
  // A base may lead back to a folder that is only on the way of this build: such a circle has to be found anew.
  if (known && !chain.some((visited) => [...known.record.folders].some((other) => isWithin(visited, other)))) return known;
  const record = newRecord();
  record.folders.add(folder);
  const target: Target = { session, folder, kustomization, record, chain: [...chain, folder], namespace: own ?? namespace };
  noteProblems(record, kustomization);
  noteFiles(target);
  chooseSchema(target);
  const base = { state: session.build(target, NOTHING), record, schema: session.schema };
  if (own) record.takesNamespace = false;
  const hasCycle = record.problems.some(({ cause }) => cause === 'cycle');
  if (isShared && !hasCycle) built.set(record.takesNamespace ? inNamespace : folder, base);
  return base;
}

/** What is wrong in a kustomization itself may hide whole fields of it. */
export function noteProblems(record: BuildRecord, { problems }: KustomizationFile): void {
  record.problems.push(...problems);
  record.lostInput ||= problems.length > 0;
}

/** Whichever of the names is there, a change of any would matter. */
export function noteFiles({ record, folder }: Pick<Target, 'record' | 'folder'>): void {
  for (const name of KUSTOMIZATION_NAMES) record.inputs.add(joined(folder, name));
}

/** Finds the kustomization of a folder that is named. Throws a `Refusal` where it may not or cannot be entered. */
function enter({ session, chain, record }: Target, name: Scalar, folder: string): KustomizationFile {
  const { workspace } = session;
  if (chain.some((visited) => isWithin(visited, folder))) throw new Refusal('cycle', `"${name.text}" leads in a circle`, name.origin);
  noteFiles({ record, folder });
  const [path, second] = kustomizationPaths(workspace, folder);
  if (path === undefined) throw new Refusal('missing-file', `"${name.text}" holds no kustomization file`, name.origin, 'missing-reference');
  const result = workspace.read(path);
  if (!result.ok) throw refusalFor(result.problem, path, name.origin);
  record.inputs.add(result.file.path);
  if (second !== undefined) throw new Refusal('invalid-kustomization', `"${name.text}" holds several kustomization files`, wholeFile(result.file));
  return readKustomization(result.file);
}

/** Lets each component work on all that is there so far. */
export function accumulateComponents(target: Target, start: Accumulated): Accumulated {
  return scalarsOf(target.kustomization.node, 'components').reduce((state, name) => {
    const { record, session, chain } = target;
    const folder = joinPath(target.folder, name.text);
    if (folder === undefined || session.workspace.kindOf(folder) !== 'directory') {
      if (isRemote(name.text))
        record.gaps.push({ cause: 'remote', message: `remote component "${withoutCredentials(name.text)}" is not fetched`, origin: name.origin });
      else attempt(record, name.origin, () => missingFolder(target, name, folder));
      record.lostInput = true;
      return state;
    }
    const kustomization = attempt(record, name.origin, () => enter(target, name, folder));
    record.lostInput ||= !kustomization;
    if (!kustomization) return state;
    noteProblems(record, kustomization);
    if (kustomization.kind !== 'Component') {
      const message = `"${name.text}" is a ${kustomization.kind}, which stands under "resources"`;
      record.problems.push({ cause: 'invalid-kustomization', message, origin: name.origin, rule: 'render-error' });
      return state;
    }
    record.folders.add(folder);
    const component = { ...target, folder, kustomization, chain: [...chain, folder], namespace: namespaceOf(kustomization) ?? target.namespace };
    chooseSchema(component);
    return session.build(component, state);
  }, start);
}

function missingFolder({ session, record }: Target, name: Scalar, folder: string | undefined): never {
  if (name.text.startsWith('/') || folder === undefined) throw refusalFor('outside', name.text, name.origin);
  record.inputs.add(folder);
  const result = session.workspace.read(folder);
  if (result.ok) throw new Refusal('missing-file', `"${name.text}" is a file, not a folder`, name.origin, 'missing-reference');
  throw refusalFor(result.problem, name.text, name.origin);
}
