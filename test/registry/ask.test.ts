import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRegistries } from '../../src/registry/ask.ts';
import { folderWith } from '../support/cli.ts';
import { closedHost, DIGEST, giveManifest, refuse, serve } from './server.ts';

/** The environment of somebody who has no credentials, unless a test gives some. */
const NOBODY = { HOME: '/nowhere', DOCKER_CONFIG: '/nowhere' };
const QUICK = { timeLimit: 2_000, pause: 1_000 };
const BASIC = `Basic ${Buffer.from('sam:secret').toString('base64')}`;

async function ask(host: string, environment: Readonly<Record<string, string>> = NOBODY, names: readonly string[] = ['shop/checkout']) {
  const answers = await openRegistries(environment, QUICK)(names.map((name) => ({ artifact: `${host}/${name}`, tag: '1.4.0' })));
  return answers.map((answer) => ('why' in answer ? answer.why.replaceAll(host, 'HOST') : answer.digest));
}
const docker = (config: object): Record<string, string> => ({ HOME: '/nowhere', DOCKER_CONFIG: folderWith({ 'config.json': JSON.stringify(config) }) });
const auth = Buffer.from('sam:secret').toString('base64');

describe('a registry', () => {
  it('is asked for the head of the manifest, of indexes first', async () => {
    const server = await serve((_, response) => giveManifest(response));
    expect(await ask(server.host)).toEqual([DIGEST]);
    expect(server.asked).toEqual(['HEAD /v2/shop/checkout/manifests/1.4.0']);
    expect(server.headers[0]?.accept).toMatch(/^application\/vnd\.oci\.image\.index\.v1\+json, application\/vnd\.docker\.distribution\.manifest\.list/);
  });

  it.each([
    ['shop/checkout', '../../../admin/delete?all=1&x=', '"../../../admin/delete?all=1&x=" is no tag'],
    ['shop/checkout', '', '"" is no tag'],
    ['shop/checkout', '..', '".." is no tag'],
    ['shop/checkout', `1${'0'.repeat(128)}`, `"1${'0'.repeat(128)}" is no tag`],
    ['shop/../../admin', '1.4.0', '"shop/../../admin" is no name of an image'],
    ['shop?x=', '1.4.0', '"shop?x=" is no name of an image'],
    ['shop/%2e%2e/admin', '1.4.0', '"shop/%2e%2e/admin" is no name of an image'],
  ])('is asked for nothing by %j and %j', async (name, tag, why) => {
    const server = await serve((_, response) => giveManifest(response));
    expect(await openRegistries(NOBODY, QUICK)([{ artifact: `${server.host}/${name}`, tag }])).toEqual([{ why }]);
    expect(server.asked).toEqual([]);
  });

  it.each([
    ['shop/checkout', '_x.Y-1'],
    ['a/b__c/d--e.f_g', '1'.repeat(128)],
  ])('is asked for %s with %s', async (name, tag) => {
    const server = await serve((_, response) => giveManifest(response));
    await openRegistries(NOBODY, QUICK)([{ artifact: `${server.host}/${name}`, tag }]);
    expect(server.asked).toEqual([`HEAD /v2/${name}/manifests/${tag}`]);
  });

  it.each([
    ['names no digest', {}, 200],
    ['names one that is none', { 'docker-content-digest': 'sha256:abc' }, 200],
    ['does not know HEAD', {}, 405],
  ])('that %s is asked for the manifest itself', async (_, headers, status) => {
    const server = await serve((request, response) => {
      if (request.method === 'HEAD' && status !== 200) response.writeHead(status).end();
      else giveManifest(response, headers);
    });
    expect(await ask(server.host)).toEqual([DIGEST]);
    expect(server.asked.map((line) => line.split(' ')[0])).toEqual(['HEAD', 'GET']);
  });

  it.each([
    [404, {}, 'HOST has no such tag'],
    [403, {}, 'HOST answers 403: log in with "docker login HOST", unless there is no such image'],
    [418, {}, 'HOST answers 418'],
    [429, { 'retry-after': '60' }, 'HOST answers 429: it was asked too often, try again later'],
  ])('that answers %i', async (status, headers, why) => {
    const server = await serve((_, response) => response.writeHead(status, headers).end());
    expect(await ask(server.host)).toEqual([why]);
    expect(server.asked).toHaveLength(1);
  });

  it.each([429, 503])('that answers %i for a moment is asked once more', async (status) => {
    let count = 0;
    const server = await serve((_, response) => (count++ === 0 ? response.writeHead(status, { 'retry-after': '0' }).end() : giveManifest(response)));
    expect(await ask(server.host)).toEqual([DIGEST]);
    const broken = await serve((_, response) => response.writeHead(status, { 'retry-after': '0' }).end());
    expect(await ask(broken.host)).toEqual([expect.stringContaining(`answers ${status}`)]);
    expect(broken.asked).toHaveLength(2);
  });

  it('that gives no manifest, or one of an old form, gives no digest', async () => {
    const page = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
    expect(await ask(page.host)).toEqual(['HOST gives no manifest of it']);
    const type = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
    const old = await serve((_, response) => response.writeHead(200, { 'content-type': type, 'docker-content-digest': DIGEST }).end('{}'));
    expect(await ask(old.host)).toEqual(['HOST has it in a form that is no longer run']);
  });

  it('that gives far too much is not listened to', async () => {
    const endless = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' });
      response.end(Buffer.alloc(5_000_000, 'x'));
    });
    expect(await ask(endless.host)).toEqual(['HOST answers with more than 4194304 bytes']);
  });

  it('that is silent or not there is asked only once', async () => {
    const silent = await serve(() => {});
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `shop/${name}`);
    const asking = openRegistries(NOBODY, { timeLimit: 150, pause: 0 });
    const answers = await asking(names.map((name) => ({ artifact: `${silent.host}/${name}`, tag: '1' })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ why: `${silent.host} gives no answer within 0.15 s` })]),
    );
    expect(silent.asked).toHaveLength(4);
    expect(await ask(await closedHost())).toEqual(['HOST takes no connection']);
  });

  it('is asked for four things at once, and answers come in their order', async () => {
    let [now, most] = [0, 0];
    const server = await serve((request, response) => {
      now += 1;
      most = Math.max(most, now);
      const digest = `sha256:${(request.url?.split('/')[3] ?? '').repeat(64)}`;
      setTimeout(() => {
        now -= 1;
        giveManifest(response, { 'docker-content-digest': digest });
      }, 20);
    });
    const letters = [...'abcdef012345'];
    expect(
      await ask(
        server.host,
        NOBODY,
        letters.map((letter) => `shop/${letter}`),
      ),
    ).toEqual(letters.map((letter) => `sha256:${letter.repeat(64)}`));
    expect(most).toBe(4);
  });
});

