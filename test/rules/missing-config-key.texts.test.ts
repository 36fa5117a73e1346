import { describe, expect, it } from 'vitest';
import rule from '../../rules/missing-config-key/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { storefront } from './charts.ts';
import { configMap, kustomization } from './shop.ts';

/** The ConfigMap `checkout` with one value that holds the given text, for each environment. */
const texts = (key: string, more: Readonly<Record<string, string>>): Tree =>
  Object.fromEntries(
    Object.entries(more).map(([name, text]) => [`environments/${name}/checkout.yaml`, configMap('checkout', `${key}: |\n${text.replace(/^(?=.)/gm, '  ')}`)]),
  );

/** A generated ConfigMap of one file in each overlay. */
const generated = (file: string, more: Readonly<Record<string, string>>): Tree =>
  Object.fromEntries(
    Object.entries(more).flatMap(([name, text]) => [
      [`apps/checkout/overlays/${name}/kustomization.yaml`, kustomization([], `configMapGenerator:\n  - name: checkout\n    files: [${file}]\n`)],
      [`apps/checkout/overlays/${name}/${file}`, text],
    ]),
  );

/** Settings files by convention. */
const settings = (more: Readonly<Record<string, string>>): Tree => Object.fromEntries(Object.entries(more).map(([name, text]) => [`config/${name}.env`, text]));

testRule(rule, {
  valid: {
    'every text has every key, each with its own value': texts('application.yaml', { dev: 'db:\n  host: a\n  port: 1\n', prod: 'db:\n  port: 2\n  host: b\n' }),
    'a key that only production has': texts('application.yaml', { dev: 'db:\n  host: a\n', staging: 'db:\n  host: a\n', prod: 'db:\n  host: b\n  pool: 9\n' }),
    'lists differ as they like': texts('application.yaml', { dev: 'hosts: [a, b]\nport: 1\n', prod: 'hosts: [c]\nport: 1\n' }),
    'keys that are data: most are other ones': texts('users.yaml', { dev: 'users:\n  alice: { role: cook }\n', prod: 'users:\n  bob: { role: cook }\n' }),
    'a map that is empty on purpose': texts('application.yaml', { dev: 'port: 1\nproxy:\n  url: a\n', prod: 'port: 1\nproxy: {}\n' }),
    'a value in place of a map': texts('application.yaml', { dev: 'port: 1\ncache:\n  size: 1\n  ttl: 2\n', prod: 'port: 1\ncache: none\n' }),
    'a key that is named after its environment': texts('application.yaml', {
      dev: 'hosts:\n  shop-dev: a\n  all: b\n',
      prod: 'hosts:\n  shop-prod: a\n  all: b\n',
    }),
    'a text that only one environment names': texts('application.yaml', { dev: 'dev: { mocks: true }\nport: 1\n', prod: 'port: 1\n' }),
    'the text for all has it': {
      'environments/dev/checkout.yaml': configMap('checkout', 'application.yaml: |\n  log: info\n  port: 1\napplication-dev.yaml: |\n  log: debug\n  db: a\n'),
      'environments/prod/checkout.yaml': configMap('checkout', 'application.yaml: |\n  log: info\n  port: 1\napplication-prod.yaml: |\n  db: b\n'),
    },
    'the texts of all environments in each': {
      'environments/dev/checkout.yaml': configMap('checkout', 'dev.yaml: |\n  a: 1\n  b: 1\nprod.yaml: |\n  a: 1\n  b: 1\n'),
      'environments/prod/checkout.yaml': configMap('checkout', 'dev.yaml: |\n  a: 1\n  b: 1\nprod.yaml: |\n  a: 1\n  b: 1\n'),
    },
    'a text that is none': texts('application.yaml', { dev: 'a: 1\nb: 2\n', prod: 'a: [1\n' }),
    'a program': texts('start.sh', { dev: 'A=1\nB=2\n', prod: 'A=1\n' }),
    'a template that leaves it out': storefront('debug: false\n', 'app.yaml: |\n  port: 1\n  {{- if .Values.debug }}\n  trace: all\n  {{- end }}\n', {
      dev: 'debug: true\n',
      prod: 'debug: false\n',
    }),
    'settings files with the same keys': settings({ dev: 'A=1\nB=1\n', staging: 'B=2\nA=2\n', prod: '# both\nA=3\nexport B=3\n' }),
    'the settings file for all has it': {
      'config/common.env': 'CURRENCY=EUR\nB=2\n',
      ...settings({ dev: 'A=1\nB=2\nCURRENCY=USD\n', prod: 'A=1\n' }),
    },
    'a settings file that cannot be read may hold it': settings({ dev: 'A=1\nB=1\n', prod: 'A=1\n???\n' }),
    'a key of settings files that may differ': {
      '.gitopsrc': 'differences:\n  - { key: "SANDBOX_*", only: [dev], reason: production pays with real money }\n',
      ...settings({ dev: 'A=1\nSANDBOX_URL=a\n', prod: 'A=1\n' }),
    },
    'a suppression in a settings file': settings({ dev: 'A=1\n# gitops-lint-ignore missing-config-key -- only for the sandbox\nB=1\n', prod: 'A=1\n' }),
  },

  invalid: {
    'a slip of the pen in a text': texts('application.yaml', {
      dev: 'db:\n  host: a\n  pool: 3\n',
      prod: 'db:\n  host: a\n  pooll: 3 # error: misspelled prod\n',
    }),
    'a slip of the pen in a settings file': settings({ dev: 'A=1\nHOST=1\n', staging: 'A=2\nHOST=2\n', prod: 'A=3\n# error: misspelled prod\nHSOT=3\n' }),
    YAML: texts('application.yaml', { dev: 'db:\n  host: a\n  pool: 3 # error: missing\n', prod: 'db:\n  host: b\n' }),
    'YAML without an ending': texts('config', { dev: 'db:\n  host: a\n  pool: 3 # error: missing\n', prod: 'db:\n  host: b\n' }),
    JSON: texts('limits.json', { dev: '{\n  # error: missing\n  "orders": 3,\n  "items": 9\n}\n', prod: '{\n  "items": 9\n}\n' }),
    properties: texts('checkout.properties', { dev: '# error: missing\npayment.url=a\npayment.retries=3\n', prod: 'payment.retries=3\n' }),
    TOML: texts('checkout.toml', { dev: '[payment]\nretries = 3\nurl = "a" # error: missing\n', prod: '[payment]\nretries = 3\n' }),
    'only the outermost of keys that lie within each other': texts('application.yaml', {
      dev: 'port: 1\nmail: # error: missing\n  host: a\n  from: b\n',
      prod: 'port: 1\n',
    }),
    'an item of a list that has a name': texts('jobs.yaml', {
      dev: 'jobs:\n  - name: close\n    at: 1\n  - name: mail # error: missing\n    at: 2\n',
      prod: 'jobs:\n  - name: close\n    at: 1\n',
    }),
    'a text that is named after its environment': {
      'environments/dev/checkout.yaml': configMap('checkout', 'application-dev.yaml: |\n  port: 1\n  url: a # error: missing\n'),
      'environments/prod/checkout.yaml': configMap('checkout', 'application-prod.yaml: |\n  port: 1\n'),
    },
    'a file of a generator': generated('application.yaml', { dev: 'db:\n  host: a\n  pool: 3 # error: missing prod\n', prod: 'db:\n  host: b\n' }),
    'what a template prints, at its line of the values': storefront('', 'app.yaml: |\n  {{- toYaml .Values.app | nindent 4 }}\n', {
      dev: 'app:\n  port: 1\n  db:\n    host: a\n    pool: 3 # error: missing\n',
      prod: 'app:\n  port: 1\n  db:\n    host: b\n',
    }),
    'a settings file': settings({ dev: 'A=1\n# error: missing\nB=1\n', staging: 'A=2\nB=2\n', prod: 'A=3\n' }),
    'a settings file of YAML': {
      'config/settings-dev.yaml': 'db:\n  host: a\n  pool: 3 # error: missing\n',
      'config/settings-prod.yaml': 'db:\n  host: b\n',
    },
    'settings files that are declared': {
      '.gitopsrc': 'environments: { dev: { tier: dev }, live: { tier: prod } }\napps: [{ files: "shops/{env}/{app}.conf" }]\n',
      'shops/dev/checkout.conf': 'A=1\n# error: missing live\nB=1\n',
      'shops/live/checkout.conf': 'A=1\n',
    },
  },
});

