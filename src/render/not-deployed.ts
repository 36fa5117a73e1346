import { baseOf } from '../text/path.ts';

/** Folders that hold no deployed manifests, whatever is in them. A few hidden ones are where some tools look for them. */
const NEVER = /(?:^|\/)(?:\.(?!(?:helm|k8s|kube|kubernetes|deploy|nais|argocd|flux|gitops)(?:\/|$))[^/]+|node_modules|vendor|testdata|__fixtures__)(?:\/|$)/;

/** Folders whose loose manifests nobody deploys: they show, test or scaffold something. */
const SCAFFOLD = new Set('test tests e2e doc docs example examples sample samples hack ci scripts template templates'.split(' '));

/** Objects that are the settings and the cases of tools, which find them by themselves. */
const OF_TOOLS =
  /^(?:backstage\.io|skaffold|kind\.x-k8s\.io|k3d\.io|ctlptl\.dev|tilt\.dev|helm\.sh|kustomize\.config\.k8s\.io|config\.kubernetes\.io|kubeadm\.k8s\.io|core\.jenkins-x\.io|lighthouse\.jenkins-x\.io|kpt\.dev|kuttl\.dev|chainsaw\.kyverno\.io|cli\.kyverno\.io|scorecard\.operatorframework\.io|[\w.]*config\.k8s\.io|audit\.k8s\.io)\//;

/** Whether objects of an `apiVersion` are for tools, and never for a cluster. */
export function isOfTool(apiVersion: string): boolean {
  return OF_TOOLS.test(apiVersion);
}

/** Whether nothing below a path is ever deployed: hidden folders, dependencies, test data. */
export function isNeverDeployed(path: string): boolean {
  return NEVER.test(path);
}

/**
 * The folder of a path that only shows or tests something, or undefined. Some of those names are environments, too, in
 * the right surroundings. The first `from` characters of the path are not looked at.
 */
export function scaffoldOf(path: string, from = 0, isEnvironment: (folder: string) => boolean = () => false): string | undefined {
  for (let at = path.indexOf('/', from); at !== -1; at = path.indexOf('/', at + 1)) {
    const folder = path.slice(0, at);
    if (SCAFFOLD.has(baseOf(folder).toLowerCase()) && folder.length > from && !isEnvironment(folder)) return folder;
  }
  return undefined;
}
