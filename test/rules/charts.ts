import type { Tree } from '../support/rule-tester.ts';

/**
 * The chart `storefront`, with a values file for each environment by convention. The templates are the given ones, each
 * of them the data of a ConfigMap.
 */
export function storefront(defaults: string, template: string, values: Readonly<Record<string, string>>, more: Tree = {}): Tree {
  return {
    'charts/storefront/Chart.yaml': 'apiVersion: v2\nname: storefront\nversion: 1.0.0\n',
    'charts/storefront/values.yaml': defaults,
    'charts/storefront/templates/config.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: storefront }\ndata:\n${template.replace(/^(?=.)/gm, '  ')}`,
    ...Object.fromEntries(Object.entries(values).map(([environment, text]) => [`charts/storefront/values-${environment}.yaml`, text])),
    ...more,
  };
}
