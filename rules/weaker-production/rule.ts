import {
  type App,
  childOf,
  counterpartsOf,
  defineRule,
  headOf,
  isProduction,
  itemsOf,
  lacking,
  podTemplateOf,
  type Repository,
  type Resource,
  rankOf,
  type Twin,
  type Variant,
} from '../../src/rule/index.ts';
import { weaknessesOf } from './weaknesses.ts';

export default defineRule({
  id: 'weaker-production',
  meta: {
    summary: 'Disallow production that has less protection than the environments before it',
    category: 'drift',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Give production what the environments before it have; where the difference is meant, ignore the finding with a reason.',
    messages: {
      gone: '{{whose}} has no "{{what}}"',
      weaker: '"{{what}}" of {{whose}} is "{{value}}", which is weaker than before',
      open: 'NetworkPolicy "{{name}}" is missing, and no other one closes the network',
    },
  },
  create({ repository, report }) {
    return {
      app(app) {
        for (const { whose, what, value, at, about, wrong, having, related } of weaknessesOf(app)) {
          const places = { at, about, variants: wrong, comparedWith: having, related };
          if (value === undefined) report({ messageId: 'gone', data: { whose, what }, ...places });
          else report({ messageId: 'weaker', data: { whose: whose.charAt(0).toLowerCase() + whose.slice(1), what, value }, ...places });
        }
        for (const { policy, wrong, having } of openNetworksOf(app)) {
          const related = wrong.flatMap((variant) => belongsTo(variant, repository));
          const data = { name: policy.originalId.name };
          report({ messageId: 'open', data, at: policy.field('metadata', 'name'), variants: wrong, comparedWith: having, related });
        }
      },
    };
  },
});

function belongsTo(variant: Variant, { files }: Repository) {
  const at = headOf(variant, files);
  return at ? [{ at, message: `it belongs here for ${variant.environment.name}` }] : [];
}

/** Policies for Pods that production runs, too, which it has none of: all of them, or those that let nothing through. */
function openNetworksOf(app: App): { readonly policy: Resource; readonly wrong: readonly Variant[]; readonly having: readonly Variant[] }[] {
  return counterpartsOf(app).flatMap((twins) => {
    const [first] = twins;
    if (first?.resource.id.kind !== 'NetworkPolicy' || first.resource.node.origin.how === 'helm-template') return [];
    const { lacking: all, having } = lacking(app.variants, (variant) => {
      if (twins.some((twin) => twin.variant === variant)) return 'yes';
      return variant.complete ? 'no' : 'unknown';
    });
    const holder = twins.find(({ variant }) => having.includes(variant));
    if (!holder) return [];
    const isBefore = (variant: Variant) => having.some(({ environment }) => rankOf(environment) < rankOf(variant.environment));
    const isBare = (variant: Variant) => closes(holder.resource) || ![...variant.resources].some(({ id }) => id.kind === 'NetworkPolicy');
    const wrong = all.filter((variant) => isProduction(variant) && isBefore(variant) && isBare(variant) && runsPodsOf(holder, variant, app));
    return wrong.length > 0 ? [{ policy: holder.resource, wrong, having }] : [];
  });
}

/** Whether a variant has a workload that stands beside the policy in another one. */
function runsPodsOf({ variant: other, resource: policy }: Twin, variant: Variant, app: App): boolean {
  const isBeside = (twin: Twin) => twin.variant === other && twin.resource.id.namespace === policy.id.namespace && podTemplateOf(twin.resource) !== undefined;
  return counterpartsOf(app).some((twins) => twins.some(isBeside) && twins.some((twin) => twin.variant === variant));
}

function closes({ node }: Resource): boolean {
  const spec = childOf(node, 'spec');
  return itemsOf(spec, 'ingress').length === 0 && itemsOf(spec, 'egress').length === 0;
}
