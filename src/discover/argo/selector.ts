import { childOf, entriesOf, itemsOf, type Node, type Scalar, textOf } from '../../tree/node.ts';
import { isResolved } from './fill.ts';

/** One condition of a label selector. */
interface Requirement {
  readonly key: Scalar;
  readonly operator: string;
  readonly values: readonly Scalar[];
}

/** What is known of a label: its value, nothing, or that there is none. */
export type LabelOf = (key: string) => Scalar | 'unknown' | undefined;

/** Whether a label selector takes what has these labels; undefined where that cannot be said. No selector takes everything. */
export function selects(selector: Node | undefined, labelOf: LabelOf): boolean | undefined {
  const verdicts = requirementsOf(selector).map((requirement) => isMet(requirement, labelOf(requirement.key.text)));
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

/** The labels that everything selected has, by key. */
export function demandedLabels(selector: Node | undefined): Map<string, Scalar> {
  const demanded = new Map<string, Scalar>();
  for (const { key, operator, values } of requirementsOf(selector)) {
    const [value] = values;
    if (operator === 'In' && value && values.length === 1) demanded.set(key.text, value);
  }
  return demanded;
}

/** Whether a selector contradicts itself: some sets select nothing until an overlay tells them what. */
export function selectsNothing(selector: Node | undefined): boolean {
  const requirements = requirementsOf(selector);
  return requirements.some(({ key, operator }) => {
    if (operator === 'DoesNotExist')
      return requirements.some((other) => other.key.text === key.text && (other.operator === 'Exists' || other.operator === 'In'));
    return operator === 'In' && allowed(requirements, key.text)?.length === 0;
  });
}

/** The values that all conditions on a key leave; undefined where a text is yet to be filled in. */
function allowed(requirements: readonly Requirement[], key: string): readonly string[] | undefined {
  const own = requirements.filter((requirement) => requirement.key.text === key);
  if (own.some(({ values }) => values.some(({ text }) => !isResolved(text)))) return undefined;
  const listed = ({ values }: Requirement) => new Set(values.map(({ text }) => text));
  const lists = own.filter(({ operator }) => operator === 'In').map(listed);
  const barred = own.filter(({ operator }) => operator === 'NotIn').map(listed);
  return [...(lists[0] ?? [])].filter((value) => lists.every((list) => list.has(value)) && !barred.some((list) => list.has(value)));
}

function requirementsOf(selector: Node | undefined): Requirement[] {
  const labels = entriesOf(selector, 'matchLabels').flatMap(({ key, value }): Requirement[] =>
    value.kind === 'scalar' ? [{ key, operator: 'In', values: [value] }] : [],
  );
  const expressions = itemsOf(selector, 'matchExpressions').flatMap((item): Requirement[] => {
    const key = childOf(item, 'key');
    const values = itemsOf(item, 'values').filter((value) => value.kind === 'scalar');
    return key?.kind === 'scalar' ? [{ key, operator: textOf(item, 'operator') ?? '', values }] : [];
  });
  return [...labels, ...expressions];
}

function isMet({ operator, values }: Requirement, label: ReturnType<LabelOf>): boolean | undefined {
  if (label === 'unknown') return undefined;
  if (operator === 'Exists') return label !== undefined;
  if (operator === 'DoesNotExist') return label === undefined;
  if (operator !== 'In' && operator !== 'NotIn') return undefined;
  if (label === undefined) return operator === 'NotIn';
  if (!isResolved(label.text) || values.some(({ text }) => !isResolved(text))) return undefined;
  return values.some(({ text }) => text === label.text) === (operator === 'In');
}
