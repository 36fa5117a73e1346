import type { Reporter } from './reporter.ts';

/** The reporters by name, each loaded when it is asked for. The only list of them. */
export const REPORTERS: ReadonlyMap<string, () => Promise<Reporter>> = new Map<string, () => Promise<Reporter>>([
  ['stylish', async () => (await import('./stylish.ts')).stylish],
  ['compact', async () => (await import('./compact.ts')).compact],
  ['json', async () => (await import('./json.ts')).json],
  ['jsonl', async () => (await import('./jsonl.ts')).jsonl],
  ['sarif', async () => (await import('./sarif.ts')).sarif],
  ['github', async () => (await import('./github.ts')).github],
  ['gitlab', async () => (await import('./gitlab.ts')).gitlab],
  ['junit', async () => (await import('./junit.ts')).junit],
  ['checkstyle', async () => (await import('./checkstyle.ts')).checkstyle],
  ['azure', async () => (await import('./azure.ts')).azure],
  ['teamcity', async () => (await import('./teamcity.ts')).teamcity],
  ['rdjson', async () => (await import('./rdjson.ts')).rdjson],
  ['rdjsonl', async () => (await import('./rdjson.ts')).rdjsonl],
  ['markdown', async () => (await import('./report-markdown.ts')).markdownReport],
  ['html', async () => (await import('./html/html.ts')).html],
]);

/** Those that print the pages of the rules: they are read for them alone. */
export const PRINTS_PAGES: ReadonlySet<string> = new Set(['sarif']);
