import { baseOf } from '../text/path.ts';
import type { SourceFile, Span } from '../text/source-file.ts';
import { CONFIG_NAMES } from '../workspace/workspace.ts';
import type { Comment } from '../yaml/comments.ts';
import { type Mark, namedRules } from './marks.ts';
import { isYamlPath } from './yaml-path.ts';

const MARKER = /gitops-lint-(?:ignore|pending)/;
const IGNORE = /^#\s*gitops-lint-ignore(-file)?(?![\w-])\s*(.*?)\s*$/;
const PENDING = /^#\s*gitops-lint-pending\b:?\s*(.*?)\s*$/;
const OWNER_AND_REASON = /^[^\s,][^,]*,\s*\S/;

/** One `# gitops-lint-ignore rule-id -- reason`, or `# gitops-lint-pending: owner, reason`, and what it reaches. */
export interface Directive extends Mark {
  readonly kind: 'comment' | 'pending';
  /** The line it speaks for; undefined for the whole file. */
  readonly line: number | undefined;
  /** The block of text that it stands in, and speaks for alone. */
  readonly within: Span | undefined;
}

/** The directives of a file, in order, those included that cannot be read. A marker of what is pending speaks for `pendingRules`. */
export async function directivesIn(file: SourceFile, pendingRules: readonly string[]): Promise<readonly Directive[]> {
  if (!MARKER.test(file.text)) return [];
  return (await commentsIn(file)).flatMap(({ text, start, end, ownLine, within }): Directive[] => {
    const own = file.positionAt(start).line;
    const line = ownLine ? nextLine(file, own) : own;
    const place = { within, origin: { file, start, end, how: 'written', precision: 'exact' } } as const;
    const marker = PENDING.exec(text)?.[1];
    if (marker !== undefined)
      return [{ kind: 'pending', rules: pendingRules, reason: OWNER_AND_REASON.test(marker) ? `pending: ${marker}` : undefined, line, ...place }];
    const [, wholeFile, named] = IGNORE.exec(text) ?? [];
    if (named === undefined) return [];
    return [{ kind: 'comment', ...(namedRules(named) ?? { rules: [], reason: undefined }), line: wholeFile ? undefined : line, ...place }];
  });
}

/** In settings files a comment has a line of its own: behind a value it would be part of it. */
async function commentsIn({ path, text }: SourceFile): Promise<(Comment & { readonly within?: Span })[]> {
  if (isYamlPath(path) || isConfigPath(path)) {
    const { commentsOf, blockCommentsOf } = await import('../yaml/comments.ts');
    return [...commentsOf(text), ...blockCommentsOf(text)];
  }
  return [...text.matchAll(/^([^\S\n]*)(#[^\r\n]*)/gm)].map(({ index, 1: indent = '', 2: comment = '' }) => {
    const start = index + indent.length;
    return { text: comment, start, end: start + comment.length, ownLine: true };
  });
}

/** A configuration without an extension is YAML, too. */
function isConfigPath(path: string): boolean {
  return CONFIG_NAMES.includes(baseOf(path));
}

/** The next line that is not blank and no comment: several directives may stand above one line. */
function nextLine(file: SourceFile, line: number): number {
  let at = line + 1;
  while (at <= file.lineCount && /^\s*(?:#.*)?$/.test(file.lineAt(at))) at += 1;
  return at;
}
