/** An element as the page says it, with the text in it. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parent: Tag | undefined;
  text: string;
}

const VOID = new Set(['meta', 'link', 'input', 'br', 'wbr']);
const RAW = new Set(['style', 'script']);

/** Reads HTML that is well-formed: every element closed, every attribute quoted. Throws for any other. */
export function parseHtml(html: string): Tag[] {
  const tags: Tag[] = [];
  let open: Tag | undefined;
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${html.slice(Math.max(0, at - 80), at + 80)}`);
  };
  const say = (text: string): void => {
    for (let tag = open; tag; tag = tag.parent) tag.text += text;
  };
  const here = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(html);
  };
  while (at < html.length) {
    if (open && RAW.has(open.name)) {
      const end = html.indexOf(`</${open.name}>`, at);
      say(html.slice(at, end));
      at = end + open.name.length + 3;
      open = open.parent;
      continue;
    }
    const [text = ''] = here(/[^<]*/y) ?? [];
    if (text) {
      if (/[>"]/.test(text) || /&(?!(?:amp|lt|gt|quot|#\d+);)/.test(text)) fail(`"${text}" is not escaped`);
      say(decoded(text));
      at += text.length;
      continue;
    }
    const doctype = here(/<!doctype html>/y);
    const close = here(/<\/([a-z\d]+)>/y);
    const start = here(/<([a-z][a-z\d]*)((?: [a-zA-Z-]+(?:="[^"<>]*")?)*)(\/?)>/y);
    if (doctype) at += doctype[0].length;
    else if (close) {
      if (open?.name !== close[1]) fail(`</${close[1]}> closes <${open?.name}>`);
      open = open?.parent;
      at += close[0].length;
    } else if (start) {
      const [all, name = '', attributes = '', self] = start;
      const named = [...attributes.matchAll(/ ([a-zA-Z-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, decoded(value)] as const);
      if (new Set(named.map(([key]) => key)).size < named.length) fail('an attribute stands twice');
      const tag: Tag = { name, attributes: new Map(named), parent: open, text: '' };
      tags.push(tag);
      if (!self && !VOID.has(name)) open = tag;
      at += all.length;
    } else fail('no tag');
  }
  if (open) fail(`<${open.name}> is not closed`);
  return tags;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) =>
    code ? String.fromCharCode(Number(code)) : (ENTITIES[name] ?? '?'),
  );
}
