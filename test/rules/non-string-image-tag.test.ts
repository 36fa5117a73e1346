import { describe, expect, it } from 'vitest';
import rule from '../../rules/non-string-image-tag/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { crlf, indented, kustomization } from './shop.ts';

/** A HelmRelease whose image has a tag. */
const release = (tag: string): Tree => ({
  'environments/prod/checkout.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: checkout
spec:
  values:
    image:
      tag: ${tag}
`,
});

/** A chart with one values file for production. */
const chart = (values: string): Tree => ({
  'checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
  'checkout/templates/pod.yaml': yaml`
    apiVersion: v1
    kind: Pod
    metadata:
      name: checkout
    spec:
      containers:
        - name: checkout
          image: "checkout:{{ .Values.image.tag }}"
  `,
  'checkout/values-prod.yaml': values,
  'checkout/values-dev.yaml': 'image:\n  tag: dev\n',
});

/** The source of an Application that gives a chart a tag. */
const SOURCE = yaml`
  repoURL: https://charts.shop.example
  chart: checkout
  targetRevision: 1.0.0
  helm:
    valuesObject:
      image:
        tag: 1.20 # error: changed
`;
const deployer = (kind: string, spec: string): Tree => ({
  'environments/prod/checkout.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: checkout\nspec:\n${indented(spec, 2)}`,
});

testRule(rule, {
  valid: {
    'a text in quotes': release('"1.20"'),
    'a text without quotes': release('1.20.0'),
    'a version with a letter': release('v1.20'),
    'a number that comes out as it is written': release('16'),
    'a number of two parts that comes out as it is written': release('1.5'),
    'six digits': release('680102'),
    'a commit that is no number': release('123e4567'),
    'a tag that says that it is a text': release('!!str 1.20'),
    'a day': release('2026-01-10'),
    'nothing, for which the chart has a default': release(''),
    'a null': release('null'),
    'a template': release('${TAG}'),
    'a tag of something else': {
      ...chart('image:\n  tag: 1.20.0\nlogging:\n  tag: 1.20\n  level: info\n'),
    },
    'an object whose type says what its tag is': {
      'environments/prod/stream.yaml': yaml`
        apiVersion: shop.example/v1
        kind: Stream
        metadata:
          name: checkout
        spec:
          image:
            tag: 1.20
      `,
    },
    'the tag of a kustomization, which cannot be built': {
      'environments/prod/kustomization.yaml': kustomization(['checkout.yaml'], 'images:\n  - name: checkout\n    newTag: 1.20\n'),
      'environments/prod/checkout.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: checkout\n',
    },
  },
  fixed: {
    'a tag of a release, and nothing around it': {
      before: release('1.20 # rolled out'),
      after: { 'environments/prod/checkout.yaml': release('"1.20" # rolled out')['environments/prod/checkout.yaml'] ?? '' },
    },
    'in the values of a chart, with the ends of lines and the byte order mark that are there': {
      before: { ...chart(''), 'charts/checkout/values-prod.yaml': '\uFEFFimage: { repository: shop/checkout, tag: 0123 }\r\nreplicas: 2\r\n' },
      after: { 'charts/checkout/values-prod.yaml': '\uFEFFimage: { repository: shop/checkout, tag: "0123" }\r\nreplicas: 2\r\n' },
    },
  },
  invalid: {
    'a version that ends in zero': release('1.20 # error: changed'),
    'a whole version': release('1.0 # error: changed'),
    'a commit of digits': release('6801028 # error: changed'),
    'an octal number': release('0123 # error: changed'),
    'a hexadecimal number': release('0x1f # error: changed'),
    'an exponent': release('1e5 # error: changed'),
    'digits with a line between them': release('12_34 # error: changed'),
    'a word of YAML 1.1': release('on # error: changed'),
    'a sign': release('+5 # error: changed'),
    'a values file': chart('image:\n  tag: 1.20 # error: changed prod\n'),
    'lines that end as on Windows': chart(crlf('image:\n  tag: 1.20 # error: changed\n')),
    'a tag beside the repository': chart('image:\n  tag: 1.2.0\nsidecar:\n  repository: shop/proxy\n  tag: 1.10 # error: changed\n'),
    'a key of its own': chart('image:\n  tag: 1.2.0\nproxyImageTag: 1.10 # error: changed\n'),
    'a list of images': chart('image:\n  tag: 1.2.0\nimages:\n  - name: proxy\n    tag: 1.10 # error: changed\n'),
    'an Application': deployer('Application', `source:\n${indented(SOURCE, 2)}`),
    'several sources of an Application': deployer('Application', `sources:\n  - ${indented(SOURCE, 4).trimStart()}`),
    'an ApplicationSet': deployer('ApplicationSet', `template:\n  spec:\n    source:\n${indented(SOURCE, 6)}`),
    'values within a kustomization': {
      'environments/prod/kustomization.yaml': yaml`
        helmCharts:
          - name: checkout
            repo: https://charts.shop.example
            version: 1.0.0
            valuesInline:
              image:
                tag: 1.20 # error: changed
      `,
    },
  },
});

describe('non-string-image-tag', () => {
  it.each([
    ['1.20', 'Tag 1.20 is a number to YAML, and comes out as "1.2"'],
    ['6801028', 'Tag 6801028 is a number to YAML, and comes out as "6.801028e+06"'],
    ['0123', 'Tag 0123 is a number to YAML, and comes out as "83"'],
    ['1e5', 'Tag 1e5 is a number to YAML, and comes out as "100000"'],
    ['1e-9', 'Tag 1e-9 is a number to YAML, and comes out as "1e-09"'],
    ['12345678901234567890123', 'Tag 12345678901234567890123 is a number to YAML, and comes out as "1.2345678901234568e+22"'],
    ['.inf', 'Tag .inf is a number to YAML, and comes out as "+Inf"'],
    ['-.inf', 'Tag -.inf is a number to YAML, and comes out as "-Inf"'],
    ['.nan', 'Tag .nan is a number to YAML, and comes out as "NaN"'],
    ['off', 'Tag off is a boolean to YAML, and comes out as "false"'],
  ])('says what becomes of %s', async (tag, message) => {
    const { findings } = await lintTree(release(tag), [rule]);
    expect(findings.map((finding) => finding.message)).toEqual([message]);
  });
});
