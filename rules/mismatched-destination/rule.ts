import { defineRule, type Field, type Origin, sliceOf, writtenName } from '../../src/rule/index.ts';
import { collisions } from './collisions.ts';
import { foreignDestinations } from './destinations.ts';
import { foreignPaths } from './paths.ts';
import { accusedOf, limitOf, type Owned, ownersOf } from './whose.ts';

export default defineRule({
  id: 'mismatched-destination',
  meta: {
    summary: 'Disallow deployers of one environment that point at the folder, cluster or namespace of another',
    category: 'separation',
    severity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Point it at what belongs to its own environment; where the difference is meant, ignore the finding with a reason.',
    messages: {
      folder: '{{deployer}} deploys "{{path}}", which is the folder of another environment',
      latent: '{{deployer}} deploys "{{path}}", which is the folder of another environment, though both render to the same today',
      values: '{{deployer}} takes "{{path}}", which are the values of another environment',
      destination: '{{deployer}} goes to the {{field}} "{{name}}", which is that of another environment',
      shared: '{{deployer}} goes to where {{other}} goes for another environment',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        const all = ownersOf(repository);
        const wrong = new Set<Owned>();
        for (const { owned, what, path, at } of foreignPaths(all, repository)) {
          wrong.add(owned);
          const data = { deployer: writtenName(owned.deployment), path: path.path ?? path.text };
          report({
            messageId: what,
            data,
            at,
            related: usedAt(path.node.origin, at),
            about: aboutOf(owned),
            variants: accusedOf(owned),
            atMost: limitOf(owned, what === 'latent'),
          });
        }
        for (const { owned, field, text, word } of foreignDestinations(all, repository)) {
          wrong.add(owned);
          const at = sliceOf(text.node, word.start, word.end);
          const data = { deployer: writtenName(owned.deployment), field, name: text.node.text };
          report({
            messageId: 'destination',
            data,
            at,
            related: usedAt(text.node.origin, at),
            about: aboutOf(owned),
            variants: accusedOf(owned),
            atMost: limitOf(owned),
          });
        }
        for (const { owned, other, at, otherAt, variants, isSeen } of collisions(all.filter((owned) => !wrong.has(owned)))) {
          const data = { deployer: writtenName(owned.deployment), other: writtenName(other.deployment) };
          const related = [{ at: otherAt, message: 'the other one' }];
          report({ messageId: 'shared', data, at, related, about: aboutOf(owned), variants, atMost: isSeen ? 'error' : 'warning' });
        }
      },
    };
  },
});

function aboutOf({ deployment: { deployer } }: Owned): Field {
  return deployer.field('spec');
}

/** Where a text is put together of what was written elsewhere. */
function usedAt(used: Origin, at: Origin) {
  const isInside = at.file === used.file && at.start >= used.start && at.end <= used.end;
  return isInside ? [] : [{ at: used, message: 'used here' }];
}
