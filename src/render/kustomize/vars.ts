import type { Accumulated, Variable } from './accumulated.ts';
import type { Target } from './build.ts';
import type { FieldSpec } from './field-paths.ts';
import type { LayeredResource } from './layered-resource.ts';

export function declareVars(_target: Target, state: Accumulated): Accumulated {
  return state;
}

export function resolveVars(
  _target: Target,
  resources: readonly LayeredResource[],
  _variables: readonly Variable[],
  _specs: readonly FieldSpec[],
): readonly LayeredResource[] {
  return resources;
}
