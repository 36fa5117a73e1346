import { type Tree, yaml } from '../support/rule-tester.ts';
import { deployment, indented, kustomization } from './shop.ts';

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

/** The source `ledger` of Flux, in another repository or registry, with the given lines as its ref. */
export function fluxSource(kind: 'GitRepository' | 'OCIRepository', ref: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata:
  name: ledger
  namespace: flux-system
spec:
  url: ${kind === 'GitRepository' ? 'https://git.shop.example/ledger.git' : 'oci://registry.shop.example/ledger'}
${ref && `  ref:\n${indented(ref, 4)}`}`;
}

/** The Application `ledger` of another repository, whose source goes on with the given lines. */
export function remoteApplication(source: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ledger
spec:
  source:
    repoURL: https://git.shop.example/ledger.git
    path: elsewhere/manifests
${indented(source, 4)}`;
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

/** What makes of the sets of a base those of production, whose clusters fill in `prod`. */
export const FILLED_FOR_PROD = yaml`
  patches:
    - target: { kind: ApplicationSet }
      patch: |-
        - op: replace
          path: /spec/generators/0/merge/generators/0/clusters/values/environment
          value: prod
`;

/** A set in a base, which the overlays of installations go on with. */
export function sharedSet(set: string, overlays: Readonly<Record<string, string>>): Tree {
  return {
    'argocd/base/kustomization.yaml': kustomization(['set.yaml']),
    'argocd/base/set.yaml': set,
    ...Object.fromEntries(Object.entries(overlays).map(([name, more]) => [`argocd/overlays/${name}/kustomization.yaml`, kustomization(['../../base'], more)])),
  };
}

/** A set that the installations of staging and of production have; each fills in its own environment. */
export function installations(set: string): Tree {
  return sharedSet(set, { staging: '', prod: FILLED_FOR_PROD });
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
