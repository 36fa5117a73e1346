/** A piece of HTML. Made by `markup` alone, so that no text of a repository gets into a page unescaped. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(strings: TemplateStringsArray, values: readonly Content[]): Markup {
    return new Markup(strings.reduce((text, literal, at) => text + textOf(values[at - 1]) + literal));
  }

  /** Text that is part of this program, such as its own style sheet. */
  static own(text: string): Markup {
    return new Markup(text);
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a piece of HTML: texts are escaped, lists are put one behind another, what is undefined is nothing. */
export type Content = string | number | Markup | undefined | readonly Content[];

/** HTML with values in it: `markup\`<b>${name}</b>\``. Attributes are to be quoted. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return Markup.of(strings, values);
}

function textOf(value: Content): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.toString();
  return typeof value === 'object' ? value.map(textOf).join('') : escapeHtml(String(value));
}

/** Two colons or hashes could begin a command of the CI that reads the log, and so could a new line. */
const ENTITIES: Readonly<Record<string, string>> = {
  '\n': '&#10;',
  ':': '&#58;',
  '#': '&#35;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Signs that browsers do not show, or that turn the order of what follows: a line is to look as it is. */
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2028\u2029\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g;

function escapeHtml(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[&<>"'`\n]|(?<=:):|#(?=[#[])/g, (sign) => ENTITIES[sign] ?? sign);
}

/** `1 error`, `2 errors`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
