import rule from '../../rules/missing-production-safeguard/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { deployment, documents, kustomization } from './shop.ts';

const STRICT = { '.gitopsrc': 'preset: strict\n' };
const inEnvironment = (name: string, ...parts: readonly string[]): Tree => ({ ...STRICT, [`environments/${name}/checkout.yaml`]: documents(...parts) });
const prod = (...parts: readonly string[]) => inEnvironment('prod', ...parts);

const PORT = 'ports: [{ containerPort: 8080 }]\n';
const PROBE = 'readinessProbe: { httpGet: { path: /ready, port: 8080 } }\n';
const REQUESTS = 'resources: { requests: { cpu: 100m, memory: 128Mi } }\n';

const marked = (container: string, mark: string) => deployment('checkout', container).replace('- name: checkout\n', `- name: checkout # error: ${mark}\n`);

testRule(rule, {
  valid: {
    'requests and a probe': prod(deployment('checkout', PORT + PROBE + REQUESTS)),
    'limits are requests, too': prod(deployment('checkout', `${PORT}${PROBE}resources: { limits: { cpu: "1", memory: 1Gi } }\n`)),
    'a worker without a port needs no probe': prod(deployment('checkout', REQUESTS)),
    'a port that is scraped': prod(deployment('checkout', `ports: [{ name: metrics, containerPort: 9090 }]\n${REQUESTS}`)),
    'a Job, and an init container': prod(
      deployment('checkout', REQUESTS, 'initContainers: [{ name: migrate }]\n'),
      'apiVersion: batch/v1\nkind: Job\nmetadata: { name: closing }\nspec: { template: { spec: { containers: [{ name: closing }] } } }\n',
    ),
    'a LimitRange gives defaults': prod(deployment('checkout', ''), 'apiVersion: v1\nkind: LimitRange\nmetadata: { name: defaults }\nspec: { limits: [] }\n'),
    'a VerticalPodAutoscaler measures': prod(
      deployment('checkout', ''),
      'apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: { name: checkout }\nspec: { targetRef: { kind: Deployment, name: checkout } }\n',
    ),
    'a remote base may bring a LimitRange': {
      ...STRICT,
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['app.yaml', 'https://github.com/shop/bases//checkout?ref=v1']),
      'apps/checkout/overlays/prod/app.yaml': deployment('checkout', ''),
    },
    'an environment before production': inEnvironment('staging', deployment('checkout', PORT)),
    'staging has them: weaker-production speaks': {
      ...STRICT,
      'environments/staging/checkout.yaml': deployment('checkout', PORT + PROBE + REQUESTS),
      'environments/prod/checkout.yaml': deployment('checkout', PORT),
    },
    'the preset that is not strict': { 'environments/prod/checkout.yaml': deployment('checkout', PORT) },
  },
  invalid: {
    'no requests': prod(marked(PORT + PROBE, 'requests')),
    'no request of memory': prod(marked('resources: { requests: { cpu: 100m } }\n', 'requests')),
    'no probe': prod(marked(PORT + REQUESTS, 'probes')),
    'neither here nor before production': {
      ...STRICT,
      'environments/staging/checkout.yaml': deployment('checkout', PORT + REQUESTS),
      'environments/prod/checkout.yaml': marked(PORT + REQUESTS, 'probes prod'),
    },
  },
});