describe('the findings of missing-config-key in texts', () => {
  it('name the keys that lead there, and link the place where the key belongs', async () => {
    const { findings } = await lintTree(texts('application.yaml', { dev: 'db:\n  host: a\n  pool: 3\n', prod: 'db:\n  host: b\nport: 1\n' }), [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        message: '"db.pool" is not set',
        resource: 'ConfigMap/checkout',
        path: 'data["application.yaml"].db.pool',
        precision: 'exact',
        related: [{ message: 'the key belongs here for prod', location: { file: { path: 'environments/prod/checkout.yaml' } } }],
      },
    ]);
    const [place] = findings[0]?.related ?? [];
    expect(place?.location.file.positionAt(place.location.span.start)).toEqual({ line: 8, column: 7 });
  });

  it('are told apart in one settings file', async () => {
    const { findings, variants } = await lintTree(settings({ dev: 'A=1\nB=1\nC=1\n', prod: 'A=3\n' }), [rule]);
    expect(findings.map(({ severity, message, path, related }) => [severity, message, path, related[0]?.location.file.path])).toEqual([
      ['error', '"B" is not set', 'B', 'config/prod.env'],
      ['error', '"C" is not set', 'C', 'config/prod.env'],
    ]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(variants.map(({ status }) => status)).toEqual(['rendered', 'rendered']);
  });

  it.each([
    ['a switch', 'A=1\nTRACE=true\n', 'A=1\n', 'info'],
    ['a value', 'A=1\nURL=a\n', 'A=1\n', 'error'],
  ])('are as grave as what is missing: %s', async (_, dev, prod, severity) => {
    const { findings } = await lintTree(settings({ dev, prod }), [rule]);
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });

  it('are weak where a part of a text or a thing with a name is missing', async () => {
    const tree = texts('application.yaml', { dev: 'port: 1\nmail:\n  host: a\n', prod: yaml`port: 1` });
    expect((await lintTree(tree, [rule])).findings.map(({ severity }) => severity)).toEqual(['info']);
  });
});
