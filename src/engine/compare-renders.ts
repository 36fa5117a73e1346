import type { Settings } from '../config/settings.ts';
import { type ResourceId, resourceIdOf, resourceKey } from '../model/resource.ts';
import { withoutHash } from '../model/shown-name.ts';
import { SourceFile } from '../text/source-file.ts';
import { differencesOf } from '../tree/difference.ts';
import { sameMeaning } from '../tree/equality.ts';
import type { Mapping } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { differenceAt, nameOf, type RenderDifference } from './render-difference.ts';
import type { RootRender } from './render-roots.ts';
import { type RenderSecrets, secretsOf } from './render-secrets.ts';

/** What the real tool said to a root: its output, or why it gave none. */
export type ToolAnswer = { readonly output: string } | { readonly refusal: string };

/** What comes of holding a render against the answer of the real tool. */
export type Comparison =
  | { readonly outcome: 'same' | 'same-meaning' }
  | { readonly outcome: 'different'; readonly difference: RenderDifference }
  | { readonly outcome: 'both-refuse' | 'only-kustomize-builds' | 'only-kustomize-refuses'; readonly ours?: string; readonly theirs?: string };

/** Holds a render against the answer of the real tool to the same root. */
export function compareRenders(root: RootRender, answer: ToolAnswer, workspace: Workspace, settings: Settings): Comparison {
  const { result, output } = root;
  const [problem] = result.problems;
  if ('refusal' in answer) {
    // What a tool says of a mistake may quote the line with the secret.
    const theirs = secretsOf(result, workspace, settings).hidden(answer.refusal);
    return output === undefined ? { outcome: 'both-refuse', ours: problem?.message ?? '', theirs } : { outcome: 'only-kustomize-refuses', theirs };
  }
  if (output === undefined) return { outcome: 'only-kustomize-builds', ours: problem?.message ?? '' };
  if (output === answer.output) return { outcome: 'same' };
  const [ours, theirs] = [objectsOf(output), objectsOf(answer.output)];
  const isSame = ours.length === theirs.length && ours.every((node, index) => sameMeaning(node, theirs[index]));
  if (isSame) return { outcome: 'same-meaning' };
  return { outcome: 'different', difference: firstDifference(ours, theirs, secretsOf(result, workspace, settings)) };
}

function objectsOf(output: string): readonly Mapping[] {
  return parseYaml(new SourceFile('output.yaml', output)).documents.flatMap(({ root }) => (root?.kind === 'mapping' ? [root] : []));
}

function firstDifference(ours: readonly Mapping[], theirs: readonly Mapping[], secrets: RenderSecrets): RenderDifference {
  const left = new Set(theirs);
  const take = (matches: (id: ResourceId) => boolean): Mapping | undefined => {
    const found = [...left].find((node) => matches(resourceIdOf(node)));
    if (found) left.delete(found);
    return found;
  };
  const exact = new Map(ours.map((node) => [node, take((id) => resourceKey(id) === resourceKey(resourceIdOf(node)))] as const));
  for (const node of ours) {
    const other = exact.get(node) ?? take((id) => stableKey(id) === stableKey(resourceIdOf(node)));
    if (!other) return differenceAt(node, [], node, undefined, secrets);
    if (sameMeaning(node, other)) continue;
    const [first] = differencesOf(node, other);
    // Without one, only the order of a list differs.
    return first ? differenceAt(node, first.path, first.left, first.right, secrets) : differenceAt(node, [], node, other, secrets);
  }
  const [extra] = left;
  if (extra) return differenceAt(extra, [], undefined, extra, secrets);
  const at = ours.findIndex((node, index) => exact.get(node) !== theirs[index]);
  return { ...nameOf(ours[at] ?? ours[0]), path: '', ours: `number ${at + 1}`, theirs: 'in another place of the output' };
}

function stableKey(id: ResourceId): string {
  return resourceKey({ ...id, name: withoutHash(id.name) });
}
