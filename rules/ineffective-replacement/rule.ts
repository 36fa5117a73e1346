import { childOf, defineRule, entryAt, formatResourceId, itemsOf, type Node, nearestWord, type Resource, textOf, textsOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'ineffective-replacement',
  meta: {
    summary: 'Disallow replacements that select nothing and variables that nothing uses, in every build that reads them',
    category: 'kustomize',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Correct the target, or remove the entry.',
    messages: {
      unmatched: 'The replacement from {{subject}} selects nothing',
      near: 'The replacement from {{subject}} selects nothing; there is {{near}}',
      unused: 'Nothing uses the {{subject}}',
      literal: 'The {{subject}} is not put in: "{{use}}" of {{place}} stands where variables are not looked for',
    },
  },
  create({ report }) {
    return {
      repository({ effects, files }) {
        for (const { field, entry, subject, targets, closed, variants } of effects) {
          // Where an input is missing, it may hold what the entry aims at.
          if ((field !== 'replacements' && field !== 'vars') || targets > 0 || !closed) continue;
          const written = entryAt(files, entry);
          const resources = variants.flatMap((variant) => [...variant.resources]);
          if (field === 'replacements') {
            const near = nearTarget(written, resources);
            if (near === undefined) report({ messageId: 'unmatched', data: { subject }, at: entry, variants });
            else report({ messageId: 'near', data: { subject, near }, at: entry, variants });
            continue;
          }
          const use = `$(${textOf(written, 'name') ?? ''})`;
          const user = resources.find(({ node }) => [...textsOf(node)].some(({ text }) => text.includes(use)));
          if (user) report({ messageId: 'literal', data: { subject, use, place: formatResourceId(user.id) }, at: entry, variants });
          else report({ messageId: 'unused', data: { subject }, at: entry, variants, atMost: 'warning' });
        }
      },
    };
  },
});

/** An object that one of the targets probably means: of its name but another kind, or of a name spelt almost alike. */
function nearTarget(replacement: Node | undefined, resources: readonly Resource[]): string | undefined {
  for (const target of itemsOf(replacement, 'targets')) {
    const select = childOf(target, 'select');
    const [kind, name] = [textOf(select, 'kind'), textOf(select, 'name')];
    if (name === undefined) continue;
    // Names are selected as they were before prefixes and suffixes.
    const ids = resources.map(({ originalId }) => originalId);
    const alike = nearestWord(
      name,
      ids.filter((id) => kind === undefined || id.kind === kind).map((id) => id.name),
    );
    const near = ids.find((id) => id.name === alike && (kind === undefined || id.kind === kind)) ?? ids.find((id) => id.name === name);
    if (near) return `${near.kind} "${near.name}"`;
  }
  return undefined;
}
