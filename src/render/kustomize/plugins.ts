import type { Accumulated } from './accumulated.ts';
import type { Target } from './build.ts';

export function runGenerators(_target: Target, state: Accumulated): Accumulated {
  return state;
}

export function runTransformers(_target: Target, state: Accumulated): Accumulated {
  return state;
}

export function runValidators(_target: Target, _state: Accumulated): void {}
