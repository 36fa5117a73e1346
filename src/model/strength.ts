import type { Node } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';

/** Which value of a switch protects more; the others weaken it. Left out means the weaker one, but for those that Kubernetes has off by itself. */
const SAFE_SWITCHES: Readonly<Record<string, boolean>> = {
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
  privileged: false,
  allowPrivilegeEscalation: false,
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
  automountServiceAccountToken: false,
};

const OFF_BY_ITSELF: ReadonlySet<string> = new Set(['privileged', 'hostNetwork', 'hostPID', 'hostIPC']);

/** Words from the weakest to the strongest. */
const LADDERS: readonly (readonly string[])[] = [
  ['privileged', 'baseline', 'restricted'],
  ['Unconfined', 'RuntimeDefault'],
  ['disabled', 'permissive', 'strict'],
];

/** Whether `later` protects, or provides, less than `earlier`, as far as their order is known; undefined for one that is not there. */
export function isWeaker(name: string, earlier: Node, later: Node | undefined): boolean {
  const safe = SAFE_SWITCHES[name];
  const before = plainOf(earlier);
  if (!later) return safe === undefined || (before === safe && !OFF_BY_ITSELF.has(name));
  const after = plainOf(later);
  if (safe !== undefined) return before === safe && after !== safe;
  const [was, is] = [amountOf(before), amountOf(after)];
  if (was !== undefined && is !== undefined) return is < was;
  const ladder = LADDERS.find((words) => rung(words, before) !== -1 && rung(words, after) !== -1);
  if (ladder) return rung(ladder, after) < rung(ladder, before);
  if (name === 'drop' && Array.isArray(before) && Array.isArray(after)) return before.some((item) => !after.includes(item) && !after.includes('ALL'));
  if (name === 'add' && Array.isArray(before) && Array.isArray(after)) return after.some((item) => !before.includes(item));
  return false;
}

function rung(words: readonly string[], value: unknown): number {
  return words.findIndex((word) => word.toLowerCase() === String(value).toLowerCase());
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

/** A number, a quantity of Kubernetes such as `500m`, or a share such as `50%`. */
function amountOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const [, digits = '', unit = ''] = (typeof value === 'string' && /^(\d+(?:\.\d+)?)([a-zA-Z]{0,2}|%)$/.exec(value)) || [];
  const factor = unit === '%' ? 0.01 : UNITS[unit];
  return digits && factor !== undefined ? Number(digits) * factor : undefined;
}
