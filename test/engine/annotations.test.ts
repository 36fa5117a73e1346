import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { lintTree, type Tree } from '../support/rule-tester.ts';
import { values } from './rules.ts';

const configMap = (data: string, annotations = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\n${annotations && `  annotations:\n${annotations}`}data:\n${data}`;
const IGNORE = '    gitops-lint/ignore: values -- a demo\n';
const overlay = (env: string, more = ''): Tree => ({ [`apps/shop/overlays/${env}/kustomization.yaml`]: `resources: [../../base]\n${more}` });
const shop = (app: string, dev = '', prod = ''): Tree => ({
  'apps/shop/base/kustomization.yaml': 'resources: [app.yaml]\n',
  'apps/shop/base/app.yaml': app,
  ...overlay('dev', dev),
  ...overlay('prod-eu', prod),
});
const patch = (annotation = 'values -- a demo', name = 'checkout') =>
  `patches:\n  - patch: |\n      apiVersion: v1\n      kind: ConfigMap\n      metadata:\n        name: ${name}\n        annotations:\n          gitops-lint/ignore: ${annotation}\n`;

/** `data.URL dev,prod-eu`, the quiet ones with who says so. */
async function findingsIn(tree: Tree, used: readonly Rule[] = [values]): Promise<string[]> {
  const { findings } = await lintTree(tree, used);
  return findings.map(
    ({ path, variants, suppressed }) =>
      `${path} ${variants.map((id) => id.split('@')[1]).join(',')}${suppressed ? ` (${suppressed.by}: ${suppressed.reason})` : ''}`,
  );
}

describe('an annotation', () => {
  it.each<[string, Tree, readonly string[]]>([
    ['of the base speaks for all', shop(configMap('  URL: a\n', IGNORE)), ['data.URL dev,prod-eu (annotation: a demo)']],
    ['of a patch speaks for those that have it', shop(configMap('  URL: a\n'), '', patch()), ['data.URL dev']],
    [
      'of each overlay speaks for all',
      shop(configMap('  URL: a\n'), patch(), patch('values -- another demo')),
      ['data.URL dev,prod-eu (annotation: a demo; another demo)'],
    ],
    [
      'of all that is built speaks for it',
      shop(configMap('  URL: a\n'), 'commonAnnotations: { gitops-lint/ignore: values -- a demo }\n'),
      ['data.URL prod-eu'],
    ],
    ['that is taken away speaks for nobody', shop(configMap('  URL: a\n', IGNORE), patch('null'), ''), ['data.URL dev']],
    ['names several rules', shop(configMap('  URL: a\n', '    gitops-lint/ignore: other, values -- a demo\n')), ['data.URL dev,prod-eu (annotation: a demo)']],
    [
      'has a line for each reason',
      shop(configMap('  URL: a\n', '    gitops-lint/ignore: |\n      other -- for this\n      values -- for that\n')),
      ['data.URL dev,prod-eu (annotation: for that)'],
    ],
    ['speaks of no other rule', shop(configMap('  URL: a\n', '    gitops-lint/ignore: other -- a demo\n')), ['data.URL dev,prod-eu']],
    ['without a reason says nothing', shop(configMap('  URL: a\n', '    gitops-lint/ignore: values\n')), ['data.URL dev,prod-eu']],
    [
      'speaks of its own resource',
      shop(`${configMap('  URL: a\n', IGNORE)}---\n${configMap('  LINK: a\n').replace('checkout', 'ledger')}`),
      ['data.URL dev,prod-eu (annotation: a demo)', 'data.LINK dev,prod-eu'],
    ],
    ['holds when the resource is renamed', shop(configMap('  URL: a\n', IGNORE), 'namePrefix: my-\n'), ['data.URL dev,prod-eu (annotation: a demo)']],
    [
      'of a generator holds',
      shop(
        configMap('  URL: a\n', IGNORE),
        'configMapGenerator:\n  - name: region\n    literals: [REGION=eu]\n    options: { annotations: { gitops-lint/ignore: values -- a demo } }\n',
      ),
      ['data.URL dev,prod-eu (annotation: a demo)', 'data.REGION dev (annotation: a demo)'],
    ],
  ])('%s', async (_, tree, expected) => {
    expect(await findingsIn(tree)).toEqual(expected);
  });

  it('without a reason is pointed at by the finding', async () => {
    const { findings } = await lintTree(shop(configMap('  URL: a\n', '    gitops-lint/ignore: values\n')), [values]);
    expect(findings.flatMap(({ related }) => related.map(({ message, location: { file, span } }) => `${file.positionAt(span.start).line} ${message}`))).toEqual(
      ['6 this annotation has no effect: it gives no reason ("values -- why")'],
    );
  });

  it('speaks of a resource that another environment lacks, where it is', async () => {
    const one = rules.filter(({ id }) => id === 'missing-resource');
    const lone = (annotations: string): Tree => ({
      'environments/dev/shop/app.yaml': `${configMap('  URL: a\n')}---\n${configMap('  LINK: a\n', annotations).replace('name: checkout', 'name: sandbox')}`,
      'environments/prod/shop/app.yaml': configMap('  URL: a\n'),
    });
    expect(await findingsIn(lone(''), one)).toEqual(['metadata.name prod']);
    expect(await findingsIn(lone('    gitops-lint/ignore: missing-resource -- for the test environments\n'), one)).toEqual([
      'metadata.name prod (annotation: for the test environments)',
    ]);
  });

  it('is no difference between environments', async () => {
    const config = { '.gitopsrc': 'preset: strict\ndifferences: [{ kind: ConfigMap, must: same }]\n' };
    const tree = { ...shop(configMap('  URL: a\n'), '', patch()), ...config };
    expect(
      await findingsIn(
        tree,
        rules.filter(({ id }) => id === 'undeclared-difference'),
      ),
    ).toEqual([]);
  });
});
