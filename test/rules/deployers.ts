import type { Tree } from '../support/rule-tester.ts';
import { deployment, kustomization } from './shop.ts';

/** Objects of Flux and Argo CD, of which the repositories are made that the rules about deployers are tried on. */

/** A Kustomization of Flux that deploys a path, which may end in a mark; its spec goes on with the given lines. */
export function fluxKustomization(name: string, path: string, more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system }
${indented(more, 2)}`;
}

/** An Application of Argo CD that deploys a path; its source and its spec go on with the given lines. */
export function application(name: string, path: string, { source = '', spec = '' }: { readonly source?: string; readonly spec?: string } = {}): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  source:
    repoURL: https://git.shop.example/config.git
    path: ${path}
${indented(source, 4)}${indented(spec, 2)}`;
}

/** Where an Application goes. */
export function destination(cluster: string, namespace: string): string {
  return `destination:\n  server: ${cluster}\n  namespace: ${namespace}\n`;
}

/** A set that makes Applications, called after `appName`, with the given generators. */
export function applicationSet(
  name: string,
  generators: string,
  path: string,
  { appName = `${name}-{{env}}`, spec = '' }: { readonly appName?: string; readonly spec?: string } = {},
): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${name}
  namespace: argocd
spec:
  generators:
${indented(generators, 4)}  template:
    metadata:
      name: '${appName}'
    spec:
      source:
        repoURL: https://git.shop.example/config.git
        path: ${path}
${indented(spec, 6)}`;
}

/** An overlay of an app in each of the environments; each has a replica more than the one before, or as many as given. */
export function overlays(app: string, environments: readonly string[], replicas?: number): Tree {
  return Object.fromEntries(
    environments.flatMap((environment, index) => [
      [`apps/${app}/overlays/${environment}/kustomization.yaml`, kustomization(['deployment.yaml'])],
      [
        `apps/${app}/overlays/${environment}/deployment.yaml`,
        deployment(app, `image: registry.shop.example/${app}:1.14.2\n`).replace('spec:', `spec:\n  replicas: ${replicas ?? index + 1}`),
      ],
    ]),
  );
}

/** Applications side by side in one folder, by the names of their files. */
export function applications(all: Readonly<Record<string, string>>): Tree {
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [`argocd/applications/${name}.yaml`, text]));
}

/** The chart of the storefront, with a values file for each name. */
export function chart(values: readonly string[]): Tree {
  return {
    'charts/storefront/Chart.yaml': 'name: storefront\nversion: 1.0.0\n',
    ...Object.fromEntries(values.map((name, index) => [`charts/storefront/values-${name}.yaml`, `replicas: ${index + 1}\n`])),
  };
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
