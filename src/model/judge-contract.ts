import { groupBy } from '../text/group-by.ts';
import type { Origin } from '../tree/node.ts';
import { rankOf } from './environment.ts';
import { type Contract, type Expectation, linesFor } from './expectation.ts';
import { isItemStep, isSetting, leafText } from './leaves.ts';
import { placeToAdd } from './place-to-add.ts';
import { differsAt, formsOf, type Held, judgedVariants, type Lacking, missingDepth, type Place, partingOrigin, placesOf } from './places.ts';
import { type Field, originOf } from './resource.ts';
import { isWeaker } from './strength.ts';
import type { App, Variant } from './variant.ts';
import { waysOf } from './ways.ts';

/** How a place breaks the contract. */
export type BreachKind = 'different' | 'missing' | 'equal' | 'weaker' | 'outside';

/** A place at which an app breaks the contract. */
export interface Breach {
  readonly kind: BreachKind;
  readonly place: Place;
  /** The line that is broken; undefined where none covers the place. */
  readonly expectation: Expectation | undefined;
  /** How many steps of the place are what is meant: what is missing as a whole is one thing. */
  readonly depth: number;
  readonly at: Field | Origin;
  /** The field itself, for who asks what the breach is about. */
  readonly about: Field;
  readonly wrong: readonly Variant[];
  readonly others: readonly Variant[];
  readonly related: readonly { readonly at: Field | Origin; readonly message: string }[];
}

/** What holding an app against the contract gives. */
export interface Judgement {
  readonly breaches: readonly Breach[];
  /** The lines that a difference of the app still needs. */
  readonly used: ReadonlySet<Expectation>;
}

const known = new WeakMap<Contract, WeakMap<App, Judgement>>();

/** Holds an app against the contract. Done once for each. */
export function judge(app: App, contract: Contract): Judgement {
  const judged = known.get(contract) ?? new WeakMap<App, Judgement>();
  known.set(contract, judged);
  const before = judged.get(app);
  if (before) return before;
  const variants = judgedVariants(app);
  const breaches: Breach[] = [];
  const used = new Set<Expectation>();
  const roots = variants.map(({ root }) => root);
  const asking = contract.lines.filter(({ expected }) => expected.type === 'differ' || expected.type === 'only');
  for (const place of variants.length > 1 && contract.lines.length > 0 ? placesOf(app, variants, contract.isSecretKey) : []) {
    // Most places are the same everywhere, and few lines have anything to say of these.
    if (!differsAt(place) && !asking.some((line) => line.covers(place))) continue;
    let open = place;
    let last: Expectation | undefined;
    for (const line of linesFor(contract, place, roots)) {
      last = line;
      if (isNeeded(line, open)) used.add(line);
      const breach = breachAt(open, line);
      if (breach) breaches.push(breach);
      if (line.expected.type !== 'only') break;
      open = within(open, line.expected.environments);
      last = undefined;
    }
    const breach = last ? undefined : breachAt(open, undefined);
    if (breach) breaches.push(breach);
  }
  const judgement = { breaches: oneForEachCause(breaches), used };
  judged.set(app, judgement);
  return judgement;
}

/** What of a place some environments have. */
function within(place: Place, environments: readonly string[]): Place {
  const isNamed = ({ variant }: { readonly variant: Variant }) => environments.includes(variant.environment.name);
  return { ...place, held: place.held.filter(isNamed), lacking: place.lacking.filter(isNamed) };
}

/** Lines that demand something stay; those that allow a difference are needed as long as there is one. */
function isNeeded({ expected }: Expectation, place: Place): boolean {
  if (expected.type === 'only') return place.lacking.some(({ variant }) => !expected.environments.includes(variant.environment.name));
  if (expected.type === 'value-may-differ') return formsOf(place).length > 1;
  return expected.type !== 'may-differ' || differsAt(place);
}

