import { describe, expect, it } from 'vitest';
import rule from '../../rules/unrestricted-patch-target/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, documents, kustomization } from './shop.ts';

/** The overlay of an environment beside the base of `storefront`: a Deployment and a ConfigMap. */
const overlay = (more: string, environment = 'prod'): Tree => ({
  'apps/storefront/base/kustomization.yaml': kustomization(['app.yaml']),
  'apps/storefront/base/app.yaml': documents(
    deployment('storefront', 'image: registry.shop.example/storefront:2.8.4\n'),
    configMap('storefront', 'THEME: dark\n'),
  ),
  [`apps/storefront/overlays/${environment}/kustomization.yaml`]: kustomization(['../../base'], more),
  [`apps/storefront/overlays/${environment}/patch.yaml`]: '- { op: add, path: /spec, value: {} }\n',
});
const by = (target: string): string => `patches:\n  - path: patch.yaml\n    target: ${target}\n`;

testRule(rule, {
  valid: {
    'a kind': overlay(by('{ kind: Deployment }')),
    'a name': overlay(by('{ name: storefront }')),
    'a group': overlay(by('{ group: apps }')),
    'a version': overlay(by('{ version: v1 }')),
    'a namespace': overlay(by('{ namespace: shop }')),
    'a label': overlay(by('{ labelSelector: team=payments }')),
    'an annotation': overlay(by('{ annotationSelector: team=payments }')),
    'a kind in another case, which kustomize reads': overlay(by('{ Kind: Deployment }')),
    'a pattern that says that everything is meant': overlay(by('{ kind: .* }')),
    'a kind beside an empty name': overlay(by('{ kind: Deployment, name: "" }')),
    'no target, as the patch names its object itself': {
      ...overlay('patches:\n  - path: patch.yaml\n'),
      'apps/storefront/overlays/prod/patch.yaml': deployment('storefront', 'imagePullPolicy: Always\n'),
    },
    'nothing behind the key, which is no target': {
      ...overlay('patches:\n  - path: patch.yaml\n    target:\n'),
      'apps/storefront/overlays/prod/patch.yaml': deployment('storefront', 'imagePullPolicy: Always\n'),
    },
    'a comment': overlay('# patches: [{ path: patch.yaml, target: {} }]\n'),
    'a suppression with a reason': overlay(
      'patches:\n  - path: patch.yaml\n    target: {} # gitops-lint-ignore unrestricted-patch-target -- a finalizer for all that we own\n',
    ),
  },

  invalid: {
    nothing: overlay(by('{} # error: unrestricted')),
    'an empty kind': overlay(by('{ kind: "" } # error: unrestricted')),
    'a kind that was left out': overlay(
      yaml`
        patches:
          - path: patch.yaml
            target:
              kind: # error: unrestricted
              name: ""
      `,
    ),
    'an empty selector of labels': overlay(by('{ labelSelector: "" } # error: unrestricted')),
    'an inline patch': overlay(
      yaml`
        patches:
          - target: {} # error: unrestricted
            patch: |-
              - op: add
                path: /metadata/labels
                value: { team: payments }
      `,
    ),
    'the second of two': overlay(
      yaml`
        patches:
          - path: patch.yaml
            target: { kind: Deployment }
          - path: patch.yaml
            target: {} # error: unrestricted
      `,
    ),
    'in a component': {
      ...overlay('components: [../../../../components/owned]\n'),
      'components/owned/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${by('{} # error: unrestricted')}`,
      'components/owned/patch.yaml': '- { op: add, path: /spec, value: {} }\n',
    },
    'lines that end as on Windows': overlay(crlf(by('{} # error: unrestricted'))),
  },
});

describe('the findings of unrestricted-patch-target', () => {
  it('fall with the tier', async () => {
    const { findings } = await lintTree({ ...overlay(by('{}')), ...overlay(by('{}'), 'staging'), ...overlay(by('{}'), 'dev') }, [rule]);
    expect(findings.map(({ severity, variants }) => [severity, ...variants])).toEqual([
      ['warning', 'storefront@prod'],
      ['info', 'storefront@staging'],
    ]);
  });
});
