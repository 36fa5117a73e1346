/** What a later step fills in: `{{path}}`, `${CLUSTER}`, `$(NAME)`, `<CLUSTER>`. */
const PLACEHOLDER = /\{\{|\$\{|\$\(|<[A-Z_]+>/;

/** Whether a text waits for somebody to fill it in: nobody knows then what it says. */
export function isUnfilled(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** The folders that a path may be once it is filled in, and what is below them; a `*` stands for any part, too. */
export function unfilledPath(template: string): RegExp {
  const parts = template
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
    .split(/\{\{.*?\}\}|\$\{.*?\}|\$\(.*?\)|<[A-Z_]+>|\*+/);
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[^\w/]/g, '\\$&')).join('.+')}(?:/.*)?$`);
}
