import { isWithin } from '../text/path.ts';
import type { Origin } from '../tree/node.ts';
import { isKustomizationPath } from './kubernetes/kustomization.ts';
import type { ReachedFile } from './repository.ts';
import type { Variant } from './variant.ts';

/** The first line of the file that stands for a variant as a whole: its kustomization, or the first of its manifests. */
export function headOf(variant: Variant, files: readonly ReachedFile[]): Origin | undefined {
  const own = files.filter(({ yaml, variants }) => variants.includes(variant) && isWithin(yaml.file.path, variant.root));
  const head = own.find(({ yaml }) => isKustomizationPath(yaml.file.path) && !yaml.file.path.slice(variant.root.length + 1).includes('/')) ?? own[0];
  const root = head?.yaml.documents.find((document) => document.root)?.root;
  if (!root) return undefined;
  const { file, start, end } = root.origin;
  const line = file.text.indexOf('\n', start);
  return { ...root.origin, end: line === -1 ? end : Math.min(end, line) };
}
