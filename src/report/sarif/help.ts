/** The generated head of a page says what the other properties of the rule say. */
const HEAD = /<!-- generated -->[\s\S]*?<!-- \/generated -->\n*/;

/** An example with its file, or a link, which may go on in the next line: what of a page does not stay as it is. */
const FENCE_OR_LINK =
  /^(?<ticks>`{3,})(?<language>\w*)(?: title="(?<title>[^"]*)")?.*(?<body>\n[\s\S]*?^\k<ticks>`*$)|\[(?<words>[^\]]*)\]\((?<target>[^)\s]+)\)/gm;

/**
 * The page of a rule as code scanning shows it: its links lead to `docs`, or are left to be read as plain words where there is no such
 * address, and each example is headed by its file.
 */
export function helpOf(page: string, folder: string, docs: string | undefined): string {
  return page
    .replace(HEAD, '')
    .trimEnd()
    .replaceAll(FENCE_OR_LINK, (whole, ...rest: unknown[]) => {
      const { ticks, language = '', title, body = '', words = '', target = '' } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      if (ticks) return `${title ? `\`${title}\`\n\n` : ''}${ticks}${language}${body}`;
      if (/^https?:/.test(target)) return whole;
      return docs === undefined ? words : `[${words}](${new URL(target, `${docs}/${folder}/`).href})`;
    });
}
