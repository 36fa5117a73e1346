import type { Flags } from '../args.ts';
import { requireRule } from '../args.ts';
import { rulePage } from '../rule-page.ts';
import type { Terminal } from '../terminal.ts';

/** Prints the page of a rule, which comes with the package. */
export async function runExplain([id = '']: readonly string[], _: Flags, terminal: Terminal): Promise<number> {
  requireRule(id);
  const page = rulePage(id);
  if (page === undefined) throw new Error(`the page of "${id}" is missing from the package`);
  terminal.print(page.replaceAll(/<!--.*?-->\n?/g, ''));
  return 0;
}
