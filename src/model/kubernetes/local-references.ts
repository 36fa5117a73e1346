import { folderOf, joinPath } from '../../text/path.ts';
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
      const target = at.kind === 'scalar' && !isRemote(at.text) ? joinPath(folderOf(file.yaml.file.path), at.text) : undefined;
      return target !== undefined && at.kind === 'scalar' ? [{ at, target }] : [];
    }),
  );
}
