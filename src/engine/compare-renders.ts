import type { Settings } from '../config/settings.ts';
import { MASK } from '../model/origin-row.ts';
import { formatResourceId, type ResourceId, resourceIdOf, resourceKey } from '../model/resource.ts';
import { SourceFile } from '../text/source-file.ts';
import { differencesOf } from '../tree/difference.ts';
import { sameMeaning } from '../tree/equality.ts';
import { type FieldPath, formatFieldPath, nodeAt } from '../tree/field-path.ts';
import { type Mapping, type Node, textOf } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { originsIn, type RootRender } from './render-roots.ts';

/** What the real tool said to a root: its output, or why it gave none. */
export type ToolAnswer = { readonly output: string } | { readonly refusal: string };

/** Where two renders part first. Values are shown as JSON; undefined stands for nothing, secrets are masked. */
export interface RenderDifference {
  readonly resource: string;
  readonly namespace: string;
  /** Empty for the resource as a whole. */
  readonly path: string;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

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
    const theirs = secretsOf(root, workspace, settings).hidden(answer.refusal);
    return output === undefined ? { outcome: 'both-refuse', ours: problem?.message ?? '', theirs } : { outcome: 'only-kustomize-refuses', theirs };
  }
  if (output === undefined) return { outcome: 'only-kustomize-builds', ours: problem?.message ?? '' };
  if (output === answer.output) return { outcome: 'same' };
  const [ours, theirs] = [objectsOf(output), objectsOf(answer.output)];
  const isSame = ours.length === theirs.length && ours.every((node, index) => sameMeaning(node, theirs[index]));
  if (isSame) return { outcome: 'same-meaning' };
  return { outcome: 'different', difference: firstDifference(ours, theirs, secretsOf(root, workspace, settings)) };
}

function objectsOf(output: string): readonly Mapping[] {
  return parseYaml(new SourceFile('output.yaml', output)).documents.flatMap(({ root }) => (root?.kind === 'mapping' ? [root] : []));
}

interface Secrets {
  isSecret(object: Mapping, path: FieldPath): boolean;
  /** The text without the secrets of the render. */
  hidden(text: string): string;
}

/** What may not be shown of a render: rather too much than too little. */
function secretsOf({ result }: RootRender, workspace: Workspace, settings: Settings): Secrets {
  const known = new Set<string>();
  for (const resource of result.resources) {
    for (const { path, value } of originsIn(result, workspace, settings, resource)) {
      const node = value === MASK ? nodeAt(resource.node, path) : undefined;
      if (node?.kind !== 'scalar' || node.text.length < 4) continue;
      known.add(node.text);
      if (resource.id.kind === 'Secret' && path[0] === 'data') known.add(decoded(node.text));
    }
  }
  const texts = [...known].filter((text) => text.length >= 4).sort((a, b) => b.length - a.length);
  return {
    isSecret: (object, path) => {
      const name = path.at(-1) === 'value' ? textOf(nodeAt(object, path.slice(0, -1)), 'name') : undefined;
      const isData = textOf(object, 'kind') === 'Secret' && path[0] !== 'metadata' && path.length > 0;
      return isData || [...path, name].some((step) => typeof step === 'string' && settings.isSecretKey(step));
    },
    hidden: (text) => texts.reduce((shown, secret) => shown.replaceAll(secret, MASK), text),
  };
}

function decoded(base64: string): string {
  try {
    return atob(base64.replaceAll(/\s/g, ''));
  } catch {
    // It was no base64: then there is nothing more to hide.
    return '';
  }
}

/** The suffix of generated names follows from their content: it tells nothing apart that differs only in that. */
const HASH = /-[2-9bcdfghkmt]{10}$/;

function firstDifference(ours: readonly Mapping[], theirs: readonly Mapping[], secrets: Secrets): RenderDifference {
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
  return resourceKey({ ...id, name: id.name.replace(HASH, '') });
}

function nameOf(node: Mapping | undefined): Pick<RenderDifference, 'resource' | 'namespace'> {
  if (!node) return { resource: '', namespace: '' };
  const id = resourceIdOf(node);
  // The hash of a Secret tells of its content.
  return { resource: formatResourceId({ ...id, name: id.name.replace(HASH, '') }), namespace: id.namespace };
}

function differenceAt(object: Mapping, path: FieldPath, ours: Node | undefined, theirs: Node | undefined, secrets: Secrets): RenderDifference {
  const isWhole = path.length === 0;
  const show = (node: Node | undefined): string | undefined => {
    if (!node) return undefined;
    if (isWhole) return ours && theirs ? 'a list in another order' : 'an object';
    if (secrets.isSecret(object, path)) return MASK;
    if (node.kind !== 'scalar') return node.kind === 'sequence' ? `a list of ${node.items.length}` : `${node.entries.length} fields`;
    return secrets.hidden(JSON.stringify(plainOf(node)).replace(/-[2-9bcdfghkmt]{10}(?="$)/, ''));
  };
  const [left, right] = [show(ours), show(theirs)];
  const from = left !== undefined && right !== undefined ? sameUntil(left, right) : 0;
  return { ...nameOf(object), path: formatFieldPath(path), ours: shortened(left, from), theirs: shortened(right, from) };
}

const WIDTH = 120;

function sameUntil(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** Of a long text the stretch where it parts from the other one. */
function shortened(text: string | undefined, from: number): string | undefined {
  if (text === undefined || text.length <= WIDTH) return text;
  const start = Math.max(0, Math.min(from - 20, text.length - WIDTH));
  return `${start > 0 ? '…' : ''}${text.slice(start, start + WIDTH)}${start + WIDTH < text.length ? '…' : ''}`;
}
