import type { Terminal } from './terminal.ts';

/** Nobody needs to be told that something takes less, in milliseconds. */
const PATIENCE = 1000;
const PAUSE = 100;

/** Tells people at a terminal how far a long run is, in one line that is gone when it ends. */
export interface Progress {
  /** So many of all variants are rendered. */
  tell(done: number, total: number): void;
  end(): void;
}

/** Says nothing where nobody looks, and where it does not take long. `now` is a clock in milliseconds. */
export function progressOn({ status }: Terminal, now: () => number = () => performance.now()): Progress {
  const start = now();
  let last = start + PATIENCE - PAUSE;
  let isShown = false;
  return {
    tell(done, total) {
      if (!status || now() - last < PAUSE) return;
      last = now();
      isShown = true;
      status(`gitops-lint: rendered ${done} of ${total} variants`);
    },
    end() {
      if (isShown) status?.('');
    },
  };
}
