import { itemKeyOf } from '../tree/difference.ts';
import { type FieldPath, formatFieldPath } from '../tree/field-path.ts';
import { childOf, type Node, type Sequence } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';
import { IGNORE_ANNOTATION } from './ignore-annotation.ts';

/** One value of a manifest, by steps that are the same in every environment: keys, and items by what identifies them, as in `[name=web]`. */
export interface Leaf {
  readonly steps: readonly string[];
  /** The way to it in its own manifest; as long as `steps`, unless it is an argument of a list. */
  readonly path: FieldPath;
  readonly node: Node;
}

/** What a cluster or a tool writes, or says what is said elsewhere: no difference that anybody made. */
const NOISE = /^(?:kind$|metadata\.(?:name|namespace|creationTimestamp)$|status(?:\.|$)|sops(?:\.|$))/;

/** The values of a manifest. `nameOf` puts aside what tells the environment in a key or a name. Lists of plain texts are one value. */
export function leavesOf(root: Node, nameOf: (text: string) => string): Leaf[] {
  const leaves: Leaf[] = [];
  // A settings file has no kind, and no such noise.
  const isObject = childOf(root, 'apiVersion') !== undefined;
  const walk = (node: Node, steps: readonly string[], path: FieldPath): void => {
    // Only what stands near the top is noise, but for what is reckoned from other things.
    if (isObject && steps.length > 0 && steps.length < 3 && NOISE.test(steps.join('.'))) return;
    if (steps.at(-2) === 'annotations' && (steps.at(-1)?.startsWith('checksum/') || path.at(-1) === IGNORE_ANNOTATION)) return;
    if (node.kind === 'mapping' && node.entries.length > 0) {
      for (const { key, value } of node.entries) walk(value, [...steps, nameOf(key.text)], [...path, key.text]);
    } else if (node.kind === 'sequence' && node.items.length > 0) {
      const names = itemSteps(node, nameOf);
      if (names) for (const [index, item] of node.items.entries()) walk(item, [...steps, names[index] ?? `[${index}]`], [...path, index]);
      else leaves.push({ steps, path, node });
    } else leaves.push({ steps, path, node });
  };
  walk(root, [], []);
  return leaves;
}

const FLAG = /^--?[A-Za-z][\w.-]*(?==|$)/;

/** How the items of a list are called; undefined for one whose texts are one value together. */
function itemSteps({ items }: Sequence, nameOf: (text: string) => string): string[] | undefined {
  if (items.every(({ kind }) => kind === 'scalar')) {
    const flags = items.map((item) => (item.kind === 'scalar' ? FLAG.exec(item.text)?.[0] : undefined));
    const isByName = flags.every((flag) => flag !== undefined) && new Set(flags).size === flags.length;
    return isByName ? flags.map((flag) => `[${flag}]`) : undefined;
  }
  const keys = items.map(itemNameOf);
  const steps = keys.map((key) => (key === undefined ? undefined : `[${nameOf(key)}]`));
  const isKeyed = steps.every((step) => step !== undefined) && new Set(steps).size === steps.length;
  return isKeyed ? steps : items.map((_, index) => `[${index}]`);
}

/** What an item of a list is called: by its name or, for a rule of a role, by what it is about. */
export function itemNameOf(item: Node): string | undefined {
  const key = itemKeyOf(item);
  if (key !== undefined || item.kind !== 'mapping' || !childOf(item, 'verbs')) return key;
  const about = ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'].map((field) => textsOf(childOf(item, field)).sort().join(','));
  return about.filter(Boolean).join('/');
}

function textsOf(node: Node | undefined): string[] {
  return node?.kind === 'sequence' ? node.items.flatMap((item) => (item.kind === 'scalar' ? item.text : [])) : [];
}

/** Lists in which the order of the texts means something. */
const ORDERED = new Set(['args', 'command']);

/** A value as a text that is the same for all that mean the same: the order of a list does not count, but for arguments. */
export function leafText({ node, path }: Pick<Leaf, 'node' | 'path'>): string {
  const value = plainOf(node);
  if (Array.isArray(value) && !ORDERED.has(String(path.at(-1)))) return JSON.stringify([...value].map((item) => JSON.stringify(item)).sort());
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a step is that of an item of a list. */
export function isItemStep(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

/** A step by what `nameOf` makes of the key in it, or of what an item goes by: `[name=shop-dev]` as `[name=shop-{env}]`. */
export function renamedStep(step: string, nameOf: (text: string) => string): string {
  return isItemStep(step) ? `[${nameOf(step.slice(1, -1))}]` : nameOf(step);
}

/** `spec.template.spec.containers[name=web].image`. */
export function formatSteps(steps: readonly string[]): string {
  let text = '';
  for (const step of steps) {
    const formatted = isItemStep(step) ? step : formatFieldPath([step]);
    text += text && !formatted.startsWith('[') ? `.${formatted}` : formatted;
  }
  return text;
}

const SETTINGS = new Set(['data', 'stringData', 'binaryData']);

/** What people call a setting by: the key of a ConfigMap or Secret, the name of a container's variable, or else the last key of the steps. */
export function settingOf(kind: string, steps: readonly string[]): string | undefined {
  const [first = '', second] = steps;
  if (kind === '') return steps.findLast((step) => !isItemStep(step));
  if ((kind === 'ConfigMap' || kind === 'Secret') && SETTINGS.has(first) && second !== undefined) return second;
  const env = steps.lastIndexOf('env');
  const item = env === -1 ? undefined : steps[env + 1];
  if (item?.startsWith('[name=')) return item.slice('[name='.length, -1);
  return steps.findLast((step) => !isItemStep(step));
}

/** Whether steps lead to a setting of a program: a key of a ConfigMap or Secret, or a container's variable. */
export function isSetting(kind: string, steps: readonly string[]): boolean {
  const env = steps.lastIndexOf('env');
  if (kind === '') return steps.length > 0;
  return (
    ((kind === 'ConfigMap' || kind === 'Secret') && SETTINGS.has(steps[0] ?? '') && steps.length > 1) ||
    (env !== -1 && steps[env + 1]?.startsWith('[name=') === true)
  );
}
