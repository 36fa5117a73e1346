import { describe, expect, it } from 'vitest';
import rule from '../../rules/unvalued-key/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { storefront } from './charts.ts';
import { configMap, crlf, deployment, overlaysOf, secret } from './shop.ts';

/** The ConfigMap `checkout` with the given data for each environment. */
const data = (more: Readonly<Record<string, string>>): Tree =>
  Object.fromEntries(Object.entries(more).map(([name, text]) => [`environments/${name}/checkout.yaml`, configMap('checkout', text)]));
const variable = (value: string) => deployment('checkout', `env:\n  - name: PAYMENT_URL\n    value: ${value}\n`);
const CONFIG = 'url: "{{ .Values.url }}"\n';

testRule(rule, {
  valid: {
    'every environment has a value': data({ dev: 'URL: a\n', prod: 'URL: b\n' }),
    'words that hold one of a placeholder': data({ dev: 'APP: todo\nNOTE: TODOS\n', prod: 'APP: todo-list\nNOTE: about TODO\nTITLE: Change me up\n' }),
    'empty everywhere': data({ dev: 'PROXY: ""\n', prod: 'PROXY: ""\n' }),
    'a placeholder before production only': data({ dev: 'CDN: changeme\n', staging: 'CDN: changeme\n', prod: 'CDN: a\n' }),
    'empty before production only': data({ dev: 'CDN: ""\n', prod: 'CDN: a\n' }),
    'empty on a laptop and in previews': data({ kind: 'URL: ""\n', 'pr-123': 'URL: TODO\n', staging: 'URL: a\n', prod: 'URL: a\n' }),
    'a name in brackets that a later step fills in everywhere': data({ dev: 'HOST: <CLUSTER_HOST>\n', prod: 'HOST: <CLUSTER_HOST>\n' }),
    'a variable that a later step fills in': data({ dev: 'HOST: a\n', prod: 'HOST: $' + '{HOST}\n' }),
    'markup and comparisons': data({ dev: 'PAGE: <b>shop</b>\nLIMIT: <5\n', prod: 'PAGE: <br/>\nLIMIT: "<10"\nA: <a href="x">\n' }),
    'what is shown in an example': data({ dev: '_example: |\n  url: <your url>\n', prod: '_example: |\n  url: <your url>\n  more: TODO\n' }),
    Secrets: { 'environments/prod/checkout.yaml': secret('checkout', 'TOKEN').replace('c2hvcA==', 'CHANGEME') },
    'what nothing reads of a program': data({ dev: 'run.sh: |\n  A=1\n  B=1\n', prod: 'run.sh: |\n  A=1\n  B=TODO\n' }),
    'a value that an overlay puts in place': overlaysOf(configMap('checkout', 'URL: CHANGEME\n'), {
      prod: 'patches:\n  - patch: |-\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: checkout }\n      data: { URL: a }\n',
    }),
    'a default of a chart that is empty': storefront('url: ""\n', CONFIG, { dev: 'url: a\n', prod: 'other: 1\n' }),
    'a condition that leaves it empty': storefront('debug: false\n', '{{ if .Values.debug }}level: all{{ else }}level: ""{{ end }}\n', {
      dev: 'debug: true\n',
      prod: 'debug: false\n',
    }),
    'a list': data({ dev: 'app.yaml: |\n  a: [x]\n  b: 1\n', prod: 'app.yaml: |\n  a: [TODO]\n  b: 1\n' }),
    'pending, with owner and reason': data({
      dev: 'URL: a\napp.yaml: |\n  url: a\n  port: 1\n',
      prod: 'URL: TODO # gitops-lint-pending: @payments, comes with ticket 12\napp.yaml: |\n  # gitops-lint-pending: @payments, comes with ticket 12\n  url: TODO\n  port: 1\n',
    }),
    'a finding that is ignored within a block': data({
      dev: 'app.yaml: |\n  url: a\n  port: 1\n',
      prod: 'app.yaml: |\n  # gitops-lint-ignore unvalued-key -- the program takes the word\n  url: TODO\n  port: 1\n',
    }),
  },

  invalid: {
    'what waits in all of them': data({ dev: 'A: TODO # error: placeholder\n', prod: 'A: TODO # error: placeholder\n' }),
    'what has a value before': data({ dev: 'A: a\n', prod: 'A: TODO # error: placeholder\n' }),
    'words, whatever siblings have': data({
      prod: 'A: TODO # error: placeholder\nB: TBA # error: placeholder\nC: "TODO: ask ops" # error: placeholder\nD: d\n',
    }),
    'to be changed': data({ prod: 'A: changeme # error: placeholder\nB: CHANGE_ME # error: placeholder\nC: replace-me # error: placeholder\n' }),
    'a request in brackets': data({ prod: 'A: <your-host> # error: placeholder\nB: "<insert url here>" # error: placeholder\n' }),
    'a name in brackets where siblings have a value': data({ dev: 'HOST: a\n', prod: 'HOST: <host> # error: placeholder\n' }),
    'empty, and not so before': data({ dev: 'URL: a\n', staging: 'URL: b\n', prod: 'URL: "" # error: blank prod\n' }),
    'null within a text': data({ dev: 'app.yaml: |\n  url: a\n  port: 1\n', prod: 'app.yaml: |\n  url: # error: blank\n  port: 1\n' }),
    'a placeholder within a text': data({ dev: 'app.properties: |\n  a=1\n  url=a\n', prod: 'app.properties: |\n  a=1\n  # error: placeholder\n  url=TODO\n' }),
    'in a file of Windows': data({ prod: crlf('A: a\nB: TODO # error: placeholder\n') }),
    'a variable of a container': {
      'environments/dev/checkout.yaml': variable('https://payments.dev.shop.example'),
      'environments/prod/checkout.yaml': variable('TBA # error: placeholder'),
    },
    'the line of a base that two environments leave as it is': overlaysOf(
      configMap('checkout', 'URL: CHANGEME # error: placeholder prod-eu,staging\n'),
      Object.fromEntries(
        ['staging', 'prod-eu', 'prod-us'].map((name) => [
          name,
          name === 'prod-us'
            ? 'patches:\n  - patch: |-\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: checkout }\n      data: { URL: a }\n'
            : '',
        ]),
      ),
    ),
    'a value of a chart, once for all that is made of it': storefront('', `${CONFIG}again: "{{ .Values.url }}"\n`, {
      dev: 'url: a\n',
      prod: 'url: TODO # error: placeholder\n',
    }),
    'a default of a chart': storefront('url: CHANGEME # error: placeholder dev,prod\n', CONFIG, { dev: 'a: 1\n', prod: 'a: 2\n' }),
    'settings files': {
      'config/dev.env': 'A=1\nURL=a\nPORT=1\n',
      'config/prod.env': 'A=1\n# error: placeholder\nURL=TODO\n# error: blank\nPORT=\n',
    },
    'pending, without a reason': data({ prod: 'URL: TODO # gitops-lint-pending: soon # error: placeholder\n' }),
    'pending above another line, and in another block': data({
      prod: '# gitops-lint-pending: @payments, ticket 12\n\nA: b\nURL: TODO # error: placeholder\napp.yaml: |\n  # gitops-lint-pending: @payments, ticket 12\nB: TODO # error: placeholder\n',
    }),
  },
});

describe('the findings of unvalued-key', () => {
  it('link a value of another environment, and do not show what is there', async () => {
    const { findings } = await lintTree(data({ dev: 'URL: a\n', prod: 'URL: <my secret>\nPORT: 1\n' }), [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        message: '"URL" holds a placeholder',
        path: 'data.URL',
        comparedWith: ['environments@dev'],
        related: [{ message: 'the value for dev', location: { file: { path: 'environments/dev/checkout.yaml' } } }],
      },
    ]);
  });

  it('are warnings where there is nothing', async () => {
    expect((await lintTree(data({ dev: 'URL: a\n', prod: 'URL: ""\n' }), [rule])).findings.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('tell of a marker without a reason', async () => {
    const { findings } = await lintTree(
      {
        'environments/prod/checkout.yaml': configMap(
          'checkout',
          yaml`
            # gitops-lint-pending
            URL: TODO
          `,
        ),
      },
      [rule],
    );
    expect(findings[0]?.related.map(({ message }) => message)).toEqual([expect.stringContaining('this marker has no effect')]);
    expect(findings[0]?.suppressed).toBeUndefined();
  });
});
