import { defineRule } from '../../src/rule/index.ts';
import { missingValuesFiles } from './files.ts';

export default defineRule({
  id: 'missing-values-file',
  meta: {
    summary: 'Disallow deployers whose values file does not exist',
    category: 'deployers',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Correct the name, add the file, or say that it may be missing.',
    messages: {
      missing: '{{deployer}} takes values from {{missing}}',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const { deployer, missing, at, filled, about, variants } of missingValuesFiles(repository)) {
          const related = filled.map(({ at, text }) => ({ at, message: `makes it "${text}"` }));
          report({ messageId: 'missing', data: { deployer, missing }, at, related, about: about.field('spec'), variants });
        }
      },
    };
  },
});
