/** A half-open range of UTF-16 offsets: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One-based, in UTF-16 code units, as SARIF and editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text file of a tree: the repository's own, a branch, another repository. `path` is relative to its root, with `/` on every platform. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  /** How it is stored. Offsets and columns are those of the decoded text. */
  readonly encoding: 'utf-8' | 'utf-16';
  /** The tree that it lies in, `env/prod` or `../prod`; undefined for the repository's own. */
  readonly tree: string | undefined;
  #lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string, encoding: 'utf-8' | 'utf-16' = 'utf-8', tree?: string) {
    this.path = path;
    this.text = text;
    this.encoding = encoding;
    this.tree = tree;
  }

  /** What a run calls it, unlike `path` the name of no other file: `apps/web.yaml`, `env/prod:apps/web.yaml` as git writes it, `../prod/apps/web.yaml`. */
  get name(): string {
    return nameIn(this.tree, this.path);
  }

  /** The position of an offset; offsets past the end are taken for the end. The line index is built on first use. */
  positionAt(offset: number): Position {
    const starts = this.lineStarts;
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  }

  /** The offset of a position; the inverse of `positionAt` for positions inside the text. */
  offsetAt({ line, column }: Position): number {
    const start = this.lineStarts[line - 1] ?? this.text.length;
    return Math.min(start + column - 1, this.text.length);
  }

  /** The text of a line (one-based), without its line break; empty past the end. */
  lineAt(line: number): string {
    const start = this.lineStarts[line - 1];
    if (start === undefined) return '';
    const next = this.lineStarts[line];
    return this.text.slice(start, next).replace(/[\r\n]+$/, '');
  }

  get lineCount(): number {
    return this.lineStarts.length;
  }

  private get lineStarts(): readonly number[] {
    if (this.#lineStarts) return this.#lineStarts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    return starts;
  }
}

/** How a path of a tree is written, where the trees of a run meet. No branch has `..` in its name. */
export function nameIn(tree: string | undefined, path: string): string {
  if (!tree) return path;
  return tree.startsWith('..') ? `${tree}/${path}` : `${tree}:${path}`;
}
