import {
  type Container,
  childOf,
  containersOf,
  defineRule,
  isForUsers,
  isProduction,
  itemsOf,
  type Resource,
  rankOf,
  targetOf,
  textOf,
  twinsOf,
  type Variant,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'missing-production-safeguard',
  meta: {
    summary: 'Require resource requests and probes in production',
    category: 'references',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'strict',
    since: '0.1.0',
    hint: 'Request what the container needs, and tell how to see that it works.',
    messages: {
      requests: 'Container "{{container}}" requests no {{resources}}',
      probes: 'Container "{{container}}" serves a port and has no probe',
    },
  },
  create({ report }) {
    return {
      resource(resource, variant) {
        if (!isProduction(variant) || !LONG_RUNNING.has(resource.id.kind)) return;
        for (const container of containersOf(resource)) {
          if (container.list !== 'containers') continue;
          const missing = RESOURCES.filter((name) => !hasRequest(container, name));
          const at = resource.field(...container.path, 'name');
          const isGiven = (has: (other: Container) => boolean) => earlierTwinsOf(resource, container, variant).some(has);
          if (missing.length > 0 && !isSizedElsewhere(resource, variant) && !isGiven((other) => missing.some((name) => hasRequest(other, name))))
            report({ messageId: 'requests', data: { container: container.name, resources: missing.join(' and no ') }, at });
          if (isForUsers(itemsOf(container.node, 'ports')) && !hasProbe(container) && !isGiven(hasProbe))
            report({ messageId: 'probes', data: { container: container.name }, at });
        }
      },
    };
  },
});

const LONG_RUNNING = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'DeploymentConfig']);
const RESOURCES = ['cpu', 'memory'];

/** A limit without a request is the request, too. */
function hasRequest({ node }: Container, name: string): boolean {
  const resources = childOf(node, 'resources');
  return ['requests', 'limits'].some((field) => textOf(childOf(resources, field), name) !== undefined);
}

function hasProbe({ node }: Container): boolean {
  return ['readinessProbe', 'livenessProbe', 'startupProbe'].some((name) => childOf(node, name));
}

/** A LimitRange gives defaults, and a VerticalPodAutoscaler measures; what is not rendered may be one of them. */
function isSizedElsewhere({ id }: Resource, { complete, resources }: Variant): boolean {
  return (
    !complete ||
    [...resources].some((other) => other.id.kind === 'LimitRange' || (other.id.kind === 'VerticalPodAutoscaler' && targetOf(other)?.name === id.name))
  );
}

/** The same container in earlier environments: what they have and production lacks, weaker-production reports. */
function earlierTwinsOf(resource: Resource, { name, list }: Container, variant: Variant): Container[] {
  return twinsOf(resource, variant)
    .filter((twin) => rankOf(twin.variant.environment) < rankOf(variant.environment))
    .flatMap((twin) => containersOf(twin.resource))
    .filter((other) => other.name === name && other.list === list);
}
