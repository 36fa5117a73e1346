import { mayGoTo } from './endpoint.ts';
import { RegistryProblem } from './problem.ts';

/** What is sent. */
export interface Request {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back; of `HEAD`, no bytes. */
export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** Who answered in the end, after all redirects: `https://registry.shop.example`. */
  readonly origin: string;
}

/** How long one request may take, and how long one waits before the second try, at most; in milliseconds. */
export interface Patience {
  readonly timeLimit: number;
  readonly pause: number;
}

/** Asks an address for something. */
export type Send = (address: string, request?: Request) => Promise<Response>;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;
/** A manifest is a few thousand bytes, and registries take four million at most. */
const MOST_BYTES = 4_194_304;

/**
 * Sends requests, each with a time limit, and once more after a server that is busy or broken. Credentials go to no other host than
 * the one that they are for. Throws a `RegistryProblem` where there is no answer.
 */
export function sender(patience: Patience): Send {
  return async (address, request = {}) => {
    const first = await follow(address, request, patience);
    const pause = isBusy(first) ? pauseAfter(first) : undefined;
    if (pause === undefined || pause > patience.pause) return first;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return follow(address, request, patience);
  };
}

function isBusy({ status }: Response): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}

/** In milliseconds: as the server says, in seconds or by a date. */
function pauseAfter({ headers }: Response): number {
  const said = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(said)) return Number(said) * 1000;
  const until = Date.parse(said);
  return Number.isNaN(until) ? 500 : Math.max(0, until - Date.now());
}

async function follow(address: string, request: Request, { timeLimit }: Patience): Promise<Response> {
  const from = new URL(address);
  let { headers = {} } = request;
  let url = from;
  for (let count = 0; count <= MOST_REDIRECTS; count += 1) {
    const response = await once(url, { ...request, headers }, timeLimit);
    const target = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    if (target === null || request.method === 'POST') return response;
    const next = URL.canParse(target, url.href) ? new URL(target, url) : undefined;
    if (!next || !mayGoTo(next, from)) throw new RegistryProblem(`${from.host} sends on to an address without TLS`);
    if (next.origin !== url.origin) headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
    url = next;
  }
  throw new RegistryProblem(`${from.host} sends on in a circle`);
}

async function once(url: URL, { method = 'GET', headers, body }: Request, timeLimit: number): Promise<Response> {
  try {
    const response = await fetch(url.href, {
      method,
      // The bytes are hashed as they are.
      headers: { 'user-agent': 'gitops-lint', 'accept-encoding': 'identity', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeLimit),
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, bytes: await bytesOf(response, url.host), origin: url.origin };
  } catch (error) {
    if (error instanceof RegistryProblem) throw error;
    throw new RegistryProblem(problemOf(error, url.host, timeLimit), { isOfHost: true });
  }
}

async function bytesOf({ body }: Awaited<ReturnType<typeof fetch>>, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    // To leave the loop closes the connection.
    if (size > MOST_BYTES) throw new RegistryProblem(`${host} answers with more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function problemOf(error: unknown, host: string, timeLimit: number): string {
  const { name, cause } = error instanceof Error ? error : { name: '', cause: undefined };
  if (name === 'TimeoutError') return `${host} gives no answer within ${timeLimit / 1000} s`;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${host} is not found: is there a network?`;
  if (code === 'ECONNREFUSED') return `${host} takes no connection`;
  if (/CERT|ISSUER|SIGNATURE/.test(code)) return `the certificate of ${host} is not trusted (${code}): NODE_EXTRA_CA_CERTS may name its authority`;
  if (/SSL|TLS|EPROTO/.test(code)) return `${host} does not speak TLS as it should (${code})`;
  return `${host} cannot be reached (${code})`;
}
