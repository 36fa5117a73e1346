import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { renderRoot, rendersBelow } from '../../src/engine/render-roots.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Tree } from '../support/rule-tester.ts';

const chart = (name: string, values: Readonly<Record<string, string>>): Tree => ({
  [`charts/${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
  [`charts/${name}/values.yaml`]: 'level: info\n',
  [`charts/${name}/templates/config.yaml`]:
    'kind: ConfigMap\napiVersion: v1\nmetadata: { name: settings }\ndata:\n  text: {{ .Values.level }} {{ .Capabilities.KubeVersion.Minor }}\n',
  ...Object.fromEntries(Object.entries(values).map(([environment, text]) => [`charts/${name}/values-${environment}.yaml`, text])),
});
const TREE: Tree = {
  ...chart('checkout', { dev: 'level: debug\n', prod: 'level: warn\n' }),
  ...chart('ledger', {}),
  'apps/web/overlays/dev/kustomization.yaml': 'namePrefix: dev-\n',
  '.gitopsrc': 'environments:\n  dev: { kubeVersion: "1.29" }\n  prod: { kubeVersion: "1.31" }\n',
};

async function opened(tree: Tree) {
  const workspace = memoryWorkspace(tree);
  return { workspace, settings: (await loadSettings(workspace, '', rules)).settings };
}
const textIn = (output: string | undefined) => /text: (.*)/.exec(output ?? '')?.[1];

describe('rendersBelow', () => {
  it('renders a chart once for each environment, with the values and for the Kubernetes of that', async () => {
    const { workspace, settings } = await opened(TREE);
    const renders = [...(await rendersBelow(workspace, '', settings))];
    expect(renders.map(({ variant, result: { folder }, output }) => [folder, variant, textIn(output)])).toEqual([
      ['apps/web/overlays/dev', undefined, undefined],
      ['charts/checkout', 'checkout@dev', 'debug 29'],
      ['charts/checkout', 'checkout@prod', 'warn 31'],
    ]);
  });
});

describe('renderRoot', () => {
  const rendered = async (folder: string, names?: readonly string[]) => {
    const { workspace, settings } = await opened(TREE);
    const root = await renderRoot(workspace, folder, settings, names);
    return root && ('choices' in root ? root.choices : [root.variant, textIn(root.output)]);
  };

  it('renders a chart for the environment that is named, or by the id of its variant', async () => {
    expect(await rendered('charts/checkout', ['prod'])).toEqual(['checkout@prod', 'warn 31']);
    expect(await rendered('charts/checkout', ['checkout@dev'])).toEqual(['checkout@dev', 'debug 29']);
  });

  it('offers the variants where none is named, or none of them', async () => {
    const all = ['checkout@dev', 'checkout@prod'];
    expect(await rendered('charts/checkout')).toEqual(all);
    expect(await rendered('charts/checkout', ['qa'])).toEqual(all);
    expect(await rendered('charts/ledger', ['dev'])).toEqual([]);
  });

  it('takes the own values of a chart that no environment has others for', async () => {
    expect(await rendered('charts/ledger')).toEqual([undefined, expect.stringMatching(/^info /)]);
  });

  it('finds the one variant of a chart that a deployer elsewhere makes', async () => {
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ledger-prod }
spec:
  source: { repoURL: https://git.shop.example/config.git, path: charts/ledger, helm: { valuesObject: { level: error } } }
  destination: { namespace: ledger }
`;
    const { workspace, settings } = await opened({ ...TREE, 'argocd/ledger.yaml': application });
    const root = await renderRoot(workspace, 'charts/ledger', settings);
    expect(root && 'output' in root && [root.variant, textIn(root.output)]).toEqual(['ledger@prod', 'error 31']);
  });

  it('has nothing of a folder without anything to deploy', async () => expect(await rendered('charts')).toBeUndefined());
});
