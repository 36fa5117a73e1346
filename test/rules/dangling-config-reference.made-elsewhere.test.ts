import rule from '../../rules/dangling-config-reference/rule.ts';
import { type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, deployment, documents, secret } from './shop.ts';

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

/** Objects that controllers make of others count as defined. */
testRule(rule, {
  valid: {
    'an ExternalSecret makes it': secretIn(yaml`
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata:
        name: checkout
      spec:
        target:
          name: checkout-secrets
        dataFrom:
          - extract: { key: shop/checkout }
    `),
    'an ExternalSecret makes it under its own name, and the key': secretIn(
      yaml`
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata:
          name: checkout-secrets
        spec:
          data:
            - secretKey: DB_PASSWORD
              remoteRef: { key: shop/checkout, property: db-password }
      `,
      keyOfSecret,
    ),
    'an ExternalSecret whose template makes the key': secretIn(
      yaml`
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata:
          name: checkout-secrets
        spec:
          target:
            template:
              data:
                DB_PASSWORD: "{{ .password }}"
          data:
            - secretKey: password
              remoteRef: { key: shop/checkout }
      `,
      keyOfSecret,
    ),
    'a SealedSecret makes it': secretIn(
      yaml`
        apiVersion: bitnami.com/v1alpha1
        kind: SealedSecret
        metadata:
          name: checkout-secrets
        spec:
          encryptedData:
            DB_PASSWORD: AgBy3i4OJSWK
      `,
      keyOfSecret,
    ),
    'a Certificate makes it': secretIn(yaml`
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata:
        name: checkout
      spec:
        secretName: checkout-secrets
    `),
    'a token that Kubernetes fills in': {
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', takesKey('secret', 'checkout-token', 'token')),
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: checkout-token
            annotations:
              kubernetes.io/service-account.name: checkout
          type: kubernetes.io/service-account-token
        `,
      ),
    },
    'a ConfigMap that a controller fills in': {
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', takesKey('configMap', 'trusted-ca', 'ca-bundle.crt')),
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: trusted-ca
            labels:
              config.openshift.io/inject-trusted-cabundle: "true"
        `,
      ),
    },
    'what Kubernetes puts into each namespace': {
      'environments/dev/checkout.yaml': configMap('kube-root-ca.crt', 'ca.crt: none\n'),
      'environments/prod/checkout.yaml': deployment('checkout', takesKey('configMap', 'kube-root-ca.crt', 'ca.crt')),
    },
    'an external in the configuration': {
      ...secretIn(configMap('checkout-config', 'LOG_LEVEL: info\n')),
      '.gitopsrc': yaml`
        externals:
          - { kind: Secret, name: "checkout-*", environments: [prod] }
      `,
    },
    'another app brings it to the same environment': {
      'environments/dev/checkout/checkout.yaml': documents(fromConfig, configMap('checkout-config', 'LOG_LEVEL: debug\n')),
      'environments/prod/checkout/checkout.yaml': fromConfig,
      'environments/dev/settings/settings.yaml': configMap('settings', 'LOG_LEVEL: info\n'),
      'environments/prod/settings/settings.yaml': configMap('checkout-config', 'LOG_LEVEL: info\n'),
    },
  },
  invalid: {},
});
