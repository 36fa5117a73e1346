import { gunzipSync } from 'node:zlib';
import { joined, normalizePath } from '../../../text/path.ts';

/** A file of an archive, under its path there. */
export interface ArchivedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type Unpacked = { readonly ok: true; readonly files: readonly ArchivedFile[] } | { readonly ok: false; readonly message: string };

/** As much as Helm unpacks of one chart, and of one file. */
const MAX_CHART = 100 * 2 ** 20;
const MAX_FILE = 5 * 2 ** 20;
const BLOCK = 512;

/**
 * The files of a `.tgz`, in its order; folders and links are left out. Refuses what leads out of the archive, and what
 * is bigger than Helm takes. (POSIX ustar with pax headers, and GNU's long names.)
 */
export function unpack(archive: Uint8Array): Unpacked {
  let tar: Uint8Array;
  try {
    tar = gunzipSync(archive, { maxOutputLength: MAX_CHART });
  } catch (error) {
    const isBig = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return { ok: false, message: isBig ? `holds more than ${MAX_CHART} bytes` : 'is not a gzip archive' };
  }
  return readTar(tar);
}

function readTar(tar: Uint8Array): Unpacked {
  const files: ArchivedFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = sizeOf(header);
    const end = at + BLOCK + (size ?? tar.length);
    if (size === undefined || end > tar.length) return { ok: false, message: 'is not a complete tar archive' };
    const content = tar.subarray(at + BLOCK, end);
    const type = String.fromCharCode(header[156] ?? 0);
    at = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'x' || type === 'L') {
      longName = type === 'L' ? textOf(content, 0, content.length) : (paxPath(content) ?? longName);
      continue;
    }
    const name = longName ?? nameOf(header);
    longName = undefined;
    // Folders, links, devices and global headers hold nothing.
    if ((type !== '0' && type !== '\0' && type !== '7') || name.endsWith('/')) continue;
    if (size > MAX_FILE) return { ok: false, message: `holds "${name}", which is bigger than ${MAX_FILE} bytes` };
    const path = name.replaceAll('\\', '/');
    if (normalizePath(path) === undefined || /^[a-zA-Z]:\//.test(path)) return { ok: false, message: `holds "${name}", which leads out of it` };
    files.push({ path: normalizePath(path) ?? '', bytes: content });
  }
  return { ok: true, files };
}

/** An octal number; of big files, GNU writes a binary one. Undefined for neither. */
function sizeOf(header: Uint8Array): number | undefined {
  if (((header[124] ?? 0) & 0x80) !== 0) return header.subarray(125, 136).reduce((size, byte) => size * 256 + byte, 0);
  const digits = textOf(header, 124, 136).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : undefined;
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header, 0, 100);
  const prefix = textOf(header, 257, 262) === 'ustar' && header[262] === 0 ? textOf(header, 345, 500) : '';
  return joined(prefix, name);
}

/** The records of a pax header: `27 path=some/long/name\n`. */
function paxPath(content: Uint8Array): string | undefined {
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = Number(textOf(content, at, space));
    if (space === -1 || !(length > 0)) return undefined;
    const record = textOf(content, space + 1, at + length - 1);
    if (record.startsWith('path=')) return record.slice('path='.length);
    at += length;
  }
  return undefined;
}

const DECODER = new TextDecoder();

/** Up to the first zero byte. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  const field = bytes.subarray(start, end);
  const zero = field.indexOf(0);
  return DECODER.decode(zero === -1 ? field : field.subarray(0, zero));
}
