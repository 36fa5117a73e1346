import type { Target } from './build.ts';

export function chooseSchema(_target: Target): void {}
