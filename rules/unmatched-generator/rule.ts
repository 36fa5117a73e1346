import { defineRule, firstOf, headOf } from '../../src/rule/index.ts';
import { undeployed } from './undeployed.ts';

export default defineRule({
  id: 'unmatched-generator',
  meta: {
    summary: 'Disallow environment folders that nothing deploys, and generators that find nothing',
    category: 'deployers',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Have it deployed as its siblings are, or remove it; if something outside of the repository deploys it, ignore the finding with a reason.',
    messages: {
      folder: 'Nothing deploys {{folders}}, though {{deployer}} deploys "{{sibling}}"',
      pattern: 'The pattern "{{pattern}}" of ApplicationSet "{{deployer}}" finds nothing',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const { variants, sibling, by, deployed } of undeployed(repository)) {
          const [at, ...others] = variants.flatMap((variant) => headOf(variant, repository.files) ?? []);
          if (!at) continue;
          const folders = variants.map(({ root }) => `"${root}"`);
          report({
            messageId: 'folder',
            data: { folders: firstOf(folders, 1), deployer: `${by.kind} "${by.deployer.id.name}"`, sibling: sibling.root },
            at,
            related: [{ at: by.source.node.origin, message: 'its sibling is deployed here' }, ...others.map((at) => ({ at, message: 'nor this one' }))],
            variants,
            comparedWith: deployed,
          });
        }
        for (const { message: pattern, origin, deployer, holder } of repository.unmatchedPatterns) {
          report({ messageId: 'pattern', data: { pattern, deployer: deployer.id.name }, at: origin, about: deployer.field('spec'), variants: [holder] });
        }
      },
    };
  },
});
