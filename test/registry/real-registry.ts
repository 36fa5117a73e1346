import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { folderWith } from '../support/cli.ts';
import { closedHost, digestOf } from './server.ts';

/** The server of the Distribution project, as Debian's package `docker-registry` has it, or others as `registry`; DOCKER_REGISTRY may name it. */
export const PROGRAM = [process.env['DOCKER_REGISTRY'], 'docker-registry', 'registry'].find(
  (name) => name !== undefined && /^\S+ github\.com\/\S*distribution/.test(spawnSync(name, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
);
const AUTHORIZATION = `Basic ${Buffer.from('sam:secret').toString('base64')}`;
/** `sam:secret`, as htpasswd writes it. */
const PASSWORDS = 'sam:$2b$04$SSJ9Q9Ad8oDcqlqz140QWOM2MPEveAFhbUnt6ySYqz00hPtEt5clS';

if (PROGRAM === undefined) console.warn('no docker-registry is installed: what a real registry answers is not tested');

/** Starts it on a port of this machine, gone after the test; `auth` is what its configuration says besides. */
export async function startRegistry(auth = ''): Promise<string> {
  const host = await closedHost();
  const folder = folderWith({ passwords: PASSWORDS });
  const config = `version: 0.1\nlog: { level: error, accesslog: { disabled: true } }\nstorage: { filesystem: { rootdirectory: ${folder}/data } }\nhttp: { addr: "${host}" }\n${auth.replace('FOLDER', folder)}`;
  const child = spawn(PROGRAM ?? '', ['serve', path.join(folderWith({ 'config.yml': config }), 'config.yml')], { stdio: 'ignore' });
  onTestFinished(() => void child.kill());
  for (let wait = 0; wait < 100; wait += 1) {
    const isUp = await fetch(`http://${host}/v2/`).then(
      ({ status }) => [200, 401].includes(status),
      () => false,
    );
    if (isUp) return host;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`${PROGRAM} does not start`);
}

const TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

/** Pushes an image without layers, and gives its digest. */
export async function push(host: string, name: string, tag: string): Promise<string> {
  const headers = { authorization: AUTHORIZATION };
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: [] } });
  const upload = await fetch(`http://${host}/v2/${name}/blobs/uploads/`, { method: 'POST', headers });
  const to = new URL(upload.headers.get('location') ?? '', `http://${host}`);
  to.searchParams.set('digest', digestOf(config));
  await fetch(to, { method: 'PUT', headers: { ...headers, 'content-type': 'application/octet-stream' }, body: config });
  const described = { mediaType: 'application/vnd.docker.container.image.v1+json', size: config.length, digest: digestOf(config) };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: TYPE, config: described, layers: [] });
  const put = await fetch(`http://${host}/v2/${name}/manifests/${tag}`, { method: 'PUT', headers: { ...headers, 'content-type': TYPE }, body: manifest });
  if (put.status !== 201) throw new Error(`the registry takes no manifest: ${put.status} ${await put.text()}`);
  return digestOf(manifest);
}
