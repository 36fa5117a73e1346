import type { Draw } from '../draw.ts';
import { type Draft, type Repository, repositoryOf } from '../repository.ts';
import { planHelm } from './helm.ts';
import { type Plan, planKustomize } from './kustomize.ts';
import { indented } from './shop.ts';

const CONFIG = 'https://git.shop.example/config.git';

/** Overlays, and a set of Applications of Argo CD for each app. */
export function drawArgo(draw: Draw): Repository {
  const plan = planKustomize(draw);
  const isSet = draw.chance(0.5);
  return repositoryOf(isSet ? 'argo-set' : 'argo', plan.stages, [...plan.drafts, ...(isSet ? sets(plan) : applications(plan))], draw);
}

/** Charts, and a set of Applications of Argo CD for each. */
export function drawArgoHelm(draw: Draw): Repository {
  const plan = planHelm(draw);
  const drafts = plan.apps.map(({ name }): Draft => {
    const folder = plan.folderOf(name, '');
    const values = plan.valuesOf(name, '{{env}}').slice(folder.length + 1);
    const helm = ['  helm:', '    valueFiles:', `      - ${values} #@ values-file ${name}`];
    return set(name, [`path: ${folder} #@ path ${name}`, ...helm.map((line) => line.slice(2))], plan);
  });
  return repositoryOf('argo-helm', plan.stages, [...plan.drafts, ...drafts], draw);
}

/** Overlays, and a folder for each cluster with what Flux deploys to it. */
export function drawFlux(draw: Draw): Repository {
  const plan = planKustomize(draw);
  const drafts = plan.stages.flatMap(({ name: env }) =>
    plan.apps.map(
      (app): Draft => ({
        path: `flux/${env}/${app.name}.yaml`,
        app: app.name,
        env,
        text: `
          apiVersion: kustomize.toolkit.fluxcd.io/v1
          kind: Kustomization
          metadata:
            name: ${app.name} #@ deployer ${app.name}
            namespace: flux-system
          spec:
            interval: 10m
            prune: true
            path: ./${plan.folderOf(app.name, env)} #@ path ${app.name}
            sourceRef:
              kind: GitRepository
              name: flux-system
        `,
      }),
    ),
  );
  return repositoryOf('flux', plan.stages, [...plan.drafts, ...drafts], draw);
}

function sets(plan: Plan): Draft[] {
  return plan.apps.map(({ name }) => set(name, [`path: ${plan.folderOf(name, '{{env}}')} #@ path ${name}`], plan));
}

function set(app: string, source: readonly string[], { stages }: Pick<Plan, 'stages'>): Draft {
  return {
    path: `argocd/${app}.yaml`,
    app,
    text: [
      'apiVersion: argoproj.io/v1alpha1',
      'kind: ApplicationSet',
      'metadata:',
      `  name: ${app}`,
      '  namespace: argocd',
      'spec:',
      `  generators: #@ generators ${app}`,
      '    - list:',
      '        elements:',
      ...stages.map(({ name }) => `          - env: ${name} #@ element ${name}`),
      '  template:',
      '    metadata:',
      `      name: ${app}-{{env}}`,
      '    spec:',
      '      project: shop',
      '      source:',
      `        repoURL: ${CONFIG}`,
      '        targetRevision: HEAD',
      ...indented(8, source),
      '      destination:',
      `        name: '{{env}}'`,
      `        namespace: shop`,
    ].join('\n'),
  };
}

function applications({ apps, stages, folderOf }: Plan): Draft[] {
  return apps.flatMap((app) =>
    stages.map(
      ({ name: env }): Draft => ({
        path: `argocd/${env}/${app.name}.yaml`,
        app: app.name,
        env,
        text: `
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: ${app.name}-${env} #@ deployer ${app.name}
          namespace: argocd
        spec:
          project: shop
          source:
            repoURL: ${CONFIG}
            targetRevision: HEAD
            path: ${folderOf(app.name, env)} #@ path ${app.name}
          destination:
            name: ${env}
            namespace: shop
      `,
      }),
    ),
  );
}
