import { describe } from 'vitest';
import rule from '../../rules/missing-config-key/rule.ts';
import { type FixCase, type Tree, testFixes } from '../support/rule-tester.ts';
import { configMap, crlf, kustomization } from './shop.ts';

const STAGING = 'environments/staging/checkout.yaml';
const PROD = 'environments/prod/checkout.yaml';
/** Staging has `LOG_LEVEL` and what is given; production gets it. */
const copies = (brought: string, before: string, after: string): FixCase => ({
  before: { [STAGING]: configMap('checkout', `LOG_LEVEL: info\n${brought}`), [PROD]: before },
  after: before === after ? {} : { [PROD]: after },
  unsafe: true,
});
const stays = (brought: string): FixCase => copies(brought, configMap('checkout', 'LOG_LEVEL: info\n'), configMap('checkout', 'LOG_LEVEL: info\n'));

const generated = (generator: string, files: Tree = {}): Tree => ({
  'apps/checkout/base/kustomization.yaml': 'configMapGenerator:\n  - name: checkout\n    literals: [LOG_FORMAT=json]\n',
  'apps/checkout/overlays/staging/kustomization.yaml': kustomization(
    ['../../base'],
    'configMapGenerator:\n  - name: checkout\n    behavior: merge\n    literals: [LOG_LEVEL=info, CURRENCY=EUR]\n',
  ),
  'apps/checkout/overlays/prod/kustomization.yaml': `resources: [../../base]\nconfigMapGenerator:\n  - name: checkout\n    behavior: merge\n${generator}`,
  ...files,
});
const OVERLAY = 'apps/checkout/overlays/prod/kustomization.yaml';
const SETTINGS = 'apps/checkout/overlays/prod/settings.env';

describe('missing-config-key', () => {
  testFixes(rule, {
    'behind the last key': copies(
      'CURRENCY: EUR\n',
      configMap('checkout', 'LOG_LEVEL: warn # less\n'),
      configMap('checkout', 'LOG_LEVEL: warn # less\nCURRENCY: EUR\n'),
    ),
    'several at once': copies(
      'CURRENCY: EUR\nRETRIES: "3"\n',
      configMap('checkout', 'LOG_LEVEL: warn\n'),
      configMap('checkout', 'LOG_LEVEL: warn\nCURRENCY: EUR\nRETRIES: "3"\n'),
    ),
    'as the others are quoted': copies(
      'CURRENCY: EUR\n',
      configMap('checkout', "LOG_LEVEL: 'warn'\n"),
      configMap('checkout', "LOG_LEVEL: 'warn'\nCURRENCY: 'EUR'\n"),
    ),
    'with the quotes that it needs': copies(
      'HOURS: "8: to 6"\nSURE: "yes"\n',
      configMap('checkout', 'LOG_LEVEL: warn\n'),
      configMap('checkout', 'LOG_LEVEL: warn\nHOURS: "8: to 6"\nSURE: "yes"\n'),
    ),
    'in brackets': copies(
      'CURRENCY: EUR\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\ndata: { LOG_LEVEL: info }\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\ndata: { LOG_LEVEL: info, CURRENCY: EUR }\n',
    ),
    'in a file without a last line break': copies(
      'CURRENCY: EUR\n',
      configMap('checkout', 'LOG_LEVEL: warn\n').trimEnd(),
      `${configMap('checkout', 'LOG_LEVEL: warn\nCURRENCY: EUR\n').trimEnd()}`,
    ),
    'with its ends of lines': copies(
      'CURRENCY: EUR\n',
      crlf(configMap('checkout', 'LOG_LEVEL: warn\n')),
      crlf(configMap('checkout', 'LOG_LEVEL: warn\nCURRENCY: EUR\n')),
    ),
    'as a literal': {
      before: generated('    literals:\n      - LOG_LEVEL=info # so far\nnamePrefix: eu-\n'),
      after: {
        [OVERLAY]:
          'resources: [../../base]\nconfigMapGenerator:\n  - name: checkout\n    behavior: merge\n    literals:\n      - LOG_LEVEL=info # so far\n      - CURRENCY=EUR\nnamePrefix: eu-\n',
      },
      unsafe: true,
    },
    'as a literal in brackets and quotes': {
      before: generated('    literals: ["LOG_LEVEL=info"]\n'),
      after: {
        [OVERLAY]: 'resources: [../../base]\nconfigMapGenerator:\n  - name: checkout\n    behavior: merge\n    literals: ["LOG_LEVEL=info", "CURRENCY=EUR"]\n',
      },
      unsafe: true,
    },
    'as a line of settings': {
      before: generated('    envs: [settings.env]\n', { [SETTINGS]: 'LOG_LEVEL=info' }),
      after: { [SETTINGS]: 'LOG_LEVEL=info\nCURRENCY=EUR' },
      unsafe: true,
    },
    'no secret': stays('API_TOKEN: abc\nDB_PASSWORD: abc\n'),
    'no credentials of an address': stays('PAYMENT_URL: https://sam:pass@payments.shop.example\n'),
    'no placeholder, nothing empty, nothing that is to be filled in': stays('A: TODO\nB: ""\nC: ${CLUSTER}\n'),
    'nothing that names an environment': stays('PAYMENT_URL: https://staging.shop.example\nHOST: db-staging\n'),
    'no text of several lines': stays('TEXT: |\n  a\n  b\n'),
    'nothing that .gitopsrc calls secret': {
      before: {
        '.gitopsrc': 'secretKeys: ["CURR*"]\n',
        [STAGING]: configMap('checkout', 'LOG_LEVEL: info\nCURRENCY: EUR\n'),
        [PROD]: configMap('checkout', 'LOG_LEVEL: info\n'),
      },
      after: {},
      unsafe: true,
    },
    'nothing where clusters of the environment before differ': {
      before: {
        'environments/staging-eu/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\nCURRENCY: EUR\n'),
        'environments/staging-us/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\nCURRENCY: USD\n'),
        [PROD]: configMap('checkout', 'LOG_LEVEL: info\n'),
      },
      after: {},
      unsafe: true,
    },
  });
});
