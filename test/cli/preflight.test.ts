import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../support/cli.ts';

const deployment = (tag: string, name = 'storefront') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  template:
    spec:
      containers:
        - name: ${name}
          image: shop/${name}:${tag} # the image
          envFrom: [{ configMapRef: { name: ${name} } }]
`;
const config = (keys: string, name = 'storefront') => `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${keys}`;
const shop = (prod: string, keys = '  A: "1"\n  B: "2"\n', more: Readonly<Record<string, string>> = {}) => ({
  'environments/staging/storefront/app.yaml': deployment('1.4.0') + config('  A: "1"\n  B: "2"\n'),
  'environments/prod/storefront/app.yaml': deployment(prod) + config(keys),
  ...more,
});
const overlays = (tags: Readonly<Record<string, string>>) => ({
  'apps/checkout/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'apps/checkout/base/deployment.yaml': deployment('0.0.0', 'checkout').replace(/ {10}envFrom.*\n/, ''),
  ...Object.fromEntries(
    Object.entries(tags).map(([name, tag]) => [
      `apps/checkout/overlays/${name}/kustomization.yaml`,
      `# ${name}\nresources: [../../base]\nimages:\n  - name: shop/checkout   # pinned\n    newTag: "${tag}"\n`,
    ]),
  ),
});

