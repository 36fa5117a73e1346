import rule from '../../rules/weaker-production/rule.ts';
import { testRule } from '../support/rule-tester.ts';
import { storefront } from './charts.ts';
import { configMap, deployment, documents, kustomization, overlaysOf } from './shop.ts';

const PROBE = 'readinessProbe:\n  httpGet: { path: /, port: 80 }\n';
const LIVE = 'livenessProbe:\n  httpGet: { path: /, port: 80 }\n';
/** One folder for each environment, with a Deployment whose container goes on with the given lines. */
const folders = (containers: Readonly<Record<string, string>>, pods: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries(containers).map(([name, lines]) => [`environments/${name}/checkout/app.yaml`, deployment('checkout', lines, pods[name])]));
const patched = (container: string) => `patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: checkout }
      spec:
        template:
          spec:
            containers:
              - name: checkout
                ${container}
`;
const policy = (name: string, spec = 'podSelector: {}') => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
  ${spec}
`;
const APP = deployment('checkout', 'image: shop/checkout:1.0.0\n');
const documentsOf = (environments: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(environments).map(([name, parts]) => [`environments/${name}/checkout/app.yaml`, documents(...parts)]));
/** The same as overlays, of which that of production has a base that is elsewhere. */
const withRemoteBase = (environments: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(
    Object.entries(environments).flatMap(([name, parts]) => [
      [`apps/checkout/overlays/${name}/app.yaml`, documents(...parts)],
      [
        `apps/checkout/overlays/${name}/kustomization.yaml`,
        kustomization(['app.yaml', ...(name === 'prod' ? ['https://github.com/shop/bases//checkout?ref=v1'] : [])]),
      ],
    ]),
  );
const namespace = (level: string) => `apiVersion: v1
kind: Namespace
metadata:
  name: checkout
  labels:
    app: checkout
