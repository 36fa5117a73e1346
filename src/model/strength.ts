import type { Node } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';

/** Values from the weakest to the strongest; those of a rung protect alike. `undefined` is what is not there. */
type Ladder = readonly (readonly (string | undefined)[])[];

const SAFE_ONCE_ON: Ladder = [['false', undefined], ['true']];
const SAFE_ONCE_OFF: Ladder = [['true', undefined], ['false']];
const SAFE_UNTIL_ON: Ladder = [['true'], ['false', undefined]];
const POD_SECURITY: Ladder = [['privileged', undefined], ['baseline'], ['restricted']];
/** Where nobody says anything, a node may give its own profile, or none. */
const SYSTEM_CALLS: Ladder = [['unconfined'], [undefined], ['runtimedefault', 'localhost']];
const MUTUAL_TLS: Ladder = [['disable', 'disabled'], ['permissive'], ['strict']];

/** Names that mean one thing wherever they stand. */
const LADDERS: ReadonlyMap<string, Ladder> = new Map([
  ['runAsNonRoot', SAFE_ONCE_ON],
  ['readOnlyRootFilesystem', SAFE_ONCE_ON],
  ['allowPrivilegeEscalation', SAFE_ONCE_OFF],
  ['automountServiceAccountToken', SAFE_ONCE_OFF],
  ['privileged', SAFE_UNTIL_ON],
  ['hostNetwork', SAFE_UNTIL_ON],
  ['hostPID', SAFE_UNTIL_ON],
  ['hostIPC', SAFE_UNTIL_ON],
  ...['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, POD_SECURITY] as const),
]);

/** Ladders whose words tell what is meant, whatever the name. */
const WORDS: readonly Ladder[] = [POD_SECURITY, SYSTEM_CALLS, MUTUAL_TLS];

/** Names of numbers that tell one thing from another, and no amount; only 0 is less than all of them: it is root. */
const IDENTIFYING = /^runAs(?:User|Group)$|^fsGroup$|^(?:id|ID)$|[a-z]I[dD]$|_(?:id|ID)$|^port$|[a-z]Port$|(?:^|_)PORT$/;

/**
 * How much the value of a field protects, by the name of the field; more is safer, and no node is what Kubernetes makes of its absence.
 * Undefined where the name is not one that protects, or nobody can tell what the value means.
 */
export function levelOf(name: string, node: Node | undefined): number | undefined {
  if (name === 'drop' || name === 'add') {
    const listed = capabilitiesIn(node);
    const count = listed?.has('ALL') ? Number.POSITIVE_INFINITY : listed?.size;
    return count === undefined || name === 'drop' ? count : -count;
  }
  const ladder = name === 'type' ? SYSTEM_CALLS : LADDERS.get(name);
  return ladder && rungOf(ladder, node);
}

/** Whether `later` protects, or provides, less than `earlier`, as far as their order is known; undefined for one that is not there. */
export function isWeaker(name: string, earlier: Node, later: Node | undefined): boolean {
  const [before, after] = [levelOf(name, earlier), levelOf(name, later)];
  if (before !== undefined && after !== undefined) {
    // As many others are not the same.
    if (name === 'drop') return !coversAll(later, earlier);
    if (name === 'add') return !coversAll(earlier, later);
    return after < before;
  }
  // What cannot be read may be what its absence means; other names say with their presence that something is there.
  if (!later) return !LADDERS.has(name);
  const [was, is] = [amountOf(plainOf(earlier)), amountOf(plainOf(later))];
  if (was && is) return was.isShare === is.isShare && is.amount < was.amount && (is.amount === 0 || !IDENTIFYING.test(name));
  return WORDS.some((ladder) => isBelow(rungOf(ladder, later), rungOf(ladder, earlier)));
}

function isBelow(rung: number | undefined, other: number | undefined): boolean {
  return rung !== undefined && other !== undefined && rung < other;
}

function rungOf(ladder: Ladder, node: Node | undefined): number | undefined {
  const value = node && (plainOf(node) ?? undefined);
  const rung = ladder.findIndex((values) => values.includes(value === undefined ? undefined : String(value).toLowerCase()));
  return rung === -1 ? undefined : rung;
}

/** In the letters that container runtimes compare them in; undefined for what is no list. */
function capabilitiesIn(node: Node | undefined): ReadonlySet<string> | undefined {
  const value = node && (plainOf(node) ?? undefined);
  if (value === undefined) return new Set();
  return Array.isArray(value) ? new Set(value.map((item) => String(item).toUpperCase())) : undefined;
}

function coversAll(node: Node | undefined, other: Node | undefined): boolean {
  const [listed, others] = [capabilitiesIn(node), capabilitiesIn(other)];
  return listed?.has('ALL') === true || [...(others ?? [])].every((item) => listed?.has(item));
}

const UNITS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

interface Amount {
  readonly amount: number;
  /** Of how much nobody knows here: no number compares with it. */
  readonly isShare: boolean;
}

/** A number, a quantity of Kubernetes such as `500m`, or a share such as `50%`. */
function amountOf(value: unknown): Amount | undefined {
  if (typeof value === 'number') return { amount: value, isShare: false };
  const [, digits = '', unit = ''] = (typeof value === 'string' && /^(\d+(?:\.\d+)?)([a-zA-Z]{0,2}|%)$/.exec(value)) || [];
  const factor = unit === '%' ? 0.01 : UNITS[unit];
  return digits && factor !== undefined ? { amount: Number(digits) * factor, isShare: unit === '%' } : undefined;
}
