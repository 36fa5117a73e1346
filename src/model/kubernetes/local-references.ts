import { itemsOf, type Scalar } from '../../tree/node.ts';
import type { ReachedFile } from '../repository.ts';
import { isRemote, kustomizationOf } from './kustomization.ts';

/** A file or folder of the repository that a kustomization builds on. */
export interface LocalReference {
  readonly at: Scalar;
  /** From the root of the repository. */
  readonly target: string;
}

/** What a kustomization builds on: its `resources` and the old `bases`, as far as they lie in the repository. Components are made to be shared. */
export function localReferencesOf(file: ReachedFile): LocalReference[] {
  const kustomization = kustomizationOf(file);
  if (!kustomization) return [];
  return ['resources', 'bases'].flatMap((field) =>
    itemsOf(kustomization, field).flatMap((at): LocalReference[] => {
      const target = at.kind === 'scalar' && !isRemote(at.text) ? resolve(file.yaml.file.path, at.text) : undefined;
      return target !== undefined && at.kind === 'scalar' ? [{ at, target }] : [];
    }),
  );
}

/** Where a relative path leads from the folder of a file; undefined when it leaves the root. */
function resolve(from: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined;
  const steps = from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}
