import { describe, expect, it } from 'vitest';
import type { VariantSource } from '../../src/model/discovery.ts';
import { valuesOnly } from '../../src/render/values-only.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { childOf, itemsOf, type Node, type Scalar } from '../../src/tree/node.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { parseYaml } from '../../src/yaml/parse.ts';

const app = (text: string): Node => {
  const root = parseYaml(new SourceFile('app.yaml', text)).documents[0]?.root;
  if (!root) throw new Error('there is nothing');
  return root;
};
const values = (files: Readonly<Record<string, string>>, helm?: VariantSource['helm']) => {
  const source: VariantSource = { app: 'redis', labels: {}, root: '', renderer: 'helm', values: Object.keys(files), helm };
  const [chart] = valuesOnly(memoryWorkspace(files), source).charts ?? [];
  if (!chart) throw new Error('nothing was given');
  return chart;
};
const RELEASE = { replacesDefaults: false, inline: [], parameters: [], apiVersions: [], skipsCrds: false, postRenderers: [] };

describe('the values of a chart that is not here', () => {
  const chart = values({ 'values.yaml': 'a: 1\nb: { c: x, d: [1] }\ne: gone\n', 'values-prod.yaml': 'b:\n  c: z\ne: null\nf: "2"\n' });

  it('are those of all files, the last of which counts', () => {
    expect(['a', 'b', 'b.c', 'b.d', 'e', 'f', 'g'].map((path) => chart.at(path.split('.'))).map((value) => value && `${value.kind} ${value.text}`)).toEqual([
      'number 1',
      'map ',
      'text z',
      'list ',
      undefined,
      'text 2',
      undefined,
    ]);
  });

  it('have the line where they were given last', () => {
    const { file, start } = chart.given.find(({ path }) => path.join('.') === 'b.c')?.at ?? {};
    expect([file?.path, start]).toEqual(['values-prod.yaml', 5]);
    expect(chart.given.map(({ path }) => path.join('.'))).toEqual(['a', 'b', 'b.c', 'b.d', 'f']);
  });

  it('say nothing of what the chart reads', () => {
    expect([chart.isRead, chart.needOf(['a']), chart.unread]).toEqual([false, 'none', []]);
  });

  it('count more within the deployer, and most as parameters', () => {
    const root = app(
      'valuesObject: { a: 2, b: { c: 3 } }\nvalues: "b: { c: 4 }"\nparameters:\n  - { name: b.c, value: five }\n  - { name: "l[0]", value: x }\n',
    );
    const text = childOf(root, 'values') as Scalar;
    const parameters = itemsOf(root, 'parameters').map((item) => ({
      name: childOf(item, 'name') as Scalar,
      value: childOf(item, 'value') as Scalar,
      isString: false,
    }));
    const inline = [
      { kind: 'text', name: 'values', node: text },
      { kind: 'map', name: 'valuesObject', node: childOf(root, 'valuesObject') as Node },
    ] as const;
    expect(values({ 'values.yaml': 'a: 1\n' }, { ...RELEASE, inline }).at(['b', 'c'])?.text).toBe('3');
    const all = values({ 'values.yaml': 'a: 1\n' }, { ...RELEASE, inline, parameters });
    expect([all.at(['a'])?.text, all.at(['b', 'c'])?.text, all.at(['l'])]).toEqual(['2', 'five', undefined]);
  });
});
