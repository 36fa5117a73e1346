import rule from '../../rules/unknown-value/rule.ts';
import { testRule } from '../support/rule-tester.ts';
import { storefront } from './charts.ts';

const DEFAULTS = 'replicas: 1\ningress: { host: "" }\nextra: {}\n';
const TEMPLATE = `replicas: '{{ .Values.replicas }}'\nhost: '{{ .Values.ingress.host }}'\n`;
const both = (template: string, values: string, more = {}) => storefront(DEFAULTS, template, { staging: 'replicas: 2\n', prod: values }, more);

testRule(rule, {
  valid: {
    'every key is read': both(TEMPLATE, 'replicas: 3\ningress: { host: shop.example }\n'),
    'a key without a default that a template reads': both(`${TEMPLATE}zone: '{{ .Values.zone }}'\n`, 'zone: eu\n'),
    'a key that is read under a condition that does not hold': both(
      `${TEMPLATE}{{- if .Values.ingress.tls }}\nissuer: '{{ .Values.ingress.issuer }}'\n{{- end }}\n`,
      'ingress: { issuer: web }\n',
    ),
    'a key of a map that is printed as a whole': both(`${TEMPLATE}extra: {{ .Values.extra | toJson | quote }}\n`, 'extra: { anything: goes }\n'),
    'a key of a map that is gone through': both(
      `${TEMPLATE}{{- range $key, $value := .Values.extra }}\n{{ $key }}: {{ $value }}\n{{- end }}\n`,
      'extra: { anything: goes }\n',
    ),
    'a key of a map that is merged': both(`${TEMPLATE}extra: '{{ (merge (dict) .Values.ingress).host }}'\n`, 'ingress: { hosts: goes }\n'),
    'a key that is put together': both(`${TEMPLATE}zone: '{{ index .Values (printf "%s-zone" "eu") }}'\n`, 'eu-zone: 1\nus-zone: 2\n'),
    'a map that nobody looked into': both(`${TEMPLATE}{{- if .Values.off }}\n{{ toYaml .Values.later }}\n{{- end }}\n`, 'later: { anything: goes }\n'),
    'a default that no template reads': storefront(`${DEFAULTS}unused: 1\n`, TEMPLATE, { staging: 'unused: 2\n', prod: 'unused: 3\n' }),
    'what another template names, within a value that is rendered': both(
      `${TEMPLATE}text: '{{ tpl .Values.ingress.host . }}'\n`,
      'ingress: { host: "{{ .Values.zone }}.shop.example" }\nzone: eu\n',
    ),
    'globals, tags, anchors and extensions': both(
      TEMPLATE,
      'global: { zone: eu }\ntags: { back: true }\nshared: &shared { a: 1 }\nx-more: { b: 2 }\n_other: 1\n',
    ),
    'the values of a subchart that is not here': both(TEMPLATE, 'redis: { anything: goes }\n', {
      'charts/storefront/Chart.yaml':
        'apiVersion: v2\nname: storefront\nversion: 1.0.0\ndependencies: [{ name: redis, version: 1.0.0, repository: https://charts.shop.example }]\n',
    }),
    'one file for two charts, one of which reads it': {
      ...storefront(DEFAULTS, TEMPLATE, {}),
      'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
      'charts/checkout/values.yaml': 'zone: eu\n',
      'charts/checkout/templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\ndata: { zone: "{{ .Values.zone }}" }\n',
      ...Object.fromEntries(['staging', 'prod'].map((name) => [`values/${name}.yaml`, 'replicas: 2\nzone: us\n'])),
      ...Object.fromEntries(
        ['staging', 'prod'].flatMap((name) =>
          ['storefront', 'checkout'].map((app) => [
            `argocd/${name}/${app}.yaml`,
            `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${app}-${name} }\nspec:\n  source:\n    repoURL: https://git.shop.example/config.git\n    path: charts/${app}\n    helm: { valueFiles: [/values/${name}.yaml] }\n`,
          ]),
        ),
      ),
    },
  },
  invalid: {
    'a key that nobody reads': both(TEMPLATE, 'zone: eu # error: unread prod\n'),
    'a slip of a letter': both(TEMPLATE, 'replcas: 3 # error: misspelled prod\n'),
    'a slip further down': both(TEMPLATE, 'ingress:\n  hosts: shop.example # error: misspelled prod\n'),
    'a map, once': both(TEMPLATE, 'metrics: # error: unread prod\n  enabled: true\n  port: 9090\n'),
    'in values of an Application': both(TEMPLATE, 'replicas: 3\n', {
      'argocd/storefront.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: storefront-prod }
spec:
  source:
    repoURL: https://git.shop.example/config.git
    path: charts/storefront
    helm:
      valueFiles: [values-prod.yaml]
      valuesObject:
        replcas: 5 # error: misspelled prod
`,
    }),
    'in values of a kustomization': {
      ...storefront(DEFAULTS, TEMPLATE, {}),
      'overlays/staging/kustomization.yaml': 'helmGlobals: { chartHome: ../../charts }\nhelmCharts: [{ name: storefront, valuesInline: { replicas: 2 } }]\n',
      'overlays/prod/kustomization.yaml':
        'helmGlobals: { chartHome: ../../charts }\nhelmCharts:\n  - name: storefront\n    valuesInline:\n      replcas: 2 # error: misspelled prod\n',
    },
    'in the values of a subchart': storefront(
      'web: {}\n',
      TEMPLATE.replaceAll('.Values', '.Values.web'),
      { staging: '', prod: 'redis:\n  ports: 6379 # error: misspelled prod\n' },
      {
        'charts/storefront/charts/redis/Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 1.0.0\n',
        'charts/storefront/charts/redis/values.yaml': 'port: 1\n',
        'charts/storefront/charts/redis/templates/config.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: redis }\ndata: { port: "{{ .Values.port }}" }\n',
        'charts/storefront/templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: storefront }\n',
      },
    ),
  },
});
