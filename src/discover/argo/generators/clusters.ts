import { childOf, textOf } from '../../../tree/node.ts';
import { openSet, parameterSet } from '../parameters.ts';
import { demandedLabels, selectsNothing } from '../selector.ts';
import type { Generator } from './generator.ts';
import { placed, withValues } from './values.ts';

const UNKNOWN = ['name', 'nameNormalized', 'server', 'project', 'metadata.labels', 'metadata.annotations'];

/**
 * Which clusters there are stands in no repository: one set stands for each that the generator may select. The labels
 * that its selector demands are known.
 */
export const clusters: Generator = (spec, context) => {
  const selector = childOf(spec, 'selector');
  if (selectsNothing(selector)) return [];
  const labels = [...demandedLabels(selector)].map(([key, value]) => [['metadata', 'labels', key], value] as const);
  if (textOf(spec, 'flatList') === 'true') return [withValues(parameterSet([], { unknown: ['clusters'] }), spec, context)];
  const unknown = context.language.isGo ? ['metadata', ...UNKNOWN.slice(0, 4)] : UNKNOWN;
  return [withValues(openSet(unknown, placed(labels, context)), spec, context)];
};
