import type { SourceFile } from '../../text/source-file.ts';
import { entryOf } from '../../tree/node.ts';
import { parseYaml } from '../../yaml/parse.ts';

/** Whether SOPS signs a file: the code by which it knows it again covers what is not encrypted, too. */
export function isSignedBySops(file: SourceFile): boolean {
  return /^["']?sops["']?:|^\s*"sops"\s*:/m.test(file.text) && parseYaml(file).documents.some(({ root }) => root?.kind === 'mapping' && entryOf(root, 'sops'));
}
