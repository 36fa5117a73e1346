import { isHost } from './grammar.ts';
import { RegistryProblem } from './problem.ts';

/** Where an image is asked for. */
export interface Endpoint {
  /** What people and their credentials call the registry: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** Of the repository in it: `library/nginx`. */
  readonly repository: string;
  /** Where the API of the repository begins: `https://registry-1.docker.io/v2/library/nginx`. */
  readonly address: string;
}

/** The endpoint of an image that is named with its registry: `docker.io/library/nginx`. Throws a `RegistryProblem` where that is no host. */
export function endpointOf(artifact: string): Endpoint {
  const slash = artifact.indexOf('/');
  const [registry, repository] = [artifact.slice(0, slash), artifact.slice(slash + 1)];
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  if (!isHost(host)) throw new RegistryProblem(`"${registry}" is no host`);
  const scheme = isLoopback(new URL(`https://${host}`).hostname) ? 'http' : 'https';
  return { registry, repository, address: `${scheme}://${host}/v2/${repository}` };
}

/** Whether a host is this machine: only there does anybody speak to a registry without TLS. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Whether an address may be gone to from another one: by TLS, or from this machine to this machine. */
export function mayGoTo(to: URL, from: URL): boolean {
  return to.protocol === 'https:' || (to.protocol === 'http:' && isLoopback(to.hostname) && isLoopback(from.hostname));
}
