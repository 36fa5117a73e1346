import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: 'unreferenced-file',
  meta: {
    summary: 'Disallow manifests beside a kustomization that nothing includes',
    category: 'kustomize',
    severity: 'warning',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Add it to the kustomization, or delete it: as it is, it reaches no cluster.',
    messages: {
      unreferenced: 'Nothing includes this file',
      commented: 'Nothing but a comment names this file',
    },
  },
  create({ report }) {
    return {
      repository({ looseFiles }) {
        for (const { at, kustomization, variants, excuse } of looseFiles) {
          if (excuse?.why === 'commented') {
            report({ messageId: 'commented', data: {}, at, variants, atMost: 'info', related: [{ at: excuse.at, message: 'switched off here' }] });
            continue;
          }
          const related = [{ at: kustomization, message: 'it would have to be named here' }];
          if (excuse) report({ messageId: 'unreferenced', data: {}, at, variants, atMost: 'info', related });
          else report({ messageId: 'unreferenced', data: {}, at, variants, related });
        }
      },
    };
  },
});
