import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../support/cli.ts';

interface Result {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: { readonly path: string; readonly line: number; readonly column: number };
    readonly variants: readonly string[];
  }[];
  readonly variants: readonly { readonly id: string; readonly status: string }[];
}

function findingsOf(repository: string): string[] {
  const folder = `fixtures/repos/${repository}`;
  const { code, out } = run(['lint', folder, '--root', folder, '--format', 'json', '--exit-zero']);
  expect(code).toBe(0);
  return (JSON.parse(out) as Result).findings.map(
    ({ ruleId, location, variants }) => `${location.path}:${location.line}:${location.column} ${ruleId} ${variants.map((id) => id.split('@')[1]).join(',')}`,
  );
}

/** fixtures/README.md tells each deliberate mistake, and that there are no others. */
describe('what a user sees of the example repositories', () => {
  it('shop-kustomize: one mistake of each kind, at its line and column', () => {
    expect(findingsOf('shop-kustomize')).toMatchInlineSnapshot(`
      [
        "apps/checkout/overlays/dev/config.env:3:1 missing-config-key prod-eu,prod-us",
        "apps/checkout/overlays/staging/kustomization.yaml:45:1 duplicate-key staging",
        "apps/ledger/base/deployment.yaml:37:25 dangling-config-reference prod-us",
        "apps/ledger/overlays/prod-eu/kustomization.yaml:23:13 unpinned-image prod-eu",
        "apps/ledger/overlays/prod-us/kustomization.yaml:20:13 unpinned-image prod-us",
        "apps/ledger/overlays/staging/kustomization.yaml:30:5 redundant-override staging",
        "apps/mailer/overlays/dev/kustomization.yaml:8:5 missing-reference dev",
        "apps/storefront/overlays/dev/deployment-env.yaml:13:21 missing-env-var prod-eu",
        "apps/storefront/overlays/prod-us/kustomization.yaml:20:13 mutable-image-tag prod-us",
        "apps/storefront/overlays/staging/kustomization.yaml:32:5 ineffective-patch staging",
      ]
    `);
  });

  it('shop-plain: the same without kustomize', () => {
    expect(findingsOf('shop-plain')).toMatchInlineSnapshot(`
      [
        "environments/dev/checkout/configmap.yaml:15:3 missing-config-key prod-eu",
        "environments/dev/storefront/deployment.yaml:39:21 missing-env-var prod-eu",
        "environments/prod-us/checkout/deployment.yaml:38:25 dangling-config-reference prod-us",
        "environments/prod-us/storefront/deployment.yaml:27:51 mutable-image-tag prod-us",
        "environments/staging/storefront/deployment.yaml:61:11 duplicate-key staging",
      ]
    `);
  });

  it('broken: every way to be broken has a finding with a place', () => {
    expect(findingsOf('broken')).toMatchInlineSnapshot(`
      [
        "apps/anchors/overlays/dev/shipping.yaml:7:12 syntax-error dev",
        "apps/binary/overlays/dev/kustomization.yaml:7:5 render-error dev",
        "apps/cyclic/overlays/dev/kustomization.yaml:7:5 render-error prod",
        "apps/cyclic/overlays/prod/kustomization.yaml:7:5 render-error dev",
        "apps/duplicate-id/overlays/dev/kustomization.yaml:8:5 render-error dev",
        "apps/empty/overlays/prod/kustomization.yaml:1:1 render-error prod",
        "apps/missing-file/overlays/dev/kustomization.yaml:8:5 missing-reference dev",
        "apps/missing-file/overlays/dev/kustomization.yaml:11:5 missing-reference dev",
        "apps/missing-file/overlays/dev/kustomization.yaml:16:9 missing-reference dev",
        "apps/missing-file/overlays/dev/kustomization.yaml:19:11 missing-reference dev",
        "apps/multi-kustomization/overlays/dev/kustomization.yaml:1:1 render-error dev",
        "apps/not-an-object/overlays/dev/motto.yaml:1:1 render-error dev",
        "apps/not-an-object/overlays/dev/points.yaml:2:1 render-error dev",
        "apps/not-an-object/overlays/dev/tiers.yaml:1:1 render-error dev",
        "apps/outside/overlays/dev/kustomization.yaml:8:5 render-error dev",
        "apps/patch-no-match/overlays/dev/kustomization.yaml:10:5 ineffective-patch dev",
        "apps/remote/overlays/dev/kustomization.yaml:8:5 unanalysed-input dev",
        "apps/remote/overlays/prod/kustomization.yaml:8:5 unanalysed-input prod",
        "apps/symlink/overlays/dev/kustomization.yaml:8:5 render-error dev",
        "apps/symlink/overlays/prod/kustomization.yaml:8:5 render-error prod",
        "apps/syntax/overlays/dev/opening-hours.yaml:6:13 syntax-error dev",
        "apps/tabs/overlays/dev/price-list.yaml:6:2 syntax-error dev",
        "apps/templated/overlays/dev/stock-sync.yaml:6:13 syntax-error dev",
        "apps/unknown-field/overlays/dev/kustomization.yaml:6:1 render-error dev",
        "apps/utf16/overlays/dev/receipt-text.yaml:1:1 syntax-error dev",
        "apps/wrong-type/overlays/dev/kustomization.yaml:6:12 render-error dev",
        "apps/wrong-type/overlays/prod/kustomization.yaml:10:5 render-error prod",
      ]
    `);
  });

  it('npm start prints what the README shows', () => {
    const { out } = run(['lint', 'fixtures/repos/shop-kustomize', '--exit-zero']);
    const shown = /<!-- example -->\n```text\n([\s\S]*?)```\n<!-- \/example -->/.exec(readFileSync('README.md', 'utf8'))?.[1];
    expect(out).toBe(shown);
  });
});
