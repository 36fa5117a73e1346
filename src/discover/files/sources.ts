import { baseOf, folderOf, upwards } from '../../text/path.ts';
import type { Listing } from './listing.ts';

/** Files that stand where the sources of an application begin. */
const MARKS =
  /^(?:package\.json|pom\.xml|build\.gradle(?:\.kts)?|go\.mod|Cargo\.toml|composer\.json|Gemfile|manage\.py|pyproject\.toml|setup\.py|requirements\.txt|mix\.exs|.+\.(?:cs|fs|vb)proj|.+\.sln)$/;
/** Folders within an application that hold how it is deployed. */
const DEPLOYED = new Set(
  'deploy deployment deployments k8s kubernetes helm helm_deploy helm-deploy chart charts helmfile helmfiles helmfile.d kustomize manifests gitops argocd flux infra infrastructure ops clusters cluster openshift'.split(
    ' ',
  ),
);

/**
 * Whether a file belongs to the sources of an application, which reads it itself: `.env.production` beside a
 * `package.json`, anything below `src`. What lies in a folder for deployments, or in a chart, does not.
 */
export function isOfApplication(path: string, { folders, charts }: Listing): boolean {
  for (const at of upwards(folderOf(path))) {
    const step = baseOf(at).toLowerCase();
    if (charts.has(at) || DEPLOYED.has(step)) return false;
    if (step === 'src' || (folders.get(at) ?? []).some((name) => MARKS.test(name))) return true;
  }
  return false;
}
