import type { Reporter } from './reporter.ts';

/** The reporters by name, each loaded when it is asked for. The only list of them. */
export const REPORTERS: ReadonlyMap<string, () => Promise<Reporter>> = new Map<string, () => Promise<Reporter>>([
  ['stylish', async () => (await import('./stylish.ts')).stylish],
  ['json', async () => (await import('./json.ts')).json],
  ['sarif', async () => (await import('./sarif.ts')).sarif],
]);

/** Those that print the pages of the rules: they are read for them alone. */
export const PRINTS_PAGES: ReadonlySet<string> = new Set(['sarif']);
