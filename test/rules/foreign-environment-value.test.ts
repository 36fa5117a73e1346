import rule from '../../rules/foreign-environment-value/rule.ts';
import { testRule } from '../support/rule-tester.ts';
import { storefront } from './charts.ts';
import { configMap, deployment, documents, overlaysOf } from './shop.ts';

/** Overlays that each generate settings of their own. */
const settings = (overlays: Readonly<Record<string, readonly string[]>>) =>
  overlaysOf(
    deployment('checkout', 'image: shop/checkout:1.0.0\n'),
    Object.fromEntries(
      Object.entries(overlays).map(([name, literals]) => [
        name,
        `configMapGenerator:\n  - name: checkout\n    literals:\n${literals.map((literal) => `      - ${literal}\n`).join('')}`,
      ]),
    ),
  );
/** One folder for each environment. */
const folders = (environments: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(environments).map(([name, data]) => [`environments/${name}/checkout/app.yaml`, configMap('checkout', data)]));
const host = (environment: string) => `API=https://api.${environment}.shop.example/v1`;

testRule(rule, {
  valid: {
    'each environment names its own': settings({ dev: [host('dev')], staging: [host('stg')], prod: [host('prod')] }),
    'production has no name of its own': settings({ dev: [host('dev')], staging: [host('staging')], prod: ['API=https://api.shop.example/v1'] }),
    'all use what belongs to production': settings({
      dev: ['SSO=sso.prod.shop.example'],
      staging: ['SSO=sso.prod.shop.example'],
      prod: ['SSO=sso.prod.shop.example'],
    }),
    'all use what belongs to staging, and no one names its own': settings({ dev: [host('staging')], staging: [host('staging')], prod: [host('staging')] }),
    'dev shares with staging': settings({ dev: [host('staging')], staging: [host('staging')], prod: [host('prod')] }),
    'words within words': settings({ dev: ['A=device-product-latest'], staging: ['A=staged-product-latest'], prod: ['A=production2-device-contest'] }),
    'a mode of the software': settings({
      dev: ['NODE_ENV=development'],
      qa: ['NODE_ENV=production'],
      staging: ['NODE_ENV=production'],
      prod: ['NODE_ENV=production'],
    }),
    'who signs certificates has a staging': settings({ dev: ['I=letsencrypt-staging'], staging: ['I=letsencrypt-staging'], prod: ['I=letsencrypt-prod'] }),
    'its own and others side by side': folders({
      dev: 'origins: |\n  https://dev.shop.example\n',
      staging: 'origins: |\n  https://staging.shop.example\n',
      prod: 'origins: |\n  https://prod.shop.example\n  https://staging.shop.example\n',
    }),
    'one other environment is no pattern': settings({ staging: [host('staging')], prod: [host('staging')] }),
    'previews are nobody’s example': settings({ local: [host('local')], dev: [host('dev')], prod: [host('dev')] }),
    'an image may be promoted with its name': settings({ dev: ['TAG=dev-1'], staging: ['TAG=staging-1'], prod: ['TAG=prod-1'] }),
    'the same path by chance': settings({ dev: ['P=/dev/null'], staging: ['P=/dev/null'], prod: ['P=/dev/null'] }),
    'what a deployer says is looked at elsewhere': {
      ...Object.fromEntries(
        ['dev', 'staging', 'prod'].map((name) => [
          `clusters/${name}/checkout.yaml`,
          `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: checkout\nspec:\n  source:\n    repoURL: https://git.shop.example/x.git\n    path: apps/${name === 'prod' ? 'staging' : name}\n`,
        ]),
      ),
    },
  },
  invalid: {
    'a host of staging in production': settings({ dev: [host('dev')], staging: [host('staging')], prod: [`${host('staging')} # error: foreign prod`] }),
    'a name that is spelled otherwise': settings({ dev: [host('dev')], staging: [host('staging')], prod: [`${host('stg')} # error: foreign prod`] }),
    'a line of a settings file': folders({
      dev: 'app.properties: |\n  db.url=jdbc:db.dev.shop.example\n  a=1\n',
      staging: 'app.properties: |\n  a=2\n  db.url=jdbc:db.staging.shop.example\n',
      'prod-eu': 'app.properties: |\n  a=3\n  # error: foreign prod-eu\n  db.url=jdbc:db.staging.shop.example\n',
    }),
    'a mode that belongs to no production': settings({ dev: ['APP_ENV=dev'], staging: ['APP_ENV=staging'], prod: ['APP_ENV=staging # error: foreign prod'] }),
    'two production environments, each at its line': settings({
      dev: [host('dev')],
      staging: [host('staging')],
      'prod-eu': [`${host('dev')} # error: foreign prod-eu`],
      'prod-us': [host('prod-us')],
    }),
    'dev goes to production, and two others show that they do not': settings({
      dev: [host('dev')],
      qa: [host('qa')],
      staging: [`${host('prod')} # error: foreign staging`],
      prod: [host('prod')],
    }),
    'the name of a sibling': settings({
      staging: [host('staging')],
      'prod-ap': [host('prod-ap')],
      'prod-eu': [host('prod-eu')],
      'prod-us': [`${host('prod-eu')} # error: foreign prod-us`],
    }),
    'two environments, where production has such a domain itself': settings({
      staging: ['API=api.staging.shop.example', 'AUTH=auth.staging.shop.example'],
      prod: ['API=api.prod.shop.example', 'AUTH=auth.staging.shop.example # error: foreign prod'],
    }),
    'a path to secrets, where production has others below its own': settings({
      staging: ['A=vault/staging/checkout/db', 'B=vault/staging/checkout/mail'],
      prod: ['A=vault/prod/checkout/db', 'B=vault/staging/checkout/mail # error: foreign prod'],
    }),
    'a values file of a chart': storefront('', 'url: "https://{{ .Values.host }}/v1"\n', {
      dev: 'host: api.dev.shop.example\n',
      staging: 'host: api.staging.shop.example\n',
      prod: 'host: api.staging.shop.example # error: foreign prod\n',
    }),
    'a settings file': {
      '.gitopsrc': 'apps:\n  - files: "config/{env}.env"\n',
      'config/dev.env': 'A=1\nAPI=https://api.dev.shop.example\n',
      'config/staging.env': 'A=1\nAPI=https://api.staging.shop.example\n',
      'config/prod.env': 'A=1\n# error: foreign prod\nAPI=https://api.staging.shop.example\n',
    },
    'values of a chart that is not here': {
      '.gitopsrc': 'apps:\n  - chart: charts/{app}\n    values: ["values-{env}.yaml"]\n',
      ...Object.fromEntries(
        ['dev', 'staging', 'prod'].map((name) => [
          `charts/checkout/values-${name}.yaml`,
          `orders:\n  url: https://api.${name === 'prod' ? 'staging' : name}.shop.example${name === 'prod' ? ' # error: foreign prod' : ''}\n`,
        ]),
      ),
    },
    'the namespace of an overlay': overlaysOf(documents(deployment('checkout', 'image: shop/checkout:1.0.0\n'), configMap('checkout', 'A: b\n')), {
      dev: 'namespace: shop-dev\n',
      staging: 'namespace: shop-staging\n',
      prod: 'namespace: shop-staging # error: foreign prod\n',
    }),
  },
});