describe('a redirect', () => {
  it('to TLS where there is none is told', async () => {
    const plain = await serve((_, response) => giveManifest(response));
    const server = await serve((_, response) => response.writeHead(307, { location: `https://${plain.host}/` }).end());
    expect(await ask(server.host)).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+ does not speak TLS as it should \(/)]);
  });

  it('is followed, and credentials stay at home', async () => {
    const other = await serve((_, response) => giveManifest(response));
    const server = await serve((request, response) => {
      if (request.headers.authorization === undefined) refuse(response, 'Basic realm="shop"');
      else if (request.url?.startsWith('/v2/shop')) response.writeHead(307, { location: '/moved/checkout' }).end();
      else response.writeHead(302, { location: `http://${other.host}/elsewhere` }).end();
    });
    expect(await ask(server.host, docker({ auths: { [server.host]: { auth } } }))).toEqual([DIGEST]);
    expect(server.asked).toEqual([
      'HEAD /v2/shop/checkout/manifests/1.4.0',
      `HEAD /v2/shop/checkout/manifests/1.4.0 ${BASIC}`,
      `HEAD /moved/checkout ${BASIC}`,
    ]);
    expect(other.asked).toEqual(['HEAD /elsewhere']);
  });

  it.each(['Bearer realm="http://HOST/token",service="shop"', 'Basic realm="shop"'])('to somebody who wants a login gives none away: %s', async (challenge) => {
    const other = await serve((request, response) => {
      if (request.url?.startsWith('/token')) response.writeHead(200).end('{"token":"t0ken"}');
      else refuse(response, challenge.replace('HOST', request.headers.host ?? ''));
    });
    const server = await serve((_, response) => response.writeHead(307, { location: `http://${other.host}/elsewhere` }).end());
    const config = docker({ auths: { [server.host]: { auth }, [other.host]: { auth } } });
    expect(await ask(server.host, config)).toEqual(['HOST sends on to another host, which answers 401: it gets no credentials of HOST']);
    expect(other.asked).toEqual(['HEAD /elsewhere']);
  });

  it('to somebody who wants a login is told as such after the registry had one, too', async () => {
    const other = await serve((_, response) => response.writeHead(403).end());
    const server = await serve((request, response) => {
      if (request.headers.authorization === undefined) refuse(response, 'Basic realm="shop"');
      else response.writeHead(307, { location: `http://${other.host}/elsewhere` }).end();
    });
    expect(await ask(server.host, docker({ auths: { [server.host]: { auth } } }))).toEqual([
      'HOST sends on to another host, which answers 403: it gets no credentials of HOST',
    ]);
    expect(other.asked).toEqual(['HEAD /elsewhere']);
  });

  it('is not followed in a circle, nor to where there is no TLS', async () => {
    const circle = await serve((request, response) => response.writeHead(302, { location: request.url ?? '' }).end());
    expect(await ask(circle.host)).toEqual(['HOST sends on in a circle']);
    const plain = await serve((_, response) => response.writeHead(302, { location: 'http://registry.invalid/' }).end());
    expect(await ask(plain.host)).toEqual(['HOST sends on to an address without TLS']);
  });
});

