import type { Stage } from '../stages.ts';
import { type AppPlan, digestOf, indented, quoted } from './shop.ts';

/** What a layout puts into its Deployment besides the plan. */
export interface WorkloadOptions {
  readonly image: string;
  /** The ConfigMap that the container takes its variables from. */
  readonly config: string;
  /** The stage whose variables the container sets itself; without it, none. */
  readonly stage?: Stage;
  readonly replicas?: string;
  readonly secret?: string;
  /** The image of a second container. */
  readonly sidecar?: string;
}

/** A Deployment, with its parts marked. */
export function deploymentOf(app: AppPlan, { image, config, stage, replicas, secret, sidecar }: WorkloadOptions): string[] {
  return [
    'apiVersion: apps/v1 #@ head deployment',
    'kind: Deployment',
    'metadata:',
    `  name: ${app.name} #@ object-name Deployment/${app.name}`,
    'spec:',
    ...(replicas === undefined ? [] : [`  replicas: ${replicas} #@ replicas ${app.name}`]),
    '  selector:',
    '    matchLabels:',
    `      app: ${app.name}`,
    '  template:',
    '    metadata:',
    '      labels:',
    `        app: ${app.name} #@ pod-label ${app.name}`,
    '    spec:',
    '      securityContext:',
    '        runAsNonRoot: true #@ security runAsNonRoot',
    '      containers:',
    `        - name: ${app.name}`,
    `          image: ${image} #@ image ${app.name}`,
    '          ports:',
    `            - containerPort: ${app.port} #@ container-port ${app.name}`,
    '          envFrom:',
    '            - configMapRef:',
    `                name: ${config} #@ config-ref ${app.name}`,
    ...(secret === undefined ? [] : ['            - secretRef:', `                name: ${secret}`]),
    ...(stage === undefined ? [] : ['          env:', ...indented(12, variablesOf(app, stage))]),
    '          readinessProbe: #@5 probe readiness',
    '            httpGet:',
    '              path: /healthz',
    `              port: ${app.port} #@ probe-port ${app.name}`,
    '            periodSeconds: 10',
    '          resources:',
    '            requests:',
    '              cpu: 100m',
    '              memory: 128Mi #@ memory requests',
    '            limits:',
    '              memory: 256Mi #@ memory limits',
    ...(sidecar !== undefined
      ? ['        - name: proxy', `          image: ${sidecar}`, '          resources:', '            requests:', '              memory: 32Mi']
      : []),
  ];
}

/** The variables of a container in one environment, as items of `env`. */
export function variablesOf(app: AppPlan, stage: Stage): string[] {
  return app.variables.flatMap(({ name, valueIn }) => [`- name: ${name} #@2 env ${name}`, `  value: ${quoted(valueIn(stage))}`]);
}

/** A Service in front of the Deployment. */
export function serviceOf({ name, port }: AppPlan): string[] {
  return [
    'apiVersion: v1 #@ head service',
    'kind: Service',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  selector:',
    `    app: ${name} #@ selector ${name}`,
    '  ports:',
    '    - name: http',
    '      port: 80',
    `      targetPort: ${port} #@ target-port ${name}`,
  ];
}

/** A ConfigMap with the settings of one environment. */
export function configMapOf(app: AppPlan, name: string, stage: Stage, likesQuotes = false): string[] {
  return [
    'apiVersion: v1 #@ head config',
    'kind: ConfigMap',
    'metadata:',
    `  name: ${name} #@ object-name ConfigMap/${name}`,
    'data:',
    ...app.settings.map((setting) => `  ${setting.name}: ${quoted(setting.valueIn(stage), likesQuotes)} #@ config ${setting.name}`),
  ];
}

/** The image of a sidecar, by digest where the repository pins its images. */
export function sidecarOf(isPinned: boolean): string {
  return `registry.shop.example/proxy:1.29.3${isPinned ? `@${digestOf('proxy')}` : ''}`;
}
