import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, git, run } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';

const OVERLAY = 'apps/storefront/overlays/prod/kustomization.yaml';
const PATCH = 'apps/storefront/overlays/prod/patch.yaml';
const SHOP = {
  'apps/storefront/base/kustomization.yaml': 'resources: [app.yaml]\n',
  'apps/storefront/base/app.yaml': storefront('shop/storefront:1.4.0'),
  'apps/storefront/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
  [OVERLAY]: '# the shop\nresources:\n  - ../../base\npatches:\n  - path: patch.yaml\nnamePrefix: eu-\n',
  [PATCH]:
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: storefront\nspec:\n  template:\n    spec:\n      containers:\n        - name: storefront\n          image: shop/storefront:1.4.0\n',
};
const FIXED = '# the shop\nresources:\n  - ../../base\nnamePrefix: eu-\n';
const textOf = (cwd: string, file: string) => readFileSync(path.join(cwd, file), 'utf8');

describe('--fix', () => {
  it('writes what is safe, and reports what is left', () => {
    const cwd = folderWith(SHOP);
    const { code, out, err } = run(['--fix'], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toContain('redundant-override');
    expect(out).toContain('\nnote: fixed one finding in 2 files\n');
    expect(textOf(cwd, OVERLAY)).toBe(FIXED);
    expect(existsSync(path.join(cwd, PATCH))).toBe(false);
    expect(run(['--fix'], { cwd }).out).toContain('\nnote: nothing could be fixed\n');
  });

  it('prints a diff that git takes, and writes nothing', () => {
    const cwd = folderWith(SHOP);
    const { code, out, err } = run(['--fix-dry-run'], { cwd });
    expect([code, err]).toEqual([0, 'gitops-lint: would fix one finding in 2 files\n']);
    expect(textOf(cwd, OVERLAY)).toBe(SHOP[OVERLAY]);
    git(cwd, 'init', '-q');
    const patch = folderWith({ 'fix.diff': out });
    git(cwd, 'apply', path.join(patch, 'fix.diff'));
    expect(textOf(cwd, OVERLAY)).toBe(FIXED);
    expect(existsSync(path.join(cwd, PATCH))).toBe(false);
  });

  it('prints a report beside the diff into a file only', () => {
    const cwd = folderWith(SHOP);
    expect(run(['--fix-dry-run', '--format', 'json'], { cwd })).toMatchObject({ code: 2, out: '' });
    expect(run(['--fix-dry-run', '--format', 'json:report.json'], { cwd }).code).toBe(0);
    const { findings } = JSON.parse(textOf(cwd, 'report.json'));
    expect(findings.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['unpinned-image']);
  });

  it('shows no secret in a diff', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: storefront\nstringData:\n  token: topsecret\n';
    const cwd = folderWith({
      ...SHOP,
      [PATCH]: `${SHOP[PATCH]}---\n${secret}`,
      'apps/storefront/base/secret.yaml': secret,
      'apps/storefront/base/kustomization.yaml': 'resources: [app.yaml, secret.yaml]\n',
    });
    const { out, err } = run(['--fix-dry-run'], { cwd });
    expect(out + err).not.toContain('topsecret');
    expect(err).toContain(`the change of ${PATCH} is not shown, as a secret stands beside it`);
  });

  it('does not touch the index', () => {
    const cwd = folderWith(SHOP);
    git(cwd, 'init', '-q');
    expect(run(['--fix', '--staged'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('"--staged" and "--fix" do not go together') });
  });

  it('knows no other kinds', () => {
    expect(run(['--fix=all'], { cwd: folderWith(SHOP) })).toMatchObject({ code: 2, out: '' });
  });
});