${level && `    pod-security.kubernetes.io/enforce: ${level}\n`}`;

testRule(rule, {
  valid: {
    'all have the same': folders({ dev: PROBE, staging: PROBE, prod: PROBE }),
    'production has more': folders({ dev: '', staging: PROBE, prod: PROBE + LIVE }),
    'nobody else has it': folders({ dev: '', staging: '', prod: '' }),
    'staging lacks it, which is not production': folders({ dev: PROBE, staging: '', prod: PROBE }),
    'other numbers': folders({
      staging: 'resources: { requests: { cpu: 500m } }\nreadinessProbe: { periodSeconds: 5 }\n',
      prod: 'resources: { requests: { cpu: 100m } }\nreadinessProbe: { periodSeconds: 30 }\n',
    }),
    'limits are requests, too': folders({ staging: 'resources: { requests: { cpu: 1 } }\n', prod: 'resources: { limits: { cpu: 1 } }\n' }),
    'the Pod says it for its containers': folders(
      { staging: 'securityContext: { runAsNonRoot: true }\n', prod: '' },
      { prod: 'securityContext: { runAsNonRoot: true }\n' },
    ),
    'not set is not privileged': folders({ staging: 'securityContext: { privileged: false }\n', prod: '' }),
    'another order of privileges': folders({
      staging: 'securityContext: { capabilities: { drop: [NET_RAW, ALL] } }\n',
      prod: 'securityContext: { capabilities: { drop: [ALL] } }\n',
    }),
    'in other letters': folders({
      staging: 'securityContext: { capabilities: { drop: [ALL] } }\n',
      prod: 'securityContext: { capabilities: { drop: [all] } }\n',
    }),
    'what Kubernetes takes it for without a word': folders({
      staging: '',
      prod: 'securityContext: { runAsNonRoot: false, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true, capabilities: { drop: [] } }\n',
    }),
    'a profile of its own': folders({
      staging: 'securityContext: { seccompProfile: { type: RuntimeDefault } }\n',
      prod: 'securityContext: { seccompProfile: { type: Localhost, localhostProfile: checkout.json } }\n',
    }),
    'nobody knows what a variable stands for': folders({
      staging: 'securityContext: { runAsNonRoot: true, capabilities: { drop: [ALL] } }\n',
      prod: 'securityContext: { runAsNonRoot: "${NON_ROOT}", capabilities: { drop: "${DROPPED}" } }\n',
    }),
    'another container': {
      ...folders({ staging: PROBE }),
      'environments/prod/checkout/app.yaml': deployment('checkout', 'image: a\n').replace('- name: checkout', '- name: helper'),
    },
    'a namespace that is stricter': documentsOf({ staging: [namespace('baseline'), APP], prod: [namespace('restricted'), APP] }),
    'a policy for Pods that production does not run': documentsOf({
      staging: [policy('deny'), APP],
      prod: [configMap('checkout', 'A: b\n')],
    }),
    'one of several policies, which lets something through': documentsOf({
      staging: [policy('deny'), policy('allow', 'ingress: [{}]'), APP],
      prod: [policy('deny'), APP],
    }),
    'a condition of a chart': storefront(
      'probe: true\n',
      'a: b\n',
      { staging: 'a: b\n', prod: 'probe: false\n' },
      { 'charts/storefront/templates/app.yaml': deployment('storefront', `image: a\n{{- if .Values.probe }}\n${PROBE}{{- end }}\n`) },
    ),
    'a remote base may bring it': withRemoteBase({ staging: [deployment('checkout', PROBE)], prod: [deployment('checkout', 'image: a\n')] }),
    'a remote base may close the network': withRemoteBase({ staging: [policy('deny'), APP], prod: [APP] }),
  },
  invalid: {
    'a probe that two environments have': folders({ dev: PROBE.replace('Probe:', 'Probe: # error: gone prod'), staging: PROBE, prod: '' }),
    'a probe that a patch takes away': overlaysOf(deployment('checkout', PROBE), { staging: '', prod: patched('readinessProbe: null # error: gone prod') }),
    'a security context as a whole, once': folders({
      staging: 'securityContext: # error: gone prod-eu,prod-us\n  runAsNonRoot: true\n  readOnlyRootFilesystem: true\n',
      'prod-eu': '',
      'prod-us': '',
    }),
    'one line of it': folders({
      staging: 'securityContext:\n  runAsNonRoot: true\n  readOnlyRootFilesystem: true # error: gone\n',
      prod: 'securityContext:\n  runAsNonRoot: true\n',
    }),
    'a switch the wrong way': folders({
      staging: 'securityContext:\n  allowPrivilegeEscalation: false\n  privileged: false\n',
      prod: 'securityContext:\n  allowPrivilegeEscalation: true # error: weaker prod\n  privileged: true # error: weaker prod\n',
    }),
    'more than those before have at all': folders({
      dev: 'image: a\n',
      staging: 'image: a\n',
      prod: 'image: a\nsecurityContext:\n  capabilities:\n    add: [SYS_ADMIN] # error: weaker\n',
    }),
    'privileges that are kept': folders({
      staging: 'securityContext: { capabilities: { drop: [ALL] } }\n',
      prod: 'securityContext: { capabilities: { drop: [NET_RAW] } } # error: weaker\n',
    }),
    'one privilege that is kept': folders({
      staging: 'image: a\nsecurityContext:\n  readOnlyRootFilesystem: true\n  capabilities: # error: gone prod\n    drop: [NET_RAW]\n',
      prod: 'image: a\nsecurityContext:\n  readOnlyRootFilesystem: true\n',
    }),
    'all privileges instead of one': folders({
      staging: 'securityContext: { capabilities: { add: [NET_ADMIN] } }\n',
      prod: 'securityContext: { capabilities: { add: [all] } } # error: weaker prod\n',
    }),
    'a container goes against its Pod': folders(
      { staging: '', prod: 'securityContext: { runAsNonRoot: false } # error: weaker prod\n' },
      { staging: 'securityContext: { runAsNonRoot: true }\n', prod: 'securityContext: { runAsNonRoot: true }\n' },
    ),
    'the network of the node': folders({ staging: '', prod: '' }, { prod: 'hostNetwork: true # error: weaker\n' }),
    'system calls': folders(
      { staging: '', prod: '' },
      {
        staging: 'securityContext: { seccompProfile: { type: RuntimeDefault } }\n',
        prod: 'securityContext: { seccompProfile: { type: Unconfined } } # error: weaker\n',
      },
    ),
    requests: folders({ staging: 'resources:\n  requests: # error: gone\n    cpu: 1\n    memory: 1Gi\n', prod: 'resources:\n  limits: { pods: 1 }\n' }),
    'a namespace that lets more in': documentsOf({ staging: [namespace('restricted')], prod: [namespace('baseline # error: weaker')] }),
    'a namespace that says nothing': documentsOf({ staging: [namespace('restricted # error: gone')], prod: [namespace('')] }),
    'the only policy': documentsOf({ staging: [policy('checkout # error: open prod', 'ingress: [{}]'), APP], prod: [APP] }),
    'the policy that closes all': documentsOf({
      staging: [policy('deny # error: open prod'), policy('allow', 'ingress: [{}]'), APP],
      prod: [policy('allow', 'ingress: [{}]'), APP],
    }),
    'values of a chart that are put out': storefront(
      '',
      'a: b\n',
      { staging: 'probes:\n  readinessProbe: { periodSeconds: 3 } # error: gone\n', prod: '' },
      {
        'charts/storefront/templates/app.yaml': deployment('storefront', '{{- with .Values.probes }}\n{{- toYaml . | nindent 10 }}\n{{- end }}\n'),
      },
    ),
  },
});
