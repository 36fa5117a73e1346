import { type Deployment, defineRule, deployerName, firstOf, sharedObjectsOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'overlapping-path',
  meta: {
    summary: 'Disallow deployers whose folder another deployer of the same cluster takes with its own',
    category: 'deployers',
    severity: 'warning',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Let one of them deploy the folder: give the outer one a kustomization that lists what is its own, or remove the inner one.',
    messages: {
      overlap: '{{outer}} deploys "{{path}}", of which a part is deployed by {{inner}} as well',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        const inside = new Map<Deployment, Set<Deployment>>();
        for (const { first: outer, second: inner, isNested } of sharedObjectsOf(repository)) {
          if (isNested) inside.set(outer, (inside.get(outer) ?? new Set()).add(inner));
        }
        for (const [outer, found] of inside) {
          const inner = [...found];
          report({
            messageId: 'overlap',
            data: { outer: deployerName(outer), path: outer.source.text, inner: firstOf(inner.map(deployerName), 1) },
            at: outer.source.node.origin,
            about: outer.deployer.field('spec'),
            related: inner.map(({ source }) => ({ at: source.node.origin, message: 'the folder within' })),
            variants: [...new Set(inner.flatMap(({ variants }) => variants))],
          });
        }
      },
    };
  },
});
