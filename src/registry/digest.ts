import { createHash } from 'node:crypto';
import { authorizationFor, Refused } from './authorize.ts';
import type { Lookup } from './credentials.ts';
import type { Endpoint } from './endpoint.ts';
import { isRepository, isTag } from './grammar.ts';
import { RegistryProblem } from './problem.ts';
import type { Request, Response, Send } from './request.ts';

/** Indexes first: a tag of several platforms is pinned for all of them. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** The digest that a tag has in its registry now. Throws a `RegistryProblem` that says what to do. */
export async function digestOf(endpoint: Endpoint, tag: string, send: Send, lookup: () => Promise<Lookup>): Promise<string> {
  // Whoever asks has read them somewhere: neither may make another address of this one.
  if (!isRepository(endpoint.repository)) throw new RegistryProblem(`"${endpoint.repository}" is no name of an image`);
  if (!isTag(tag)) throw new RegistryProblem(`"${tag}" is no tag`);
  const address = `${endpoint.address}/manifests/${tag}`;
  let authorization: string | undefined;
  const ask = (method: Request['method']): Promise<Response> =>
    send(address, { method: method ?? 'GET', headers: { accept: MANIFESTS.join(', '), ...(authorization !== undefined && { authorization }) } });
  let response = await ask('HEAD');
  // A challenge of somebody else would have the password of the registry sent to a place of theirs.
  if (response.status === 401 && isOwn(response, endpoint)) {
    const { credentials, problem } = await lookup();
    authorization = await authorizationFor(endpoint, response.headers.get('www-authenticate') ?? '', credentials, send).catch((error) => {
      if (error instanceof Refused) return undefined;
      throw error;
    });
    if (authorization === undefined) throw new RegistryProblem(loginText(endpoint, 401, problem));
    response = await ask('HEAD');
    if (isRefusal(response) && isOwn(response, endpoint)) throw new RegistryProblem(loginText(endpoint, response.status, problem));
  }
  // Some do not know HEAD.
  if ([400, 405, 501].includes(response.status) || (response.status === 200 && headerOf(response) === undefined)) response = await ask('GET');
  if (response.status !== 200) throw new RegistryProblem(statusText(endpoint, response));
  const type = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (type.startsWith('application/vnd.docker.distribution.manifest.v1'))
    throw new RegistryProblem(`${endpoint.registry} has it in a form that is no longer run`);
  return headerOf(response) ?? hashOf(response, endpoint);
}

function headerOf({ headers }: Response): string | undefined {
  const said = headers.get('docker-content-digest')?.trim();
  return said !== undefined && /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(said) ? said : undefined;
}

function hashOf({ headers, bytes }: Response, { registry }: Endpoint): string {
  const type = headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (bytes.length === 0 || !MANIFESTS.includes(type)) throw new RegistryProblem(`${registry} gives no manifest of it`);
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function loginText({ registry }: Endpoint, status: number, problem: string | undefined): string {
  const login = registry === 'docker.io' ? 'docker login' : `docker login ${registry}`;
  return `${registry} answers ${status}: log in with "${login}"${problem === undefined ? '' : ` (${problem})`}, unless there is no such image`;
}

/** Whether the registry itself answered, and not whom it sends on to. */
function isOwn({ origin }: Response, { address }: Endpoint): boolean {
  return origin === new URL(address).origin;
}

function isRefusal({ status }: Response): boolean {
  return status === 401 || status === 403;
}

function statusText(endpoint: Endpoint, response: Response): string {
  const { registry } = endpoint;
  const { status } = response;
  if (isRefusal(response) && !isOwn(response, endpoint))
    return `${registry} sends on to another host, which answers ${status}: it gets no credentials of ${registry}`;
  if (status === 404) return `${registry} has no such tag`;
  if (isRefusal(response)) return loginText(endpoint, status, undefined);
  if (status === 429) return `${registry} answers 429: it was asked too often, try again later`;
  return `${registry} answers ${status}`;
}
