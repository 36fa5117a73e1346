import { describe, expect, it } from 'vitest';
import rule from '../../rules/missing-config-key/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, documents, kustomization, secret } from './shop.ts';

/** The ConfigMap `checkout` with one line of data for each environment, and those given besides. */
const keys = (more: Readonly<Record<string, string>>): Tree =>
  Object.fromEntries(Object.entries(more).map(([name, data]) => [`environments/${name}/checkout.yaml`, configMap('checkout', `LOG_LEVEL: info\n${data}`)]));
const URL = 'PAYMENT_URL: https://payments.shop.example\n';
const MISSING = 'PAYMENT_URL: https://payments.shop.example # error: missing\n';

/** Overlays that merge settings of their own into the generated ConfigMap of the base. */
const overlaid = (settings: Readonly<Record<string, string>>): Tree => ({
  'apps/checkout/base/kustomization.yaml': yaml`
    configMapGenerator:
      - name: checkout
        literals: [LOG_FORMAT=json]
  `,
  ...Object.fromEntries(
    Object.entries(settings).flatMap(([name, env]) => [
      [`apps/checkout/overlays/${name}/settings.env`, env],
      [
        `apps/checkout/overlays/${name}/kustomization.yaml`,
        kustomization(['../../base'], 'configMapGenerator:\n  - name: checkout\n    behavior: merge\n    envs: [settings.env]\n'),
      ],
    ]),
  ),
});

