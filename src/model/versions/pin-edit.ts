import type { TextEdit } from '../../text/edit.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { type Entry, entryOf, type Mapping, type Node, type Origin, textOf } from '../../tree/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { isSignedBySops } from '../edits/sops.ts';
import type { PinForm } from './pin.ts';

/** An edit that writes a digest beside a tag, and its form. */
export interface PinEdit {
  readonly form: PinForm;
  /** The edit for a digest: what is written depends on nothing else. */
  readonly editFor: (digest: string) => TextEdit;
}

/** How the digest of a tag is written at its place, or why it cannot be. Nothing that stands there changes. */
export function pinEditAt({ file, start, end }: Pick<Origin, 'file' | 'start' | 'end'>, tag: string): PinEdit | string {
  if (file.encoding !== 'utf-8') return 'its file is no UTF-8';
  if (file.text.slice(start, end) !== tag || /[\w.@-]/.test(file.text.charAt(end))) return 'no tag stands at its place as it is';
  const { line } = file.positionAt(start);
  if (/#\s*\{\s*"\$imagepolicy"/.test(file.lineAt(line))) return 'an image policy of Flux writes it';
  if (isSignedBySops(file)) return 'SOPS would refuse its file after a change';
  const behind = insertion(file, end, (digest) => `@${digest}`);
  // A name, or what a template puts there: a key of a mapping is followed by a blank, or stands in quotes.
  if (/[^\s"']:$/.test(file.text.slice(Math.max(0, start - 2), start))) return { form: 'reference', editFor: behind };
  const held = entryAt(file, start);
  if (held?.entry.key.text === 'newTag') return besideNewTag(file, held);
  const empty = held && emptyDigest(file, held.parent);
  if (empty) return { form: 'digest-key', editFor: empty };
  if (isUnderTag(file.text.slice(file.text.lastIndexOf('\n', start - 1) + 1, start))) return { form: 'tag', editFor: behind };
  return held?.entry.key.text === 'appVersion' ? 'the version of its chart is its tag' : 'its tag is a value that is put into the image elsewhere';
}

function insertion(file: SourceFile, at: number, textOf: (digest: string) => string): PinEdit['editFor'] {
  return (digest) => ({ location: { file, span: { start: at, end: at } }, newText: textOf(digest) });
}

/** Whether a key such as `tag:` or `"imageTag":` ends a line up to a value. */
function isUnderTag(before: string): boolean {
  return /(?:^|[\s{,])(["']?)\w*tag\1:(?:\s+["']?|["'])$/i.test(before);
}

/** An entry of a file whose value is a scalar, and the mapping that holds it. */
interface Held {
  readonly entry: Entry;
  readonly parent: Mapping;
}

function entryAt(file: SourceFile, offset: number): Held | undefined {
  const isAt = ({ origin }: Node): boolean => origin.file === file && origin.start <= offset && offset < origin.end;
  const find = (node: Node): Held | undefined => {
    if (node.kind === 'scalar') return undefined;
    const children = node.kind === 'mapping' ? node.entries.filter(({ via }) => !via).map(({ value }) => value) : node.items;
    const child = children.find(isAt);
    if (child && child.kind !== 'scalar') return find(child);
    const entry = node.kind === 'mapping' ? node.entries.find(({ value }) => value === child) : undefined;
    return node.kind === 'mapping' && entry ? { entry, parent: node } : undefined;
  };
  for (const { root } of parseYaml(file).documents) {
    const found = root && isAt(root) ? find(root) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** An entry of `images`: the digest gets a line of its own where the tag has one. */
function besideNewTag(file: SourceFile, { entry: { key, value }, parent }: Held): PinEdit | string {
  const empty = emptyDigest(file, parent);
  if (empty) return { form: 'digest-key', editFor: empty };
  if (textOf(parent, 'digest') !== undefined) return 'its digest stands elsewhere';
  const { text } = file;
  const lineStart = text.lastIndexOf('\n', key.origin.start - 1) + 1;
  const indent = text.slice(lineStart, key.origin.start);
  if (!isBlock(file, parent)) {
    const quote = text.charAt(key.origin.start) === '"' ? '"' : '';
    return { form: 'digest-key', editFor: insertion(file, value.origin.end, (digest) => `, ${quote}digest${quote}: ${quote}${digest}${quote}`) };
  }
  if (value.kind !== 'scalar' || value.style === 'literal' || value.style === 'folded' || !/^[ -]*$/.test(indent))
    return 'its entry is written in an unusual way';
  const newline = text.indexOf('\n', value.origin.end);
  const isCrLf = newline === -1 ? text.includes('\r\n') : text.charAt(newline - 1) === '\r';
  const lineEnd = newline === -1 ? text.length : newline - (isCrLf ? 1 : 0);
  return {
    form: 'digest-key',
    editFor: insertion(file, lineEnd, (digest) => `${isCrLf ? '\r\n' : '\n'}${indent.replaceAll('-', ' ')}digest: ${digest}`),
  };
}

function isBlock({ text }: SourceFile, { origin }: Mapping): boolean {
  return text.charAt(origin.start) !== '{';
}

/** Where the mapping has a `digest` that is empty: `""`, or nothing at all behind the colon. */
function emptyDigest(file: SourceFile, parent: Mapping): PinEdit['editFor'] | undefined {
  const value = entryOf(parent, 'digest')?.value;
  if (value?.kind !== 'scalar' || value.text !== '' || value.origin.file !== file) return undefined;
  const { start, end } = value.origin;
  if (/^(?:""|'')$/.test(file.text.slice(start, end))) return insertion(file, start + 1, (digest) => digest);
  return start === end && file.text.charAt(start - 1) === ':' ? insertion(file, start, (digest) => ` ${digest}`) : undefined;
}
