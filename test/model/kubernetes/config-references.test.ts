import { describe, expect, it } from 'vitest';
import { configReferencesOf, definitionsOf, writtenDefinitionsOf } from '../../../src/model/kubernetes/config-references.ts';
import { formatFieldPath } from '../../../src/tree/field-path.ts';
import { yaml } from '../../support/rule-tester.ts';
import { repositoryOf, resourceOf, variantOf } from '../shop.ts';

const SPEC = 'spec.template.spec';

describe('a workload mentions', () => {
  const pod = (rest: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: checkout }\nspec:\n  template:\n    spec:\n${rest.replaceAll(/^(?=.)/gm, '      ')}`;
  const mentionsIn = (rest: string) =>
    configReferencesOf(resourceOf(pod(rest))).map(
      ({ kind, name, key, optional, field }) =>
        `${kind}/${name}${key === undefined ? '' : ` ${key}`}${optional ? ' optional' : ''} at ${formatFieldPath(field.path).replace(`${SPEC}.`, '')}`,
    );

  it.each<[string, string, readonly string[]]>([
    [
      'what a container takes its environment from',
      'containers:\n  - name: a\n    envFrom:\n      - configMapRef: { name: shop }\n      - secretRef: { name: keys, optional: true }\n      - prefix: X_\n',
      ['ConfigMap/shop at containers[0].envFrom[0].configMapRef.name', 'Secret/keys optional at containers[0].envFrom[1].secretRef.name'],
    ],
    [
      'single variables, also of init containers',
      'initContainers:\n  - name: a\n    env:\n      - { name: A, value: b }\n      - name: B\n        valueFrom: { secretKeyRef: { name: keys, key: password } }\n      - name: C\n        valueFrom: { configMapKeyRef: { name: shop, key: URL, optional: "yes" } }\n',
      [
        'Secret/keys password at initContainers[0].env[1].valueFrom.secretKeyRef.key',
        'ConfigMap/shop URL at initContainers[0].env[2].valueFrom.configMapKeyRef.key',
      ],
    ],
    [
      'volumes, as a whole or by items',
      'containers: []\nvolumes:\n  - { name: a, configMap: { name: shop } }\n  - { name: b, secret: { secretName: keys, items: [{ key: tls.crt, path: crt }, { key: tls.key, path: key }] } }\n',
      [
        'ConfigMap/shop at volumes[0].configMap.name',
        'Secret/keys tls.crt at volumes[1].secret.items[0].key',
        'Secret/keys tls.key at volumes[1].secret.items[1].key',
      ],
    ],
    [
      'projected volumes',
      'containers: []\nvolumes:\n  - name: a\n    projected:\n      sources:\n        - configMap: { name: shop, optional: true }\n        - secret: { name: keys, items: [{ key: password, path: p }] }\n',
      [
        'ConfigMap/shop optional at volumes[0].projected.sources[0].configMap.name',
        'Secret/keys password at volumes[0].projected.sources[1].secret.items[0].key',
      ],
    ],
    [
      'nothing that a later step fills in',
      'containers:\n  - name: a\n    envFrom:\n      - configMapRef: { name: "${CONFIG}" }\n      - secretRef: { name: "$(KEYS)" }\n      - secretRef: { name: "{{ keys }}" }\n      - configMapRef: {}\n',
      [],
    ],
  ])('%s', (_, rest, expected) => {
    expect(mentionsIn(rest)).toEqual(expected);
  });

  it('nothing when it is no workload', () => {
    expect(configReferencesOf(resourceOf('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { envFrom: x }\n'))).toEqual([]);
  });
});

describe('a variant defines', () => {
  it.each<[string, string, string]>([
    ['a ConfigMap by its keys', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\ndata: { A: a }\nbinaryData: { B: Yg== }\n', 'ConfigMap/shop A B'],
    ['a Secret by its keys', 'apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\ndata: { A: YQ== }\nstringData: { B: b }\n', 'Secret/keys A B'],
    ['one that is empty, which somebody fills', 'apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\n', 'Secret/keys any'],
    [
      'one that is marked to be filled',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ca, labels: { config.openshift.io/inject-trusted-cabundle: "true" } }\ndata: { A: a }\n',
      'ConfigMap/ca any',
    ],
    [
      'what a SealedSecret becomes',
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: sealed }\nspec: { encryptedData: { A: x }, template: { metadata: { name: keys }, data: { B: y } } }\n',
      'Secret/keys A B',
    ],
    [
      'what an ExternalSecret fetches by keys',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: fetched }\nspec: { target: { name: keys }, data: [{ secretKey: A }, { secretKey: B }] }\n',
      'Secret/keys A B',
    ],
    [
      'what it fetches as a whole',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: keys }\nspec: { dataFrom: [{ extract: { key: x } }] }\n',
      'Secret/keys any',
    ],
    [
      'what it makes of that by a template',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: keys }\nspec: { dataFrom: [{ extract: { key: x } }], target: { template: { data: { A: a } } } }\n',
      'Secret/keys A',
    ],
    [
      'what it adds to that by a template',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: keys }\nspec: { data: [{ secretKey: A }], target: { template: { mergePolicy: Merge, data: { B: b } } } }\n',
      'Secret/keys A B',
    ],
    [
      'what a Certificate becomes',
      'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: cert }\nspec: { secretName: tls }\n',
      'Secret/tls any',
    ],
    [
      'what a vault gives',
      'apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: { name: a }\nspec: { destination: { name: keys } }\n',
      'Secret/keys any',
    ],
    [
      'what a driver mounts',
      'apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: { name: a }\nspec: { secretObjects: [{ secretName: keys }] }\n',
      'Secret/keys any',
    ],
    [
      'the certificate of a Service',
      'apiVersion: v1\nkind: Service\nmetadata: { name: a, annotations: { service.beta.openshift.io/serving-cert-secret-name: tls } }\n',
      'Secret/tls any',
    ],
    ['nothing by a Service alone', 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n', ''],
  ])('%s', async (_, text, expected) => {
    const found = [...definitionsOf(await variantOf(text))].map(([name, { keys }]) => [name, ...(keys === 'any' ? ['any'] : keys)].join(' '));
    expect(found.join(', ')).toBe(expected);
  });

  it('things by their rendered names, and by those in the sources', async () => {
    const { variants } = await repositoryOf({
      'overlays/prod/kustomization.yaml': yaml`
        namePrefix: my-
        configMapGenerator:
          - name: shop
            literals: [A=a]
      `,
    });
    const [variant] = variants;
    if (!variant) throw new Error('there is a variant');
    expect([...definitionsOf(variant).keys()].join()).toMatch(/^ConfigMap\/my-shop-[a-z0-9]{10}$/);
    expect([...writtenDefinitionsOf(variant).keys()]).toEqual(['ConfigMap/shop']);
    expect(definitionsOf(variant), 'known the second time').toBe(definitionsOf(variant));
  });
});
