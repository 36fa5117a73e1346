import type { Draw } from '../draw.ts';
import type { Draft } from '../repository.ts';
import type { Stage } from '../stages.ts';

/** A setting that each environment has, and maybe each to a value of its own. */
export interface Setting {
  readonly name: string;
  readonly valueIn: (stage: Stage) => string;
}

/** An app of the shop, as all layouts write it. */
export interface AppPlan {
  readonly name: string;
  readonly version: string;
  readonly port: number;
  /** Keys of its ConfigMap. */
  readonly settings: readonly Setting[];
  /** Variables of its container. */
  readonly variables: readonly Setting[];
}

const NAMES = ['storefront', 'checkout', 'ledger', 'search', 'invoices', 'delivery'];

const host = (part: string) => (stage: Stage) => `https://${part}.${stage.name}.shop.example`;
const inProduction = (yes: string, no: string) => (stage: Stage) => (stage.isProduction ? yes : no);
const always = (value: string) => () => value;

const SETTINGS: readonly Setting[] = [
  { name: 'LOG_LEVEL', valueIn: inProduction('warn', 'debug') },
  { name: 'PAYMENT_API_URL', valueIn: host('payments') },
  { name: 'CATALOGUE_URL', valueIn: host('catalogue') },
  { name: 'CACHE_TTL', valueIn: inProduction('300s', '5s') },
  { name: 'MAX_BASKET_ITEMS', valueIn: inProduction('250', '20') },
  { name: 'FEATURE_GIFT_CARDS', valueIn: always('true') },
  { name: 'CURRENCY', valueIn: always('EUR') },
  { name: 'UPLOAD_LIMIT', valueIn: inProduction('64Mi', '8Mi') },
  { name: 'SUPPORT_MAIL', valueIn: always('help@shop.example') },
  { name: 'QUEUE_NAME', valueIn: (stage) => `orders-${stage.name}` },
  { name: 'RETRY_COUNT', valueIn: inProduction('5', '1') },
  { name: 'DATABASE_HOST', valueIn: (stage) => `db.${stage.name}.shop.example` },
];

const VARIABLES: readonly Setting[] = [
  { name: 'SEARCH_URL', valueIn: host('search') },
  { name: 'WORKER_THREADS', valueIn: inProduction('16', '2') },
  { name: 'SESSION_STORE', valueIn: (stage) => `redis.${stage.name}.shop.example` },
  { name: 'TRACE_SAMPLING', valueIn: inProduction('0.01', '1.0') },
  { name: 'MAIL_SENDER', valueIn: (stage) => `shop-${stage.name}@shop.example` },
  { name: 'GRACE_PERIOD', valueIn: inProduction('45s', '10s') },
];

/** A few apps; what they are called and set to differs from draw to draw. */
export function drawApps(draw: Draw): AppPlan[] {
  return draw.some(NAMES, draw.between(1, 3)).map((name) => ({
    name,
    version: `${draw.between(1, 9)}.${draw.between(0, 20)}.${draw.between(0, 9)}`,
    port: draw.one([8080, 8443, 9000, 3000]),
    settings: draw.some(SETTINGS, draw.between(3, 7)),
    variables: draw.some(VARIABLES, draw.between(2, 4)),
  }));
}

/** The image of an app, without its tag. */
export function imageOf({ name }: AppPlan): string {
  return `registry.shop.example/${name}`;
}

/** A digest that follows from a text. */
export function digestOf(text: string): string {
  let sum = 0x811c9dc5;
  let digits = '';
  for (let at = 0; digits.length < 64; at += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(at % text.length), 0x01000193) >>> 0;
    digits += sum.toString(16).padStart(8, '0');
  }
  return `sha256:${digits.slice(0, 64)}`;
}

/** Lines, each further in by so many blanks. */
export function indented(by: number, lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : ' '.repeat(by) + line));
}

/** A value as YAML: within quotes where it would be read as something else, or where the author likes quotes. */
export function quoted(value: string, likesQuotes = false): string {
  return likesQuotes || /^[\d.]+$|^(?:true|false)$/.test(value) ? `"${value}"` : value;
}

/** The settings of a team that names no image by digest. */
export function pinsNothing(): Draft {
  return { path: '.gitopsrc', app: '', text: 'rules:\n  unpinned-image: off' };
}
