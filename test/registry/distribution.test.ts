import { describe, expect, it } from 'vitest';
import { openRegistries } from '../../src/registry/ask.ts';
import { folderWith } from '../support/cli.ts';
import { PROGRAM, push, startRegistry } from './real-registry.ts';

const ask = (host: string, environment: Readonly<Record<string, string>>, tags: readonly string[]) =>
  openRegistries(environment)(tags.map((tag) => ({ artifact: `${host}/shop/checkout`, tag })));

describe.skipIf(PROGRAM === undefined)('the registry of the Distribution project', () => {
  it('gives the digest of what was pushed', async () => {
    const host = await startRegistry();
    const digest = await push(host, 'shop/checkout', '1.4.0');
    expect(await ask(host, { HOME: '/nowhere' }, ['1.4.0', '1.5.0'])).toEqual([{ registry: host, digest }, { why: `${host} has no such tag` }]);
  });

  it('wants to know who asks, where it is told to', async () => {
    const host = await startRegistry('auth: { htpasswd: { realm: shop, path: FOLDER/passwords } }\n');
    const digest = await push(host, 'shop/checkout', '1.4.0');
    const config = JSON.stringify({ auths: { [host]: { auth: Buffer.from('sam:secret').toString('base64') } } });
    expect(await ask(host, { HOME: folderWith({ '.docker/config.json': config }) }, ['1.4.0'])).toEqual([{ registry: host, digest }]);
    expect(await ask(host, { HOME: '/nowhere' }, ['1.4.0'])).toEqual([{ why: expect.stringContaining(`log in with "docker login ${host}"`) }]);
  });
});
