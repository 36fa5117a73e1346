import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** What a registry knows its users by: a name and a password, or a token that is exchanged for others. */
export type Credentials = { readonly username: string; readonly password: string } | { readonly identityToken: string };

/** The credentials of somebody, if any, and why there may be none. */
export interface Lookup {
  readonly credentials?: Credentials | undefined;
  readonly problem?: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Looks up credentials where docker and podman keep them. Each file is read once, each helper asked once a registry. */
export function credentialsIn(environment: Environment): (registry: string, repository: string) => Promise<Lookup> {
  let files: readonly KeptFile[] | undefined;
  const asked = new Map<string, Promise<Lookup>>();
  const askOnce = (helper: string, registry: string): Promise<Lookup> => {
    const key = `${helper}\0${registry}`;
    const answer = asked.get(key) ?? askHelper(helper, serverOf(registry), environment);
    asked.set(key, answer);
    return answer;
  };
  return async (registry, repository) => {
    files ??= keptFiles(environment);
    let problem: string | undefined;
    for (const { helpers, store, auths } of files) {
      const helper = helpers.get(registry) ?? store;
      const found = helper === undefined ? undefined : await askOnce(helper, registry);
      if (found?.credentials) return found;
      problem ??= found?.problem;
      // Podman has credentials of a part of a registry.
      const names = `${registry}/${repository}`.split('/').map((_, index, steps) => steps.slice(0, steps.length - index).join('/'));
      const credentials = names.map((name) => auths.get(name)).find((own) => own !== undefined);
      if (credentials) return { credentials };
    }
    return { problem };
  };
}

/** A file of docker or podman, by registry. */
interface KeptFile {
  readonly helpers: ReadonlyMap<string, string>;
  readonly store: string | undefined;
  readonly auths: ReadonlyMap<string, Credentials>;
}

function keptFiles(environment: Environment): KeptFile[] {
  const home = environment['HOME'] ?? homedir();
  const runtime = environment['XDG_RUNTIME_DIR'];
  const places = [
    environment['REGISTRY_AUTH_FILE'],
    path.join(environment['DOCKER_CONFIG'] || path.join(home, '.docker'), 'config.json'),
    runtime && path.join(runtime, 'containers', 'auth.json'),
  ];
  return places.flatMap((place) => (place ? (readKept(place) ?? []) : []));
}

/** What cannot be read holds no credentials: the registry says then that it wants some. */
function readKept(file: string): KeptFile | undefined {
  let kept: unknown;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  const entries = (key: string): [string, unknown][] => Object.entries(objectOf(objectOf(kept)[key])).map(([name, value]) => [registryIn(name), value]);
  return {
    helpers: new Map(entries('credHelpers').flatMap(([name, value]) => (isText(value) ? [[name, value] as const] : []))),
    store: [objectOf(kept)['credsStore']].find(isText),
    auths: new Map(entries('auths').flatMap(([name, value]) => [credentialsOf(objectOf(value))].flatMap((own) => (own ? [[name, own] as const] : [])))),
  };
}

function credentialsOf({ auth, username, password, identitytoken }: Readonly<Record<string, unknown>>): Credentials | undefined {
  if (isText(identitytoken)) return { identityToken: identitytoken };
  if (isText(username) && isText(password)) return { username, password };
  if (!isText(auth)) return undefined;
  const text = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** `https://index.docker.io/v1/` is what docker calls `docker.io`. */
function registryIn(name: string): string {
  const bare = name.replace(/^https?:\/\//, '').replace(/(?:\/v[12])?\/?$/, '');
  return bare.replace(/^(?:index|registry-1)\.docker\.io(?=\/|$)/, 'docker.io');
}

function serverOf(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}

const HELPER_LIMIT = 10_000;

/** Asks `docker-credential-NAME get`, which reads the server and prints what it has for it. What it says besides is shown to nobody. */
function askHelper(name: string, server: string, environment: Environment): Promise<Lookup> {
  const program = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name)) return Promise.resolve({ problem: 'the name of its credential helper is none' });
  return new Promise((resolve) => {
    const options = { env: environment as NodeJS.ProcessEnv, timeout: HELPER_LIMIT, maxBuffer: 65_536, cwd: homedir() };
    const child = execFile(program, ['get'], options, (error, out) => {
      if (!error) resolve(answerOf(out, program));
      else if (/credentials not found/i.test(out)) resolve({});
      else resolve({ problem: 'code' in error && error.code === 'ENOENT' ? `${program} is not there` : `${program} failed` });
    });
    // It may have ended before it read anything.
    child.stdin?.on('error', () => {});
    child.stdin?.end(server);
  });
}

function answerOf(out: string, program: string): Lookup {
  try {
    const { Username, Secret } = objectOf(JSON.parse(out));
    if (isText(Username) && isText(Secret))
      return { credentials: Username === '<token>' ? { identityToken: Secret } : { username: Username, password: Secret } };
  } catch {
    // Said below.
  }
  return { problem: `${program} gives no credentials` };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
