/** What a resource says to us: which rules are to say nothing of it, and why. A cluster does nothing with it. */
export const IGNORE_ANNOTATION = 'gitops-lint/ignore';
