import { describe, expect, it } from 'vitest';
import rule from '../../rules/mismatched-value-type/rule.ts';
import { classOf } from '../../src/model/value-class.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { storefront } from './charts.ts';
import { configMap, deployment } from './shop.ts';

const TEMPLATE = 'a: {{ toJson .Values.limit | quote }}\n';
const IF = '{{- if .Values.cache }}\ncache: on\n{{- end }}\nname: web\n';
const limits = (dev: string, staging: string, prod: string, key = 'limit', template = TEMPLATE) =>
  storefront('', template, { dev: `${key}: ${dev}\n`, staging: `${key}: ${staging}\n`, prod: `${key}: ${prod}\n` });

/** One file for each environment, made of a value of its own. */
const each = (fileFor: (value: string) => string, dev: string, staging: string, prod: string): Tree =>
  Object.fromEntries(Object.entries({ dev, staging, prod }).map(([name, value]) => [`environments/${name}/checkout.yaml`, fileFor(value)]));
const dataOf = (value: string) => configMap('checkout', `TIMEOUT: ${value}\n`);
const textOf = (value: string) => configMap('checkout', `app.yaml: |\n  http:\n    timeout: ${value}\n  port: 1\n`);
const variableOf = (value: string) => deployment('checkout', `env:\n  - name: TIMEOUT\n    value: ${value}\n`);

testRule(rule, {
  valid: {
    'each environment has its own number': limits('1', '2', '"3"'),
    'one of two may be either': storefront('', TEMPLATE, { staging: 'limit: 30\n', prod: 'limit: 30s\n' }),
    'nothing is any type': limits('30s', '60s', '""'),
    'zero is a duration': limits('30s', '60s', '0'),
    'quantities are numbers with a unit or without': limits('1', '2', '500m'),
    'a place is a path or a URL': limits('https://a.example', 'https://b.example', '/srv/c'),
    'a tag may look like a number': limits('120', '121', '1.22-rc1', 'tag'),
    'most have a text': limits('auto', 'fixed', '3'),
    'what is filled in later': limits('30', '60', '${LIMIT}'),
    'a text that is printed': limits('true', 'true', '"false"', 'cache', 'cache: {{ .Values.cache | quote }}\n'),
    'a text that means yes': limits('true', 'true', '"true"', 'cache', IF),
    'a setting with a number in each': each(dataOf, '"30"', '"60"', '"90"'),
    'a setting that is empty, or still to come': { ...each(dataOf, '"30"', '"60"', '""'), 'environments/qa/checkout.yaml': dataOf('TODO') },
    'a setting that a later step fills in': each(dataOf, '"30"', '"60"', '${TIMEOUT}'),
    'a setting that is a text for most': each(dataOf, 'short', 'long', '"90"'),
    'a variable that is a place': each(variableOf, 'https://a.example', 'https://b.example', '/srv/c'),
    'an empty list in the place of a map': storefront('limit: { a: 1 }\n', TEMPLATE, { staging: 'limit: { a: 2 }\n', prod: 'limit: []\n' }),
  },
  invalid: {
    'a duration among numbers': limits('30', '60', '90s # error: other prod'),
    'a text among numbers': limits('30', '60', 'many # error: other prod'),
    'a list among texts that are URLs': limits('https://a.example', 'https://b.example', '[https://c.example] # error: other prod'),
    'a value of a ConfigMap': each(dataOf, '"30"', '"60"', '90s # error: other prod'),
    'a setting within a text': each(textOf, '30', '60', '90s # error: other prod'),
    'a variable of a container': each(variableOf, '"true"', '"false"', 'often # error: other prod'),
    'a settings file': {
      'config/dev.env': 'A=1\nTIMEOUT=30\n',
      'config/staging.env': 'A=1\nTIMEOUT=60\n',
      'config/prod.env': 'A=1\n# error: other prod\nTIMEOUT=90s\n',
    },
    'a boolean within quotes': limits('true', 'false', '"false" # error: quoted prod', 'cache', IF),
    'two lines, two findings': storefront('', TEMPLATE, {
      dev: 'limit: 1\n',
      qa: 'limit: 2\n',
      test: 'limit: 3\n',
      staging: 'limit: 4s # error: other staging\n',
      prod: 'limit: 5s # error: other prod\n',
      demo: 'limit: 6\n',
    }),
    'a text in the place of a map': storefront('limit: { a: 1 }\n', TEMPLATE, { staging: 'limit: { a: 2 }\n', prod: 'limit: none # error: clash prod\n' }),
  },
});

describe('the class of a setting', () => {
  it.each([
    ['a boolean', ['true', 'False']],
    ['a number', ['0', '-1', '1.5', '1e6', ' 80 ']],
    ['a duration', ['30s', '1h30m', '500ms', '7d', '1.5h']],
    ['a size', ['512Mi', '10G', '64KB', '1.5 GiB']],
    ['a URL', ['https://shop.example/a?b', 'postgres://db:5432/shop']],
    ['JSON', ['{"a": 1}', '[1, 2]']],
    ['a text', ['', 'auto', 'shop.example:443', '[a', '{a}', '1.2.3', 'v1', 'm', '30 seconds']],
  ] as const)('%s', (expected, texts) => {
    expect(texts.map(classOf)).toEqual(texts.map(() => expected));
  });
});
