import {
  childOf,
  defineRule,
  isForUsers,
  isProduction,
  itemsOf,
  leastPodsOf,
  podTemplateOf,
  type Resource,
  scalerOf,
  selectedIn,
  selectionOf,
  shareOf,
  textOf,
  type Variant,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'incoherent-availability',
  meta: {
    summary: 'Disallow replicas, autoscalers and disruption budgets that contradict each other',
    category: 'references',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'strict',
    since: '0.1.0',
    hint: 'Leave the number of pods to the autoscaler, leave a budget room for one eviction, and run two pods of what users reach.',
    messages: {
      replicas: '{{kind}} "{{name}}" sets "replicas", and {{scaler}} scales it: each deployment undoes what that one did',
      budget: 'PodDisruptionBudget "{{name}}" forbids every eviction',
      room: 'PodDisruptionBudget "{{name}}" forbids every eviction: it wants {{wanted}} of {{pods}} pods',
      single: '{{kind}} "{{name}}" runs as one pod, and a Service leads to it',
    },
  },
  create({ report }) {
    return {
      resource(resource, variant) {
        const { kind, name } = resource.originalId;
        if (kind === 'PodDisruptionBudget') {
          const field = BUDGETS.find((key) => childOf(childOf(resource.node, 'spec'), key));
          if (field === undefined || !variant.complete) return;
          const found = budgetOf(resource, variant, field);
          const at = resource.field('spec', field);
          if (found === 'always') report({ messageId: 'budget', data: { name }, at });
          else if (found) {
            const { workload, pods, wanted } = found;
            const related = [{ at: workload.field('metadata', 'name'), message: `${workload.originalId.kind} "${workload.originalId.name}"` }];
            report({ messageId: 'room', data: { name, wanted: String(wanted), pods: String(pods) }, at, related });
          }
          return;
        }
        if (!podTemplateOf(resource)) return;
        const scaler = scalerOf(resource, variant);
        if (scaler && resource.field('spec', 'replicas').node) {
          const text = `${scaler.originalId.kind} "${scaler.originalId.name}"`;
          const related = [{ at: scaler.field('metadata', 'name'), message: text }];
          report({ messageId: 'replicas', data: { kind, name, scaler: text }, at: resource.field('spec', 'replicas'), related });
        }
        if (variant.complete && isProduction(variant) && !scaler && isAloneForUsers(resource, variant)) {
          report({
            messageId: 'single',
            data: { kind, name },
            at: resource.field('spec', 'replicas').node ? resource.field('spec', 'replicas') : resource.field('metadata', 'name'),
          });
        }
      },
    };
  },
});

const BUDGETS = ['maxUnavailable', 'minAvailable'] as const;

interface NoRoom {
  readonly workload: Resource;
  readonly pods: number;
  readonly wanted: number;
}

/** Whether a budget leaves no room: whatever runs, or with the pods that it selects here. */
function budgetOf(budget: Resource, variant: Variant, field: (typeof BUDGETS)[number]): 'always' | NoRoom | undefined {
  const node = childOf(childOf(budget.node, 'spec'), field);
  const text = node?.kind === 'scalar' ? node.text : '';
  if (field === 'maxUnavailable') return /^0%?$/.test(text) ? 'always' : undefined;
  if (text === '100%') return 'always';
  const workloads = selectedBy(budget, variant);
  const [workload] = workloads;
  const pods = workload && workloads.length === 1 ? leastPodsOf(workload, variant) : undefined;
  const wanted = pods === undefined ? undefined : shareOf(node, pods);
  return workload && pods !== undefined && pods > 0 && wanted !== undefined && wanted >= pods ? { workload, pods, wanted } : undefined;
}

function selectedBy(selector: Resource, variant: Variant): Resource[] {
  const selection = selectionOf(selector);
  return selection ? selectedIn(selection, variant) : [];
}

/** A Deployment of one pod behind a Service. One that may not run twice says so by its strategy or its volumes. */
function isAloneForUsers(workload: Resource, variant: Variant): boolean {
  if (workload.id.kind !== 'Deployment' || leastPodsOf(workload, variant) !== 1) return false;
  if (textOf(childOf(childOf(workload.node, 'spec'), 'strategy'), 'type') === 'Recreate') return false;
  if (itemsOf(podTemplateOf(workload)?.spec, 'volumes').some((volume) => childOf(volume, 'persistentVolumeClaim'))) return false;
  const selectors = [...variant.resources].filter((resource) => resource.id.kind === 'Service' || resource.id.kind === 'PodDisruptionBudget');
  const leading = selectors.filter((selector) => selectedBy(selector, variant).includes(workload));
  // What its budget says of a single pod is the same mistake.
  return (
    leading.some(({ id, node }) => id.kind === 'Service' && isForUsers(itemsOf(childOf(node, 'spec'), 'ports'))) &&
    !leading.some(({ id }) => id.kind === 'PodDisruptionBudget')
  );
}