testRule(rule, {
  valid: {
    'every environment has every key, each with its own value': {
      'environments/dev/checkout.yaml': configMap('checkout', 'LOG_LEVEL: debug\nPAYMENT_URL: https://payments.dev.shop.example\n'),
      'environments/prod/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\nPAYMENT_URL: https://payments.shop.example\n'),
    },
    'a key that is empty is there': keys({ dev: URL, prod: 'PAYMENT_URL: ""\n' }),
    'a key that only production has': keys({ dev: '', staging: '', prod: URL }),
    'a key that all of production has, in both regions': keys({ staging: '', 'prod-eu': URL, 'prod-us': URL }),
    'a key that one of two regions has': keys({ staging: '', 'prod-eu': URL, 'prod-us': '' }),
    'a key that one of three clusters has': {
      'apps/checkout/production/eu-1/checkout.yaml': configMap('checkout', `LOG_LEVEL: info\n${URL}`),
      'apps/checkout/production/eu-2/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
      'apps/checkout/production/us-1/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
      'apps/checkout/staging/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
    },
    'a key that one of three regions of dev has': keys({ 'dev-ap': '', 'dev-eu': URL, 'dev-us': '', prod: '' }),
    'a key for a laptop and for previews': keys({ kind: URL, 'pr-123': URL, staging: '', prod: '' }),
    'a laptop and a preview that have less': keys({ kind: '', 'pr-123': '', staging: URL, prod: URL }),
    'the base brings it to all': overlaid({ dev: 'CURRENCY=EUR\n', prod: 'CURRENCY=USD\n' }),
    'one environment has it in its own file, the other from the base': {
      'apps/checkout/base/kustomization.yaml': yaml`
        configMapGenerator:
          - name: checkout
            literals: [LOG_FORMAT=json, CURRENCY=EUR]
      `,
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base'], 'namePrefix: dev-\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          configMapGenerator:
            - name: checkout
              behavior: merge
              literals: [CURRENCY=USD]
        `,
      ),
    },
    'a component brings it': {
      ...overlaid({ dev: 'CURRENCY=EUR\n' }),
      'components/euro/kustomization.yaml': yaml`
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        configMapGenerator:
          - name: checkout
            behavior: merge
            literals: [CURRENCY=EUR]
      `,
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'components: [../../../../components/euro]\n'),
    },
    'the ConfigMap is missing as a whole': {
      'environments/dev/checkout.yaml': documents(configMap('checkout', 'LOG_LEVEL: debug\n'), configMap('mail-catcher', 'PORT: "2525"\n')),
      'environments/staging/checkout.yaml': documents(configMap('checkout', 'LOG_LEVEL: info\n'), configMap('mail-catcher', 'PORT: "2525"\n')),
      'environments/prod/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
    },
    'a key that is named after its environment': {
      'environments/dev/checkout.yaml': configMap('checkout', 'application-dev.yaml: ""\n'),
      'environments/prod/checkout.yaml': configMap('checkout', 'application-prod.yaml: ""\n'),
    },
    'ConfigMaps that are named after their environment': {
      'environments/dev/checkout.yaml': configMap('checkout-dev', 'LOG_LEVEL: debug\n'),
      'environments/prod/checkout.yaml': configMap('checkout-prod', 'LOG_LEVEL: info\n'),
    },
    'ConfigMaps that are only named alike': {
      'environments/dev/checkout.yaml': documents(configMap('checkout', 'LOG_LEVEL: debug\n'), configMap('checkout-mocks', 'PORT: "8080"\n')),
      'environments/prod/checkout.yaml': documents(configMap('checkout', 'LOG_LEVEL: info\n'), configMap('checkout-alerts', 'CHANNEL: shop\n')),
    },
    'text in data, bytes in binaryData': {
      'environments/dev/checkout.yaml': configMap('checkout', 'logo.svg: <svg/>\n'),
      'environments/prod/checkout.yaml': configMap('checkout', 'logo.svg: PHN2Zy8+\n').replace('\ndata:', '\nbinaryData:'),
    },
    'a remote base may bring it': {
      ...overlaid({ dev: 'CURRENCY=EUR\n', prod: '' }),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base', 'https://github.com/shop/config//prod?ref=v1.4.0']),
    },
    'a file that is not there, of which another rule speaks': {
      ...overlaid({ dev: 'CURRENCY=EUR\n', prod: '' }),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base', 'settings.yaml']),
    },
    'one environment alone': keys({ prod: URL }),
    'two apps': {
      'environments/dev/checkout/config.yaml': configMap('settings', URL),
      'environments/prod/checkout/config.yaml': configMap('settings', URL),
      'environments/dev/ledger/config.yaml': configMap('settings', 'CLOSING_HOUR: "23"\n'),
      'environments/prod/ledger/config.yaml': configMap('settings', 'CLOSING_HOUR: "23"\n'),
    },
    Secrets: {
      'environments/dev/checkout.yaml': secret('checkout', 'TOKEN', 'SANDBOX_TOKEN'),
      'environments/prod/checkout.yaml': secret('checkout', 'TOKEN'),
    },
    'a suppression in a settings file': overlaid({
      dev: '# gitops-lint-ignore missing-config-key -- only dev talks to the sandbox\nSANDBOX_URL=https://sandbox.payments.example\n',
      prod: '',
    }),
    'an app for which the rule is off': {
      ...keys({ dev: URL, prod: '' }),
      '.gitopsrc': 'overrides:\n  - { tiers: [prod], rules: { missing-config-key: "off" } }\n',
    },
  },

  invalid: {
    'a slip of the pen in production': keys({ dev: URL, staging: URL, prod: MISSING.replace('PAYMENT', 'PAYMNET').replace('missing', 'misspelled prod') }),
    'a slip of the pen in dev, which nobody else has to repeat': keys({
      dev: MISSING.replace('PAYMENT', 'PAYMNET').replace('missing', 'misspelled dev'),
      staging: URL,
      prod: URL,
    }),
    'a rename that stops before production': keys({
      dev: 'PAYMENTS_URL: a\n',
      staging: 'PAYMENTS_URL: b\n',
      prod: MISSING.replace('missing', 'misspelled prod'),
    }),
    'keys that differ in a number': keys({
      dev: 'NODE_1: a # error: missing prod,staging\n',
      staging: 'NODE_2: b # error: missing dev\n',
      prod: 'NODE_2: b\n',
    }),
    'a key that is nearly the one beside it': keys({ dev: `${MISSING}PAYMENTS_URL: b\n`, staging: `${URL}PAYMENTS_URL: b\n`, prod: 'PAYMENTS_URL: b\n' }),
    'dev has a key, production was forgotten': keys({ dev: MISSING, prod: '' }),
    'staging has it, production was forgotten': keys({ dev: '', staging: MISSING, prod: '' }),
    'it stops before production': keys({ dev: MISSING, staging: URL, prod: '' }),
    'a gap between two environments': keys({ dev: MISSING, staging: '', prod: URL }),
    'dev lost what all later ones have': keys({ dev: '', staging: MISSING, prod: URL }),
    'one of three regions lacks it': keys({ 'prod-eu': MISSING, 'prod-us': URL, 'prod-ap': '' }),
    'a settings file': overlaid({ dev: '# error: missing\nPAYMENT_URL=https://payments.dev.shop.example\nCURRENCY=EUR\n', prod: 'CURRENCY=EUR\n' }),
    'a settings file with the line breaks of Windows': overlaid({
      dev: crlf('CURRENCY=EUR\n# error: missing\nPAYMENT_URL=https://payments.dev.shop.example\n'),
      prod: crlf('CURRENCY=EUR\n'),
    }),
    'a literal': {
      'apps/checkout/overlays/dev/kustomization.yaml': yaml`
        configMapGenerator:
          - name: checkout
            literals:
              - CURRENCY=EUR
              - "PAYMENT_URL=https://payments.dev.shop.example" # error: missing
      `,
      'apps/checkout/overlays/prod/kustomization.yaml': yaml`
        configMapGenerator:
          - name: checkout
            literals:
              - CURRENCY=EUR
      `,
    },
    'a file': {
      'apps/checkout/overlays/dev/kustomization.yaml': yaml`
        configMapGenerator:
          - name: checkout
            files:
              - theme.css
              - rates.json # error: missing
      `,
      'apps/checkout/overlays/dev/theme.css': '',
      'apps/checkout/overlays/dev/rates.json': '{}\n',
      'apps/checkout/overlays/prod/kustomization.yaml': yaml`
        configMapGenerator:
          - name: checkout
            files:
              - theme.css
      `,
      'apps/checkout/overlays/prod/theme.css': '',
    },
    'a patch': {
      'apps/checkout/base/kustomization.yaml': kustomization(['config.yaml']),
      'apps/checkout/base/config.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          patches:
            - patch: |-
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: checkout }
                data:
                  SANDBOX_URL: https://sandbox.payments.example # error: missing
        `,
      ),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'the overlay deletes what the base has': {
      'apps/checkout/base/kustomization.yaml': kustomization(['config.yaml']),
      'apps/checkout/base/config.yaml': configMap('checkout', 'LOG_LEVEL: info\nPAYMENT_URL: https://payments.shop.example # error: missing\n'),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          patches:
            - target: { kind: ConfigMap, name: checkout }
              patch: |-
                - op: remove
                  path: /data/PAYMENT_URL
        `,
      ),
    },
    'a key that is named after its environment': {
      'environments/dev/checkout.yaml': configMap('checkout', 'LOG_LEVEL: debug\napplication-dev.yaml: "" # error: missing\n'),
      'environments/staging/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\napplication-staging.yaml: ""\n'),
      'environments/prod/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
    },
    'a key in binaryData': {
      'environments/dev/checkout.yaml': configMap('checkout', 'logo.svg: PHN2Zy8+ # error: missing\nicon.svg: PHN2Zy8+\n').replace('\ndata:', '\nbinaryData:'),
      'environments/prod/checkout.yaml': configMap('checkout', 'icon.svg: PHN2Zy8+\n').replace('\ndata:', '\nbinaryData:'),
    },
    'ConfigMaps that are named after their environment': {
      'environments/dev/checkout.yaml': configMap('checkout-dev', `LOG_LEVEL: debug\n${MISSING}`),
      'environments/prod/checkout.yaml': configMap('checkout-prod', 'LOG_LEVEL: info\n'),
    },
    'the second document, as the item of a List': {
      'environments/dev/shop.yaml': yaml`
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: ConfigMap
            metadata:
              name: checkout
            data:
              LOG_LEVEL: debug
              PAYMENT_URL: https://payments.dev.shop.example # error: missing
      `,
      'environments/prod/shop.yaml': documents(configMap('ledger', 'CLOSING_HOUR: "23"\n'), configMap('checkout', 'LOG_LEVEL: info\n')),
    },
    'a key behind an anchor': {
      'environments/dev/checkout.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: checkout
          annotations: &shared
            PAYMENT_URL: https://payments.dev.shop.example # error: missing
        data:
          <<: *shared
          LOG_LEVEL: debug
      `,
      'environments/prod/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
    },
  },
});

