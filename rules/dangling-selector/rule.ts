import {
  defineRule,
  isAmong,
  isSlip,
  meets,
  type Repository,
  type Resource,
  type Selection,
  type SelectorTerm,
  selectablesOf,
  selectedIn,
  selectionOf,
  type Target,
  targetOf,
  twinsOf,
  type Variant,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'dangling-selector',
  meta: {
    summary: 'Disallow Services, disruption budgets, network policies, monitors and autoscalers that select or target nothing',
    category: 'references',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Make the selector and the labels agree, or remove what selects nothing.',
    messages: {
      near: '{{kind}} "{{name}}" selects nothing: {{found}} has {{label}}',
      nothing: '{{kind}} "{{name}}" selects nothing',
      nearTarget: '{{kind}} "{{name}}" targets {{target}}, which is not there; there is "{{near}}"',
      target: '{{kind}} "{{name}}" targets {{target}}, which is not there',
    },
  },
  create({ repository, report }) {
    return {
      resource(resource, variant) {
        // What is not there may be in the part that could not be rendered.
        if (!variant.complete) return;
        const { kind, name } = resource.originalId;
        const selection = selectionOf(resource);
        if (selection && !isMet(selection, variant, repository)) {
          const near = nearMissOf(resource, selection, variant);
          const elsewhere = siblingsThat(resource, variant, (sibling, twin) => {
            const its = selectionOf(twin);
            return its !== undefined && selectedIn(its, sibling).length > 0;
          });
          if (near) {
            const { found, label, term, path } = near;
            const text = `${found.originalId.kind} "${found.originalId.name}"`;
            const related = [{ at: found.field(...path), message: `the labels of ${text}` }];
            report({ messageId: 'near', data: { kind, name, found: text, label }, at: resource.field(...term.path), related });
          } else if (elsewhere.length > 0) {
            report({ messageId: 'nothing', data: { kind, name }, at: resource.field(...selection.path), comparedWith: elsewhere });
          }
        }
        const target = targetOf(resource);
        if (!target || isThere(target, variant, repository)) return;
        const near = nearTargetOf(resource, target, variant);
        const elsewhere = siblingsThat(resource, variant, (sibling, twin) => {
          const its = targetOf(twin);
          return its !== undefined && targetsIn(its, sibling).length > 0;
        });
        const data = { kind, name, target: `${target.kind} "${target.name}"` };
        const at = resource.field(...target.path);
        if (near) {
          const related = [{ at: near.field('metadata', 'name'), message: `${near.originalId.kind} "${near.originalId.name}"` }];
          report({ messageId: 'nearTarget', data: { ...data, near: near.originalId.name }, at, related });
        } else if (elsewhere.length > 0) report({ messageId: 'target', data, at, comparedWith: elsewhere });
      },
    };
  },
});

/** Whether anything in the environment is selected: by this variant, or by another app of it. */
function isMet(selection: Selection, variant: Variant, { variants }: Repository): boolean {
  if (selectedIn(selection, variant).length > 0) return true;
  return variants.some((other) => other !== variant && other.environment === variant.environment && selectedIn(selection, other).length > 0);
}

interface NearMiss {
  readonly found: Resource;
  readonly term: SelectorTerm;
  readonly path: readonly (string | number)[];
  /** What it has instead: `app: checkout`. */
  readonly label: string;
}

/**
 * What the selector probably means: a workload that misses one demand by a slip of the pen, or that has the name of the
 * resource. One that another of its kind selects is meant by that one.
 */
function nearMissOf(resource: Resource, { of, terms, namespaces }: Selection, variant: Variant): NearMiss | undefined {
  if (namespaces !== 'any' && !namespaces.includes(resource.id.namespace)) return undefined;
  const others = [...variant.resources]
    .filter((other) => other !== resource && other.id.kind === resource.id.kind)
    .flatMap((other) => selectionOf(other) ?? []);
  const taken = new Set(others.flatMap((selection) => selectedIn(selection, variant)));
  for (const { resource: found, labels, path } of selectablesOf(variant, of)) {
    const [term, ...more] = terms.filter((demand) => !meets(labels, demand));
    const value = term?.values?.[0];
    if (!term || value === undefined || more.length > 0 || term.negated || taken.has(found) || !isAmong(found, namespaces)) continue;
    const actual = labels.get(term.key);
    const isNamesake = found.originalId.name === resource.originalId.name;
    if (actual !== undefined && (isNamesake || isSlip(value, actual))) return { found, term, path, label: `"${term.key}: ${actual}"` };
    const [key] = actual === undefined ? [...labels].filter(([other, text]) => text === value && isSlip(term.key, other)) : [];
    if (key) return { found, term, path, label: `"${key[0]}: ${value}"` };
  }
  return undefined;
}

function isThere(target: Target, variant: Variant, { variants }: Repository): boolean {
  return variants.some((other) => (other === variant || other.environment === variant.environment) && targetsIn(target, other).length > 0);
}

function targetsIn({ kind, name }: Target, { resources }: Variant): Resource[] {
  return [...resources].filter(({ id }) => id.kind === kind && id.name === name);
}

/** An object of that kind with nearly that name, which no other of its kind targets. */
function nearTargetOf(resource: Resource, { kind, name }: Target, { resources }: Variant): Resource | undefined {
  const taken = new Set([...resources].flatMap((other) => (other.id.kind === resource.id.kind ? (targetOf(other)?.name ?? []) : [])));
  const free = [...resources].filter(({ id }) => id.kind === kind && !taken.has(id.name));
  return free.find(({ id }) => isSlip(name, id.name)) ?? free.find(({ id }) => id.name === resource.id.name);
}

/** The variants in which the twin of a resource does find something. */
function siblingsThat(resource: Resource, variant: Variant, finds: (sibling: Variant, twin: Resource) => boolean): Variant[] {
  const twins = twinsOf(resource, variant);
  return twins.filter((twin) => twin.variant !== variant && finds(twin.variant, twin.resource)).map((twin) => twin.variant);
}
