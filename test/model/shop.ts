import { loadSettings } from '../../src/config/load.ts';
import { oneTree, survey } from '../../src/engine/read-repository.ts';
import type { Repository } from '../../src/model/repository.ts';
import { Resource } from '../../src/model/resource.ts';
import type { Variant } from '../../src/model/variant.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import type { Mapping } from '../../src/tree/node.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import type { Tree } from '../support/rule-tester.ts';

/** The one resource of a text. */
export function resourceOf(text: string): Resource {
  const root = parseYaml(new SourceFile('app.yaml', text)).documents[0]?.root;
  if (root?.kind !== 'mapping') throw new Error('a resource is a mapping');
  return new Resource(root satisfies Mapping);
}

/** A repository, found and rendered. */
export async function repositoryOf(tree: Tree): Promise<Repository> {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, '', []);
  return (await survey(oneTree(workspace), '', settings)).repository;
}

/** The one variant of plain manifests. */
export async function variantOf(text: string): Promise<Variant> {
  const { variants } = await repositoryOf({ 'environments/prod/checkout/app.yaml': text });
  const [variant] = variants;
  if (!variant || variants.length > 1) throw new Error('one variant is expected');
  return variant;
}
