import { defineRule } from '../../src/rule/index.ts';
import { danglingNames } from './names.ts';
import { missingPaths } from './paths.ts';

export default defineRule({
  id: 'broken-source-path',
  meta: {
    summary: 'Disallow deployers whose folder, source or dependency does not exist',
    category: 'deployers',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Correct the name, or add what it names.',
    messages: {
      folder: '{{deployer}} deploys {{missing}}',
      source: '{{deployer}} takes its source from {{name}}, which nothing defines{{near}}',
      dependency: '{{deployer}} waits for {{name}}, which nothing defines{{near}}',
      deployer: '{{message}}',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const { deployer, missing, at, about, variants } of missingPaths(repository)) {
          report({ messageId: 'folder', data: { deployer, missing }, at, about, variants });
        }
        for (const { what, deployer, name, near, at, holder } of danglingNames(repository)) {
          report({ messageId: what, data: { deployer, name, near }, at, variants: [holder] });
        }
        for (const { message, origin, deployer, holder } of repository.deployerProblems) {
          report({ messageId: 'deployer', data: { message }, at: origin, about: deployer.field('spec'), variants: [holder] });
        }
      },
    };
  },
});
