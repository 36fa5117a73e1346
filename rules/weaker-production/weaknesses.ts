import {
  type App,
  type ContainerPlace,
  containersSideBySide,
  counterpartsOf,
  type Field,
  type FieldPath,
  groupBy,
  isOfTemplate,
  isProduction,
  lacking,
  lineKeyOf,
  type Node,
  nodeAt,
  type Origin,
  originOf,
  placeToAdd,
  podTemplateOf,
  type Resource,
  rankOf,
  type Variant,
} from '../../src/rule/index.ts';
import { type Guard, OF_CONTAINERS, OF_NAMESPACES, OF_PODS, OF_RUNNING } from './guards.ts';

/** What carries guards: a container, the spec of Pods, a namespace. */
interface Subject {
  readonly variant: Variant;
  readonly resource: Resource;
  readonly whose: string;
  readonly path: FieldPath;
  /** The spec of the Pods that it runs in. */
  readonly pod: FieldPath;
}

/** One thing that production has less of than what is before it. */
export interface Weakness {
  readonly whose: string;
  /** What is missing, or set to less. */
  readonly what: string;
  /** Undefined where it is gone. */
  readonly value: string | undefined;
  readonly at: Field | Origin;
  readonly about: readonly Field[];
  readonly wrong: readonly Variant[];
  readonly having: readonly Variant[];
  readonly related: readonly { readonly at: Field | Origin; readonly message: string }[];
}

type Subjects = readonly Subject[];

/** Everything that is weaker in production than in an environment before it, each once for each line that is to blame. */
export function weaknessesOf(app: App): Weakness[] {
  if (!app.variants.some(isProduction)) return [];
  const found: Weakness[] = [];
  for (const places of containersSideBySide(app)) {
    const subjects = [...places.values()].map(containerSubject);
    const [first] = places.values();
    found.push(...weaknessesIn(app, subjects, first?.container.list === 'containers' ? [...OF_RUNNING, ...OF_CONTAINERS] : OF_CONTAINERS));
  }
  for (const twins of counterpartsOf(app)) {
    const pods = twins.flatMap(({ variant, resource }): Subjects => {
      const template = podTemplateOf(resource);
      return template
        ? [{ variant, resource, whose: `${resource.originalId.kind} "${resource.originalId.name}"`, path: template.path, pod: template.path }]
        : [];
    });
    if (pods.length > 1) found.push(...weaknessesIn(app, pods, OF_PODS));
    if (twins[0]?.resource.id.kind !== 'Namespace' || twins[0].resource.id.group !== '') continue;
    const namespaces = twins.map(({ variant, resource }) => ({ variant, resource, whose: `Namespace "${resource.originalId.name}"`, path: [], pod: [] }));
    found.push(...weaknessesIn(app, namespaces, OF_NAMESPACES));
  }
  return [...groupBy(found, placeKey).values()].map(([first, ...others]) => ({
    ...first,
    about: [first, ...others].flatMap(({ about }) => about),
    wrong: [...new Set([first, ...others].flatMap(({ wrong }) => wrong))],
    having: [...new Set([first, ...others].flatMap(({ having }) => having))],
  }));
}

/** A line that gives something to many containers is to blame once; so is the block that held several guards. */
function placeKey({ at, what }: Weakness): string {
  return `${lineKeyOf(originOf(at))}\0${what}`;
}

function containerSubject({ variant, resource, container }: ContainerPlace): Subject {
  return { variant, resource, whose: `Container "${container.name}"`, path: container.path, pod: podTemplateOf(resource)?.path ?? [] };
}

function weaknessesIn(app: App, subjects: Subjects, guards: readonly Guard[]): Weakness[] {
  return guards.flatMap((guard) => {
    const levels = new Map(subjects.map((subject) => [subject.variant, levelIn(subject, guard)]));
    const thresholds = [...new Set(levels.values())]
      .filter((level) => level !== undefined)
      .sort((a, b) => b - a)
      .slice(0, -1);
    for (const threshold of thresholds) {
      const { lacking: all, having } = lacking(app.variants, (variant) => presenceOf(levels.get(variant), threshold, variant));
      // What only its siblings have is not weaker than before.
      const isBefore = (variant: Variant) => having.some(({ environment }) => rankOf(environment) >= 0 && rankOf(environment) < rankOf(variant.environment));
      const wrong = all.filter((variant) => isProduction(variant) && isBefore(variant));
      const holder = subjects.find(({ variant }) => having.includes(variant));
      if (wrong.length > 0 && holder) {
        return subjects
          .filter(({ variant }) => wrong.includes(variant))
          .flatMap((subject) => weaknessOf(guard, subject, holder) ?? [])
          .map((weakness) => ({ ...weakness, having }));
      }
    }
    return [];
  });
}

