import rule from '../../rules/incomplete-promotion/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { configMap, deployment, documents } from './shop.ts';

const STAGING = 'environments/staging/checkout.yaml';
const PROD = 'environments/prod/checkout.yaml';

const checkout = (tag: string, data: string): string =>
  documents(deployment('checkout', `image: shop/checkout:${tag}\nenvFrom: [{ configMapRef: { name: checkout } }]\n`), configMap('checkout', data));
/** Production takes 1.5.0 from staging, which has a key besides. */
const promoted = (prod = 'A: "1"\n', mark = '', more: Tree = {}): Tree => ({
  [STAGING]: checkout('1.5.0', 'A: "1"\nB: "2"\n'),
  [PROD]: checkout(`1.5.0${mark}`, prod),
  [`${PROD} (before)`]: checkout('1.4.0', 'A: "1"\n'),
  ...more,
});
/** The same with a second container of the same version before it. */
const withProxy = (tag: string, data: string, mark = ''): string =>
  checkout(`${tag}${mark}`, data).replace('      containers:\n', `      containers:\n        - { name: proxy, image: "shop/proxy:${tag}" }\n`);
const MARK = ' # error: incomplete prod';

testRule(rule, {
  valid: {
    'the key comes along': promoted('A: "1"\nB: "3"\n'),
    'the version was there before': { ...promoted(), [`${PROD} (before)`]: checkout('1.5.0', 'A: "0"\n') },
    'another version than that of staging': promoted('A: "1"\n', '', { [STAGING]: checkout('1.6.0', 'A: "1"\nB: "2"\n') }),
    'another workload reads what is missing': promoted('A: "1"\n', '', {
      [STAGING]: documents(
        checkout('1.5.0', 'A: "1"\n'),
        deployment('worker', 'image: shop/worker:2\nenvFrom: [{ configMapRef: { name: worker } }]\n'),
        configMap('worker', 'A: "1"\nB: "2"\n'),
      ),
      [PROD]: documents(
        checkout('1.5.0', 'A: "1"\n'),
        deployment('worker', 'image: shop/worker:2\nenvFrom: [{ configMapRef: { name: worker } }]\n'),
        configMap('worker', 'A: "1"\n'),
      ),
    }),
    'staging and production were raised together, with a gap that was there before': {
      ...promoted('A: "1"\n'),
      [`${STAGING} (before)`]: checkout('1.4.0', 'A: "1"\nB: "2"\n'),
    },
    'a comment keeps it quiet': promoted('A: "1"\n', '', {
      [STAGING]: checkout('1.5.0', 'A: "1"\nB: "2" # gitops-lint-ignore missing-config-key, missing-env-var -- only of staging\n'),
    }),
    'the contract allows it': promoted('A: "1"\n', '', { '.gitopsrc': 'differences: [{ key: B, may: differ }]\n' }),
    'an exception is in force': promoted('A: "1"\n', '', {
      '.gitopsrc': 'exceptions:\n  - { rule: missing-config-key, reason: not here }\n  - { rule: missing-env-var, reason: not here }\n',
    }),
  },
  invalid: {
    'a promotion without its key': promoted('A: "1"\n', MARK),
    'two containers that are promoted together lack a key once': {
      [STAGING]: withProxy('1.5.0', 'A: "1"\nB: "2"\n'),
      [PROD]: withProxy('1.5.0', 'A: "1"\n', MARK),
      [`${PROD} (before)`]: withProxy('1.4.0', 'A: "1"\n'),
    },
    'several keys are told once': promoted('A: "1"\n', MARK, { [STAGING]: checkout('1.5.0', 'A: "1"\nB: "2"\nC: "3"\n') }),
    'the key has been missing for long': {
      ...promoted('A: "1"\n', MARK),
      [`${STAGING} (before)`]: checkout('1.5.0', 'A: "1"\nB: "2"\n'),
    },
  },
});
