import { formatSteps, isItemStep } from '../../model/leaves.ts';
import type { Subject } from '../../model/places.ts';
import { groupBy } from '../../text/group-by.ts';
import { compareText } from '../../text/location.ts';
import { keyGlobs, literal } from './key-globs.ts';
import { flowScalar, list } from './yaml.ts';

/** A place of a repository, and what its environments have there. */
export interface SeenPlace extends Subject {
  readonly isSetting: boolean;
  readonly differs: boolean;
  /** Who has it. */
  readonly environments: readonly string[];
  /** It differs, and only by being there or not. */
  readonly isPresence: boolean;
  /** Nobody lacks it. */
  readonly isEverywhere: boolean;
}

/** A line of the contract, as it is proposed. */
export interface ProposedLine {
  readonly app?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly path?: string;
  readonly key?: string;
  /** The environments that alone have it; it may differ where they are not said. */
  readonly only?: readonly string[] | undefined;
  /** It may differ, and is everywhere. */
  readonly isEverywhere?: boolean;
  readonly must?: 'same';
}

/** Ends a contract: what no line above covers is the same everywhere. */
export const ALL_ELSE: ProposedLine = { path: '**', must: 'same' };

/** Lists of environments beyond this say no more than that it may differ. */
const MAX_ENVIRONMENTS = 4;

/** As few lines as say what differs in a repository, and forgive nothing that is the same. Objects first, then settings, then fields. */
export function contractLines(seen: readonly SeenPlace[]): ProposedLine[] {
  const objects = seen.filter(({ steps }) => steps.length === 0);
  const settings = seen.filter(({ steps, isSetting }) => steps.length > 0 && isSetting);
  const fields = seen.filter(({ steps, isSetting }) => steps.length > 0 && !isSetting);
  return [...objectLines(objects), ...settingLines(settings), ...fieldLines(fields)];
}

/** The line that covers one place and nothing else. */
export function exactLine({
  app,
  kind,
  name,
  steps,
  key,
  isSetting,
}: Omit<SeenPlace, 'differs' | 'environments' | 'isPresence' | 'isEverywhere'>): ProposedLine {
  const place = { app: literal(app), kind: literal(kind), name: literal(name) };
  if (steps.length === 0) return place;
  return isSetting && key !== undefined ? { ...place, key: literal(key) } : { ...place, path: pathOf(steps) };
}