function breachAt(place: Place, expectation: Expectation | undefined): Breach | undefined {
  switch (expectation?.expected.type) {
    case 'may-differ':
      return undefined;
    case 'value-may-differ':
      return place.lacking.length > 0 ? missingAt(place, expectation) : undefined;
    case 'differ':
      return equalAt(place, expectation);
    case 'not-weaken':
      return weakerAt(place, expectation);
    case 'only':
      return outsideAt(place, expectation, expectation.expected.environments);
    default:
      return differentAt(place, expectation);
  }
}

function differentAt(place: Place, expectation: Expectation | undefined): Breach | undefined {
  if (place.lacking.length > 0) return missingAt(place, expectation);
  const forms = formsOf(place);
  if (forms.length < 2) return undefined;
  // What most have is right; of as many, what the earlier environment has.
  const [right = [], ...others] = [...forms].sort((a, b) => b.length - a.length || lowest(a) - lowest(b));
  const wrong = others.flat().sort((a, b) => rank(b) - rank(a));
  const [worst] = wrong;
  const [example] = right;
  if (!worst || !example) return undefined;
  const lines = distinct(wrong.slice(1)).map((one) => ({ at: partingOrigin(one, example), message: `${one.variant.environment.name} differs, too` }));
  return {
    kind: 'different',
    place,
    expectation,
    depth: place.steps.length,
    at: partingOrigin(worst, example),
    about: fieldOf(worst),
    wrong: wrong.map(({ variant }) => variant),
    others: right.map(({ variant }) => variant),
    related: [{ at: partingOrigin(example, worst), message: `what ${example.variant.environment.name} has` }, ...lines],
  };
}

/** Reported where it is, in the earliest environment that has it; where it belongs is related. */
function missingAt(place: Place, expectation: Expectation | undefined): Breach | undefined {
  const [holder] = place.held;
  if (!holder) return undefined;
  const depth = place.steps.length === 0 ? 0 : missingDepth(place);
  const path = holder.leaf.path.slice(0, depth);
  const at = depth === 0 ? holder.resource.field('metadata', 'name') : keyOrItem(holder, path);
  return {
    kind: 'missing',
    place,
    expectation,
    depth,
    at,
    about: at,
    wrong: place.lacking.map(({ variant }) => variant),
    others: place.held.map(({ variant }) => variant),
    related: place.lacking.flatMap(({ variant, resource }) => {
      const at = resource && (placeToAdd(resource.field(...path.slice(0, -1)).node, variant) ?? resource.field('metadata', 'name'));
      return at ? [{ at, message: `it belongs here for ${variant.environment.name}` }] : [];
    }),
  };
}

/** Two environments that share what each should have of its own. */
function equalAt(place: Place, expectation: Expectation): Breach | undefined {
  const { kind, steps } = place;
  const isData = kind === 'ConfigMap' || kind === 'Secret';
  if (steps.length === 0 || steps[0] === 'apiVersion' || (isData && !isSetting(kind, steps))) return undefined;
  const byText = groupBy(place.held, ({ leaf }) => leafText(leaf));
  const shared = [...byText.values()].filter((held) => environmentsOf(held).size > 1);
  const all = shared.flat().sort((a, b) => rank(b) - rank(a));
  const [worst, ...others] = all;
  if (!worst) return undefined;
  return {
    kind: 'equal',
    place,
    expectation,
    depth: place.steps.length,
    at: fieldOf(worst),
    about: fieldOf(worst),
    wrong: all.map(({ variant }) => variant),
    others: [],
    related: distinct(others)
      .filter((one) => !isSameLine(one, worst))
      .map((one) => ({ at: fieldOf(one), message: `${one.variant.environment.name} has the same` })),
  };
}

