import { defineRule, isMovingRevision, kustomizationOf, remotesOf, revisionOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'unpinned-remote-base',
  meta: {
    summary: 'Disallow remote bases without a revision, or on a branch',
    category: 'kustomize',
    severity: 'error',
    ladder: 'laddered',
    securitySeverity: '6.5',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Name a tag or a commit: "?ref=v1.2.3".',
    messages: {
      unpinned: 'The remote base names no revision, so it changes without a commit here',
      branch: 'The remote base follows "{{revision}}", so it changes without a commit here',
    },
  },
  create({ report }) {
    return {
      file(file) {
        const kustomization = kustomizationOf(file);
        for (const { text, origin } of kustomization ? remotesOf(kustomization) : []) {
          const revision = revisionOf(text);
          if (revision === undefined) report({ messageId: 'unpinned', data: {}, at: origin });
          else if (isMovingRevision(revision)) report({ messageId: 'branch', data: { revision: revision.replace('refs/heads/', '') }, at: origin });
        }
      },
    };
  },
});