/** The lines as they stand under `differences`. */
export function differencesText(lines: readonly ProposedLine[]): string {
  return lines
    .map(({ app, kind, name, path, key, only, must, isEverywhere }) => {
      const facts = Object.entries({ app, kind, name, path, key }).flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${flowScalar(value)}`]));
      const expected = must ? `must: ${must}` : only ? `only: ${list(only)}` : isEverywhere ? 'may: differ-in-value' : 'may: differ';
      return `  - { ${[...facts, expected].join(', ')} }\n`;
    })
    .join('');
}

/** The environments that alone have something, where they are few and the same for all; undefined where it may just differ. */
function onlyOf(places: readonly SeenPlace[], all: readonly SeenPlace[]): readonly string[] | undefined {
  const differing = places.filter(({ differs }) => differs);
  const environments = [...new Set(differing.flatMap((place) => place.environments))];
  const isSame = differing.every((place) => place.isPresence && place.environments.length === environments.length);
  const isWithin = all.every((place) => place.environments.every((name) => environments.includes(name)));
  return isSame && isWithin && environments.length > 0 && environments.length <= MAX_ENVIRONMENTS ? environments : undefined;
}

type NamedLine = Pick<ProposedLine, 'app' | 'only'> & { readonly name: string };

function objectLines(objects: readonly SeenPlace[]): ProposedLine[] {
  return [...groupBy(objects, ({ kind }) => kind)].flatMap(([ownKind, ofKind]): ProposedLine[] => {
    const kind = literal(ownKind);
    const differing = ofKind.filter(({ differs }) => differs);
    if (differing.length === 0) return [];
    const only = differing.length === ofKind.length ? onlyOf(differing, ofKind) : undefined;
    if (only && differing.length > 1) return [{ kind, only }];
    // Objects of one name are of one mind, or the app is said.
    const named = [...groupBy(differing, ({ name }) => name)].flatMap(([name, ofName]): NamedLine[] => {
      const all = ofKind.filter((object) => object.name === name);
      if (all.length === ofName.length) return [{ name: literal(name), only: onlyOf(ofName, all) }];
      return ofName.map((place) => ({ app: literal(place.app), name: literal(name), only: onlyOf([place], [place]) }));
    });
    return [...groupBy(named, ({ only, app }) => `${app ?? ''}\0${only?.join('\0') ?? ''}`).values()].map((alike) => {
      const [{ app, only }] = alike;
      return { ...(app !== undefined && { app }), kind, name: oneOf(alike.map(({ name }) => name)), only };
    });
  });
}

function settingLines(settings: readonly SeenPlace[]): ProposedLine[] {
  const byKey = groupBy(settings, ({ key }) => key ?? '');
  const outcomes = [...byKey].flatMap(([key, places]) => {
    const differing = places.filter(({ differs }) => differs);
    return differing.length > 0 ? [{ key, only: onlyOf(differing, places), isEverywhere: places.every((place) => place.isEverywhere) }] : [];
  });
  return [...groupBy(outcomes, ({ only, isEverywhere }) => `${isEverywhere}\0${only?.join('\0') ?? ''}`).values()].flatMap((alike) => {
    const [{ only, isEverywhere }] = alike;
    const keys = new Set(alike.map(({ key }) => key));
    const others = [...byKey.keys()].filter((key) => !keys.has(key));
    return keyGlobs([...keys], others).map((key) => ({ key, only, ...(isEverywhere && { isEverywhere }) }));
  });
}

function fieldLines(fields: readonly SeenPlace[]): ProposedLine[] {
  const kindsOf = new Map<string, { readonly steps: readonly string[]; readonly kinds: Set<string> }>();
  for (const [kind, ofKind] of groupBy(fields, (place) => place.kind)) {
    for (const steps of foldedPaths(ofKind)) {
      const key = steps.join('\0');
      const known = kindsOf.get(key) ?? { steps, kinds: new Set() };
      kindsOf.set(key, known);
      known.kinds.add(kind);
    }
  }
  return [...kindsOf.values()].map(({ steps, kinds }) => {
    const below = fields.filter((place) => isBelow(generalSteps(place.steps), steps));
    const own = below.filter(({ kind }) => kinds.has(kind));
    const only = onlyOf(
      own.filter(({ differs }) => differs),
      own,
    );
    // What another kind has the same must not be forgiven there.
    return { ...(own.length < below.length && { kind: oneOf([...kinds].map(literal)) }), path: pathOf(steps), only };
  });
}

/** The paths at which objects of a kind differ: where all below a field differs, that field. */
function foldedPaths(places: readonly SeenPlace[]): (readonly string[])[] {
  const patterns = [...groupBy(places, ({ steps }) => generalSteps(steps).join('\0')).values()].map((alike) => ({
    steps: generalSteps(alike[0].steps),
    differs: alike.some(({ differs }) => differs),
  }));
  const differing = patterns.filter(({ differs }) => differs).map(({ steps }) => steps);
  const same = patterns.filter(({ differs }) => !differs).map(({ steps }) => steps);
  const folded = differing.map((steps) => {
    for (let length = 2; length < steps.length; length += 1) {
      const above = steps.slice(0, length);
      const isTelling = differing.filter((other) => isBelow(other, above)).length > 1;
      if (isTelling && !same.some((other) => isBelow(other, above))) return above;
    }
    return steps;
  });
  return [...new Map(folded.map((steps) => [steps.join('\0'), steps])).values()];
}

/** A glob for any one of some globs. */
function oneOf([...globs]: readonly string[]): string {
  return globs.length > 1 ? `{${globs.sort(compareText).join(',')}}` : (globs[0] ?? '');
}

/** Which item of a list it is, does not matter. */
function generalSteps(steps: readonly string[]): readonly string[] {
  return steps.map((step) => (isItemStep(step) ? '[*]' : step));
}

function isBelow(steps: readonly string[], above: readonly string[]): boolean {
  return above.every((step, at) => steps[at] === step);
}

/** Keys that a pattern would take for more than they are stand in quotes. */
function pathOf(steps: readonly string[]): string {
  return steps
    .map((step, at) => {
      if (isItemStep(step)) return /^\[[^\]"[*]*\]$/.test(step) ? `[${literal(step.slice(1, -1))}]` : '[*]';
      return /[*?{}()!+@\\]/.test(step) ? `[${JSON.stringify(step)}]` : `${at > 0 && formatSteps([step])[0] !== '[' ? '.' : ''}${formatSteps([step])}`;
    })
    .join('');
}
