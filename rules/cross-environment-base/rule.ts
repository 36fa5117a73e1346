import { defineRule, type Environment, folderOf, localReferencesOf, rankOf, type Variant } from '../../src/rule/index.ts';
import { ownersIn } from './owners.ts';

export default defineRule({
  id: 'cross-environment-base',
  meta: {
    summary: 'Disallow overlays that build on the overlay of an earlier environment',
    category: 'drift',
    severity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Move what both share to a base, and let each environment build on that.',
    messages: {
      borrowed: 'Builds on "{{path}}", which is deployed to another environment, and gets all of its changes at once',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        const ownersOf = ownersIn(repository);
        for (const file of repository.files) {
          const { path, tree } = file.yaml.file;
          const own = ownersOf(folderOf(path), tree);
          for (const { at, target } of localReferencesOf(file)) {
            const lenders = ownersOf(target, tree);
            // What an environment lists of its own is its own affair, whoever builds on all of it.
            if (lenders.length === 0 || lenders.some((lender) => own.includes(lender))) continue;
            const borrowers = file.variants.filter((variant) => !isCircular(variant) && lenders.every((lender) => isEarlier(lender, variant.environment)));
            if (borrowers.length === 0) continue;
            const comparedWith = repository.variants.filter(
              (variant) => variant.tree === tree && lenders.includes(variant.environment) && (variant.root === target || variant.inputs.has(target)),
            );
            report({ messageId: 'borrowed', data: { path: at.text }, at: at.origin, variants: borrowers, comparedWith });
          }
        }
      },
    };
  },
});

/** What goes in a circle builds on nothing. */
function isCircular({ problems }: Variant): boolean {
  return problems.some(({ cause }) => cause === 'cycle');
}

/** On the way to production one comes before the other. Places of one tier share, and what nobody placed is no example. */
function isEarlier(lender: Environment, borrower: Environment): boolean {
  return lender.tier !== borrower.tier && rankOf(lender) > 0 && rankOf(lender) < rankOf(borrower);
}
