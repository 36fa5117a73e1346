import { describe, expect, it } from 'vitest';
import rule from '../../rules/dangling-config-reference/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, documents, kustomization, secret } from './shop.ts';

const takesAll = (kind: string, name: string, mark = '') => `envFrom:\n  - ${kind}Ref:\n      name: ${name}${mark}\n`;
const takesKey = (kind: string, name: string, key: string, mark = '') =>
  `env:\n  - name: ${key}\n    valueFrom:\n      ${kind}KeyRef:\n        name: ${name}\n        key: ${key}${mark}\n`;

const fromConfig = deployment('checkout', takesAll('configMap', 'checkout-config'));
const fromSecret = deployment('checkout', takesAll('secret', 'checkout-secrets'));
const keyOfSecret = deployment('checkout', takesKey('secret', 'checkout-secrets', 'DB_PASSWORD'));

/** The same app in two environments; only dev has the plain Secret, and production has what is given. */
const secretIn = (prod: string, app = fromSecret): Tree => ({
  'environments/dev/checkout.yaml': documents(app, secret('checkout-secrets', 'DB_PASSWORD')),
  'environments/prod/checkout.yaml': documents(app, prod),
});

testRule(rule, {
  valid: {
    'the environment defines it': {
      'environments/dev/checkout.yaml': documents(fromConfig, configMap('checkout-config', 'LOG_LEVEL: debug\n')),
      'environments/prod/checkout.yaml': documents(fromConfig, configMap('checkout-config', 'LOG_LEVEL: info\n')),
    },
    'a generator defines it, under a name with a hash': {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': fromConfig,
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          namePrefix: prod-
          configMapGenerator:
            - name: checkout-config
              literals: [LOG_LEVEL=info]
        `,
      ),
    },
    'no environment defines it: it is made elsewhere': {
      'environments/dev/checkout.yaml': fromSecret,
      'environments/prod/checkout.yaml': fromSecret,
    },
    'the reference is optional': {
      'environments/dev/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout-config, optional: true } }]\n'),
        configMap('checkout-config', 'LOG_LEVEL: debug\n'),
      ),
      'environments/prod/checkout.yaml': deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout-config, optional: true } }]\n'),
    },
    'a volume that is optional, and a key that is': {
      'environments/prod/checkout.yaml': documents(
        deployment(
          'checkout',
          'env: [{ name: THEME, valueFrom: { configMapKeyRef: { name: checkout-config, key: THEME, optional: true } } }]\n',
          yaml`
            volumes:
              - name: theme
                configMap: { name: checkout-config, optional: true, items: [{ key: theme.css, path: theme.css }] }
          `,
        ),
        configMap('checkout-config', 'LOG_LEVEL: info\n'),
      ),
    },
    'a remote base may define it': {
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['deployment.yaml', 'config.yaml']),
      'apps/checkout/overlays/dev/deployment.yaml': fromConfig,
      'apps/checkout/overlays/dev/config.yaml': configMap('checkout-config', 'LOG_LEVEL: debug\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['deployment.yaml', 'https://github.com/shop/config//prod?ref=v1.4.0']),
      'apps/checkout/overlays/prod/deployment.yaml': fromConfig,
    },
    'a name for a later step': {
      'environments/dev/checkout.yaml': documents(deployment('checkout', takesAll('configMap', '"${CONFIG}"')), configMap('config', 'LOG_LEVEL: debug\n')),
      'environments/prod/checkout.yaml': documents(deployment('checkout', takesAll('configMap', '"${CONFIG}"')), configMap('configs', 'LOG_LEVEL: info\n')),
    },
    'a name that is near another one, to which the workload refers as well': {
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', 'envFrom:\n  - secretRef: { name: checkout-secret-1 }\n  - secretRef: { name: checkout-secret-2 }\n'),
        secret('checkout-secret-1', 'DB_PASSWORD'),
      ),
    },
    'a long name that differs in one word': {
      'environments/prod/checkout.yaml': documents(
        deployment('storefront', takesAll('configMap', 'storefront-search-index-settings')),
        configMap('storefront-search-cache-settings', 'SIZE: "24"\n'),
      ),
    },
    'a short name is near everything': {
      'environments/prod/checkout.yaml': documents(deployment('checkout', takesAll('secret', 'app')), secret('api', 'TOKEN')),
    },
    'a laptop has the Secret that others get elsewhere': {
      'environments/kind/checkout.yaml': documents(fromSecret, secret('checkout-secrets', 'DB_PASSWORD')),
      'environments/pr-123/checkout.yaml': documents(fromSecret, secret('checkout-secrets', 'DB_PASSWORD')),
      'environments/staging/checkout.yaml': fromSecret,
      'environments/prod/checkout.yaml': fromSecret,
    },
    'each environment has its own, named after it': {
      'environments/dev/checkout.yaml': documents(
        deployment('checkout', takesAll('configMap', 'checkout-dev')),
        configMap('checkout-dev', 'LOG_LEVEL: debug\n'),
      ),
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', takesAll('configMap', 'checkout-prod')),
        configMap('checkout-prod', 'LOG_LEVEL: info\n'),
      ),
    },
    'the same name in two namespaces, each with its own keys': {
      'environments/prod/shop.yaml': documents(
        deployment('checkout', takesKey('configMap', 'settings', 'CURRENCY')).replace('name: checkout', 'name: checkout\n  namespace: shop'),
        configMap('settings', 'CURRENCY: EUR\n').replace('name: settings', 'name: settings\n  namespace: shop'),
        configMap('settings', 'CLOSING_HOUR: "23"\n').replace('name: settings', 'name: settings\n  namespace: ledger'),
      ),
    },
    'a custom resource that only looks like a workload': {
      'environments/dev/checkout.yaml': configMap('checkout-config', 'LOG_LEVEL: debug\n'),
      'environments/prod/checkout.yaml': yaml`
        apiVersion: shop.example/v1
        kind: Basket
        metadata:
          name: checkout
        spec:
          template:
            spec:
              containers:
                - name: checkout
                  envFrom: [{ configMapRef: { name: checkout-config } }]
      `,
    },
    'a base that only builds inside of an overlay': {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': fromConfig,
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base', 'config.yaml']),
      'apps/checkout/overlays/dev/config.yaml': configMap('checkout-config', 'LOG_LEVEL: debug\n'),
    },
    'a suppression with a reason': {
      'environments/dev/checkout.yaml': documents(fromSecret, secret('checkout-secrets', 'DB_PASSWORD')),
      'environments/prod/checkout.yaml': deployment(
        'checkout',
        takesAll('secret', 'checkout-secrets', ' # gitops-lint-ignore dangling-config-reference -- the payments team makes it by hand'),
      ),
    },
  },

  invalid: {
    'dev has the ConfigMap, production was forgotten': {
      'environments/dev/checkout.yaml': documents(fromConfig, configMap('checkout-config', 'LOG_LEVEL: debug\n')),
      'environments/prod/checkout.yaml': deployment('checkout', takesAll('configMap', 'checkout-config', ' # error: object')),
    },
    'the reference stands in a base': {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': deployment('checkout', takesAll('configMap', 'checkout-config', ' # error: object')),
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          namePrefix: dev-
          configMapGenerator:
            - name: checkout-config
              literals: [LOG_LEVEL=debug]
        `,
      ),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'namePrefix: prod-\n'),
    },
    'each environment names its own, and one forgot to define it': {
      'environments/dev/checkout.yaml': documents(
        deployment('checkout', takesAll('configMap', 'dev-checkout')),
        configMap('dev-checkout', 'LOG_LEVEL: debug\n'),
      ),
      'environments/prod/checkout.yaml': deployment('checkout', takesAll('configMap', 'prod-checkout', ' # error: object')),
    },
    'a slip of the pen': {
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', takesAll('configMap', 'checkout-confg', ' # error: near')),
        configMap('checkout-config', 'LOG_LEVEL: info\n'),
      ),
    },
    'a key that the ConfigMap does not have': {
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', takesKey('configMap', 'checkout-config', 'CURRENCY', ' # error: key')),
        configMap('checkout-config', 'LOG_LEVEL: info\n'),
      ),
    },
    'a key that a generated Secret does not have': {
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['deployment.yaml'],
        yaml`
          secretGenerator:
            - name: checkout-secrets
              envs: [secrets.env]
        `,
      ),
      'apps/checkout/overlays/prod/secrets.env': 'DB_USER=checkout\n',
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', takesKey('secret', 'checkout-secrets', 'DB_PASSWORD', ' # error: key')),
    },
    'a key that neither an ExternalSecret nor a SealedSecret makes': {
      'environments/prod/checkout.yaml': documents(
        deployment(
          'checkout',
          yaml`
            env:
              - name: DB_PASSWORD
                valueFrom:
                  secretKeyRef:
                    name: checkout-db
                    key: DB_PASSWORD # error: key
              - name: API_TOKEN
                valueFrom:
                  secretKeyRef:
                    name: checkout-api
                    key: API_TOKEN # error: key
          `,
        ),
        yaml`
          apiVersion: external-secrets.io/v1
          kind: ExternalSecret
          metadata:
            name: checkout-db
          spec:
            data:
              - secretKey: DB_USER
                remoteRef: { key: shop/checkout, property: db-user }
        `,
        yaml`
          apiVersion: bitnami.com/v1alpha1
          kind: SealedSecret
          metadata:
            name: checkout-api
          spec:
            encryptedData:
              API_USER: AgBy3i4OJSWK
        `,
      ),
    },
    'the items of a volume': {
      'environments/prod/checkout.yaml': documents(
        deployment(
          'checkout',
          'image: shop/checkout:1.14.2\n',
          yaml`
            volumes:
              - name: theme
                configMap:
                  name: checkout-theme
                  items:
                    - key: theme.css
                      path: theme.css
                    - key: logo.svg # error: key
                      path: logo.svg
          `,
        ),
        configMap('checkout-theme', 'theme.css: ""\n'),
      ),
    },
    'volumes and what is projected into them': {
      'environments/dev/checkout.yaml': documents(
        configMap('checkout-theme', 'theme.css: ""\n'),
        secret('checkout-tls', 'tls.crt'),
        secret('checkout-ca', 'ca.crt'),
      ),
      'environments/prod/checkout.yaml': deployment(
        'checkout',
        'image: shop/checkout:1.14.2\n',
        yaml`
          volumes:
            - name: theme
              configMap:
                name: checkout-theme # error: object
            - name: tls
              secret:
                secretName: checkout-tls # error: object
            - name: trust
              projected:
                sources:
                  - secret:
                      name: checkout-ca # error: object
        `,
      ),
    },
    'an init container': {
      'environments/dev/checkout.yaml': secret('checkout-secrets', 'DB_PASSWORD'),
      'environments/prod/checkout.yaml': deployment(
        'checkout',
        'image: shop/checkout:1.14.2\n',
        yaml`
          initContainers:
            - name: migrate
              envFrom:
                - secretRef:
                    name: checkout-secrets # error: object
        `,
      ),
    },
    'a CronJob, as the item of a List': {
      'environments/dev/closing.yaml': configMap('closing', 'HOUR: "23"\n'),
      'environments/prod/closing.yaml': yaml`
        apiVersion: v1
        kind: List
        items:
          - apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: closing
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      containers:
                        - name: closing
                          envFrom:
                            - configMapRef:
                                name: closing # error: object
      `,
    },
    'a Rollout': {
      'environments/dev/checkout.yaml': configMap('checkout-config', 'LOG_LEVEL: debug\n'),
      'environments/prod/checkout.yaml': deployment('checkout', takesAll('configMap', 'checkout-config', ' # error: object')).replace(
        'apps/v1\nkind: Deployment',
        'argoproj.io/v1alpha1\nkind: Rollout',
      ),
    },
    'an optional reference beside one that is not': {
      'environments/dev/checkout.yaml': configMap('checkout-config', 'LOG_LEVEL: debug\n'),
      'environments/prod/checkout.yaml': deployment(
        'checkout',
        yaml`
          envFrom:
            - configMapRef:
                name: checkout-config
                optional: true
            - configMapRef:
                name: checkout-config # error: object
                optional: false
        `,
      ),
    },
    'an external of another environment': {
      'environments/dev/checkout.yaml': documents(fromSecret, secret('checkout-secrets', 'DB_PASSWORD')),
      'environments/prod/checkout.yaml': deployment('checkout', takesAll('secret', 'checkout-secrets', ' # error: object')),
      '.gitopsrc': yaml`
        externals:
          - { kind: Secret, name: "checkout-*", environments: [dev] }
      `,
    },
    'lines that end as on Windows': {
      'environments/dev/checkout.yaml': crlf(configMap('checkout-config', 'LOG_LEVEL: debug\n')),
      'environments/prod/checkout.yaml': crlf(deployment('checkout', takesAll('configMap', 'checkout-config', ' # error: object'))),
    },
  },
});

