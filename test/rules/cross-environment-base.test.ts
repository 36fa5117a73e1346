import { describe, expect, it } from 'vitest';
import rule from '../../rules/cross-environment-base/rule.ts';
import { lintTree, type Tree, testRule } from '../support/rule-tester.ts';
import { crlf, deployment, kustomization } from './shop.ts';

const app = deployment('ledger', 'image: registry.shop.example/ledger:3.2.4\n');
const base: Tree = {
  'apps/ledger/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/ledger/base/deployment.yaml': app,
};
/** Overlays beside the base, by their names; each lists the given paths. */
const overlays = (lists: Readonly<Record<string, readonly string[]>>): Tree => ({
  ...base,
  ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [`apps/ledger/overlays/${name}/kustomization.yaml`, kustomization(list)])),
});
const BASE = '../../base';
const MARK = '# error: borrowed';

testRule(rule, {
  valid: {
    'all build on the base': overlays({ dev: [BASE], staging: [BASE], prod: [BASE] }),
    'regions share the overlay of their tier': overlays({ prod: [BASE], 'prod-eu': ['../prod'], 'prod-us': ['../prod'] }),
    'a region builds on another': overlays({ staging: [BASE], 'prod-eu': [BASE], 'prod-us': ['../prod-eu'] }),
    'development is made of production': overlays({ dev: ['../prod'], staging: ['../prod'], prod: [BASE] }),
    'a preview is made of staging': overlays({ staging: [BASE], prod: [BASE], 'pr-12': ['../staging'] }),
    'what is shared below production': overlays({ nonprod: [BASE], 'non-prod': [BASE], dev: ['../nonprod'], staging: ['../non-prod'], prod: [BASE] }),
    'an environment lists its own folders': {
      'environments/staging/kustomization.yaml': kustomization(['checkout', 'ledger']),
      'environments/staging/checkout/kustomization.yaml': kustomization(['deployment.yaml']),
      'environments/staging/checkout/deployment.yaml': app,
      'environments/staging/ledger/kustomization.yaml': kustomization(['deployment.yaml']),
      'environments/staging/ledger/deployment.yaml': app,
      'environments/prod/kustomization.yaml': kustomization(['ledger']),
      'environments/prod/ledger/kustomization.yaml': kustomization(['deployment.yaml']),
      'environments/prod/ledger/deployment.yaml': app,
    },
    'a cluster lists the apps of its own environment': {
      ...overlays({ staging: [BASE], prod: [BASE] }),
      'clusters/staging/kustomization.yaml': kustomization(['../../apps/ledger/overlays/staging']),
      'clusters/prod/kustomization.yaml': kustomization(['../../apps/ledger/overlays/prod']),
    },
    'a folder that lists all environments': {
      ...overlays({ dev: [BASE], staging: [BASE], prod: [BASE] }),
      'all/kustomization.yaml': kustomization(['../apps/ledger/overlays/dev', '../apps/ledger/overlays/staging', '../apps/ledger/overlays/prod']),
    },
    'a component that lies with an environment': {
      ...overlays({ dev: [BASE], prod: [BASE] }),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization([BASE], 'components:\n  - ../dev/sized\n'),
      'apps/ledger/overlays/dev/sized/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -l\n',
    },
    'a remote overlay of staging': overlays({ staging: [BASE], prod: ['https://git.shop.example/shop/ledger//overlays/staging?ref=v3.2.4'] }),
    'names that only look like environments': overlays({ product: [BASE], reproduce: ['../product'], prod: ['../product'] }),
    'folders that no environment is deployed from': {
      'apps/ledger/contest/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/ledger/contest/deployment.yaml': app,
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['../../contest']),
    },
    'a circle, of which another rule speaks': overlays({ staging: ['../prod'], prod: ['../staging'] }),
    'a path that leads out of the repository': overlays({ staging: [BASE], prod: [BASE, '../../../../../staging'] }),
    'a suppression with a reason': overlays({
      staging: [BASE],
      prod: ['../staging # gitops-lint-ignore cross-environment-base -- staging is the rehearsal of production'],
    }),
  },

  invalid: {
    'production builds on staging': overlays({ staging: [BASE], prod: [`../staging ${MARK}`] }),
    'production builds on development': overlays({ dev: [BASE], staging: [BASE], prod: [`../dev/ ${MARK} prod`] }),
    'staging builds on development': overlays({ dev: [BASE], staging: [`../dev ${MARK} staging`], prod: [BASE] }),
    'it takes more than the other environment': overlays({ staging: [BASE], prod: [BASE, `../staging ${MARK}`] }),
    'each of a chain': overlays({ dev: [BASE], staging: [`../dev ${MARK} staging,prod`], prod: [`../staging ${MARK} prod`] }),
    'the old spelling': {
      ...overlays({ staging: [BASE] }),
      'apps/ledger/overlays/prod/kustomization.yaml': `bases:\n  - ../staging ${MARK}\n`,
    },
    'lines that end as on Windows': {
      ...overlays({ staging: [BASE] }),
      'apps/ledger/overlays/prod/kustomization.yaml': crlf(`resources:\n  - ../staging ${MARK}\n`),
    },
    'what several regions share builds on staging': {
      ...overlays({ staging: [BASE], 'prod-eu': ['../../shared'], 'prod-us': ['../../shared'] }),
      'apps/ledger/shared/kustomization.yaml': kustomization([`../overlays/staging ${MARK} prod-eu,prod-us`]),
    },
    'a cluster of production lists the overlay of staging': {
      ...overlays({ staging: [BASE], prod: [BASE] }),
      'clusters/staging/kustomization.yaml': kustomization(['../../apps/ledger/overlays/staging']),
      'clusters/prod/kustomization.yaml': kustomization([`../../apps/ledger/overlays/staging ${MARK} prod`]),
    },
    'a file in the overlay of staging': {
      ...overlays({ staging: [BASE, 'config.yaml'], prod: [BASE, `../staging/config.yaml ${MARK}`] }),
      'apps/ledger/overlays/staging/config.yaml': app,
      '.gitopsrc': 'kustomize: { loadRestrictor: none }\n',
    },
    'an order that was declared': {
      ...overlays({ green: [BASE], blue: [`../green ${MARK}`] }),
      '.gitopsrc': 'environments: { green: { tier: staging }, blue: { tier: prod, promotesFrom: green } }\napps: [{ path: "apps/{app}/overlays/{env}" }]\n',
    },
  },
});

describe('the findings of cross-environment-base', () => {
  it.each([
    [{ staging: [BASE], prod: ['../staging'] }, 'error'],
    [{ dev: [BASE], staging: ['../dev'] }, 'warning'],
    [{ dev: [BASE], qa: ['../dev'], prod: [BASE] }, 'info'],
  ])('weigh as much as the environment that borrows: %o', async (lists, severity) => {
    const { findings } = await lintTree(overlays(lists), [rule]);
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });

  it('name the borrower and the lender, and point at the reference', async () => {
    const { findings } = await lintTree(overlays({ staging: [BASE], prod: ['../staging'] }), [rule]);
    expect(findings).toMatchObject([{ variants: ['ledger@prod'], comparedWith: ['ledger@staging'], app: 'ledger' }]);
    const place = findings[0]?.location;
    expect(place?.file.text.slice(place.span.start, place.span.end)).toBe('../staging');
  });
});
