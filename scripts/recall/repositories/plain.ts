import type { Draw } from '../draw.ts';
import { type Draft, type Repository, repositoryOf } from '../repository.ts';
import { STAGES, type Stage } from '../stages.ts';
import { type AppPlan, digestOf, drawApps, imageOf, pinsNothing } from './shop.ts';
import { configMapOf, deploymentOf, serviceOf, sidecarOf } from './workload.ts';

/** Where the manifests of an app lie: in a folder, each in its file, or in one file. */
const LAYOUTS: readonly { readonly pathOf: (app: string, env: string, part: string) => string; readonly isOneFile: boolean }[] = [
  { pathOf: (app, env, part) => `environments/${env}/${app}/${part}.yaml`, isOneFile: false },
  { pathOf: (app, env, part) => `apps/${app}/${env}/${part}.yaml`, isOneFile: false },
  { pathOf: (app, env) => `environments/${env}/${app}.yaml`, isOneFile: true },
  { pathOf: (app, env) => `clusters/${env}/${app}/all.yml`, isOneFile: true },
];

/** Manifests as they are, a folder for each environment. */
export function drawPlain(draw: Draw): Repository {
  const { pathOf, isOneFile } = draw.one(LAYOUTS);
  const [likesQuotes, pins, hasSidecar, hasSecret] = [0.3, 0.3, 0.3, 0.5].map((likelihood) => draw.chance(likelihood));
  const stages = draw.one(STAGES);
  const partsOf = (app: AppPlan, stage: Stage): readonly (readonly [string, readonly string[]])[] => {
    const config = `${app.name}-config`;
    const image = `${imageOf(app)}:${app.version}${pins && stage.isProduction ? `@${digestOf(app.name + app.version)}` : ''}`;
    const replicas = stage.isProduction ? '4' : '2';
    const sidecar = hasSidecar && { sidecar: sidecarOf(pins ?? false) };
    const secret = hasSecret && { secret: `${app.name}-credentials` };
    return [
      ['deployment', deploymentOf(app, { image, config, stage, replicas, ...sidecar, ...secret })],
      ['service', serviceOf(app)],
      ['config', configMapOf(app, config, stage, likesQuotes)],
    ];
  };
  const drafts = drawApps(draw).flatMap((app) =>
    stages.flatMap((stage): Draft[] => {
      const parts = partsOf(app, stage);
      const draft = (part: string, lines: readonly string[]): Draft => ({
        path: pathOf(app.name, stage.name, part),
        app: app.name,
        env: stage.name,
        text: lines.join('\n'),
      });
      if (!isOneFile) return parts.map(([part, lines]) => draft(part, lines));
      return [
        draft(
          '',
          parts.flatMap(([, lines], index) => (index === 0 ? lines : ['---', ...lines])),
        ),
      ];
    }),
  );
  return repositoryOf('plain', stages, pins ? drafts : [...drafts, pinsNothing()], draw);
}