function presenceOf(level: number | undefined, threshold: number, { complete }: Variant): 'yes' | 'no' | 'unknown' {
  if (level === undefined) return 'unknown';
  if (level >= threshold) return 'yes';
  return complete ? 'no' : 'unknown';
}

/** Where a guard may stand, what counts first. */
function pathsOf({ path, pod }: Subject, guard: Guard): FieldPath[] {
  const { otherwise } = guard;
  const own = [...path, ...guard.path];
  return otherwise ? [own, [...(otherwise.of === 'pod' ? pod : path), ...otherwise.path]] : [own];
}

function setPath(subject: Subject, guard: Guard): FieldPath | undefined {
  return pathsOf(subject, guard).find((path) => nodeAt(subject.resource.node, path));
}

function levelIn(subject: Subject, guard: Guard): number | undefined {
  const path = setPath(subject, guard);
  return guard.levelOf(path && nodeAt(subject.resource.node, path));
}

function weaknessOf(guard: Guard, subject: Subject, holder: Subject): Omit<Weakness, 'having'> | undefined {
  const { variant, resource, whose } = subject;
  const own = setPath(subject, guard);
  const theirs = setPath(holder, guard);
  const common = { whose, wrong: [variant] };
  const before = holder.variant.environment.name;
  if (own) {
    const related = theirs ? [{ at: holder.resource.field(...theirs), message: `what ${before} has` }] : [];
    const at = resource.field(...own);
    return { ...common, what: String(guard.path.findLast((step) => step !== 'type')), value: shown(nodeAt(resource.node, own)), at, about: [at], related };
  }
  if (!theirs) return undefined;
  const from = theirs.length - guard.path.length;
  const length = firstGone(subject, holder, theirs, from);
  const at = holder.resource.key(...theirs.slice(0, length));
  if (isOfTemplate(at.keyNode)) return undefined;
  const gone = removalOf(subject, holder, theirs, length, from);
  const what = theirs.slice(from, length).join('.');
  if (gone) return { ...common, what, value: undefined, at: gone, about: [at], related: [{ at, message: `what ${before} has` }] };
  const parent = nodeAt(resource.node, subject.path);
  return {
    ...common,
    what,
    value: undefined,
    at,
    about: [at],
    related: [{ at: placeToAdd(parent, variant) ?? resource.field('metadata', 'name'), message: `it belongs here for ${variant.environment.name}` }],
  };
}

/** How much of the path of a guard has to go to lead to what the weaker one has not. */
function firstGone(subject: Subject, holder: Subject, theirs: FieldPath, from: number): number {
  const base = baseFor(subject, holder, theirs, from);
  for (let length = from + 1; length < theirs.length; length += 1) {
    if (!nodeAt(subject.resource.node, [...base, ...theirs.slice(from, length)])) return length;
  }
  return theirs.length;
}

/** Where the weaker one would have it: lists may have another order. */
function baseFor(subject: Subject, holder: Subject, theirs: FieldPath, from: number): FieldPath {
  return from === holder.path.length && holder.path.every((step, index) => step === theirs[index]) ? subject.path : subject.pod;
}

/** Who took it away, if the base had it. */
function removalOf(subject: Subject, holder: Subject, theirs: FieldPath, length: number, from: number): Origin | undefined {
  const parent = nodeAt(subject.resource.node, [...baseFor(subject, holder, theirs, from), ...theirs.slice(from, length - 1)]);
  return parent?.kind === 'mapping' ? parent.removed?.findLast(({ key }) => key === theirs[length - 1])?.by : undefined;
}

function shown(node: Node | undefined): string {
  if (node?.kind === 'scalar') return node.text;
  return node?.kind === 'sequence' ? node.items.flatMap((item) => (item.kind === 'scalar' ? item.text : [])).join(', ') : '';
}
