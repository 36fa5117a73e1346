import type { RenderProblem } from '../../model/render-result.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Mapping, Origin, Scalar } from '../../tree/node.ts';
import { parseYaml, type YamlFile } from '../../yaml/parse.ts';
import { embeddedYaml } from './embedded-yaml.ts';
import { refolded } from './folded-text.ts';
import { type Operation, operationsOf } from './json-patch.ts';
import { type ManifestFile, manifestsIn, manifestsOf } from './manifests.ts';
import { Refusal } from './refusal.ts';
import { markedAs } from './writing.ts';

/** The text of a patch, understood: objects to lay over others, or operations. Both lists empty for an empty patch. */
export interface PatchText {
  readonly objects: readonly Mapping[];
  /** Mistakes that only show in the objects the patch is laid over. */
  readonly flaws: readonly RenderProblem[];
  readonly operations: readonly Operation[];
}

/** A patch that stands in a file of its own. Throws a `Refusal`. */
export function patchInFile(file: SourceFile, origin: Origin): PatchText {
  return understood(parseYaml(file), manifestsOf(file), file.text, origin);
}

/** A patch that is written in the kustomization. Throws a `Refusal`. */
export function patchInline(text: Scalar): PatchText {
  const yaml = embeddedYaml(text);
  return understood(yaml, manifestsIn(yaml, text.text), text.text, text.origin);
}

const known = new WeakMap<ManifestFile, PatchText>();

function understood(yaml: YamlFile, manifests: ManifestFile, text: string, origin: Origin): PatchText {
  const before = known.get(manifests);
  if (before) return before;
  const result = understand(yaml, manifests, text, origin);
  known.set(manifests, result);
  return result;
}

function understand(yaml: YamlFile, manifests: ManifestFile, text: string, origin: Origin): PatchText {
  const [problem] = manifests.problems;
  if (!problem) {
    const { objects } = manifests;
    return { objects: objects.map(({ node }) => markedAs(refolded(node), 'patch')), flaws: objects.flatMap(({ flaws }) => flaws), operations: [] };
  }
  // Of several documents a list of operations is the first; kustomize ignores the others.
  const root = yaml.documents[0]?.root;
  if (root?.kind === 'sequence') return { objects: [], flaws: [], operations: operationsOf(root) };
  if (text.trim() === '') return { objects: [], flaws: [], operations: [] };
  throw new Refusal(problem.cause, problem.message, problem.origin ?? origin, problem.rule);
}