describe('the findings of missing-config-key', () => {
  it('are one for a key, with all that lack it, all that have it, and the places where it belongs', async () => {
    const tree = overlaid({
      dev: 'PAYMENT_URL=https://payments.dev.shop.example\n',
      staging: 'PAYMENT_URL=https://payments.staging.shop.example\n',
      'prod-eu': 'CURRENCY=EUR\n',
      'prod-us': 'CURRENCY=USD\n',
    });
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        message: '"PAYMENT_URL" is not set',
        app: 'checkout',
        variants: ['checkout@prod-eu', 'checkout@prod-us'],
        comparedWith: ['checkout@dev', 'checkout@staging'],
        resource: 'ConfigMap/checkout',
        path: 'data.PAYMENT_URL',
        location: { file: { path: 'apps/checkout/overlays/dev/settings.env' }, span: { start: 0, end: 'PAYMENT_URL'.length } },
        related: [
          { message: 'the key belongs here for prod-eu', location: { file: { path: expect.stringContaining('apps/checkout/overlays/prod-eu/') } } },
          { message: 'the key belongs here for prod-us', location: { file: { path: expect.stringContaining('apps/checkout/overlays/prod-us/') } } },
        ],
      },
    ]);
  });

  it.each([
    [{ dev: URL, prod: '' }, 'error'],
    [{ dev: URL, staging: '' }, 'warning'],
    [{ dev: URL, qa: '' }, 'info'],
    [{ dev: URL, staging: '', prod: '' }, 'error'],
    [{ dev: '', staging: URL, prod: URL }, 'info'],
  ])('weigh as much as the environments that lack it: %o', async (environments, severity) => {
    const { findings } = await lintTree(keys(environments as Record<string, string>), [rule]);
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });

  it('keep their fingerprint when the value changes and lines move', async () => {
    const before = await lintTree(overlaid({ dev: 'PAYMENT_URL=a\n', prod: '' }), [rule]);
    const after = await lintTree(overlaid({ dev: 'CURRENCY=EUR\n\nPAYMENT_URL=b\n', prod: 'CURRENCY=EUR\n' }), [rule]);
    expect(before.findings.map(({ fingerprint }) => fingerprint)).toEqual(after.findings.map(({ fingerprint }) => fingerprint));
  });
});
