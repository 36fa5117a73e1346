import { type Challenge, challengesIn } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { type Endpoint, mayGoTo } from './endpoint.ts';
import { RegistryProblem } from './problem.ts';
import type { Response, Send } from './request.ts';

/** The `Authorization` that a registry asks for, by its challenge; undefined where nobody can answer it. */
export async function authorizationFor(endpoint: Endpoint, header: string, credentials: Credentials | undefined, send: Send): Promise<string | undefined> {
  const challenges = challengesIn(header);
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer) return `Bearer ${await tokenFor(endpoint, bearer, credentials, send)}`;
  const isBasic = challenges.some(({ scheme }) => scheme === 'basic');
  return isBasic && credentials && 'username' in credentials ? basic(credentials) : undefined;
}

function basic({ username, password }: Extract<Credentials, { username: string }>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** What a token is good for: to read this repository. */
async function tokenFor(
  { registry, repository, address }: Endpoint,
  { parameters }: Challenge,
  credentials: Credentials | undefined,
  send: Send,
): Promise<string> {
  const realm = parameters.get('realm') ?? '';
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (!url || !mayGoTo(url, new URL(address))) throw new RegistryProblem(`${registry} has its tokens given out without TLS`);
  const service = parameters.get('service');
  const asked = { ...(service !== undefined && { service }), scope: parameters.get('scope') || `repository:${repository}:pull` };
  const isIdentity = credentials && 'identityToken' in credentials;
  return tokenIn(await (isIdentity ? exchange(url, asked, credentials.identityToken, send) : askForToken(url, asked, credentials, send)), registry);
}

type AskedOfService = Readonly<Record<string, string>>;

function exchange(realm: URL, asked: AskedOfService, token: string, send: Send): Promise<Response> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'gitops-lint', refresh_token: token, ...asked });
  return send(realm.href, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() });
}

function askForToken(realm: URL, asked: AskedOfService, user: Extract<Credentials, { username: string }> | undefined, send: Send): Promise<Response> {
  const url = new URL(realm);
  for (const [name, value] of Object.entries({ ...asked, ...(user && { account: user.username }) })) url.searchParams.set(name, value);
  return send(url.href, user ? { headers: { authorization: basic(user) } } : {});
}

function tokenIn({ status, bytes }: Response, registry: string): string {
  if (status === 401 || status === 403 || status === 400) throw new Refused();
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    answer = undefined;
  }
  const { token, access_token } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const found = [token, access_token].find((text): text is string => typeof text === 'string' && /^[\x21-\x7e]+$/.test(text));
  if (status !== 200 || found === undefined) throw new RegistryProblem(`${registry} gives no token (${status})`);
  return found;
}

/** The service that gives out tokens does not give one to us. */
export class Refused extends Error {}
