import type { Draw } from '../draw.ts';
import { type Draft, type Repository, repositoryOf } from '../repository.ts';
import { STAGES, type Stage } from '../stages.ts';
import type { Plan } from './kustomize.ts';
import { type AppPlan, digestOf, drawApps, imageOf, indented, pinsNothing, quoted } from './shop.ts';

interface Manner {
  readonly chartOf: (app: string) => string;
  readonly valuesOf: (app: string, env: string) => string;
  readonly pins: boolean;
  readonly likesQuotes: boolean;
}

const LAYOUTS: readonly Pick<Manner, 'chartOf' | 'valuesOf'>[] = [
  { chartOf: (app) => `charts/${app}`, valuesOf: (app, env) => `charts/${app}/values-${env}.yaml` },
  { chartOf: (app) => `apps/${app}`, valuesOf: (app, env) => `apps/${app}/values/${env}.yaml` },
  { chartOf: (app) => app, valuesOf: (app, env) => `${app}/values.${env}.yaml` },
];

/** A chart for each app, with values for each environment. */
export function drawHelm(draw: Draw): Repository {
  const { stages, drafts } = planHelm(draw);
  return repositoryOf('helm', stages, drafts, draw);
}

/** The same before it is written; the folder of an app is its chart. */
export function planHelm(draw: Draw): Plan & { readonly valuesOf: Manner['valuesOf'] } {
  const manner: Manner = { ...draw.one(LAYOUTS), pins: draw.chance(0.3), likesQuotes: draw.chance(0.3) };
  const stages = draw.one(STAGES);
  const apps = drawApps(draw);
  const drafts = apps.flatMap((app) => [
    ...chartOf(app, manner),
    ...stages.map(
      (stage): Draft => ({ path: manner.valuesOf(app.name, stage.name), app: app.name, env: stage.name, text: valuesOf(app, stage, manner).join('\n') }),
    ),
  ]);
  return { stages, apps, drafts: manner.pins ? drafts : [...drafts, pinsNothing()], folderOf: manner.chartOf, valuesOf: manner.valuesOf };
}

/** What the values of one environment say; the chart prints all of it, and has no default for what is marked as a value. */
function valuesOf(app: AppPlan, stage: Stage, { pins, likesQuotes }: Manner): string[] {
  const [major, minor, patch] = app.version.split('.');
  const tag = stage.isProduction ? app.version : `${major}.${minor}.${Number(patch) + 1}`;
  return [
    'image:',
    `  tag: ${quoted(tag, true)} #@ tag ${app.name}`,
    ...(pins && stage.isProduction ? [`  digest: ${digestOf(app.name + tag)} #@ image-digest ${app.name}`] : []),
    `replicas: ${stage.isProduction ? 4 : 2} #@ typed replicas`,
    `host: ${app.name}.${stage.name}.shop.example #@ value host`,
    'payments:',
    `  url: https://payments.${stage.name}.shop.example #@ value payments.url`,
    `  retries: ${stage.isProduction ? 5 : 2} #@ value payments.retries`,
    'tracing:',
    `  enabled: ${stage.isProduction} #@ flag tracing.enabled`,
    'settings:',
    ...indented(
      2,
      app.settings.map(({ name, valueIn }) => `${name}: ${quoted(valueIn(stage), likesQuotes)} #@ config ${name}`),
    ),
    'env:',
    ...indented(
      2,
      app.variables.map(({ name, valueIn }) => `${name}: ${quoted(valueIn(stage), likesQuotes)} #@ env ${name}`),
    ),
  ];
}

function chartOf(app: AppPlan, { chartOf: folderOf }: Manner): Draft[] {
  const folder = folderOf(app.name);
  const file = (path: string, text: string): Draft => ({ path: `${folder}/${path}`, app: app.name, text });
  return [
    file('Chart.yaml', `apiVersion: v2\nname: ${app.name}\nversion: 1.2.0`),
    file(
      'values.yaml',
      `
        image:
          repository: ${imageOf(app)}
          tag: ""
          digest: ""
        replicas: 1
        port: ${app.port}
        tracing:
          enabled: false
        settings: {}
        env: {}
      `,
    ),
    file(
      'templates/deployment.yaml',
      `
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: ${app.name}
        spec:
          replicas: {{ .Values.replicas }}
          selector:
            matchLabels:
              app: ${app.name}
          template:
            metadata:
              labels:
                app: ${app.name}
            spec:
              containers:
                - name: ${app.name}
                  image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ with .Values.image.digest }}@{{ . }}{{ end }}"
                  ports:
                    - containerPort: {{ .Values.port }}
                  envFrom:
                    - configMapRef:
                        name: ${app.name}
                  env:
                    {{- range $name, $value := .Values.env }}
                    - name: {{ $name }}
                      value: {{ $value | quote }}
                    {{- end }}
      `,
    ),
    file(
      'templates/config.yaml',
      `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: ${app.name}
        data:
          HOST: {{ .Values.host }}
          PAYMENTS_URL: {{ .Values.payments.url | quote }}
          PAYMENTS_RETRIES: {{ .Values.payments.retries | quote }}
          {{- if .Values.tracing.enabled }}
          TRACING: "on"
          {{- end }}
          {{- range $name, $value := .Values.settings }}
          {{ $name }}: {{ $value | quote }}
          {{- end }}
      `,
    ),
    file(
      'templates/service.yaml',
      `
        apiVersion: v1
        kind: Service
        metadata:
          name: ${app.name}
        spec:
          selector:
            app: ${app.name}
          ports:
            - name: http
              port: 80
              targetPort: {{ .Values.port }}
      `,
    ),
  ];
}
