/** A row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A text within Markdown: nothing in it ends a cell of a table, or is taken for markup. */
export function plain(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]|#]/g, (sign) => `\\${sign}`).replaceAll(/\s+/g, ' ');
}

/** As code in a table; with more backticks around it than it has within. */
export function code(text: string): string {
  return span(text.replaceAll('|', '\\|'));
}

/** As code outside of a table. */
export function span(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${text.replaceAll(/\s+/g, ' ')}${pad}${fence}`;
}

/** A text in a comment: besides being plain it calls nobody, as the `@` of `image@sha256` would. */
export function calm(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll(/@(?=\w)/g, '@\u200B');
}

/** A sentence of ours in a comment, outside of a table: what it quotes becomes code. */
export function prose(text: string): string {
  return text
    .split(/"([^"]+)"/)
    .map((part, at) => (at % 2 === 1 ? span(part) : calm(part)))
    .join('');
}
