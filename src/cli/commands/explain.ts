import { existsSync, readFileSync } from 'node:fs';
import type { Flags } from '../args.ts';
import { requireRule } from '../args.ts';
import type { Terminal } from '../terminal.ts';

/** Prints the page of a rule, which comes with the package. */
export async function runExplain([id = '']: readonly string[], _: Flags, terminal: Terminal): Promise<number> {
  requireRule(id);
  // From the bundle in dist/ or a chunk of it, or from the source in src/cli/commands/.
  const page = ['../rules/', '../../rules/', '../../../rules/']
    .map((folder) => new URL(`${folder}${id}/README.md`, import.meta.url))
    .find((url) => existsSync(url));
  if (!page) throw new Error(`the page of "${id}" is missing from the package`);
  terminal.print(readFileSync(page, 'utf8').replaceAll(/<!--.*?-->\n?/g, ''));
  return 0;
}
