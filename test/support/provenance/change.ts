import type { RenderResult } from '../../../src/model/render-result.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { base64Lines } from '../../../src/render/kustomize/generators.ts';
import { SourceFile } from '../../../src/text/source-file.ts';
import type { FieldPath } from '../../../src/tree/field-path.ts';
import { type Origin, type Scalar, textOf } from '../../../src/tree/node.ts';
import { scalarValue } from '../../../src/tree/scalar-value.ts';
import type { BytesResult, ReadResult, Workspace } from '../../../src/workspace/workspace.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import type { Claim } from './claims.ts';

/** `file.text.slice(start, end)` becomes `text`. */
export interface Edit {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What is changed, the place that the claim names first, and what the stretch of the value is to become. */
export interface Change {
  readonly edits: readonly [Edit, ...Edit[]];
  readonly expected: string;
}

/** How to change the place so that the value keeps its type, and what that makes of the stretch. */
export function changeFor(
  { start, end, origin, path }: Claim,
  node: Scalar,
  resource: Resource,
): Change | { readonly skip: string } | { readonly wrong: string } {
  const { file } = origin;
  const text = node.text.slice(start, end);
  const raw = file.text.slice(origin.start, origin.end);
  if (scalarValue(node).type === 'null') return { skip: 'null has no text to change' };
  if (origin.precision === 'entry') return { skip: 'the place is known to the entry only, and says so' };
  const change = (token: string, expected: string): Change => {
    const edit = { file, start: origin.start, end: origin.end, text: token };
    return { edits: [edit, ...followersOf(node, text, expected, edit)], expected };
  };
  if (isEncoded(resource, path, origin)) {
    return base64(raw) === text
      ? change(changedText(raw), base64(changedText(raw)))
      : { wrong: `the value is not the base64 of ${show(raw)}, which stands there` };
  }
  if (raw === text) return change(changedText(raw), changedText(text));
  if (isMeaning(origin, raw, text)) return change(isQuoted(raw) ? `${raw.slice(0, -1)}x${raw.slice(-1)}` : raw.replace(/(\s*)$/, 'x$1'), appended(text));
  // Of an image only the name may be left, of a text with variables the words around them.
  const at = node.parts && text !== '' ? raw.indexOf(text) : -1;
  if (at !== -1) return change(raw.slice(0, at) + appended(text) + raw.slice(at + text.length), appended(text));
  if (raw === raw.trim() && hasValue(node, raw)) return change(changedText(raw), changedText(raw));
  // JSON patches and kustomizations are read as YAML 1.1.
  const { type, value } = scalarValue({ ...node, text: raw }, 'kubectl');
  if (type === 'bool' && String(value) === text) return change(value ? 'no' : 'yes', String(!value));
  return { wrong: `the place holds ${show(raw)}, the value ${show(text)}` };
}

/** A reference follows a renamed object only when it says the new name, too. */
function followersOf({ origin, replaces }: Scalar, text: string, expected: string, edit: Edit): Edit[] {
  if (origin.how !== 'name-reference' || replaces?.kind !== 'scalar' || replaces.text !== text) return [];
  const { file, start, end } = replaces.origin;
  const raw = file.text.slice(start, end);
  if (!raw.includes(text) || (file.path === edit.file.path && start === edit.start)) return [];
  return [{ file, start, end, text: raw.replace(text, expected) }];
}

/** The same name wherever it is said, so that patches, vars and images find again what they aim at. */
export function namesakesOf(
  workspace: Workspace,
  { inputs }: RenderResult,
  { path, start, end }: Claim,
  { text }: Scalar,
  { edits, expected }: Change,
): Edit[] {
  const name = text.slice(start, end);
  if (!/^[\w./-]+$/.test(name)) return [];
  const said = new RegExp(`\\b(?:name|${String(path.at(-1)).replace(/\W/g, '.')}):[ ]+(["']?)(?=${name.replace(/\W/g, '\\$&')}\\1[ ]*(?:[,}#]|$))`, 'gm');
  const known = new Set<SourceFile>();
  return [...inputs].flatMap((input) => {
    const result = workspace.read(input);
    if (!result.ok || known.has(result.file)) return [];
    known.add(result.file);
    return [...result.file.text.matchAll(said)].flatMap(({ index, 0: lead }) => {
      const edit: Edit = { file: result.file, start: index + lead.length, end: index + lead.length + name.length, text: expected };
      return touches({ ...edit, how: 'written', precision: 'exact' }, { edits, expected }) ? [] : [edit];
    });
  });
}

/** Data of Secrets that were generated stand in the source as they are. */
function isEncoded({ id }: Resource, path: FieldPath, { how }: Origin): boolean {
  return how === 'generator' && id.kind === 'Secret' && path[0] === 'data';
}

function base64(text: string): string {
  return base64Lines(new TextEncoder().encode(text));
}

/** A number stays a number, a truth value becomes the other one, a text gets a letter more. */
function changedText(text: string): string {
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? 'false' : 'true';
  if (/^[-+]?(?:\d+|\d*\.\d+)$/.test(text)) return text.replace(/\d$/, (digit) => (digit === '0' ? '1' : String(Number(digit) - 1)));
  return appended(text);
}

/** The line breaks at the end of a block stay there. */
function appended(text: string): string {
  return text.replace(/\n*$/, (breaks) => `x${breaks}`);
}

function isQuoted(raw: string): boolean {
  return raw.length >= 2 && /^["']/.test(raw) && raw.at(-1) === raw[0];
}

/** Whether a token of YAML, taken by itself, means the text. A block has its header before it, and no line break at its end. */
function isMeaning({ file, start }: Origin, raw: string, text: string): boolean {
  const header = /[|>][-+\d]*[^\S\n]*(?:#[^\n]*)?\n$/.exec(file.text.slice(Math.max(0, start - 200), start))?.[0] ?? '';
  const meaning = textOf(parseYaml(new SourceFile('token.yaml', `token: ${header}${raw}\n`)).documents[0]?.root, 'token');
  if (/\n/.test(text) && !isQuoted(raw) && squeezed(raw) === squeezed(text)) return true;
  if (!header && raw !== raw.trim()) return false;
  return header ? meaning?.replace(/\n+$/, '') === text.replace(/\n+$/, '') : meaning === text;
}

/** Without the indents and line ends that a block has and its text has not. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function hasValue(node: Scalar, raw: string): boolean {
  return node.style === 'plain' && scalarValue({ ...node, text: raw }).value === scalarValue(node).value;
}

export function touches({ file, start, end }: Origin, { edits }: Change): boolean {
  return edits.some((edit) => file.path === edit.file.path && start <= edit.end && edit.start <= end);
}

export function growth({ start, end, text }: Edit): number {
  return text.length - (end - start);
}

export function show(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** A workspace in which some files have other texts. */
export class OverlayWorkspace implements Workspace {
  readonly description = 'changed';
  readonly #below: Workspace;
  readonly #files = new Map<string, SourceFile>();

  constructor(below: Workspace, edits: readonly Edit[]) {
    this.#below = below;
    // From the end, so that the places of the others stay.
    for (const { file, start, end, text } of [...edits].sort((a, b) => b.start - a.start)) {
      const before = this.#files.get(file.path)?.text ?? file.text;
      this.#files.set(file.path, new SourceFile(file.path, before.slice(0, start) + text + before.slice(end)));
    }
  }

  files(): readonly string[] {
    return this.#below.files();
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    return this.#below.kindOf(path);
  }

  realPath(path: string): string | undefined {
    return this.#below.realPath(path);
  }

  read(path: string): ReadResult {
    const file = this.#files.get(this.realPath(path) ?? '');
    return file ? { ok: true, file } : this.#below.read(path);
  }

  bytes(path: string): BytesResult {
    const file = this.#files.get(this.realPath(path) ?? '');
    return file ? { ok: true, path: file.path, bytes: new TextEncoder().encode(file.text) } : this.#below.bytes(path);
  }
}
