import rule from '../../rules/shared-change/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { configMap, deployment, documents, kustomization, overlaysOf } from './shop.ts';

const APP = documents(deployment('checkout', 'image: shop/checkout:1.4.0\n'), configMap('checkout', 'LOG_LEVEL: info\n'));
const BASE = 'apps/checkout/base/app.yaml';

/** The app with a base as it was and as it is. */
const changed = (now: string, before = APP, overlays: Readonly<Record<string, string>> = { staging: '', prod: '' }): Tree => ({
  ...overlaysOf(now, overlays),
  [`${BASE} (before)`]: before,
});

testRule(rule, {
  valid: {
    'a comment changes nothing': changed(`# of the shop\n${APP}`),
    'each environment sets it for itself': changed(APP.replace('1.4.0', '1.5.0'), APP, {
      staging: 'images: [{ name: shop/checkout, newTag: 1.4.0 }]\n',
      prod: 'images: [{ name: shop/checkout, newTag: 1.4.0 }]\n',
    }),
    'only production reads the file': {
      ...overlaysOf(APP, { staging: '', prod: 'patches: [{ path: patch.yaml }]\n' }),
      'apps/checkout/overlays/prod/patch.yaml': configMap('checkout', 'LOG_LEVEL: warn\n'),
      'apps/checkout/overlays/prod/patch.yaml (before)': configMap('checkout', 'LOG_LEVEL: info\n'),
    },
    'production is new': { ...changed(APP.replace('1.4.0', '1.5.0')), 'apps/checkout/overlays/prod/kustomization.yaml (before)': '' },
    'a chart reads the files of all environments, and each uses its own': {
      'environments/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
      'environments/shop/templates/checkout.yaml': deployment('checkout', 'image: "shop/checkout:{{ (.Files.Get (printf "tags/%s" .Values.env)) | trim }}"\n'),
      'environments/shop/values-staging.yaml': 'env: staging\n',
      'environments/shop/values-prod.yaml': 'env: prod\n',
      'environments/shop/tags/staging': '1.4.0\n',
      'environments/shop/tags/prod': '1.5.0\n',
      'environments/shop/tags/prod (before)': '1.4.0\n',
      '.gitopsrc': 'apps: [{ chart: "environments/{app}", values: ["values-{env}.yaml"] }]\n',
    },
    'an override of production goes, and the base gets a comment': {
      ...changed(`# of the shop\n${APP}`, APP, { staging: '', prod: '' }),
      'apps/checkout/overlays/prod/kustomization.yaml (before)': kustomization(['../../base'], 'images: [{ name: shop/checkout, newTag: 1.3.0 }]\n'),
    },
    'a patch of production takes less away, and the base gets a comment': {
      ...changed(`${APP}# of the shop\n`, APP, { staging: '', prod: 'patches: [{ path: patch.yaml }]\n' }),
      'apps/checkout/overlays/prod/patch.yaml': configMap('checkout', 'A: "1"\n'),
      'apps/checkout/overlays/prod/patch.yaml (before)': configMap('checkout', 'A: "1"\nB: "2"\n'),
    },
    'production has no example': changed(APP.replace('1.4.0', '1.5.0'), APP, { 'prod-eu': '', 'prod-us': '' }),
  },
  invalid: {
    'a version in the base': changed(APP.replace('1.4.0', '1.5.0 # error: breaking prod')),
    'a key that is new': changed(`${APP}  HOST: checkout.shop.example # error: additive prod\n`),
    'a key that is gone, by what held it': changed(
      documents(deployment('checkout', 'image: shop/checkout:1.4.0\n'), configMap('checkout', 'A: "1" # error: breaking prod\n')),
      documents(deployment('checkout', 'image: shop/checkout:1.4.0\n'), configMap('checkout', 'A: "1"\nB: "2"\n')),
    ),
    'several changes, told once at the first': changed(`${APP.replace('1.4.0', '1.5.0 # error: breaking prod-eu,prod-us')}  HOST: checkout\n`, APP, {
      dev: '',
      'prod-eu': '',
      'prod-us': '',
    }),
    'a file that the base does not include any more': {
      ...overlaysOf(APP, { staging: '', prod: '' }),
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']).replace('resources:', 'resources: # error: breaking prod'),
      'apps/checkout/base/kustomization.yaml (before)': kustomization(['app.yaml', 'more.yaml']),
      'apps/checkout/base/more.yaml (before)': configMap('more', 'A: "1"\n'),
    },
    'a prefix that the base gives to all names': {
      ...overlaysOf(APP, { staging: '', prod: '' }),
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml'], 'namePrefix: shop- # error: breaking prod\n'),
      'apps/checkout/base/kustomization.yaml (before)': kustomization(['app.yaml']),
    },
    'a label that the base sets, with the hash of a generated name': {
      ...overlaysOf(deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n'), { staging: '', prod: '' }),
      'apps/checkout/base/kustomization.yaml': kustomization(
        ['app.yaml'],
        'configMapGenerator: [{ name: checkout, literals: [A=2] }] # error: breaking prod\n',
      ),
      'apps/checkout/base/kustomization.yaml (before)': kustomization(['app.yaml'], 'configMapGenerator: [{ name: checkout, literals: [A=1] }]\n'),
    },
  },
});
