import { gzipSync } from 'node:zlib';
import type { LoadedChart } from '../../../../src/render/helm/chart/chart.ts';
import { loadChart } from '../../../../src/render/helm/chart/load-chart.ts';
import type { ValuesSource } from '../../../../src/render/helm/chart/values-source.ts';
import type { Value } from '../../../../src/render/helm/value.ts';
import { SourceFile } from '../../../../src/text/source-file.ts';
import type { Origin } from '../../../../src/tree/node.ts';
import { memoryWorkspace } from '../../../../src/workspace/memory-workspace.ts';

type Tree = Readonly<Record<string, string | Uint8Array>>;

/** `Chart.yaml` of a chart of the second version. */
export const chartYaml = (name: string, more = ''): string => `apiVersion: v2\nname: ${name}\nversion: 1.2.3\n${more}`;

/** The chart in `folder`, which has to be one. */
export function chartIn(tree: Tree, folder = 'storefront'): LoadedChart {
  const { chart, problems } = loadChart(memoryWorkspace(tree), folder);
  if (!chart) throw new Error(problems[0]?.message);
  return chart;
}

export function valuesFile(content: string, name = 'values-prod.yaml'): ValuesSource {
  return { kind: 'file', name, file: new SourceFile(name, content) };
}

/** As JavaScript has it. */
export function plainOf(value: Value | undefined): unknown {
  switch (value?.kind) {
    case 'string':
      return value.text;
    case 'int':
      return Number(value.value);
    case 'float':
    case 'bool':
      return value.value;
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, inner]) => [key, plainOf(inner)]));
    case 'list':
      return value.items.map(plainOf);
    case 'nil':
      return null;
    default:
      return undefined;
  }
}

/** `values.yaml:3: tag` — the file, the line and what is written there. */
export function shown({ file, start, end }: Origin): string {
  return `${file.path}:${file.positionAt(start).line}: ${file.text.slice(start, end)}`;
}

/** A gzipped tar archive; `type` is that of every entry. */
export function tgz(files: Tree, type = '0'): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(type, 156);
    header.write('ustar\x0000', 257);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
