import type { Settings } from '../config/settings.ts';
import { type FillGoTemplate, mayHaveGoTemplates } from '../discover/argo/language.ts';
import type { Declaration } from '../model/declaration.ts';
import type { VariantSource } from '../model/discovery.ts';
import { createRenderers, type Renderers } from '../render/index.ts';
import { filesWithLinks } from '../workspace/linked-files.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What a repository is read with. */
export interface Readers extends Renderers {
  readonly fillGoTemplate: FillGoTemplate | undefined;
}

/** The readers of one run, as the configuration wants them. What reads charts and Go templates is loaded only where there are any. */
export async function renderersOf(workspace: Workspace, { loadRestrictor, helmVersion, declaration: { isIgnored } }: Settings): Promise<Readers> {
  const hasCharts = filesWithLinks(workspace).some((path) => path === 'Chart.yaml' || path.endsWith('/Chart.yaml'));
  const createHelm = hasCharts ? (await import('../render/helm/renderer.ts')).createHelmRenderer : undefined;
  const fillGoTemplate = mayHaveGoTemplates(workspace) ? (await import('../discover/argo/go-template/fill.ts')).fillGoTemplate : undefined;
  return { ...createRenderers({ workspace, loadRestrictor, helmVersion, isIgnored, createHelm }), fillGoTemplate };
}

/** A chart can ask what it is rendered for: what the environment is said to run, unless its deployer says otherwise. */
export function withVersion(source: VariantSource, { environments }: Declaration): VariantSource {
  const kubeVersion = source.renderer === 'helm' && environments.find(({ name }) => name === source.environment)?.kubeVersion;
  return kubeVersion ? { ...source, kubeVersion } : source;
}
