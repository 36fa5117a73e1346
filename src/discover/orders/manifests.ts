import { itemsOf, type Node, textOf } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { parseYaml } from '../../yaml/parse.ts';

/** A Kubernetes object in a file. */
interface Manifest {
  readonly path: string;
  readonly root: Node;
}

const MANIFEST = /\.(?:ya?ml|json)$/;

/**
 * The objects of one kind and API group, in any version. Files whose text lacks the kind or one of the words cost no more
 * than a look at it; broken and templated ones hold nothing.
 */
export function manifestsIn(workspace: Workspace, paths: readonly string[], group: string, kind: string, words: readonly string[] = []): Manifest[] {
  return paths
    .filter((path) => MANIFEST.test(path))
    .flatMap((path) =>
      rootsOf(workspace, path, [`${group}/`, kind, ...words])
        .flatMap((root) => (textOf(root, 'kind') === 'List' ? itemsOf(root, 'items') : [root]))
        .filter((root) => textOf(root, 'kind') === kind && textOf(root, 'apiVersion')?.startsWith(`${group}/`))
        .map((root) => ({ path, root })),
    );
}

/** What the documents of a file hold; nothing when it cannot be read, or its text lacks one of the words. */
export function rootsOf(workspace: Workspace, path: string, words: readonly string[] = []): Node[] {
  const result = workspace.read(path);
  if (!result.ok || !words.every((word) => result.file.text.includes(word))) return [];
  return parseYaml(result.file).documents.flatMap(({ root }) => root ?? []);
}
