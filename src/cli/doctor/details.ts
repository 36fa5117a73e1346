import type { Comparison, ReleaseComparison } from '../../index.ts';
import type { Inspection } from './examination.ts';
import { TIME_LIMIT } from './run-tool.ts';

/** What to tell of a comparison; nothing where both agree. */
export function detailsOf(comparison: Comparison | ReleaseComparison | { readonly outcome: 'no-answer' }, tool: Inspection['tool']): string[] {
  switch (comparison.outcome) {
    case 'different': {
      const { resource, path: field, ours, theirs } = comparison.difference;
      const width = Math.max('gitops-lint:'.length, tool.length + 1);
      return [
        `${resource}${field ? ` ${field}` : ''} differs`,
        `${'gitops-lint:'.padEnd(width)} ${ours ?? 'nothing'}`,
        `${`${tool}:`.padEnd(width)} ${theirs ?? 'nothing'}`,
      ];
    }
    case 'only-kustomize-refuses':
    case 'only-helm-refuses':
      return [`${tool} refuses what gitops-lint renders`, comparison.theirs ?? ''];
    case 'only-kustomize-builds':
    case 'only-helm-renders':
      return [`gitops-lint refuses what ${tool} ${tool === 'helm' ? 'renders' : 'builds'}`, comparison.ours ?? ''];
    case 'partial':
      return [comparison.theirs];
    case 'no-answer':
      return [`${tool} gave no answer within ${TIME_LIMIT / 1000} seconds`];
    default:
      return [];
  }
}
