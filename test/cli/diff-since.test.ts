import { describe, expect, it } from 'vitest';
import { run } from '../support/cli.ts';
import { repositoryOf } from '../support/git-repository.ts';
import { storefront } from '../support/manifests.ts';
import type { Tree } from '../support/rule-tester.ts';

const generator = (value: string, secret = 'hunter22') =>
  `resources: [app.yaml]\nconfigMapGenerator: [{ name: settings, literals: [LEVEL=${value}] }]\nsecretGenerator: [{ name: login, literals: [PASSWORD=${secret}] }]\n`;
const SHOP: Tree = {
  'apps/checkout/base/kustomization.yaml': generator('info'),
  'apps/checkout/base/app.yaml': storefront('shop/checkout:1.4.0'),
  'apps/checkout/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
  'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
};

describe('diff --since', () => {
  it('shows the rendered change, once for all environments that change alike, without the noise of hashes', () => {
    const { folder, write } = repositoryOf(SHOP);
    write({
      'apps/checkout/base/kustomization.yaml': generator('debug'),
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base]\nimages: [{ name: shop/checkout, newTag: 1.5.0 }]\n',
    });
    const { code, out } = run(['diff', '--since', 'main'], { cwd: folder });
    expect(code).toBe(0);
    expect(out).toBe(`checkout
  staging, prod
    ~ ConfigMap/settings  data.LEVEL  "info" → "debug"  apps/checkout/base/kustomization.yaml:2
  prod
    ~ Deployment/storefront  spec.template.spec.containers[0].image  "shop/checkout:1.4.0" → "shop/checkout:1.5.0"  apps/checkout/overlays/prod/kustomization.yaml:2

Since main 2 changes in 2 variants of 1 app, in staging, prod.
`);
  });

  it('shows no secret, neither the old nor the new one', () => {
    const { folder, write } = repositoryOf(SHOP);
    write({ 'apps/checkout/base/kustomization.yaml': generator('hunter33', 'hunter33') });
    for (const format of ['stylish', 'markdown', 'json']) {
      const { out } = run(['diff', '--since', 'main', '--format', format], { cwd: folder });
      expect(out).toContain('Secret/login');
      expect(out).not.toMatch(/hunter|aHVudGVy/);
    }
  });

  it('says what is new, what is gone, and that nothing renders otherwise', () => {
    const { folder, write } = repositoryOf(SHOP);
    write({ 'apps/checkout/base/app.yaml': `# of the shop\n${storefront('shop/checkout:1.4.0')}` });
    expect(run(['diff', '--since', 'main'], { cwd: folder }).out).toBe('Since main nothing renders otherwise; 2 variants read what changed.\n');
    write({
      'apps/checkout/overlays/staging/kustomization.yaml': '',
      'apps/checkout/overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base, extra.yaml]\n',
      'apps/checkout/overlays/prod/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\n',
    });
    const { out } = run(['diff', '--since', 'main', '--format', 'markdown'], { cwd: folder });
    expect(out).toContain('- new: dev\n- gone: staging\n');
    expect(out).toContain('| prod | + | `ConfigMap/extra` | – | `an object` |');
    const { apps } = JSON.parse(run(['diff', '--since', 'main', '--format', 'json'], { cwd: folder }).out);
    expect(apps[0].changes).toMatchObject([{ how: 'added', resource: 'ConfigMap/extra', before: null, variants: ['checkout@prod'] }]);
  });

  it.each([
    [['diff'], '"diff" needs two environments, or --since'],
    [['diff', 'staging'], '"diff" needs two environments, or --since'],
    [['diff', 'staging', 'prod', '--since', 'main'], '"diff --since" takes a folder and no environments'],
  ])('%j is a mistake', (words, message) => {
    const { code, err } = run(words, { cwd: repositoryOf(SHOP).folder });
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
