import type { Tree } from '../support/rule-tester.ts';

const overlay = (settings: string, tag: string, more = ''): string =>
  `resources: [../../base]\nconfigMapGenerator:\n  - name: checkout-config\n    envs: [config.env]\n${settings}images:\n  - name: shop/checkout\n    newTag: ${tag}\n${more}`;
const password = 'secretGenerator:\n  - name: checkout\n    literals: [password=hunter2]\n';

/** A small shop in which production lacks a key and a secret, and has a tag that moves. */
export const shop: Tree = {
  'apps/checkout/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'apps/checkout/base/deployment.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: checkout\n          image: shop/checkout\n          envFrom:\n            - configMapRef: { name: checkout-config }\n            - secretRef: { name: checkout }\n',
  'apps/checkout/overlays/dev/kustomization.yaml': overlay('', '1.2.0', password),
  'apps/checkout/overlays/dev/config.env': 'RETRIES=2\nPAYMENT_TIMEOUT_MS=3000\nLOCALE=en\nCURRENCY=EUR\nGREETING=say hunter2\n',
  'apps/checkout/overlays/staging/kustomization.yaml': overlay('', '1.2.0', password),
  'apps/checkout/overlays/staging/config.env': 'RETRIES=2\nPAYMENT_TIMEOUT_MS=3000\nLOCALE=en\nCURRENCY=EUR\nGREETING=hello\n',
  'apps/checkout/overlays/prod-eu/kustomization.yaml': overlay('', 'latest', 'secretGenerator:\n  - name: checkout\n    literals: [user=hunter3]\n'),
  'apps/checkout/overlays/prod-eu/config.env': 'RETRIES=3\nLOCALE=en\nCURRENCY=EUR\nGREETING=hello\n',
};