describe('preflight', () => {
  it('says what would change, and goes when nothing is missing', () => {
    const { code, out } = run(['preflight', '--to', 'prod'], { cwd: folderWith(shop('1.3.0')) });
    expect(code).toBe(0);
    expect(out).toContain('image shop/storefront  1.3.0 → 1.4.0 of staging  environments/prod/storefront/app.yaml:10');
    expect(out).toContain('1 app would change by a promotion to prod; nothing speaks against it');
  });

  it('stops where a key is missing that stands beside the version before', () => {
    const { code, out } = run(['preflight', '--to', 'prod'], { cwd: folderWith(shop('1.3.0', '  A: "1"\n')) });
    expect(code).toBe(1);
    expect(out).toMatch(/^storefront {2}must not go$/m);
    expect(out).toContain('error: "B" is not set (missing-config-key)');
  });

  it('a pending key passes a commit, and not the gate', () => {
    const pending = shop('1.3.0', '  A: "1"\n  B: CHANGEME # gitops-lint-pending: ops, the host comes on Monday\n');
    const cwd = folderWith(pending);
    expect(run(['--rule', 'unvalued-key'], { cwd }).code).toBe(0);
    expect(run(['preflight', '--to', 'prod'], { cwd }).code).toBe(1);
  });

  it('is not stopped by what is wrong there already', () => {
    const files = shop('1.3.0');
    const more = { 'environments/prod/storefront/extra.yaml': deployment('latest', 'worker').replace(/ {10}envFrom.*\n/, '') };
    expect(run(['preflight', '--to', 'prod'], { cwd: folderWith({ ...files, ...more }) }).code).toBe(0);
  });

  it('names exceptions in force', () => {
    const rc = 'exceptions:\n  - { rule: missing-config-key, app: storefront, environments: [prod], until: 2027-01-31, reason: not needed there }\n';
    const { code, out } = run(['preflight', '--to', 'prod', '--now', '2026-12-01'], { cwd: folderWith(shop('1.3.0', '  A: "1"\n', { '.gitopsrc': rc })) });
    expect(code).toBe(0);
    expect(out).toContain('excepted: "B" is not set (missing-config-key: not needed there)');
  });

  it('is nothing where all is promoted, or ahead', () => {
    for (const tag of ['1.4.0', '1.4.1']) {
      const { code, out } = run(['preflight', '--to', 'prod', '--app', 'storefront'], { cwd: folderWith(shop(tag)) });
      expect([code, out.split('\n')[0]]).toEqual([0, 'Nothing would change by a promotion to prod.']);
    }
  });

  it('writes the versions into the environment that it is about, and touches nothing else', () => {
    const before = { ...overlays({ staging: '1.4.0', prod: '1.3.0' }), ...shop('1.3.0') };
    const cwd = folderWith(before);
    const { code, err } = run(['preflight', '--to', 'prod', '--apply'], { cwd });
    expect(code).toBe(0);
    const changed = Object.entries(before).filter(([file, text]) => readFileSync(path.join(cwd, file), 'utf8') !== text);
    expect(changed.map(([file]) => file)).toEqual(['apps/checkout/overlays/prod/kustomization.yaml', 'environments/prod/storefront/app.yaml']);
    for (const [file, text] of changed) expect(readFileSync(path.join(cwd, file), 'utf8')).toBe(text.replace('1.3.0', '1.4.0'));
    expect(err).toContain('wrote one version into apps/checkout/overlays/prod/kustomization.yaml');
    expect(run(['preflight', '--to', 'prod', '--apply'], { cwd }).out).toContain('Nothing would change');
  });

  it('writes a version at each of its places', () => {
    const worker = (tag: string) =>
      deployment(tag)
        .replace('name: storefront', 'name: worker')
        .replace(/ {10}envFrom.*\n/, '');
    const more = { 'environments/staging/storefront/worker.yaml': worker('1.4.0'), 'environments/prod/storefront/worker.yaml': worker('1.3.0') };
    const cwd = folderWith(shop('1.3.0', undefined, more));
    expect(run(['preflight', '--to', 'prod', '--apply'], { cwd }).code).toBe(0);
    for (const file of ['app', 'worker']) expect(readFileSync(path.join(cwd, `environments/prod/storefront/${file}.yaml`), 'utf8')).toContain(':1.4.0');
    expect(run(['preflight', '--to', 'prod'], { cwd }).out).toContain('Nothing would change');
  });

  it('says what it could not look at, in every format', () => {
    const remote = { 'environments/prod/storefront/kustomization.yaml': 'resources: [app.yaml, https://shop.example/more.yaml]\n' };
    const cwd = folderWith(shop('1.4.0', undefined, remote));
    const note = 'rendered in part: storefront@prod; what they seem to lack is not counted';
    const first = 'no environment comes before staging, so nothing was compared';
    expect(run(['preflight', '--to', 'prod'], { cwd }).out).toContain(`\nnote: ${note}\n`);
    expect(run(['preflight', '--to', 'prod', '--format', 'markdown'], { cwd }).out).toContain(`\n- note: ${note}\n`);
    expect(JSON.parse(run(['preflight', '--to', 'prod', '--format', 'json'], { cwd }).out).notes).toEqual([note]);
    expect(run(['preflight', '--to', 'staging'], { cwd }).out).toContain(`note: ${first}\n`);
  });

  it('writes nothing that must not go, and nothing into files of other environments', () => {
    const blocked = folderWith(shop('1.3.0', '  A: "1"\n'));
    expect(run(['preflight', '--to', 'prod', '--apply'], { cwd: blocked }).code).toBe(1);
    expect(readFileSync(path.join(blocked, 'environments/prod/storefront/app.yaml'), 'utf8')).toContain('1.3.0');

    const files = overlays({ staging: '1.4.0' });
    const shared = folderWith({ ...files, 'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base]\n' });
    const { code, err } = run(['preflight', '--to', 'prod', '--apply'], { cwd: shared });
    expect([code, readFileSync(path.join(shared, 'apps/checkout/base/deployment.yaml'), 'utf8')]).toEqual([0, files['apps/checkout/base/deployment.yaml']]);
    expect(err).toContain('shop/checkout of checkout stays as it is: other environments read that file, too');
  });

  it('writes a digest along with its tag', () => {
    const [old, fresh] = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);
    const cwd = folderWith({
      'environments/staging/storefront/app.yaml': deployment(`1.4.0@${fresh}`) + config('  A: "1"\n'),
      'environments/prod/storefront/app.yaml': deployment(`1.3.0@${old}`) + config('  A: "1"\n'),
    });
    expect(run(['preflight', '--to', 'prod', '--apply'], { cwd }).code).toBe(0);
    expect(readFileSync(path.join(cwd, 'environments/prod/storefront/app.yaml'), 'utf8')).toContain(`image: shop/storefront:1.4.0@${fresh} # the image`);
  });

  it('writes a digest that has a line of its own, and leaves what only one of the two has', () => {
    const [old, fresh] = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);
    const files = overlays({ staging: `1.4.0"\n    digest: "${fresh}`, prod: `1.3.0"\n    digest: "${old}` });
    const cwd = folderWith(files);
    const prod = 'apps/checkout/overlays/prod/kustomization.yaml';
    expect(run(['preflight', '--to', 'prod', '--apply'], { cwd })).toMatchObject({ code: 0, err: `gitops-lint: wrote one version into ${prod}\n` });
    expect(readFileSync(path.join(cwd, prod), 'utf8')).toBe(
      (files as Readonly<Record<string, string>>)[prod]?.replace('1.3.0', '1.4.0').replace(old ?? '', fresh ?? ''),
    );

    const mixed = overlays({ staging: `1.4.0"\n    digest: "${fresh}`, prod: '1.3.0' });
    const { err } = run(['preflight', '--to', 'prod', '--apply'], { cwd: folderWith(mixed) });
    expect(err).toContain('stays as it is: only one of the two names a digest: "gitops-lint pin" writes them');
  });

  it('prints for programs and for pull requests', () => {
    const cwd = folderWith(shop('1.3.0'));
    const json = JSON.parse(run(['preflight', '--to', 'prod', '--format', 'json'], { cwd }).out);
    expect(json.apps[0]).toMatchObject({
      app: 'storefront',
      blocked: false,
      versions: [{ now: { version: '1.3.0' }, next: { version: '1.4.0', environment: 'staging' }, ownFile: true }],
    });
    expect(run(['preflight', '--to', 'prod', '--format', 'markdown'], { cwd }).out).toContain(
      '### Promotion to prod\n\n**storefront**\n\n- image shop/storefront',
    );
  });

  it.each([
    [[], '"preflight" needs to know the environment'],
    [['--to', 'prd'], 'there is no environment "prd"\n  Did you mean "prod"?'],
    [['--to', 'prod', '--app', 'storefrnt'], 'there is no app "storefrnt"\n  Did you mean "storefront"?'],
  ])('%j is a mistake', (words, message) => {
    const { code, err } = run(['preflight', ...words], { cwd: folderWith(shop('1.3.0')) });
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
