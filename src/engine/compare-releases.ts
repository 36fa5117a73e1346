import type { Settings } from '../config/settings.ts';
import { resourceIdOf, resourceKey } from '../model/resource.ts';
import { groupBy } from '../text/group-by.ts';
import { SourceFile } from '../text/source-file.ts';
import { type Difference, differencesOf } from '../tree/difference.ts';
import { sameMeaning } from '../tree/equality.ts';
import { type FieldPath, formatFieldPath } from '../tree/field-path.ts';
import { type Mapping, type Node, textOf } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml, type YamlFile } from '../yaml/parse.ts';
import type { ToolAnswer } from './compare-renders.ts';
import type { ReleaseRender } from './releases.ts';
import { differenceAt, type RenderDifference } from './render-difference.ts';
import { type RenderSecrets, secretsOf } from './render-secrets.ts';
import { isYamlPath } from './yaml-path.ts';

/** What comes of holding a rendered release against the answer of a helm. */
export type ReleaseComparison =
  /** `same-but-random`: what differs, the helm makes up anew each time. */
  | { readonly outcome: 'same-meaning' | 'same-but-random' }
  /** Helm wants all dependencies to be here, also those that are off. */
  | { readonly outcome: 'partial'; readonly theirs: string }
  | { readonly outcome: 'different'; readonly difference: RenderDifference }
  | { readonly outcome: 'both-refuse' | 'only-helm-renders' | 'only-helm-refuses'; readonly ours?: string; readonly theirs?: string };

/** What a helm says to one release, and what it says when it is asked again: undefined where it was asked once. */
export interface HelmAnswers {
  readonly answer: ToolAnswer;
  readonly again?: ToolAnswer | undefined;
}

/** Holds the objects of a release against those of a helm, whatever order they stand in. */
export function compareReleases(release: ReleaseRender, { answer, again }: HelmAnswers, workspace: Workspace, settings: Settings): ReleaseComparison {
  const { result } = release;
  const secrets = (): RenderSecrets => secretsOf(result, workspace, settings, secretsIn(release, workspace, settings));
  const [problem] = result.problems;
  const isRefused = result.status === 'failed';
  if ('refusal' in answer) {
    const { hidden } = secrets();
    const theirs = hidden(answer.refusal);
    if (!isRefused && /missing in charts\/ directory/.test(theirs)) return { outcome: 'partial', theirs };
    return isRefused ? { outcome: 'both-refuse', ours: hidden(problem?.message ?? ''), theirs } : { outcome: 'only-helm-refuses', theirs };
  }
  if (isRefused) return { outcome: 'only-helm-renders', ours: secrets().hidden(problem?.message ?? '') };
  const yaml = parseYaml(new SourceFile('output.yaml', answer.output));
  if (yaml.problem) return { outcome: 'different', difference: unreadable(yaml.problem.reason) };
  const ours = result.resources.map(({ node }) => node);
  const theirs = objectsOf(yaml);
  const second = again && 'output' in again ? objectsOf(parseYaml(new SourceFile('output.yaml', again.output))) : theirs;
  const [first] = differencesBetween(ours, theirs, second);
  if (first) return { outcome: 'different', difference: differenceAt(first.object, first.path, first.left, first.right, secrets()) };
  const [random] = second === theirs ? [] : differencesBetween(ours, theirs, theirs);
  return { outcome: random ? 'same-but-random' : 'same-meaning' };
}

/** Our reader cannot tell what the helm put out. */
function unreadable(reason: string): RenderDifference {
  return { resource: 'the output', namespace: '', path: '', ours: 'objects', theirs: `YAML that cannot be read: ${reason}` };
}

function objectsOf({ documents }: YamlFile): Mapping[] {
  return documents.flatMap(({ root }) => (root?.kind === 'mapping' && textOf(root, 'kind') !== undefined ? [root] : []));
}

/** A difference, and the object in which it is; of an object that only one side has, on that side. */
interface Located extends Difference {
  readonly object: Mapping;
}

