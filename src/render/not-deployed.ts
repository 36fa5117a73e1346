import { baseOf } from '../text/path.ts';

/** Folders that hold no deployed manifests, whatever is in them. A few hidden ones are where some tools look for them. */
const NEVER = /(?:^|\/)(?:\.(?!(?:helm|k8s|kube|kubernetes|deploy|nais|argocd|flux|gitops)(?:\/|$))[^/]+|node_modules|vendor|testdata|__fixtures__)(?:\/|$)/;

/** Folders whose loose manifests nobody deploys: they show, test or scaffold something. */
const SCAFFOLD = new Set('test tests e2e doc docs example examples sample samples hack ci scripts template templates'.split(' '));

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
