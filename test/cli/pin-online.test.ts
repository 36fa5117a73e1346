import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROGRAM, push, startRegistry } from '../registry/real-registry.ts';
import { closedHost, DIGEST, giveManifest, refuse, serve } from '../registry/server.ts';
import { CLEAN_ENVIRONMENT, CLI, folderWith, type Outcome, writeTree } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';

/** Runs gitops-lint beside this process: its registry may be a server of the test. */
function runBeside(words: readonly string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...CLEAN_ENVIRONMENT, DOCKER_CONFIG: '/nowhere' };
    const child = execFile(process.execPath, [CLI, ...words], { cwd, env }, (_, out, err) => resolve({ code: child.exitCode, out, err }));
  });
}

const OVERLAY = 'apps/storefront/overlays/prod/kustomization.yaml';
const WORKER = 'apps/storefront/overlays/dev/worker.yaml';
const shop = (host: string): Record<string, string> => ({
  'apps/storefront/base/kustomization.yaml': 'resources: [app.yaml]\n',
  'apps/storefront/base/app.yaml': storefront('storefront'),
  'apps/storefront/overlays/dev/kustomization.yaml': 'resources: [worker.yaml]\n',
  [WORKER]: storefront(`"${host}/shop/storefront:1.5.0" # ours`),
  [OVERLAY]: `resources: [../../base]\nimages:\n  - name: storefront   # ours\n    newName: ${host}/shop/storefront\n    newTag: "1.4.0" # tested\n`,
});
const textOf = (cwd: string, file: string): string => readFileSync(path.join(cwd, file), 'utf8');

describe('pin --online', () => {
  it('asks the registry, and writes what it says', async () => {
    const server = await serve((request, response) => {
      if (request.url?.startsWith('/token')) response.end('{"token":"t0ken"}');
      else if (request.headers.authorization === 'Bearer t0ken') giveManifest(response);
      else refuse(response, `Bearer realm="http://${request.headers.host}/token",service=shop`);
    });
    const files = shop(server.host);
    const cwd = folderWith(files);
    expect((await runBeside(['pin', '--write'], cwd)).out).toContain('2 tags stay: no environment names its digest');
    expect(server.asked).toEqual([]);

    const { code, out, err } = await runBeside(['pin', '--online', '--write'], cwd);
    expect([code, err.split('\n').sort()]).toEqual([0, ['', `gitops-lint: wrote one digest into ${WORKER}`, `gitops-lint: wrote one digest into ${OVERLAY}`]]);
    expect(out).toContain(`${OVERLAY}:5  ${server.host}/shop/storefront:1.4.0 → @${DIGEST.slice(7, 14)} (from ${server.host})\n`);
    expect(textOf(cwd, WORKER)).toBe(files[WORKER]?.replace('1.5.0', `1.5.0@${DIGEST}`));
    expect(textOf(cwd, OVERLAY)).toBe(`${files[OVERLAY]}    digest: ${DIGEST}\n`);
    expect((await runBeside(['pin', '--online'], cwd)).out).toBe('No image is named by its tag alone.\n');
  });

  it('says why a registry gave none, and writes nothing', async () => {
    const host = await closedHost();
    const cwd = folderWith(shop(host));
    const { code, out } = await runBeside(['pin', '--online', '--write', '--format', 'json'], cwd);
    const { left, written } = JSON.parse(out);
    expect([code, written, left.map(({ why }: { why: string }) => why)]).toEqual([0, false, Array(2).fill(`${host} takes no connection`)]);
    expect(textOf(cwd, OVERLAY)).toBe(shop(host)[OVERLAY]);
  });

  it('writes nothing over what somebody wrote meanwhile', async () => {
    const cwd = folderWith({});
    const server = await serve((_, response) => {
      writeFileSync(path.join(cwd, OVERLAY), '# mine\n');
      giveManifest(response);
    });
    writeTree(cwd, shop(server.host));
    const { code, err } = await runBeside(['pin', '--online', '--write'], cwd);
    expect([code, err]).toEqual([2, `gitops-lint: "${OVERLAY}" was changed meanwhile\n  Nothing was written: try again.\n`]);
    expect([textOf(cwd, OVERLAY), textOf(cwd, WORKER)]).toEqual(['# mine\n', shop(server.host)[WORKER]]);
  });

  it.skipIf(PROGRAM === undefined)('asks a real registry for what was pushed', async () => {
    const host = await startRegistry();
    const digest = await push(host, 'shop/storefront', '1.4.0');
    const cwd = folderWith(shop(host));
    const { out } = await runBeside(['pin', '--online', '--write'], cwd);
    expect(out).toContain(`1 tag stays: ${host} has no such tag\n  ${host}/shop/storefront:1.5.0 (${WORKER}:10)\n`);
    expect(textOf(cwd, OVERLAY)).toBe(`${shop(host)[OVERLAY]}    digest: ${digest}\n`);
  });
});
