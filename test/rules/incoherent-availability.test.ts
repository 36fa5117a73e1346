import rule from '../../rules/incoherent-availability/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { documents, kustomization } from './shop.ts';

const STRICT = { '.gitopsrc': 'preset: strict\n' };

const app = (spec: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n${spec}  template:\n    metadata: { labels: { app: checkout } }\n    spec:\n${more}      containers: [{ name: checkout }]\n`;

const ONE = app('  replicas: 1\n');
const TWO = app('  replicas: 2\n');

const scaler = (min: number) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: checkout }\nspec:\n  scaleTargetRef: { kind: Deployment, name: checkout }\n  minReplicas: ${min}\n  maxReplicas: 9\n`;

const budget = (line: string, app = 'checkout') =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: checkout }\nspec:\n  selector: { matchLabels: { app: ${app} } }\n  ${line}\n`;

const service = (ports = '[{ port: 8080 }]') =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: checkout }\nspec:\n  selector: { app: checkout }\n  ports: ${ports}\n`;

const inEnvironment = (name: string, ...parts: readonly string[]): Tree => ({ ...STRICT, [`environments/${name}/checkout.yaml`]: documents(...parts) });
const prod = (...parts: readonly string[]) => inEnvironment('prod', ...parts);

testRule(rule, {
  valid: {
    'two pods, and room for an eviction': prod(TWO, service(), budget('minAvailable: 1')),
    'the autoscaler alone has the number': prod(app(''), scaler(2), service(), budget('minAvailable: 1')),
    'half of two': prod(TWO, budget('minAvailable: 50%')),
    'one may be away': prod(TWO, budget('maxUnavailable: 1')),
    'one pod that no user reaches': prod(ONE),
    'one pod whose Service is scraped only': prod(ONE, service('[{ name: http-metrics, port: 9090 }]')),
    'one pod that may not run twice': prod(app('  replicas: 1\n  strategy: { type: Recreate }\n'), service()),
    'one pod with a volume of its own': prod(
      app('  replicas: 1\n', '      volumes: [{ name: data, persistentVolumeClaim: { claimName: checkout } }]\n'),
      service(),
    ),
    'one pod before production': inEnvironment('staging', ONE, service()),
    'none at all: it is switched off': prod(app('  replicas: 0\n'), service(), budget('minAvailable: 1')),
    'a budget for pods of an operator': prod(ONE, budget('minAvailable: 1', 'ledger')),
    'the preset that is not strict': { 'environments/prod/checkout.yaml': documents(ONE, service(), budget('maxUnavailable: 0')) },
    'a remote base may bring an autoscaler': {
      ...STRICT,
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['app.yaml', 'https://github.com/shop/bases//checkout?ref=v1']),
      'apps/checkout/overlays/prod/app.yaml': documents(ONE, service()),
    },
    'a remote base may bring more pods': {
      ...STRICT,
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['app.yaml', 'https://github.com/shop/bases//checkout?ref=v1']),
      'apps/checkout/overlays/prod/app.yaml': documents(TWO, budget('minAvailable: 2')),
    },
  },
  invalid: {
    'replicas beside an autoscaler': prod(app('  replicas: 3 # error: replicas\n'), scaler(2)),
    'a budget that lets none go': prod(TWO, budget('maxUnavailable: 0 # error: budget')),
    'a budget of all': prod(TWO, budget('minAvailable: 100% # error: budget')),
    'a budget of as many as there are': prod(TWO, budget('minAvailable: 2 # error: room')),
    'a budget in the namespace of the deployer, which is that of its pods': prod(
      TWO.replace('  name: checkout\n', '  name: checkout\n  namespace: shop\n'),
      budget('minAvailable: 2 # error: room'),
    ),
    'a budget of as many as the autoscaler leaves': prod(app(''), scaler(1), budget('minAvailable: 1 # error: room')),
    'half of one is one': prod(ONE, budget('minAvailable: 50% # error: room')),
    'one pod behind a Service': prod(app('  replicas: 1 # error: single\n'), service()),
    'one pod by default': prod(app('').replace('name: checkout\n', 'name: checkout # error: single\n'), service()),
  },
});