describe('the findings of dangling-config-reference', () => {
  const tree: Tree = {
    'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
    'apps/checkout/base/deployment.yaml': fromConfig,
    'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base', 'config.yaml']),
    'apps/checkout/overlays/dev/config.yaml': configMap('checkout-config', 'LOG_LEVEL: debug\n'),
    'apps/checkout/overlays/prod-eu/kustomization.yaml': kustomization(['../../base']),
    'apps/checkout/overlays/prod-us/kustomization.yaml': kustomization(['../../base']),
  };

  it('are one for a reference in a base, and say where the object is defined', async () => {
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        message: 'ConfigMap "checkout-config" is not defined',
        variants: ['checkout@prod-eu', 'checkout@prod-us'],
        location: { file: { path: 'apps/checkout/base/deployment.yaml' } },
        related: [{ message: 'defined here for dev', location: { file: { path: 'apps/checkout/overlays/dev/config.yaml' } } }],
      },
    ]);
  });

  it('are errors in every environment that people share', async () => {
    const { findings } = await lintTree({ ...tree, 'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']) }, [rule]);
    expect(findings).toMatchObject([{ severity: 'error', variants: ['checkout@staging', 'checkout@prod-eu', 'checkout@prod-us'] }]);
  });

  it('are warnings on a laptop', async () => {
    const { findings } = await lintTree(
      {
        'environments/kind/checkout.yaml': fromConfig,
        'environments/dev/checkout.yaml': documents(fromConfig, configMap('checkout-config', 'LOG_LEVEL: debug\n')),
      },
      [rule],
    );
    expect(findings).toMatchObject([{ severity: 'warning', variants: [expect.stringContaining('@kind')] }]);
  });

  it('never show a value of a Secret', async () => {
    const { findings } = await lintTree(secretIn(configMap('checkout-config', 'LOG_LEVEL: info\n'), keyOfSecret), [rule]);
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings.map(({ message, related }) => [message, related.map((place) => place.message)]))).not.toContain('c2hvcA');
  });
});
