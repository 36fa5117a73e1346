/** An element of a document, as read back. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text within, that of children left out. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const TOKEN = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+));|&/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads what reporters write of XML 1.0. Throws where it is not well-formed, or holds a sign that no document may. */
export function parseXml(document: string): XmlElement {
  if (!document.startsWith(DECLARATION)) throw new Error('there is no declaration');
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(document)) throw new Error('a sign that XML may not hold');
  const body = document.slice(DECLARATION.length).trimEnd();
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack = [top];
  let at = 0;
  for (const match of body.matchAll(TOKEN)) {
    at = match.index + match[0].length;
    read(match, stack);
  }
  if (at !== body.length) throw new Error(`not well-formed: ${body.slice(at, at + 80)}`);
  const [root, ...others] = top.children;
  if (stack.length !== 1 || !root || others.length > 0 || top.text.trim()) throw new Error('there is not one element around all');
  return root;
}

function read([, closing, name, attributes = '', isEmpty, text]: RegExpMatchArray, stack: Open[]): void {
  const parent = stack.at(-1);
  if (!parent) throw new Error('an end without a start');
  if (name === undefined) {
    parent.text += decode(text ?? '');
    return;
  }
  if (closing) {
    if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
    stack.pop();
    return;
  }
  const element: Open = { name, attributes: attributesOf(attributes), children: [], text: '' };
  parent.children.push(element);
  if (!isEmpty) stack.push(element);
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, key = '', value = ''] of text.matchAll(/([\w.-]+)="([^"]*)"/g)) {
    if (key in attributes) throw new Error(`"${key}" is there twice`);
    attributes[key] = decode(value);
  }
  return attributes;
}

function decode(text: string): string {
  return text.replaceAll(ENTITY, (all, name: string | undefined, code: string | undefined) => {
    if (name !== undefined) return NAMED[name] ?? '';
    if (code === undefined) throw new Error(`a bare ${all}`);
    return String.fromCodePoint(Number(code));
  });
}