describe('a token', () => {
  /** A registry that wants one, and gives one to whom `gives` says. */
  async function guarded(gives: (authorization: string | undefined, url: URL, body: string) => object | undefined) {
    const server = await serve((request, response, body) => {
      const url = new URL(request.url ?? '', `http://${request.headers.host}`);
      if (url.pathname === '/token') {
        const answer = gives(request.headers.authorization, url, body);
        response.writeHead(answer ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
      } else if (request.headers.authorization === 'Bearer t0ken') giveManifest(response);
      else refuse(response, `Bearer realm="http://${request.headers.host}/token",service="the shop",scope="repository:shop/checkout:pull"`);
    });
    return server;
  }

  it('is asked for without credentials where there are none', async () => {
    const server = await guarded((authorization) => (authorization === undefined ? { token: 't0ken' } : undefined));
    expect(await ask(server.host)).toEqual([DIGEST]);
    expect(server.asked).toEqual([
      'HEAD /v2/shop/checkout/manifests/1.4.0',
      'GET /token?service=the+shop&scope=repository%3Ashop%2Fcheckout%3Apull',
      'HEAD /v2/shop/checkout/manifests/1.4.0 Bearer t0ken',
    ]);
  });

  it('is asked for with a name and a password', async () => {
    const server = await guarded((authorization, url) =>
      authorization === BASIC && url.searchParams.get('account') === 'sam' ? { access_token: 't0ken' } : undefined,
    );
    expect(await ask(server.host, docker({ auths: { [`https://${server.host}/v2/`]: { auth } } }))).toEqual([DIGEST]);
  });

  it('is got for a token of an identity', async () => {
    const server = await guarded((_, __, body) => {
      const { grant_type, refresh_token, service, scope } = Object.fromEntries(new URLSearchParams(body));
      const isRight = grant_type === 'refresh_token' && refresh_token === 'id3ntity' && service === 'the shop' && scope === 'repository:shop/checkout:pull';
      return isRight ? { access_token: 't0ken' } : undefined;
    });
    expect(await ask(server.host, docker({ auths: { [server.host]: { auth, identitytoken: 'id3ntity' } } }))).toEqual([DIGEST]);
  });

  it('that is refused, or does not help, is told without a word of the credentials', async () => {
    const login = 'HOST answers 401: log in with "docker login HOST", unless there is no such image';
    const refused = await guarded(() => undefined);
    expect(await ask(refused.host, docker({ auths: { [refused.host]: { auth } } }))).toEqual([login]);
    const useless = await guarded(() => ({ token: 'another' }));
    expect(await ask(useless.host)).toEqual([login]);
    const strange = await guarded(() => ({ token: 'two\nlines' }));
    expect(await ask(strange.host)).toEqual(['HOST gives no token (200)']);
  });

  it('is not asked for where there is no TLS', async () => {
    const server = await serve((_, response) => refuse(response, 'Bearer realm="http://registry.invalid/token"'));
    expect(await ask(server.host, docker({ auths: { [server.host]: { auth } } }))).toEqual(['HOST has its tokens given out without TLS']);
  });
});

describe('credentials', () => {
  const guarded = () =>
    serve((request, response) => (request.headers.authorization === BASIC ? giveManifest(response) : refuse(response, 'Basic realm="a, b=c"')));
  /** A program that answers as credential helpers do; it writes down what it read. */
  function helper(script: string): string {
    const folder = folderWith({ 'docker-credential-shop': `#!/bin/sh\n${script}\n` });
    chmodSync(path.join(folder, 'docker-credential-shop'), 0o755);
    return `${folder}:${process.env['PATH']}`;
  }

  it('are sent only where they are asked for', async () => {
    const open = await serve((_, response) => giveManifest(response));
    expect(await ask(open.host, docker({ auths: { [open.host]: { auth } } }))).toEqual([DIGEST]);
    expect(open.asked).toEqual(['HEAD /v2/shop/checkout/manifests/1.4.0']);
    const server = await guarded();
    expect(await ask(server.host, docker({ auths: { 'registry.shop.example': { auth } } }))).toEqual([expect.stringContaining('log in with')]);
    expect(server.asked).toEqual(['HEAD /v2/shop/checkout/manifests/1.4.0']);
  });

  it('are found where docker and podman keep them', async () => {
    const server = await guarded();
    const kept = JSON.stringify({ auths: { [server.host]: { auth } } });
    const folder = folderWith({ '.docker/config.json': kept, 'containers/auth.json': kept.replace(server.host, `${server.host}/shop`), 'auth.json': kept });
    expect(await ask(server.host, { HOME: folder })).toEqual([DIGEST]);
    expect(await ask(server.host, { ...NOBODY, XDG_RUNTIME_DIR: folder })).toEqual([DIGEST]);
    expect(await ask(server.host, { ...NOBODY, REGISTRY_AUTH_FILE: path.join(folder, 'auth.json') })).toEqual([DIGEST]);
    expect(await ask(server.host, { ...NOBODY, XDG_RUNTIME_DIR: folder }, ['other/checkout'])).toEqual([expect.stringContaining('log in with')]);
  });

  it('are asked of a helper once a registry, which reads its name', async () => {
    const server = await guarded();
    const counted = folderWith({});
    const PATH = helper(`cat >> ${counted}/asked; echo >> ${counted}/asked; echo '{"Username":"sam","Secret":"secret"}'`);
    for (const config of [{ credsStore: 'shop' }, { credHelpers: { [server.host]: 'shop' }, credsStore: 'none' }])
      expect(await ask(server.host, { ...docker(config), PATH }, ['shop/checkout', 'shop/worker'])).toEqual([DIGEST, DIGEST]);
    expect(readFileSync(path.join(counted, 'asked'), 'utf8')).toBe(`${server.host}\n${server.host}\n`);
  });

  it.each([
    ['echo "credentials not found in native keychain"; exit 1', ''],
    ['echo secret >&2; exit 1', ' (docker-credential-shop failed)'],
    ['echo nothing', ' (docker-credential-shop gives no credentials)'],
  ])('are none where a helper has none: %s', async (script, why) => {
    const server = await guarded();
    const answers = await ask(server.host, { ...docker({ credsStore: 'shop' }), PATH: helper(script) });
    expect(answers).toEqual([`HOST answers 401: log in with "docker login HOST"${why}, unless there is no such image`]);
  });

  it('are none where a helper is not there, or is a path', async () => {
    const server = await guarded();
    expect(await ask(server.host, { ...docker({ credsStore: 'shop' }), PATH: '/nowhere' })).toEqual([
      expect.stringContaining('(docker-credential-shop is not there)'),
    ]);
    expect(await ask(server.host, docker({ credsStore: '/../../tmp/shop' }))).toEqual([expect.stringContaining('(the name of its credential helper is none)')]);
  });

  it('are none in a file that is no JSON, or holds something else', async () => {
    const server = await guarded();
    for (const text of ['{', '[]', '{"auths":{"x":1,"y":{"auth":7}},"credHelpers":[],"credsStore":{}}', `{"auths":{"${server.host}":{"auth":"OnNlY3JldA=="}}}`])
      expect(await ask(server.host, { HOME: '/nowhere', DOCKER_CONFIG: folderWith({ 'config.json': text }) })).toEqual([
        expect.stringContaining('log in with'),
      ]);
  });
});
