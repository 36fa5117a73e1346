import type { VariantSource } from '../model/discovery.ts';
import { joinPath } from '../text/path.ts';

/** Where the chart of a variant has its own values. */
export function defaultsOf({ root }: Pick<VariantSource, 'root'>): string | undefined {
  return joinPath(root, 'values.yaml');
}
