import { execFileSync } from 'node:child_process';

/** Builds dist/ once a run: the tests of the command line run what people run. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}
