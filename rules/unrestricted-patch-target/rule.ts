import { defineRule, isEmptySelector, kustomizationOf, targetsOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'unrestricted-patch-target',
  meta: {
    summary: 'Disallow patch targets that select every resource',
    category: 'kustomize',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Name at least a kind or a label; "kind: .*" says that everything is meant.',
    messages: {
      unrestricted: 'The target selects every resource of the build',
    },
  },
  create({ report }) {
    return {
      file(file) {
        const kustomization = kustomizationOf(file);
        for (const { target } of kustomization ? targetsOf(kustomization) : []) {
          if (isEmptySelector(target)) report({ messageId: 'unrestricted', data: {}, at: target.origin });
        }
      },
    };
  },
});
