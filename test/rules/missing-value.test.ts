import { describe, expect, it } from 'vitest';
import rule from '../../rules/missing-value/rule.ts';
import { lintTree, testRule } from '../support/rule-tester.ts';
import { storefront } from './charts.ts';
import { application, applications } from './deployers.ts';

const HOST = `host: {{ .Values.host }}\n`;
const IF_DSN = '{{- if .Values.dsn }}\ndsn: {{ .Values.dsn }}\n{{- end }}\nname: storefront\n';
const NO_HOST = { dev: 'host: dev.shop.example\n', staging: 'host: staging.shop.example\n', prod: 'name: shop\n' };
const marked = (values: Readonly<Record<string, string>>, message: string, at = 'dev') => ({
  ...values,
  [at]: values[at]?.replace('\n', ` # error: ${message}\n`) ?? '',
});

/** The storefront in three environments, each of which has its Application; that of production has the given values files. */
const deployed = (files: string, dev = NO_HOST.dev) => {
  const app = (environment: string, names = `values-${environment}.yaml`) =>
    application(`storefront-${environment}`, 'charts/storefront', { source: `helm: { valueFiles: [${names}] }\n` });
  return storefront('', HOST, { ...NO_HOST, dev }, applications({ dev: app('dev'), staging: app('staging'), prod: app('prod', files) }));
};

testRule(rule, {
  valid: {
    'every environment sets it': storefront('', HOST, { ...NO_HOST, prod: 'host: shop.example\n' }),
    'the chart has a default': storefront('host: shop.example\n', HOST, NO_HOST),
    'the template has something else': storefront('', `host: {{ .Values.host | default "shop.example" }}\n`, NO_HOST),
    'a variable is filled up later': storefront('', `{{- $host := .Values.host }}\nhost: {{ $host | default "shop.example" }}\n`, NO_HOST),
    'an included template has something else': storefront(
      '',
      `{{- define "host" }}{{ .host | default "shop.example" }}{{ end }}\nhost: {{ include "host" (dict "host" .Values.host) }}\n`,
      NO_HOST,
    ),
    'the chart does not ask for it here': storefront('', `{{- if ne .Values.name "shop" }}\nhost: {{ .Values.host }}\n{{- end }}\n`, {
      dev: 'host: a\nname: web\n',
      staging: 'host: b\nname: web\n',
      prod: 'name: shop\n',
    }),
    'a flag that only dev raises': storefront('', '{{- if .Values.verbose }}\nlevel: debug\n{{- end }}\nname: web\n', {
      dev: 'verbose: true\n',
      staging: 'verbose: true\n',
      prod: 'name: shop\n',
    }),
    'a block of settings that is optional': storefront('', '{{- with .Values.cache }}\ncache: {{ .size }}\n{{- end }}\nname: web\n', {
      dev: 'cache: { size: 1 }\n',
      staging: 'cache: { size: 2 }\n',
      prod: 'name: shop\n',
    }),
    'only production sets it': storefront('', HOST, { dev: 'name: a\n', staging: 'name: b\n', prod: 'host: shop.example\n' }),
    'a part that is switched off': storefront('mail: { enabled: false, from: "" }\n', 'from: {{ .Values.mail.from | quote }}\n', {
      dev: 'mail: { enabled: true, from: dev }\n',
      staging: 'mail: { enabled: true, from: staging }\n',
      prod: 'name: shop\n',
    }),
    'where Pods run': storefront('', `nodes: {{ toYaml .Values.nodeSelector | quote }}\n`, {
      dev: 'nodeSelector: { a: b }\n',
      staging: 'nodeSelector: { a: b }\n',
      prod: 'name: shop\n',
    }),
    'the chart is not here as a whole': storefront('', HOST, NO_HOST, {
      'charts/storefront/Chart.yaml':
        'apiVersion: v2\nname: storefront\nversion: 1.0.0\ndependencies: [{ name: redis, version: 1.0.0, repository: https://charts.shop.example }]\n',
    }),
    'values files of which one is elsewhere': deployed('values-prod.yaml, "https://values.shop.example/prod.yaml"'),
    'values files of which one is decrypted by a plugin': deployed('values-prod.yaml, secrets://secrets-prod.yaml'),
    'values files of which one is named by Argo CD': deployed('values-prod.yaml, values-$ARGOCD_APP_NAME.yaml'),
  },
  invalid: {
    'values files that are all here': deployed('values-prod.yaml', 'host: dev.shop.example # error: missing prod\n'),
    'a value with a slip of the pen': storefront('', HOST, { ...NO_HOST, prod: 'hots: shop.example # error: misspelled prod\n' }),
    'a slip of the pen in dev': storefront('', HOST, { dev: 'hots: a # error: misspelled dev\n', staging: 'host: b\n', prod: 'host: c\n' }),
    'a value that is printed': storefront('', HOST, marked(NO_HOST, 'missing prod')),
    'a map that is printed': storefront('', 'config: {{ toYaml .Values.config | quote }}\n', {
      dev: 'config: # error: missing prod\n  a: 1\n',
      staging: 'config:\n  a: 2\n',
      prod: 'name: shop\n',
    }),
    'a key within a map that is there': storefront('', 'from: {{ .Values.mail.from }}\nto: {{ .Values.mail.to }}\n', {
      dev: 'mail:\n  from: a\n  to: b # error: missing prod\n',
      staging: 'mail:\n  from: a\n  to: b\n',
      prod: 'mail:\n  from: a\n',
    }),
    'a default that is empty': storefront('host: ""\n', HOST, marked(NO_HOST, 'blank prod')),
    'a condition that does not hold': storefront('', IF_DSN, { dev: 'dsn: a # error: unset prod\n', staging: 'dsn: b\n', prod: 'name: shop\n' }),
  },
});

describe('missing-value', () => {
  it('relates the place where the key belongs', async () => {
    const { findings } = await lintTree(storefront('', HOST, NO_HOST), [rule]);
    const places = findings.flatMap(({ related }) =>
      related.map(({ location: { file, span }, message }) => `${file.path}:${file.positionAt(span.start).line} ${message}`),
    );
    expect(places).toEqual(['charts/storefront/values-prod.yaml:1 the key belongs here for prod']);
  });

  it('is no error where a condition or a default of the chart says that it may be so', async () => {
    const severities = async (defaults: string, template: string, key: string) => {
      const { findings } = await lintTree(storefront(defaults, template, { dev: `${key}: a\n`, staging: `${key}: b\n`, prod: 'name: shop\n' }), [rule]);
      return findings.map(({ severity }) => severity);
    };
    expect(await severities('', HOST, 'host')).toEqual(['error']);
    expect(await severities('host: ""\n', HOST, 'host')).toEqual(['warning']);
    expect(await severities('', IF_DSN, 'dsn')).toEqual(['warning']);
  });
});
