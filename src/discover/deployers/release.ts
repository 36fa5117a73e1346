import type { HelmSettings } from '../../model/helm-settings.ts';
import type { Resource } from '../../model/resource.ts';
import { childOf, itemsOf, mapping, textOf } from '../../tree/node.ts';
import { renamedFields } from './fields.ts';
import type { Lookup } from './said.ts';
import { type GivenValues, valuesFrom } from './values-from.ts';

/** What a HelmRelease says of its release. `spec.values` counts more than `valuesFrom`, of which later ones count more. */
export function releaseOf({ node, id }: Resource, lookup: Lookup): HelmSettings {
  const spec = childOf(node, 'spec');
  const values = childOf(spec, 'values');
  const namespace = textOf(spec, 'targetNamespace') ?? id.namespace;
  const given: readonly GivenValues[] = itemsOf(spec, 'valuesFrom').map((item) => valuesFrom(item, id.namespace, lookup));
  const gaps = given.flatMap(({ gap }) => gap ?? []);
  return {
    releaseName: textOf(spec, 'releaseName') ?? (textOf(spec, 'targetNamespace') === undefined ? id.name : `${namespace}-${id.name}`),
    namespace,
    replacesDefaults: true,
    inline: [
      ...given.flatMap(({ values: inline }) => inline ?? []),
      ...(values?.kind === 'mapping' ? [{ kind: 'map', name: 'spec.values', node: values } as const] : []),
    ],
    parameters: [],
    apiVersions: [],
    skipsCrds: textOf(childOf(spec, 'install'), 'crds') === 'Skip',
    postRenderers: itemsOf(spec, 'postRenderers').flatMap((item) => {
      const kustomize = childOf(item, 'kustomize');
      return kustomize ? [{ fields: mapping(renamedFields(kustomize, POST), kustomize.origin), labels: [], annotations: [] }] : [];
    }),
    ...(gaps.length > 0 && { gaps }),
    ...(given.some(({ isSecret }) => isSecret) && { hasSecrets: true }),
  };
}

const POST = { patches: 'patches', images: 'images', patchesStrategicMerge: 'patchesStrategicMerge', patchesJson6902: 'patchesJson6902' };
