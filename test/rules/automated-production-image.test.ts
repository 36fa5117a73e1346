import rule from '../../rules/automated-production-image/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { deployment, kustomization } from './shop.ts';

const MARKER = '# {"$imagepolicy": "flux-system:checkout"}';
/** A Deployment whose image has a marker; `mark` stands above it. */
const marked = (mark = '', marker = MARKER) => deployment('checkout', `${mark && `${mark}\n`}image: shop/checkout:1.0.0 ${marker}\n`);

/** An automation of a cluster that writes to a path and pushes as the given lines say. */
const automation = (path: string, push = ''): string => `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: updates
spec:
  git:
    checkout:
      ref:
        branch: main
${push}  update:
    path: ${path}
`;
const PULL_REQUEST = '    push:\n      branch: updates\n';

/** Clusters whose policies have the same name, each with an automation for its own folder. */
const apart: Tree = {
  'clusters/dev/checkout.yaml': marked(),
  'clusters/dev/automation.yaml': automation('./clusters/dev'),
  'clusters/staging/checkout.yaml': marked(),
  'clusters/staging/automation.yaml': automation('./clusters/staging'),
};

testRule(rule, {
  valid: {
    'no marker': { 'clusters/prod/checkout.yaml': deployment('checkout', 'image: shop/checkout:1.0.0\n') },
    'a marker in dev': { 'clusters/dev/checkout.yaml': marked(), 'clusters/prod/checkout.yaml': deployment('checkout', 'image: shop/checkout:1.0.0\n') },
    'another comment': { 'clusters/prod/checkout.yaml': marked('', '# renovate: image') },
    'a marker on a line of its own, which writes nothing': {
      'clusters/prod/checkout.yaml': deployment('checkout', `${MARKER}\nimage: shop/checkout:1.0.0\n`),
    },
    'an automation whose branch somebody merges': {
      'clusters/prod/checkout.yaml': marked(),
      'clusters/prod/automation.yaml': automation('./clusters/prod', PULL_REQUEST),
    },
    'a folder that no automation writes to': { 'clusters/prod/checkout.yaml': marked(), 'clusters/dev/automation.yaml': automation('./clusters/dev') },
    'one name of policies in several clusters': apart,
  },
  invalid: {
    'a marker in production': { 'clusters/prod/checkout.yaml': marked('# error: production prod') },
    'the tag alone': { 'clusters/prod/checkout.yaml': marked('# error: production', '# {"$imagepolicy": "flux-system:checkout:tag"}') },
    'a kustomization': {
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', 'image: shop/checkout:1.0.0\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['deployment.yaml'],
        'images:\n  - name: shop/checkout\n    # error: production\n    newTag: 1.1.0 # {"$imagepolicy": "flux-system:checkout:tag"}\n',
      ),
    },
    'an automation that pushes to the branch that it reads': {
      'clusters/prod/checkout.yaml': marked('# error: production'),
      'clusters/prod/automation.yaml': automation('./clusters/prod', '    push:\n      branch: main\n'),
    },
    'an automation of which only the cluster knows where it writes': {
      'clusters/prod/checkout.yaml': marked('# error: production'),
      'clusters/prod/automation.yaml': automation('./clusters/${CLUSTER}'),
    },
    'one policy for staging and production, once': {
      'clusters/staging/checkout.yaml': marked(),
      'clusters/prod/checkout.yaml': marked('# error: shared prod,staging'),
      'clusters/prod/automation.yaml': automation('./clusters'),
    },
    'a base of several environments': {
      'apps/checkout/base/deployment.yaml': marked('# error: shared prod,staging'),
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'one policy for two environments before production': {
      'clusters/staging/checkout.yaml': marked('# error: shared staging'),
      'clusters/test/checkout.yaml': marked(),
      'clusters/prod/checkout.yaml': deployment('checkout', 'image: shop/checkout:1.0.0\n'),
    },
  },
});
