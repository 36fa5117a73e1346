import { execFileSync } from 'node:child_process';

/** Builds dist/ once a run: the tests of the command line run what people run, mostly without a process of its own. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', 'run=src/cli/run.ts'], { stdio: 'inherit' });
}
