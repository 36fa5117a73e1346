import { applyOperations, operationsOf } from '../../render/kustomize/json-patch.ts';
import { Refusal } from '../../render/kustomize/refusal.ts';
import { isNullNode, markedAs } from '../../render/kustomize/writing.ts';
import { over, withEntry, withoutEntry } from '../../tree/edit.ts';
import { type Entry, entryOf, type Mapping, type Node, type Scalar, textOf } from '../../tree/node.ts';
import { isResolved } from './fill.ts';
import { parseFilled } from './filled-yaml.ts';
import type { Remarks } from './remarks.ts';

/**
 * The application with the filled `templatePatch` of the set laid over it: a strategic merge, or the operations of a JSON
 * patch. Of a patch that something is missing from nothing is done, which is a gap.
 */
export function withPatch(application: Mapping, patch: Scalar, remarks: Remarks): Mapping {
  if (!isResolved(patch.text)) {
    remarks.gap('the "templatePatch" of the set holds what is not known here', patch.origin);
    return application;
  }
  const { root, isBroken } = parseFilled(patch);
  if (isBroken || (root?.kind === 'scalar' && !isNullNode(root))) {
    remarks.problem('the "templatePatch" of the set is no YAML once it is filled in', patch.origin);
    return application;
  }
  if (!root || root.kind === 'scalar') return application;
  const patched = root.kind === 'mapping' ? merged(application, markedAs(root, 'patch')) : operated(application, root, patch, remarks);
  return withProject(patched, application);
}

function operated(application: Mapping, root: Node, patch: Scalar, remarks: Remarks): Mapping {
  try {
    return applyOperations(application, operationsOf(root), []);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    remarks.problem(`the "templatePatch" of the set does not apply: ${error.message}`, patch.origin);
    return application;
  }
}

/** No list of an Application has a merge key: lists are exchanged, maps are merged, and a null removes. */
export function merged(target: Mapping, patch: Mapping): Mapping {
  let result = target;
  for (const entry of patch.entries) {
    const old = entryOf(result, entry.key.text)?.value;
    if (isNullNode(entry.value)) result = withoutEntry(result, entry.key.text, entry.value.origin);
    else if (entry.key.text !== DIRECTIVE) result = withPatched(result, entry, old);
  }
  return result;
}

const DIRECTIVE = '$patch';

function withPatched(target: Mapping, { key, value }: Entry, old: Node | undefined): Mapping {
  const directive = textOf(value, DIRECTIVE);
  if (directive === 'delete') return withoutEntry(target, key.text, value.origin);
  if (value.kind !== 'mapping') return withEntry(target, key, over(value, old));
  const plain = { ...value, entries: value.entries.filter((entry) => entry.key.text !== DIRECTIVE) };
  return withEntry(target, key, old?.kind === 'mapping' && directive !== 'replace' ? merged(old, plain) : over(plain, old));
}

/** Argo CD lets no patch change the project. */
function withProject(patched: Mapping, application: Mapping): Mapping {
  const [spec, before] = [entryOf(patched, 'spec'), entryOf(application, 'spec')];
  if (spec?.value.kind !== 'mapping' || before?.value.kind !== 'mapping') return patched;
  const project = entryOf(before.value, 'project');
  const now = entryOf(spec.value, 'project');
  if (project?.value === now?.value) return patched;
  if (project) return withEntry(patched, spec.key, withEntry(spec.value, project.key, project.value));
  return withEntry(patched, spec.key, { ...spec.value, entries: spec.value.entries.filter((entry) => entry !== now) });
}
