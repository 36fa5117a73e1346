import rule from '../../rules/environment-value-in-base/rule.ts';
import { testRule } from '../support/rule-tester.ts';
import { storefront } from './charts.ts';
import { configMap, documents, overlaysOf } from './shop.ts';

const patch = (data: string) =>
  `patches:\n  - patch: |\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: checkout }\n      data: { ${data} }\n`;
const binding = (namespace: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: checkout
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: checkout }
subjects:
  - kind: ServiceAccount
    name: deployer
    namespace: ${namespace}
`;

testRule(rule, {
  valid: {
    'what all take over belongs to production': overlaysOf(configMap('checkout', 'SSO: sso.prod.shop.example\n'), { dev: '', staging: '', prod: '' }),
    'what all take over, and no one has its own': overlaysOf(configMap('checkout', 'API: api.dev.shop.example\n'), { dev: '', staging: '', prod: '' }),
    'each other environment sets its own': overlaysOf(configMap('checkout', 'API: api.dev.shop.example\n'), {
      dev: '',
      staging: patch('API: api.staging.shop.example'),
      prod: patch('API: api.prod.shop.example'),
    }),
    'an environment’s own file': overlaysOf(configMap('checkout', 'A: b\n'), {
      dev: patch('API: api.dev.shop.example'),
      staging: patch('API: api.staging.shop.example'),
      prod: patch('API: api.staging.shop.example'),
    }),
  },
  invalid: {
    'one of three forgot to set its own': overlaysOf(configMap('checkout', 'API: api.dev.shop.example # error: inherited staging\n'), {
      dev: '',
      staging: '',
      prod: patch('API: api.prod.shop.example'),
    }),
    'a namespace that nothing transforms': overlaysOf(documents(configMap('checkout', 'A: b\n'), binding('shop-dev # error: inherited prod')), {
      dev: 'namespace: shop-dev\n',
      prod: 'namespace: shop-prod\n',
    }),
    'a domain, where production has its own': overlaysOf(
      configMap('checkout', 'API: api.dev.shop.example\nAUTH: auth.dev.shop.example # error: inherited prod\n'),
      {
        dev: '',
        prod: patch('API: api.prod.shop.example'),
      },
    ),
    'the defaults of a chart': storefront('host: api.dev.shop.example # error: inherited prod\n', 'url: "https://{{ .Values.host }}/v1"\n', {
      dev: '{}\n',
      staging: 'host: api.staging.shop.example\n',
      prod: '{}\n',
    }),
  },
});
