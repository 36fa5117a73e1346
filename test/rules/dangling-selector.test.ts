import rule from '../../rules/dangling-selector/rule.ts';
import { type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { documents, kustomization } from './shop.ts';

/** A Deployment whose pods have the given labels. */
const app = (name: string, labels: string, namespace = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n${namespace && `  namespace: ${namespace}\n`}spec:\n  template:\n    metadata:\n      labels: ${labels}\n    spec:\n      containers: [{ name: ${name} }]\n`;

const service = (name: string, selector: string, namespace = '') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${namespace && `  namespace: ${namespace}\n`}spec:\n  selector:\n    ${selector}\n`;

const selecting = (kind: string, selector: string) =>
  `apiVersion: policy/v1\nkind: ${kind}\nmetadata:\n  name: checkout\nspec:\n  ${kind === 'NetworkPolicy' ? 'podSelector' : 'selector'}:\n    matchLabels:\n      ${selector}\n`;

const scaling = (kind: string, field: string, name: string) =>
  `apiVersion: autoscaling/v2\nkind: ${kind}\nmetadata:\n  name: checkout\nspec:\n  ${field}:\n    kind: Deployment\n    name: ${name}\n`;

const monitor = (selector: string, more = '') =>
  `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\n  name: checkout\nspec:\n${more}  selector:\n    matchLabels:\n      ${selector}\n`;

const LABELED = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: checkout
    labels: { app: checkout }
  spec:
    selector: { app: checkout }
`;

const prod = (...parts: readonly string[]): Tree => ({ 'environments/prod/checkout.yaml': documents(...parts) });

const APP = app('checkout', '{ app: checkout, tier: web }');

testRule(rule, {
  valid: {
    'each selects something': prod(
      APP,
      service('checkout', 'app: checkout'),
      selecting('PodDisruptionBudget', 'app: checkout'),
      selecting('NetworkPolicy', 'tier: web'),
      scaling('HorizontalPodAutoscaler', 'scaleTargetRef', 'checkout'),
    ),
    'a monitor of a Service': prod(APP, LABELED, monitor('app: checkout')),
    'a Service without a selector, and one that is a name only': prod(
      APP,
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: checkout\nspec:\n  type: ExternalName\n  externalName: shop.example\n  selector: { app: chekout }\n',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: ledger\nspec:\n  ports: [{ port: 80 }]\n',
    ),
    'a Service without a selector, whose sibling has one': {
      'environments/staging/checkout.yaml': documents(APP, service('checkout', 'app: checkout')),
      'environments/prod/checkout.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: checkout\nspec:\n  ports: [{ port: 80 }]\n',
    },
    'pods that an operator makes': prod(APP, service('ledger', 'postgres-cluster: ledger')),
    'a label that is set while it runs': prod(app('redis', '{ app: redis }'), service('redis', 'role: primary')),
    'a label that is set while it runs, beside one that is there': prod(app('redis', '{ app: redis }'), service('redis', 'role: primary\n    app: redis')),
    'all pods of a namespace': prod(APP, 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny }\nspec: { podSelector: {} }\n'),
    'expressions that are met': prod(
      APP,
      yaml`
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: { name: checkout }
        spec:
          selector:
            matchExpressions:
              - { key: app, operator: In, values: [checkout, ledger] }
              - { key: canary, operator: DoesNotExist }
              - { key: tier, operator: Exists }
              - { key: tier, operator: NotIn, values: [db] }
      `,
    ),
    'a label that is still to be filled in': prod(APP, service('checkout', `app: ${'$'}{APP}`)),
    'another app of the environment brings the pods': {
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['service.yaml']),
      'apps/checkout/overlays/prod/service.yaml': documents(service('checkout', 'app: checkout-web'), app('helper', '{ app: checkout-wab }')),
      'apps/web/overlays/prod/kustomization.yaml': kustomization(['app.yaml']),
      'apps/web/overlays/prod/app.yaml': app('web', '{ app: checkout-web }'),
    },
    'a remote base may bring the pods': {
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['service.yaml', 'https://github.com/shop/bases//checkout?ref=v1']),
      'apps/checkout/overlays/prod/service.yaml': documents(service('checkout', 'app: checkut'), APP),
    },
    'what is nearly the same is selected by another': prod(
      app('ledger-db1', '{ app: ledger-db1 }'),
      service('ledger-db1', 'app: ledger-db1'),
      service('ledger-db2', 'app: ledger-db2'),
    ),
    'a monitor that looks into another namespace': prod(APP, LABELED, monitor('app: kube-dns', '  namespaceSelector: { matchNames: [kube-system] }\n')),
    'an autoscaler of what a chart elsewhere brings': prod(
      APP,
      scaling('HorizontalPodAutoscaler', 'scaleTargetRef', 'ingress-nginx').replace('name: checkout', 'name: ingress'),
    ),
  },

  invalid: {
    'a slip in the value': prod(APP, service('front', 'app: chekcout # error: near')),
    'a slip in the key': prod(app('checkout', '{ app.kubernetes.io/name: checkout }'), service('front', 'app.kubernetes.io/nmae: checkout # error: near')),
    'the workload of its own name has other labels': prod(app('checkout', '{ app: shop }'), service('checkout', 'app: checkout # error: near')),
    'a disruption budget': prod(APP, selecting('PodDisruptionBudget', 'app: checkuot # error: near')),
    'a network policy': prod(APP, selecting('NetworkPolicy', 'app: checkotu # error: near')),
    'a monitor': prod(APP, LABELED, monitor('app: checkuot # error: near')),
    'an autoscaler with a slip in the name': prod(APP, scaling('HorizontalPodAutoscaler', 'scaleTargetRef', 'chekcout # error: nearTarget')),
    KEDA: prod(APP, scaling('ScaledObject', 'scaleTargetRef', 'check-out # error: nearTarget')),
    'a sibling selects something': {
      'environments/staging/checkout.yaml': documents(APP, service('checkout', 'app: checkout')),
      'environments/prod/checkout.yaml': documents(app('shop', '{ app: shop, part: web }'), service('checkout', 'app: checkout # error: nothing')),
    },
    'a sibling scales something': {
      'environments/staging/checkout.yaml': documents(APP, scaling('HorizontalPodAutoscaler', 'scaleTargetRef', 'checkout')),
      'environments/prod/checkout.yaml': documents(
        app('shop', '{ app: shop }'),
        scaling('HorizontalPodAutoscaler', 'scaleTargetRef', 'checkout # error: target'),
      ),
    },
    'pods of another namespace': {
      'environments/staging/checkout.yaml': documents(app('checkout', '{ app: checkout }', 'shop'), service('checkout', 'app: checkout', 'shop')),
      'environments/prod/checkout.yaml': documents(app('checkout', '{ app: checkout }', 'shop'), service('checkout', 'app: checkout # error: nothing', 'web')),
    },
    'one label for all in an overlay, which leaves the selector behind': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': documents(APP, service('checkout', 'app: checkout # error: near prod')),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          patches:
            - patch: |
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: checkout }
                spec: { template: { metadata: { labels: { app: checkout-eu } } } }
        `,
      ),
    },
  },
});