/** Where an environment has less than one on the way to it. */
function weakerAt(place: Place, expectation: Expectation): Breach | undefined {
  const { held, lacking, steps } = place;
  const name = steps.findLast((step) => !isItemStep(step)) ?? '';
  const isBefore = waysOf((held[0]?.variant.app.variants ?? []).map(({ environment }) => environment));
  const isLost = (one: Held, { variant }: Lacking) =>
    isBefore(one.variant.environment, variant.environment) && (steps.length === 0 || isWeaker(name, one.leaf.node, undefined));
  const gone = lacking.filter((other) => held.some((one) => isLost(one, other)));
  if (gone.length > 0) return missingAt({ ...place, held: held.filter((one) => gone.some((other) => isLost(one, other))), lacking: gone }, expectation);
  if (steps.length === 0 || place.isSecret) return undefined;
  const pairs = held.flatMap((one) => {
    const stronger = held.find((other) => isBefore(other.variant.environment, one.variant.environment) && isWeaker(name, other.leaf.node, one.leaf.node));
    return stronger ? [{ one, stronger }] : [];
  });
  const worst = pairs.at(-1);
  if (!worst) return undefined;
  return {
    kind: 'weaker',
    place,
    expectation,
    depth: steps.length,
    at: partingOrigin(worst.one, worst.stronger),
    about: fieldOf(worst.one),
    wrong: pairs.map(({ one }) => one.variant),
    others: [...new Set(pairs.map(({ stronger }) => stronger.variant))],
    related: [{ at: partingOrigin(worst.stronger, worst.one), message: `what ${worst.stronger.variant.environment.name} has` }],
  };
}

function outsideAt(place: Place, expectation: Expectation, environments: readonly string[]): Breach | undefined {
  const outside = place.held.filter(({ variant }) => !environments.includes(variant.environment.name));
  const worst = outside.at(-1);
  if (!worst) return undefined;
  const at = place.steps.length === 0 ? worst.resource.field('metadata', 'name') : keyOrItem(worst, worst.leaf.path);
  return {
    kind: 'outside',
    place,
    expectation,
    depth: place.steps.length,
    at,
    about: at,
    wrong: outside.map(({ variant }) => variant),
    others: place.held.filter((one) => !outside.includes(one)).map(({ variant }) => variant),
    related: distinct(outside.slice(0, -1))
      .filter((one) => !isSameLine(one, worst))
      .map((one) => ({ at: keyOrItem(one, one.leaf.path), message: `here, too, for ${one.variant.environment.name}` })),
  };
}

/** What is missing as a whole is one breach, and so is what one line brings to many places. */
function oneForEachCause(breaches: readonly Breach[]): Breach[] {
  const byCause = new Map<string, Breach>();
  for (const breach of breaches) {
    const { file, start } = originOf(breach.at);
    const key = [breach.kind, file.name, start].join('\0');
    const known = byCause.get(key);
    const wrong = [...new Set([...(known?.wrong ?? []), ...breach.wrong])];
    byCause.set(key, known ? { ...known, wrong } : breach);
  }
  const wholes = new Set([...byCause.values()].filter(({ depth, kind }) => depth === 0 && kind !== 'equal').map(objectKeyOf));
  // Where an object should not be, or is not, its fields go without saying.
  return [...byCause.values()].filter((breach) => breach.depth === 0 || breach.kind !== 'outside' || !wholes.has(objectKeyOf(breach)));
}

function objectKeyOf({ kind, place }: Breach): string {
  return [kind, place.kind, place.name].join('\0');
}

function fieldOf({ resource, leaf }: Held): Field {
  return resource.field(...leaf.path);
}

/** A key is what is there or not; of an item, all of it. */
function keyOrItem({ resource }: Held, path: Held['leaf']['path']): Field {
  return typeof path.at(-1) === 'number' ? resource.field(...path) : resource.key(...path);
}

function rank({ variant }: Held): number {
  return rankOf(variant.environment);
}

function lowest(held: readonly Held[]): number {
  return Math.min(...held.map(rank));
}

function environmentsOf(held: readonly Held[]): Set<string> {
  return new Set(held.map(({ variant }) => variant.environment.name));
}

function isSameLine(a: Held, b: Held): boolean {
  const [x] = fieldOf(a).origins();
  const [y] = fieldOf(b).origins();
  return x.file === y.file && x.start === y.start;
}

/** One for each line. */
function distinct(held: readonly Held[]): Held[] {
  return held.filter((one, index) => held.findIndex((other) => isSameLine(one, other)) === index);
}
