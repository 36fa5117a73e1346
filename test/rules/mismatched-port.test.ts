import rule from '../../rules/mismatched-port/rule.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, documents, kustomization } from './shop.ts';

interface Ports {
  readonly open?: string;
  readonly target?: string;
  readonly port?: string;
  readonly probe?: string;
  readonly more?: string;
  readonly type?: string;
}

const service = ({ target = '8080', port = '80', type = 'ClusterIP' }: Ports) => `apiVersion: v1
kind: Service
metadata:
  name: checkout
spec:
  type: ${type}
  selector:
    app: checkout
  ports:
    - name: http
      targetPort: ${target}
      port: ${port}
`;
const workload = ({ open = '8080', probe = '8080', more = '' }: Ports) =>
  deployment(
    'checkout',
    `${open && `ports:\n  - name: http\n    containerPort: ${open}\n`}readinessProbe:\n  httpGet:\n    path: /\n    port: ${probe}\n${more}`,
  ).replace('  template:\n', '  template:\n    metadata:\n      labels:\n        app: checkout\n');
const inNamespace = (name: string, object: string) => object.replace('  name: checkout\n', `  name: checkout\n  namespace: ${name}\n`);
const shop = (environments: Readonly<Record<string, Ports>>) =>
  Object.fromEntries(
    Object.entries(environments).map(([name, ports]) => [`environments/${name}/checkout/app.yaml`, documents(workload(ports), service(ports))]),
  );

testRule(rule, {
  valid: {
    'all share them': shop({ dev: {}, staging: {}, prod: {} }),
    'all of them moved together': shop({ dev: {}, staging: {}, prod: { open: '9090', target: '9090', probe: '9090' } }),
    'the container is told of its port': shop({
      dev: { target: 'http', probe: 'http' },
      staging: { target: 'http', probe: 'http' },
      prod: { target: 'http', probe: 'http', open: '9090', more: 'args: ["--listen=:9090"]\n' },
    }),
    'by name or by number': shop({ dev: {}, staging: {}, prod: { target: 'http', probe: 'http' } }),
    'one of two may be either': shop({ staging: {}, prod: { port: '443' } }),
    'two of four are no exception': shop({ dev: {}, staging: {}, 'prod-eu': { port: '443' }, 'prod-us': { port: '443' } }),
    'a Service that is another kind of door': shop({ dev: {}, staging: {}, prod: { port: '443', type: 'LoadBalancer' } }),
    'what is filled in later': shop({ dev: {}, staging: {}, prod: { port: '${PORT}' } }),
    'a container that names no ports, as nobody has to': shop({ staging: {}, prod: { open: '', target: '8081', probe: '8081' } }),
    'pods of another namespace, to which it does not lead': Object.fromEntries(
      Object.entries({ staging: '8080', prod: '8081' }).map(([name, target]) => [
        `environments/${name}/checkout/app.yaml`,
        documents(inNamespace('ledger', workload({})), inNamespace('shop', service({ target }))),
      ]),
    ),
    'a remote base may open it': {
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/overlays/staging/app.yaml': documents(workload({}), service({})),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['app.yaml', 'https://github.com/shop/bases//checkout?ref=v1']),
      'apps/checkout/overlays/prod/app.yaml': documents(workload({}), service({ target: '8081' })),
    },
    'nobody looks at local environments': shop({ local: { port: '8000' }, dev: {}, prod: {} }),
  },
  invalid: {
    'a probe that asks where nobody listens': shop({ staging: {}, prod: { probe: '8081 # error: closed prod' } }),
    'a probe by a name that there is not': shop({ staging: { probe: 'http' }, prod: { probe: 'web # error: closed prod' } }),
    'a Service that leads nowhere': shop({ staging: {}, prod: { target: '8081 # error: closed prod' } }),
    'a container that opens another port than its siblings, by which it is found': shop({
      dev: { target: 'http', probe: 'http' },
      staging: { target: 'http', probe: 'http' },
      prod: { target: 'http', probe: 'http', open: '8081 # error: other prod' },
    }),
    'the port by which clients know it': shop({ dev: {}, staging: {}, prod: { port: '8000 # error: other prod' } }),
  },
});