/** All that differs between both sides, but for what differs between two answers of theirs. */
function* differencesBetween(ours: readonly Mapping[], theirs: readonly Mapping[], again: readonly Mapping[]): Generator<Located> {
  const repeated = partnersOf(theirs, again);
  const partners = partnersOf(ours, theirs);
  const left = new Set(theirs);
  for (const partner of partners.values()) if (partner) left.delete(partner);
  for (const node of ours) {
    const other = partners.get(node) ?? takeRenamed(node, left, repeated);
    if (other) yield* differencesIn(node, other, repeated.get(other));
    else yield { object: node, path: [], left: node };
  }
  for (const node of left) yield { object: node, path: [], right: node };
}

/** An object whose name the helm makes up: any of its kind. */
function takeRenamed(node: Mapping, left: Set<Mapping>, repeated: ReadonlyMap<Mapping, Mapping | undefined>): Mapping | undefined {
  const found = [...left].find((each) => !repeated.get(each) && textOf(each, 'kind') === textOf(node, 'kind'));
  if (found) left.delete(found);
  return found;
}

function* differencesIn(node: Mapping, other: Mapping, again: Mapping | undefined): Generator<Located> {
  if (sameMeaning(node, other)) return;
  // Of a name that is made up, nothing is left to tell what else is.
  if (!again) return;
  const unstable = new Set(differencesOf(other, again).map(({ path }) => formatFieldPath(path)));
  const all = differencesOf(other, node);
  // Without any, only the order of a list differs.
  if (all.length === 0) yield { object: node, path: [], left: node, right: other };
  for (const { path, left, right } of all) if (!isBelow(path, unstable)) yield { object: node, path, left: right, right: left };
}

function isBelow(path: FieldPath, unstable: ReadonlySet<string>): boolean {
  return path.some((_, index) => unstable.has(formatFieldPath(path.slice(0, index + 1))));
}

/** For each object of one side the one that has the same identity on the other; of several, one each, in order. */
function partnersOf(ours: readonly Mapping[], theirs: readonly Mapping[]): Map<Mapping, Mapping | undefined> {
  const byKey: ReadonlyMap<string, Mapping[]> = groupBy(theirs, keyOf);
  return new Map(ours.map((node) => [node, byKey.get(keyOf(node))?.shift()]));
}

function keyOf(node: Mapping): string {
  return `${textOf(node, 'apiVersion')} ${resourceKey(resourceIdOf(node))}`;
}

/** Keys of values that hold secrets in all charts; names of Secrets are none. */
const SECRET_VALUE = /(?:passw(?:or)?d|passphrase|token|(?:private|secret|access|api|encryption)[-_]?key|client[-_]?secret)$/i;

/** `passwordRequired: true` gives nothing away, and hidden it would be everywhere. */
const SWITCH = /^(?:true|false|null|yes|no|none)$/i;

type IsSecretKey = (key: string) => boolean;

/** The values of a release that are secrets by their keys. A helm quotes values in what it says of mistakes. */
function* secretsIn({ source: { helm }, result }: ReleaseRender, workspace: Workspace, settings: Settings): Generator<string> {
  const isSecretKey: IsSecretKey = (key) => SECRET_VALUE.test(key) || settings.isSecretKey(key);
  for (const { name, value } of helm?.parameters ?? []) if (name.text.split('.').some(isSecretKey)) yield value.text;
  for (const { kind, node } of helm?.inline ?? []) {
    if (kind === 'map') yield* secretTexts(node, isSecretKey, false);
    else yield* secretsOfFile(new SourceFile('values.yaml', node.text), isSecretKey);
  }
  for (const path of result.inputs) {
    const read = isYamlPath(path) ? workspace.read(path) : undefined;
    if (read?.ok) yield* secretsOfFile(read.file, isSecretKey);
  }
}

function* secretsOfFile(file: SourceFile, isSecretKey: IsSecretKey): Generator<string> {
  for (const { root } of parseYaml(file).documents) if (root) yield* secretTexts(root, isSecretKey, false);
}

function* secretTexts(node: Node, isSecretKey: IsSecretKey, isSecret: boolean): Generator<string> {
  if (node.kind === 'scalar') {
    if (isSecret && !SWITCH.test(node.text)) yield node.text;
    return;
  }
  if (node.kind === 'sequence') for (const item of node.items) yield* secretTexts(item, isSecretKey, isSecret);
  else for (const { key, value } of node.entries) yield* secretTexts(value, isSecretKey, isSecret || isSecretKey(key.text));
}
